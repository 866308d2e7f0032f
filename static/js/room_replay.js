// The replay of a room: its log is fetched once and folded here, so that the slider shows each moment at once.
class RoomReplay extends HTMLElement {
  static LINES = 100; // as many as the page itself shows
  static LONGEST = 5000; // milliseconds that playing waits for the next entry

  connectedCallback() {
    this.at = Number(this.dataset.at);
    this.latest = Number(this.dataset.latest);
    this.entries = [];
    const words = this.querySelector("template[data-words]").content.querySelectorAll("[data-word]");
    this.words = Object.fromEntries([...words].map((word) => [word.dataset.word, word.textContent]));
    this.lines = this.querySelector("[data-lines]");
    this.range = this.querySelector("[data-range]");
    this.player = this.querySelector("[data-play]");
    for (const part of this.querySelectorAll("[data-needs-scripts]")) part.hidden = false;
    for (const kind of ["input", "click", "submit"]) this.addEventListener(kind, this);
    this.describe();
    this.toTheEnd();
  }

  disconnectedCallback() {
    this.pause();
  }

  handleEvent(event) {
    if (event.type === "input" && event.target === this.range) this.goTo(Number(this.range.value));
    if (event.type === "submit") {
      event.preventDefault();
      this.goTo(Number(this.querySelector("[name=at]").value));
    }
    if (event.type !== "click") return;
    if (event.target.closest("[data-play]")) this.isPlaying ? this.pause() : this.play();
    const link = event.target.closest("a[data-to]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const places = { first: 1, back: this.at - 1, forward: this.at + 1, last: this.latest };
    this.goTo(places[link.dataset.to] ?? Number(link.dataset.to));
  }

  async goTo(seq) {
    this.pause();
    await this.move(seq);
  }

  // The last place that was asked for is the one that is shown, however long the log takes to come.
  async move(seq) {
    this.wanted = Math.min(Math.max(seq, 0), this.latest);
    if (!(await this.fetched())) return false;
    this.at = this.wanted;
    this.show();
    return true;
  }

  async play() {
    this.isPlaying = true;
    this.player.textContent = this.player.dataset.saysPause;
    const isThere = await this.move(this.at >= this.latest ? 0 : this.at);
    if (isThere) this.waitForNext();
    else this.pause();
  }

  pause() {
    this.isPlaying = false;
    clearTimeout(this.next);
    this.player.textContent = this.player.dataset.saysPlay;
  }

  waitForNext() {
    if (!this.isPlaying || this.at >= this.latest) {
      this.pause();
      return;
    }
    const [now, then] = [this.entries[this.at - 1], this.entries[this.at]];
    const gap = now ? (new Date(then.at) - new Date(now.at)) / Number(this.querySelector("[data-speed]").value) : 0;
    this.next = setTimeout(() => this.move(this.at + 1).then(() => this.waitForNext()), Math.min(Math.max(gap, 0), RoomReplay.LONGEST));
  }

  async fetched() {
    this.fetching ??= this.fetchAll();
    const isThere = await this.fetching.then(() => true, () => false);
    if (!isThere) this.fetching = null; // tried anew when something is asked for again
    this.querySelector("[data-trouble]").hidden = isThere;
    return isThere;
  }

  async fetchAll() {
    while (this.entries.length < this.latest) {
      const answer = await fetch(`/events/rooms/${this.dataset.roomId}/log?since=${this.entries.length}`);
      if (!answer.ok) throw new Error(String(answer.status));
      const { events } = await answer.json();
      if (!events.length) throw new Error("The log ends early.");
      this.entries.push(...events);
    }
  }

  show() {
    const shown = this.entries.slice(Math.max(this.at - RoomReplay.LINES, 0), this.at);
    this.lines.replaceChildren(...shown.filter((entry) => this.label(entry) !== undefined).map((entry) => this.line(entry)));
    this.querySelector("[data-earlier]").hidden = this.at <= RoomReplay.LINES;
    for (const part of this.querySelectorAll("[data-state-of-it]")) part.hidden = false;
    this.querySelector("[data-too-long]").hidden = true;
    this.showState(this.folded());
    this.describe();
    this.toTheEnd();
    const query = new URLSearchParams(location.search);
    query.set("at", this.at);
    clearTimeout(this.noting); // browsers count how often an address changes
    this.noting = setTimeout(() => history.replaceState(null, "", `?${query}`), 400);
  }

  describe() {
    const last = this.entries[this.at - 1];
    const time = this.querySelector("[data-time]");
    if (last) time.dateTime = last.at;
    if (this.entries.length) time.textContent = last ? this.timeOf(last.at) : "";
    this.querySelector("[data-number]").textContent = this.at;
    this.querySelector("[name=at]").value = this.at;
    this.range.value = this.at;
    this.range.setAttribute("aria-valuetext", `${this.at}, ${time.textContent}`);
    for (const link of this.querySelectorAll("[data-marks] a")) {
      if (Number(link.dataset.to) === this.at) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }

  toTheEnd() {
    this.lines.parentElement.scrollTop = this.lines.parentElement.scrollHeight;
  }

  label({ kind, data }) {
    return kind === "chat.post" ? "" : this.words[kind === "card.add" ? `${kind}:${data.kind}` : data.until ? `${kind}:later` : kind];
  }

  said({ kind, data }) {
    if (data.is_hidden) return this.words.hidden;
    if (kind === "agenda.go") return this.step(data.step);
    if (kind === "timer.start") return RoomReplay.clock(data.seconds);
    if (data.until) return RoomMoment.say(data.until, this.dataset);
    return data.text ?? "";
  }

  step(place) {
    return this.querySelector(`[data-step="${Number(place)}"]`)?.textContent ?? String(place);
  }

  static clock(seconds) {
    return `${Math.floor(seconds / 60)}.${String(seconds % 60).padStart(2, "0")}`;
  }

  // In the zone that the reader chose, as the page itself writes it.
  timeOf(at) {
    const options = { hour: "2-digit", minute: "2-digit", timeZone: this.dataset.zone };
    return new Date(at).toLocaleTimeString("en-GB", options).replace(":", ".");
  }

  line(entry) {
    const line = this.querySelector("template[data-line]").content.firstElementChild.cloneNode(true);
    line.dataset.kind = entry.kind;
    if (entry.data.is_hidden) line.dataset.state = "hidden";
    const time = line.querySelector("time");
    time.dateTime = entry.at;
    time.textContent = this.timeOf(entry.at);
    if (entry.actor) time.before(RoomReplay.bold(entry.actor.name), " · ");
    const said = line.querySelector(".said");
    const label = this.label(entry);
    said.textContent = this.said(entry);
    if (label) said.prepend(RoomReplay.bold(label), " ");
    line.querySelector("[data-later]").hidden = entry.kind !== "card.add" || !this.isLater(entry.seq);
    this.offer(line.querySelector("[data-hide]"), entry);
    return line;
  }

  // To those who lead: the way to where words are hidden, in the room itself.
  offer(way, { seq, kind, data }) {
    if (!way) return;
    way.hidden = data.is_hidden || !["chat.post", "broadcast", "card.add"].includes(kind);
    const link = way.querySelector("a");
    link.href = `${link.pathname}${kind === "card.add" ? `?card=${seq}#kartu-${seq}` : `?until=${seq + 1}#n${seq}`}`;
  }

  // Whether it came after the live part.
  isLater(seq) {
    return this.entries.some((entry) => entry.data.until && entry.kind === "room.close" && entry.seq < seq);
  }

  static bold(words) {
    const part = document.createElement("b");
    part.textContent = words;
    return part;
  }

  // The same changes as the server's (cop_site/events/state.py).
  folded() {
    const state = { hands: new Map(), cards: new Map(), agenda: null, timer: null, announcement: null };
    for (const entry of this.entries.slice(0, this.at)) RoomReplay.CHANGES[entry.kind]?.(state, entry);
    return state;
  }

  static CHANGES = {
    "hand.raise": (state, { actor }) => {
      state.hands.delete(actor?.id);
      if (actor) state.hands.set(actor.id, actor.name);
    },
    "hand.lower": (state, { actor, data }) => state.hands.delete(data.person || actor?.id),
    broadcast: (state, { seq, data }) => Object.assign(state, { announcement: { seq, text: data.text } }),
    "timer.start": (state, { data }) => Object.assign(state, { timer: data }),
    "agenda.go": (state, { data }) => Object.assign(state, { agenda: data.step }),
    "chat.hide": (state, { data }) => {
      if (state.announcement?.seq === data.id) state.announcement = null;
      state.cards.delete(data.id);
    },
    "card.add": (state, { seq, actor, data }) => {
      state.cards.set(seq, { id: seq, column: data.kind, cluster: "", text: data.text, votes: 0, by: actor, isLater: state.isLater });
    },
    "card.edit": (state, { data }) => RoomReplay.change(state, data, { text: data.text }),
    "card.move": (state, { data }) => RoomReplay.change(state, data, { column: data.column, cluster: data.cluster }),
    "card.vote": (state, { data }) => RoomReplay.change(state, data, { votes: data.votes }),
    "room.close": (state, { data }) => {
      state.isLater = Boolean(data.until);
      state.hands.clear();
      state.timer = null;
    },
  };

  static change(state, data, changed) {
    const card = state.cards.get(data.id);
    if (card) Object.assign(card, changed);
  }

  showState({ hands, cards, agenda, timer, announcement }) {
    const facts = {
      agenda: agenda === null ? "" : this.step(agenda),
      hands: [...hands.values()].join(", "),
      timer: timer ? RoomReplay.clock(timer.seconds) : "",
      announcement: announcement?.text,
    };
    for (const [name, value] of Object.entries(facts)) this.querySelector(`[data-fact="${name}"]`).textContent = value || "–";
    for (const step of this.querySelectorAll("[data-step]")) {
      if (Number(step.dataset.step) === agenda) step.setAttribute("aria-current", "step");
      else step.removeAttribute("aria-current");
    }
    this.showBoard([...cards.values()]);
  }

  showBoard(cards) {
    const compare = (one, other) => (one < other ? -1 : Number(one > other));
    cards.sort((one, other) => compare(one.cluster, other.cluster) || other.votes - one.votes || one.id - other.id);
    for (const column of this.querySelectorAll("[data-column]")) {
      const own = cards.filter((card) => card.column === column.dataset.column);
      column.hidden = own.length === 0;
      column.querySelector("ul").replaceChildren(...own.map((card) => this.card(card)));
    }
    this.querySelector("[data-no-cards]").hidden = cards.length > 0;
  }

  card({ text, cluster, votes, by, isLater }) {
    const card = this.querySelector("template[data-card]").content.firstElementChild.cloneNode(true);
    card.querySelector("[data-text]").textContent = text || this.words.hidden;
    card.querySelector("[data-about]").textContent = [cluster, `${this.words.votes} ${votes}`, by?.name, isLater && this.words.later].filter(Boolean).join(" · ");
    return card;
  }
}

customElements.define("room-replay", RoomReplay);
