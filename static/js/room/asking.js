// Questions: those that wait, those that are open by votes, those that were answered. Words are set as text, never as HTML.
class RoomAsking {
  constructor(room, reader, words) {
    Object.assign(this, { room, reader, words });
    this.pane = room.querySelector(".pane-ask");
    this.list = this.pane.querySelector("[data-questions]");
    this.answered = this.pane.querySelector("[data-answered]");
    this.items = new Map([...this.pane.querySelectorAll("[data-question]:not(template)")].map((item) => [Number(item.dataset.question), item]));
    this.polls = new RoomPolls(this.pane, reader, words);
  }

  show(state) {
    this.state = state;
    const { questions } = state;
    const focused = document.activeElement;
    const of = (status) => questions.filter((one) => one.status === status);
    const open = of("approved").sort((one, other) => other.votes - one.votes);
    RoomBoard.place(this.list, [...of("waiting"), ...open].map((one) => this.draw(one)));
    const answered = of("answered");
    RoomBoard.place(this.answered.querySelector("ul"), answered.map((one) => this.draw(one)));
    this.answered.hidden = answered.length === 0;
    this.answered.querySelector("b").textContent = answered.length;
    if (focused !== document.activeElement && focused.isConnected) focused.focus(); // one that rose takes the focus along
    this.polls.show(state);
  }

  refresh() {
    if (this.state) this.show(this.state);
  }

  draw(question) {
    const known = this.items.get(question.id);
    const item = known ?? this.pane.querySelector("template[data-question]").content.firstElementChild.cloneNode(true);
    this.items.set(question.id, item);
    item.id = `tanya-${question.id}`;
    item.dataset.question = question.id;
    item.dataset.status = question.status;
    item.querySelector("[data-text]").textContent = question.text;
    item.querySelector("[data-name]").textContent = question.by?.name ?? "";
    for (const field of item.querySelectorAll("[name=id]")) field.value = question.id;
    for (const count of item.querySelectorAll("[data-votes]")) count.textContent = question.votes;
    if (this.reader.hasBlocked(question.by)) RoomBoard.fold(item, this.room.querySelector("template[data-veil]").content.firstElementChild.cloneNode(true));
    this.offer(item, question);
    return item;
  }

  offer(item, { id, status }) {
    const isLive = RoomState.isLive(this.state);
    for (const [name, at] of [["let-in", "waiting"], ["answer", "approved"], ["vote", "approved"]]) {
      const form = item.querySelector(`[data-${name}]`);
      if (form) form.hidden = status !== at || !isLive;
    }
    const vote = item.querySelector("[data-vote]");
    if (!vote) return;
    item.querySelector("[data-count-shown]").hidden = isLive;
    const hasVote = this.reader.wanted.has(id);
    vote.querySelector("[name=take_back]").disabled = !hasVote;
    vote.querySelector(".vote").setAttribute("aria-pressed", hasVote);
  }

  // The room has it: what leaves no entry of its own is seen here.
  done({ action, data }) {
    if (action === "question.ask") this.pane.querySelector("[data-asked]").hidden = false;
    if (action === "question.vote") this.reader.wants(data.id, !data.take_back);
    if (action === "poll.vote") this.reader.polls(data.id);
  }

  showUnsent(frames) {
    const waiting = frames.filter((frame) => frame.action === "question.ask");
    const place = this.pane.querySelector("[data-asking]");
    place.hidden = waiting.length === 0;
    place.textContent = waiting.map((frame) => `${frame.data.text} · ${this.words.unsent}`).join("\n");
    this.polls.showUnsent(frames.filter((frame) => frame.action === "poll.vote"));
  }
}
