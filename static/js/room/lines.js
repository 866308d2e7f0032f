// The talk as lines. What others wrote is set as text, never as HTML.
class RoomLines {
  static SHOWN = new Set(["chat.post", "broadcast", "room.close"]);

  constructor(room) {
    this.list = room.querySelector("[data-lines]");
    this.blank = room.querySelector("template[data-line]").content;
    const words = room.querySelector("template[data-words]").content.querySelectorAll("[data-word]");
    this.words = Object.fromEntries([...words].map((word) => [word.dataset.word, word.textContent]));
    this.pane = this.list.parentElement;
    this.toTheEnd();
  }

  toTheEnd() {
    this.pane.scrollTop = this.pane.scrollHeight;
  }

  add(event) {
    if (event.kind === "chat.hide") this.hide(event.data.id);
    if (!RoomLines.SHOWN.has(event.kind)) return;
    const line = this.draw(event.kind, event.actor?.name ?? "", new Date(event.at));
    line.id = `n${event.seq}`;
    line.dataset.seq = event.seq;
    this.say(line, event.kind === "room.close" ? this.words.closed : event.data.text);
    if (event.data.is_hidden) this.blacken(line);
    const id = line.querySelector("form.hide [name=id]");
    if (id) id.value = event.seq;
    const unsent = this.list.querySelector("[data-state=unsent]");
    this.keepingPlace(() => this.list.insertBefore(line, unsent));
  }

  addUnsent(frame, name) {
    if (!RoomLines.SHOWN.has(frame.action) || !frame.data.text || this.unsent(frame.client_id)) return;
    const line = this.draw(frame.action, name, new Date());
    line.dataset.state = "unsent";
    line.dataset.client = frame.client_id;
    line.querySelector("[data-note]").textContent = ` · ${this.words.unsent}`;
    this.say(line, frame.data.text);
    this.list.append(line);
    this.toTheEnd();
  }

  unsent(clientId) {
    return this.list.querySelector(`[data-client="${CSS.escape(clientId)}"]`);
  }

  draw(kind, name, at) {
    const line = this.blank.firstElementChild.cloneNode(true);
    line.dataset.kind = kind;
    line.querySelector("[data-name]").textContent = kind === "broadcast" ? `${this.words.announced} ${name}` : name;
    line.querySelector(".avatar").textContent = name.split(" ").slice(0, 2).map((word) => word[0]).join("").toUpperCase();
    const time = line.querySelector("time");
    time.dateTime = at.toISOString();
    // In the zone that the reader chose, as the page itself writes it; the device may stand elsewhere.
    const zone = this.list.closest("live-room")?.dataset.zone;
    time.textContent = at.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: zone }).replace(":", ".");
    return line;
  }

  say(line, words) {
    line.querySelector("[data-text]").textContent = words;
  }

  hide(seq) {
    const line = this.list.querySelector(`[data-seq="${Number(seq)}"]`);
    if (line) this.blacken(line);
  }

  blacken(line) {
    line.dataset.state = "hidden";
    this.say(line, this.words.hidden);
  }

  // Who reads further up stays there; who is at the end goes on with it.
  keepingPlace(change) {
    const isAtTheEnd = this.pane.scrollHeight - this.pane.scrollTop - this.pane.clientHeight < 60;
    change();
    if (isAtTheEnd) this.toTheEnd();
  }
}
