// A room that stays open: the page of the room becomes one, where there are scripts.
class LiveRoom extends HTMLElement {
  static END = 200; // lines of a page that begins anew
  static NUMBERS = new Set(["id", "seconds", "step", "version"]);
  static WORDS = new Set(["text", "kind", "column", "cluster", "person"]);
  static SAYING = new Set(["chat.post", "broadcast", "card.add"]);
  static FLAGS = new Set(["take_back", "heard", "decline", "later"]);
  static PATIENCE = 3_000; // then the reader is told that the link is gone
  static DEAD = 8_000; // a link on which nothing was heard for so long, though it was spoken to

  connectedCallback() {
    const room = this.dataset.roomId;
    this.told = Number(this.dataset.told);
    const words = this.querySelector("template[data-words]").content.querySelectorAll("[data-word]");
    this.words = Object.fromEntries([...words].map((word) => [word.dataset.word, word.textContent]));
    this.outbox = new RoomOutbox(room);
    this.reader = new RoomReader(this);
    this.lines = new RoomLines(this, this.reader, this.words);
    this.head = new RoomHead(this);
    this.board = new RoomBoard(this, this.reader, this.words);
    this.drag = new RoomDrag(this.board, (action, data) => this.say(action, data));
    this.asking = this.querySelector(".pane-ask") ? new RoomAsking(this, this.reader, this.words) : null;
    this.groups = new RoomGroups(this);
    this.later = new RoomLater(this);
    this.panes = new RoomPanes(this);
    this.presence = new RoomPresence(this, this.words);
    this.reader.changed = (seq) => [this.lines, this.board, this.asking].forEach((part) => part?.refresh(seq));
    this.acked = new Map(); // number of an entry -> the client id it was sent under
    this.how = "open";
    const token = this.querySelector("[name=csrfmiddlewaretoken]").value;
    const parts = { tell: (frame) => this.hear(frame), told: () => this.told, turn: (how) => this.turn(how) };
    this.link = new RoomLink({ room, token, ...parts });
    this.box = this.querySelector("#pesan");
    this.box.value ||= this.outbox.draft;
    this.box.addEventListener("input", () => { this.outbox.draft = this.box.value; });
    addEventListener("submit", this, true); // before anybody else: the room takes words without a connection too
    this.addEventListener("keydown", this);
    for (const frame of this.outbox.all()) this.lines.addUnsent(frame, this.dataset.name);
    this.link.open();
    setInterval(() => this.tick(), 1000);
    this.querySelector("[data-reload]").hidden = true;
    this.showLink();
  }

  handleEvent(event) {
    if (event.type === "keydown") this.key(event);
    else if (this.contains(event.target)) this.submit(event);
  }

  key(event) {
    const isSend = event.key === "Enter" && !event.shiftKey && !event.isComposing && event.target.name === "text";
    if (!isSend || matchMedia("(pointer: coarse)").matches) return;
    event.preventDefault();
    event.target.form.requestSubmit(event.target.form.querySelector("button"));
  }

  submit(event) {
    const form = event.target;
    const fields = new FormData(form, event.submitter);
    if (!fields.has("action")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const ballot = fields.get("action") === "poll.vote" ? RoomPolls.read(fields) : {};
    if (ballot.wrong) {
      this.refuse(this.words[ballot.wrong]);
      return;
    }
    this.say(fields.get("action"), { ...LiveRoom.read(fields), ...ballot });
    this.tidy(form);
  }

  say(action, data) {
    const frame = { action, client_id: RoomOutbox.newId(), data };
    this.refuse("");
    this.outbox.keep(frame);
    this.lines.addUnsent(frame, this.dataset.name);
    this.link.send(frame);
    this.showLink();
  }

  static read(fields) {
    const data = {};
    for (const [name, value] of fields) {
      if (LiveRoom.NUMBERS.has(name)) data[name] = Number(value);
      else if (LiveRoom.WORDS.has(name)) data[name] = value;
      else if (LiveRoom.FLAGS.has(name)) data[name] = true;
    }
    return data;
  }

  // What was sent waits in the outbox now: its box is free for what comes next.
  tidy(form) {
    if (form.matches("[data-form]")) form.querySelector("[name=text]").value = "";
    if (form.matches("[data-form=say]")) this.outbox.draft = "";
    const opens = form.closest("[data-card-desk]")?.closest("[data-card]").querySelector("[data-open-desk]");
    if (!opens) return;
    this.board.desk.close();
    opens.focus();
  }

  hear(frame) {
    if (frame.type === "hello") this.greeted(frame);
    else if (frame.type === "event") this.happened(frame);
    else if (frame.type === "ack") this.sent(frame);
    else if (frame.type === "error") this.refused(frame);
    else if (frame.type === "head" && frame.latest > this.told) this.fill();
    else if (frame.type === "presence") this.presence.show(frame);
    else if (frame.type === "reset") this.beginAnew(frame);
    this.showLink();
  }

  // An answer by HTTP may come late, after the socket has told more than it knows.
  greeted(hello) {
    if (!this.state || hello.latest >= this.told) {
      this.stateAt = hello.latest;
      this.show(hello.state);
    }
    for (const frame of this.outbox.all()) this.link.send(frame);
  }

  show(state) {
    this.state = state;
    this.head.show(state);
    this.board.show(state);
    this.asking?.show(state);
    this.groups.show(state);
    this.later.show(state); // last: it knows what the parts have drawn
  }

  happened(event) {
    if (event.seq <= this.told) return;
    if (event.seq > this.told + 1) {
      this.fill();
      return;
    }
    this.told = event.seq;
    if (this.acked.has(event.seq)) this.forget(event.seq);
    this.lines.add(event);
    if (event.kind === "chat.post") this.panes.heard();
    const next = this.state && event.seq > this.stateAt ? RoomState.after(this.state, event) : this.state;
    if (next !== this.state) this.show(next);
  }

  // Too much was missed to be told one by one: the end of the talk stands in for it.
  beginAnew(reset) {
    this.lines.clear();
    this.told = reset.first ? reset.first - 1 : Math.max(0, reset.latest - LiveRoom.END);
    for (const seq of [...this.acked.keys()]) if (seq <= this.told) this.forget(seq);
    this.stateAt = reset.latest;
    this.show(reset.state);
    if (!reset.first) this.fill();
  }

  async fill() {
    this.isBehind = true;
    if (this.isFilling) return;
    this.isFilling = true;
    let before;
    do {
      before = this.told;
      this.isBehind = false;
      await this.link.fetchMissing().catch(() => {});
    } while (this.isBehind && this.told > before);
    this.isFilling = false;
  }

  sent(ack) {
    const frame = this.outbox.find(ack.client_id);
    this.outbox.drop(ack.client_id);
    if (frame && LiveRoom.SAYING.has(frame.action)) this.reader.wrote(ack.seq);
    if (frame?.action === "card.vote") this.reader.votes(frame.data.id, !frame.data.take_back);
    if (frame) this.asking?.done(frame);
    this.acked.set(ack.seq, ack.client_id);
    if (ack.seq === null || ack.seq <= this.told) this.forget(ack.seq);
  }

  forget(seq) {
    this.lines.unsent(this.acked.get(seq))?.remove();
    this.acked.delete(seq);
  }

  refused(error) {
    const frame = this.outbox.find(error.client_id);
    if (error.code === "rate_limited") {
      setTimeout(() => this.outbox.find(error.client_id) && this.link.send(frame), 2000);
      return;
    }
    this.outbox.drop(error.client_id);
    if (error.client_id) this.lines.unsent(error.client_id)?.remove();
    if (frame) this.bringBack(frame);
    if (frame?.action === "poll.vote" && error.code === "conflict") this.reader.polls(frame.data.id);
    const isChanged = error.code === "conflict" && frame?.action === "card.edit";
    const ended = error.code === "closed" && this.isAnsweredLater && (Date.now() < Date.parse(this.state.later.until) ? "live_over" : "later_over");
    this.refuse((isChanged ? this.words.changed : ended ? this.words[ended] : frame?.action.startsWith("poll.") ? error.detail : this.words[error.code]) ?? error.detail);
  }

  get isAnsweredLater() {
    return Boolean(this.state?.later) && !this.state.is_closed;
  }

  // Words that were refused stand in their box again, before what was typed there meanwhile. Those that missed the live part can still become a card.
  bringBack(frame) {
    if (!frame.data.text || (frame.action === "card.edit" && this.board.desk.bringBack(frame))) return;
    const boxes = this.isAnsweredLater ? { "chat.post": "card", "question.ask": "card" } : { "question.ask": "question" };
    const form = { "card.add": "card", ...boxes }[frame.action];
    const box = form ? this.querySelector(`[data-form=${form}] [name=text]`) : this.box;
    if (form) box.closest("details").open = true;
    if (frame.data.kind) box.form.elements.kind.value = frame.data.kind;
    box.value = box.value ? `${frame.data.text}\n${box.value}` : frame.data.text;
    if (box === this.box) this.outbox.draft = box.value;
  }

  refuse(words) {
    const place = this.querySelector("[data-refusal]");
    place.textContent = words;
    place.hidden = words === "";
  }

  turn(how) {
    if (how !== this.how) this.since = Date.now();
    this.how = how;
    this.showLink();
  }

  tick() {
    const waiting = this.outbox.all().map((frame) => this.outbox.since(frame.client_id));
    const isDead = waiting.some((at) => at > this.link.heardAt && Date.now() - at > LiveRoom.DEAD);
    if (isDead && this.link.isOpen) this.link.drop();
    this.showLink();
  }

  showLink() {
    const frames = this.outbox.all();
    const waits = (frame) => Date.now() - this.outbox.since(frame.client_id);
    const isLate = frames.some((frame) => waits(frame) > LiveRoom.PATIENCE);
    const isAway = this.how === "away" && (!navigator.onLine || Date.now() - this.since > LiveRoom.PATIENCE);
    const isUnsent = frames.length > 0 && (isLate || isAway);
    const says = this.how === "out" ? "out" : isUnsent ? "unsent" : isAway ? "away" : "";
    const note = this.querySelector("[data-link]");
    note.hidden = says === "";
    note.querySelector("[data-count]").textContent = frames.length;
    for (const part of note.querySelectorAll("[data-says]")) part.hidden = part.dataset.says !== says;
    // A vote that is on its way for a moment need not say so.
    this.board.showUnsent(frames.filter(({ action, ...frame }) => action === "card.add" || (action.startsWith("card.") && waits(frame) > 1000)));
    this.asking?.showUnsent(frames);
  }
}

customElements.define("live-room", LiveRoom);
