// The hall on a wall: it follows by itself and has nothing to press. Words are set as text, never as HTML.
class RoomWall extends HTMLElement {
  connectedCallback() {
    this.told = Number(this.dataset.told);
    const words = this.querySelector("template[data-words]").content.querySelectorAll("[data-word]");
    this.words = Object.fromEntries([...words].map((word) => [word.dataset.word, word.textContent]));
    this.endsAt = this.dataset.clockEnds;
    const parts = { tell: (frame) => this.hear(frame), told: () => this.told, turn: () => {} };
    this.link = new RoomLink({ room: this.dataset.roomId, token: "", ...parts });
    this.link.open();
    setInterval(() => this.showClock(), 1000);
    this.showClock();
  }

  hear(frame) {
    if (frame.type === "hello") this.stand(frame.latest, frame.state);
    else if (frame.type === "event") this.happened(frame);
    else if (frame.type === "head" && frame.latest > this.told) this.link.fetchMissing().catch(() => {});
    else if (frame.type === "reset") {
      this.told = frame.latest;
      this.stand(frame.latest, frame.state);
    }
  }

  stand(at, state) {
    this.stateAt = at;
    this.show(state);
  }

  happened(event) {
    if (event.seq <= this.told) return;
    if (event.seq > this.told + 1) {
      this.link.fetchMissing().catch(() => {});
      return;
    }
    this.told = event.seq;
    if (this.state && event.seq > this.stateAt) this.show(RoomState.after(this.state, event));
  }

  show(state) {
    this.state = state;
    this.endsAt = state.timer?.ends_at;
    this.say("[data-announcement]", state.announcement?.text ?? "");
    const step = this.querySelector(`[data-steps] [data-place="${Number(state.agenda)}"]`);
    this.say("[data-step]", step?.textContent ?? state.agenda ?? "");
    this.querySelector("[data-closed]").hidden = !state.is_closed;
    this.querySelector("[data-later]").hidden = !state.later || state.is_closed;
    if (state.later) this.querySelector("[data-until]").textContent = RoomMoment.say(state.later.until, this.dataset);
    this.showPoll(state.polls.findLast((poll) => poll.status === "open") ?? state.polls.at(-1));
    for (const column of this.querySelectorAll("[data-column]")) this.showColumn(column, state.cards.filter((card) => card.column === column.dataset.column));
    this.showClock();
  }

  say(place, words) {
    const part = this.querySelector(place);
    part.hidden = words === "";
    part.textContent = words;
  }

  showPoll(poll) {
    const place = this.querySelector("[data-poll]");
    place.hidden = !poll;
    if (!poll) return;
    const isOpen = poll.status === "open";
    const options = place.querySelector("[data-options]");
    place.querySelector("[data-text]").textContent = poll.question;
    options.replaceChildren(...(poll.options ?? []).map((text) => Object.assign(document.createElement("li"), { textContent: text })));
    options.hidden = place.querySelector("[data-running]").hidden = !isOpen;
    place.querySelector("[data-too-few]").hidden = isOpen || Boolean(poll.result.voters);
    const table = place.querySelector("[data-result]");
    table.hidden = isOpen || !poll.result.voters;
    if (table.hidden) return;
    table.querySelector("[data-name]").textContent = this.words.votes;
    RoomPolls.count(place, poll, this.words);
  }

  // First those of no group, then groups in the order in which they began, as on the board.
  showColumn(column, cards) {
    const names = [...new Set(cards.map((card) => card.cluster))].sort((one, other) => (one !== "") - (other !== ""));
    const drawn = names.flatMap((name) => cards.filter((card) => card.cluster === name)).map((card) => RoomWall.card(card));
    column.querySelector("[data-cards]").replaceChildren(...drawn);
    column.querySelector("[data-count-of]").textContent = cards.length;
  }

  static card({ kind, text, votes }) {
    const item = Object.assign(document.createElement("li"), { className: "metaplan" });
    item.dataset.kind = kind;
    item.append(Object.assign(document.createElement("span"), { className: "said", textContent: text }));
    if (votes) item.append(" ", Object.assign(document.createElement("b"), { textContent: votes }));
    return item;
  }

  showClock() {
    const clock = this.querySelector("[data-clock]");
    const left = this.endsAt ? Math.ceil((new Date(this.endsAt) - Date.now()) / 1000) : 0;
    clock.hidden = left <= 0;
    clock.textContent = `${Math.floor(left / 60)}.${String(left % 60).padStart(2, "0")}`;
  }
}

customElements.define("room-wall", RoomWall);
