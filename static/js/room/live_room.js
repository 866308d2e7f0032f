// A room that stays open: the page of the room becomes one, where there are scripts.
class LiveRoom extends HTMLElement {
  connectedCallback() {
    const room = this.dataset.roomId;
    this.told = Number(this.dataset.told);
    this.outbox = new RoomOutbox(room);
    this.lines = new RoomLines(this);
    this.state = new RoomState(this);
    this.acked = new Map(); // number of an entry -> the client id it was sent under
    this.how = "open";
    const token = this.querySelector("[name=csrfmiddlewaretoken]").value;
    const parts = { tell: (frame) => this.hear(frame), told: () => this.told, turn: (how) => this.turn(how) };
    this.link = new RoomLink({ room, token, ...parts });
    addEventListener("submit", this, true); // before anybody else: the room takes words without a connection too
    this.addEventListener("keydown", this);
    for (const frame of this.outbox.all()) this.lines.addUnsent(frame, this.myName());
    this.link.open();
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
    event.target.form.requestSubmit(event.target.form.querySelector("[value='chat.post']"));
  }

  submit(event) {
    event.preventDefault();
    event.stopImmediatePropagation();
    const form = event.target;
    const fields = new FormData(form, event.submitter);
    const data = {};
    for (const [name, value] of fields) {
      if (["id", "seconds", "step"].includes(name)) data[name] = Number(value);
      else if (name === "text") data[name] = value;
    }
    const frame = { action: fields.get("action"), client_id: RoomOutbox.newId(), data };
    this.refuse("");
    this.outbox.keep(frame);
    this.lines.addUnsent(frame, this.myName());
    this.link.send(frame);
    if (form.matches("[data-form=say]")) form.reset();
    this.showLink();
  }

  hear(frame) {
    if (frame.type === "hello") this.greeted(frame);
    else if (frame.type === "event") this.happened(frame);
    else if (frame.type === "ack") this.sent(frame);
    else if (frame.type === "error") this.refused(frame);
    else if (frame.type === "head" && frame.latest > this.told) this.fill();
    this.showLink();
  }

  greeted(hello) {
    this.stateAt = hello.latest;
    this.state.set(hello.state);
    for (const frame of this.outbox.all()) this.link.send(frame);
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
    if (event.seq > (this.stateAt ?? 0)) this.state.change(event);
  }

  async fill() {
    if (this.isFilling) return;
    this.isFilling = true;
    await this.link.fetchMissing().catch(() => {});
    this.isFilling = false;
  }

  sent(ack) {
    this.outbox.drop(ack.client_id);
    this.acked.set(ack.seq, ack.client_id);
    if (ack.seq === null || ack.seq <= this.told) this.forget(ack.seq);
  }

  forget(seq) {
    this.lines.unsent(this.acked.get(seq))?.remove();
    this.acked.delete(seq);
  }

  refused(error) {
    if (error.code === "rate_limited") {
      setTimeout(() => this.outbox.all().filter((frame) => frame.client_id === error.client_id).forEach((frame) => this.link.send(frame)), 2000);
      return;
    }
    const frame = this.outbox.all().find((one) => one.client_id === error.client_id);
    this.outbox.drop(error.client_id);
    if (error.client_id) this.lines.unsent(error.client_id)?.remove();
    const box = this.querySelector("[name=text]");
    if (frame?.data.text && box && !box.value) box.value = frame.data.text;
    this.refuse(this.lines.words[error.code] ?? error.detail);
  }

  refuse(words) {
    const place = this.querySelector("[data-refusal]");
    place.textContent = words;
    place.hidden = words === "";
  }

  turn(how) {
    this.how = how;
    this.showLink();
  }

  showLink() {
    const count = this.outbox.all().length;
    const isAway = this.how === "away" && (this.link?.tries ?? 0) > 1;
    const says = this.how === "out" ? "out" : this.how === "away" && count ? "unsent" : isAway ? "away" : "";
    const note = this.querySelector("[data-link]");
    note.hidden = says === "";
    note.querySelector("[data-count]").textContent = count;
    for (const part of note.querySelectorAll("[data-says]")) part.hidden = part.dataset.says !== says;
  }

  myName() {
    return this.dataset.name ?? "";
  }
}

customElements.define("live-room", LiveRoom);
