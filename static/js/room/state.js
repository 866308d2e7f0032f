// What the entries come to: the same changes as the server's (cop_site/events/state.py), of every kind.
class RoomState {
  static CHANGES = {
    "hand.raise": (state, { actor, data }) => ({ hands: [...RoomState.without(state, actor.id), { ...actor, ...data }] }),
    "hand.lower": (state, { actor, data }) => RoomState.lower(state, data.person || actor.id, data.heard),
    broadcast: (_state, { seq, data }) => ({ announcement: { seq, text: data.text } }),
    "timer.start": (_state, { data }) => ({ timer: data }),
    "agenda.go": (_state, { data }) => ({ agenda: data.step }),
    "chat.hide": (state, { data }) => RoomState.hide(state, data.id),
    "card.add": (state, event) => ({ cards: [...state.cards, { ...RoomState.newCard(event), ...(state.later ? RoomState.LATER : {}) }] }),
    "card.edit": (state, { data }) => ({ cards: RoomState.change(state.cards, data, ["text", "version"]) }),
    "card.move": (state, { data }) => ({ cards: RoomState.change(state.cards, data, ["column", "cluster"]) }),
    "card.vote": (state, { data }) => ({ cards: RoomState.change(state.cards, data, ["votes"]) }),
    "question.ask": (state, { data }) => RoomState.putQuestion(state, data, { status: "waiting", votes: 0 }),
    "question.approve": (state, { data }) => RoomState.approve(state, data),
    "question.vote": (state, { data }) => ({ questions: RoomState.change(state.questions, data, ["votes"]) }),
    "question.answer": (state, { data }) => ({ questions: RoomState.change(state.questions, { ...data, status: "answered" }, ["status"]) }),
    "poll.open": ({ polls }, { data }) => ({ polls: [...polls.filter((one) => one.id !== data.id), { ...data, status: "open", result: null }] }),
    "poll.close": ({ polls }, { data }) => ({ polls: RoomState.change(polls, { ...data, status: "closed" }, ["status", "result"]) }),
    "breakout.open": (_state, { data }) => ({ groups: data }),
    "breakout.close": () => ({ groups: null }),
    "room.close": (state, event) => RoomState.close(state, event),
  };

  static LATER = { is_later: true };

  // The state once an entry has happened; the one before stays as it is, and so do cards to which nothing happened.
  static after(state, event) {
    const change = RoomState.CHANGES[event.kind];
    return change ? { ...state, ...change(state, event) } : state;
  }

  static without(state, person) {
    return state.hands.filter((hand) => hand.id !== person);
  }

  // Who was heard, and where from; without their names.
  static lower(state, person, isHeard) {
    const spoke = state.hands.filter((hand) => isHeard && hand.id === person).map(({ name: _name, ...whence }) => whence);
    return { hands: RoomState.without(state, person), heard: [...state.heard, ...spoke] };
  }

  static hide({ announcement, cards }, id) {
    return { announcement: announcement?.seq === id ? null : announcement, cards: cards.filter((card) => card.id !== id) };
  }

  static newCard({ seq, actor, data: { kind, text, origin } }) {
    return { id: seq, kind, column: kind, cluster: "", text, version: 1, votes: 0, by: actor, ...(origin ? { origin } : {}) };
  }

  // Whose turn it is, by the same rule as the server's: first whom the room has not heard, then of scales and mandates heard least, then as hands went up.
  static queue({ hands, heard }) {
    const times = (said) => said.reduce((all, one) => all.set(one, (all.get(one) ?? 0) + 1), new Map());
    const people = new Set(heard.map((turn) => turn.id));
    const scales = times(heard.map((turn) => turn.scale));
    const mandates = times(heard.flatMap((turn) => turn.mandates ?? []));
    const place = ({ id, scale, mandates: mine }) => [
      Number(people.has(id)),
      scale === undefined ? 0 : scales.get(scale) ?? 0,
      mine?.length ? Math.min(...mine.map((one) => mandates.get(one) ?? 0)) : 0,
    ];
    const placed = hands.map((hand) => ({ id: hand.id, at: place(hand) }));
    placed.sort((one, other) => one.at[0] - other.at[0] || one.at[1] - other.at[1] || one.at[2] - other.at[2]);
    return placed.map(({ id }) => id);
  }

  // For good; or the live part alone, where the entry says until when one still answers: what comes then is marked, and polls that are open then.
  static close({ polls }, { seq, data: { until } }) {
    if (!until) return { is_closed: true, hands: [], timer: null };
    const marked = polls.map((poll) => (poll.status === "open" ? { ...poll, ...RoomState.LATER } : poll));
    return { later: { after: seq, until }, polls: marked, hands: [], timer: null };
  }

  static isLive({ later, is_closed: isClosed }) {
    return !later && !isClosed;
  }

  // In the hall a question appears with this; a declined one is gone from wherever it was.
  static approve(state, data) {
    if (data.status === "declined") return { questions: state.questions.filter((one) => one.id !== data.id) };
    return RoomState.putQuestion(state, data, { status: "approved", votes: data.votes });
  }

  static putQuestion({ questions }, { id, text, by }, standing) {
    const others = questions.filter((one) => one.id !== id);
    return { questions: [...others, { id, text, by, ...standing }].sort((one, other) => one.id - other.id) };
  }

  static change(rows, data, names) {
    const changed = Object.fromEntries(names.map((name) => [name, data[name]]));
    return rows.map((row) => (row.id === data.id ? { ...row, ...changed } : row));
  }
}
