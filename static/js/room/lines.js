// The talk as lines. What others wrote is set as text, never as HTML.
class RoomLines {
  static SHOWN = new Set(["chat.post", "broadcast", "room.close"]);

  constructor(room, reader, words) {
    Object.assign(this, { room, reader, words });
    this.list = room.querySelector("[data-lines]");
    this.blank = room.querySelector("template[data-line]").content;
    this.pane = room.querySelector("[role=log]");
    this.toTheEnd();
  }

  // Upside down, so that it stands at its end from the beginning, without any script: the end is nought, what was before is below it.
  toTheEnd() {
    this.pane.scrollTop = 0;
  }

  add(event) {
    if (event.kind === "chat.hide") this.hide(event.data.id);
    if (!RoomLines.SHOWN.has(event.kind)) return;
    const line = this.draw(event.kind, event.actor?.name ?? "", new Date(event.at));
    line.id = `n${event.seq}`;
    line.dataset.seq = event.seq;
    this.say(line, event.kind === "room.close" ? this.ended(event.data) : event.data.text);
    if (event.kind === "chat.post" && this.reader.hasBlocked(event.actor)) this.fold(line);
    if (event.data.is_hidden) this.blacken(line);
    this.offer(line, event.seq, event.actor);
    const unsent = this.list.querySelector("[data-state=unsent]");
    this.keepingPlace(() => this.list.insertBefore(line, unsent));
  }

  ended({ until }) {
    return until ? `${this.words["live-over"]} ${RoomMoment.say(until, this.room.dataset)}` : this.words.closed;
  }

  clear() {
    for (const line of this.list.querySelectorAll(".line:not([data-state=unsent])")) line.remove();
  }

  addUnsent(frame, name) {
    if (!RoomLines.SHOWN.has(frame.action) || !frame.data.text || this.unsent(frame.client_id)) return;
    const line = this.draw(frame.action, name || this.words.you, new Date());
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
    const said = name || this.words.nameless;
    line.querySelector("[data-name]").textContent = kind === "broadcast" ? `${this.words.announced} ${said}` : said;
    line.querySelector(".avatar").textContent = name.split(" ").slice(0, 2).map((word) => word[0]).join("").toUpperCase();
    const time = line.querySelector("time");
    time.dateTime = at.toISOString();
    // In the zone that the reader chose, as the page itself writes it; the device may stand elsewhere.
    const zone = this.room.dataset.zone;
    time.textContent = at.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: zone }).replace(":", ".");
    return line;
  }

  say(line, words) {
    line.querySelector("[data-text]").textContent = words;
  }

  fold(line) {
    const veil = this.room.querySelector("template[data-veil]").content.firstElementChild.cloneNode(true);
    const words = line.querySelector("[data-text]");
    words.before(veil);
    veil.append(words);
  }

  // What the reader may do with a line: take her own back, hide or silence where she leads.
  offer(line, seq, actor) {
    const acts = line.querySelector(".line-acts");
    if (!acts) return;
    acts.hidden = line.dataset.kind === "room.close" || !this.reader.mayHide(seq, actor);
    acts.querySelector("[name=id]").value = seq;
    const verb = this.words[this.reader.isOwn(seq, actor) ? "take-back" : "hide"];
    const hide = acts.querySelector("[data-hide]");
    hide.setAttribute("aria-label", verb);
    hide.title = verb;
    const silence = acts.querySelector("[data-silence]");
    if (silence) silence.href = silence.href.replace(/line=\d*$/, `line=${seq}`);
  }

  line(seq) {
    return this.list.querySelector(`[data-seq="${Number(seq)}"]`);
  }

  // It turned out, after it was drawn, that it is her own.
  refresh(seq) {
    const line = this.line(seq);
    if (line && this.reader.own.has(seq)) this.offer(line, seq, null);
  }

  hide(seq) {
    const line = this.line(seq);
    if (line) this.blacken(line);
  }

  blacken(line) {
    line.dataset.state = "hidden";
    this.say(line, this.words.hidden);
  }

  // Who reads further up stays there; who is at the end goes on with it.
  keepingPlace(change) {
    const { scrollTop, scrollHeight } = this.pane;
    change();
    this.pane.scrollTop = scrollTop > -60 ? 0 : scrollTop - (this.pane.scrollHeight - scrollHeight);
  }
}
