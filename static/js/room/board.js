// The board: cards drawn from the room's state, and the desk on which one of them is worked on. Words are set as text, never as HTML.
class RoomBoard {
  constructor(room, reader, words) {
    Object.assign(this, { room, reader, words });
    this.pane = room.querySelector(".pane-board");
    this.columns = new Map([...this.pane.querySelectorAll("[data-column]")].map((column) => [column.dataset.column, column]));
    this.articles = new Map([...this.pane.querySelectorAll("[data-card]")].map((article) => [Number(article.dataset.card), article]));
    this.shown = new Map(); // number -> the card as it stands drawn
    this.desk = new RoomDesk(this);
    this.pane.addEventListener("click", this);
  }

  blank(name) {
    return this.room.querySelector(`template[data-${name}]`).content.firstElementChild.cloneNode(true);
  }

  handleEvent(event) {
    const [opens, closes] = ["open", "close"].map((verb) => event.target.closest(`[data-${verb}-desk]`));
    const article = event.target.closest("[data-card]");
    const card = this.shown.get(Number(article?.dataset.card));
    if ((!opens && !closes) || !card) return; // not greeted yet: the link itself leads there
    event.preventDefault();
    if (closes || article.querySelector("[data-card-desk]")) this.desk.close();
    else this.desk.open(article, card);
    article.querySelector("[data-open-desk]").focus();
  }

  show(state) {
    const { cards } = state;
    const focused = document.activeElement;
    this.turn(state);
    for (const [kind, column] of this.columns) this.showColumn(column, cards.filter((card) => card.column === kind));
    const names = [...new Set(cards.map((card) => card.cluster).filter(Boolean))].sort();
    this.pane.querySelector("datalist").replaceChildren(...names.map((name) => Object.assign(document.createElement("option"), { value: name })));
    if (focused !== document.activeElement && focused.isConnected) focused.focus(); // a card that was moved takes the focus along
  }

  // Where the live part, or the room, has just ended, cards that did not change are drawn anew too.
  turn(state) {
    const [isLive, isClosed] = [RoomState.isLive(state), state.is_closed];
    if (this.isLive === isLive && this.isClosed === isClosed) return;
    Object.assign(this, { isLive, isClosed });
    this.shown.clear();
  }

  // First those of no group, then groups in the order in which they began.
  showColumn(column, cards) {
    const names = [...new Set(cards.map((card) => card.cluster))].sort((one, other) => (one !== "") - (other !== ""));
    const groups = names.map((name) => this.group(column, name));
    RoomBoard.place(column.querySelector("[data-groups]"), groups);
    names.forEach((name, at) => {
      const here = cards.filter((card) => card.cluster === name);
      RoomBoard.place(groups[at].querySelector("[data-cards]"), here.map((card) => this.draw(card)));
    });
    column.querySelector("[data-count-of]").textContent = cards.length;
  }

  static place(parent, children) {
    children.forEach((child, at) => {
      if (parent.children[at] !== child) parent.insertBefore(child, parent.children[at] ?? null);
    });
    while (parent.children.length > children.length) parent.lastElementChild.remove();
  }

  group(column, name) {
    const found = [...column.querySelectorAll("[data-group]")].find((group) => group.dataset.group === name);
    if (found) return found;
    const group = this.blank("group");
    group.dataset.group = name;
    group.querySelector("h4").textContent = name;
    group.querySelector("h4").hidden = name === "";
    return group;
  }

  draw(card) {
    const known = this.articles.get(card.id);
    if (known && this.shown.get(card.id) === card) return known;
    const article = known ?? this.blank("card");
    this.articles.set(card.id, article);
    this.shown.set(card.id, card);
    this.fill(article, card);
    return article;
  }

  fill(article, card) {
    article.id = `kartu-${card.id}`;
    article.dataset.card = card.id;
    article.dataset.kind = card.kind;
    const kind = article.querySelector("[data-kind-word]");
    kind.textContent = this.columns.get(card.kind).querySelector("[data-label]").textContent;
    kind.hidden = card.kind === card.column;
    article.querySelector("[data-text]").textContent = card.text;
    article.querySelector("[data-name]").textContent = card.by?.name ?? "";
    const { round, group } = card.origin ?? {};
    article.querySelector("[data-origin]").textContent = round ? ` · ${this.words.origin.replace("{round}", round).replace("{number}", group)}` : "";
    article.querySelector("[data-card-later]").hidden = !card.is_later;
    if (this.reader.hasBlocked(card.by)) RoomBoard.fold(article, this.blank("veil"));
    this.fillTools(article, card);
    this.desk.follow(article, card);
  }

  static fold(place, veil) {
    if (place.querySelector(".veil")) return;
    const words = place.querySelector("[data-text]");
    words.before(veil);
    veil.append(words);
  }

  fillTools(article, card) {
    const tools = article.querySelector("[data-tools]");
    if (!tools) return;
    tools.hidden = this.isClosed;
    const opens = tools.querySelector("[data-open-desk]");
    opens.hidden = !this.isLive && !this.reader.mayHide(card.id, card.by); // what is left to do there is for its author and those who lead
    opens.href = `?card=${card.id}#kartu-${card.id}`;
    opens.setAttribute("aria-label", `${this.words["work-on"]}: ${card.text.slice(0, 60)}`);
    tools.querySelector("[name=id]").value = card.id;
    const hasVote = this.reader.voted.has(card.id);
    tools.querySelector("[name=take_back]").disabled = !hasVote;
    tools.querySelector(".vote").setAttribute("aria-pressed", hasVote);
    tools.querySelector("[data-votes]").textContent = card.votes;
  }

  refresh(seq) {
    if (this.shown.has(seq)) this.fill(this.articles.get(seq), this.shown.get(seq));
  }

  // Cards that wait, and changes that do, say so.
  showUnsent(frames) {
    if (!frames.length && !this.hasUnsent) return;
    this.hasUnsent = frames.length > 0;
    const touched = new Set(frames.filter((frame) => frame.action !== "card.add").map((frame) => frame.data.id));
    for (const [id, article] of this.articles) {
      article.querySelector("[data-note]").textContent = touched.has(id) ? ` · ${this.words.unsent}` : "";
      article.toggleAttribute("data-unsent", touched.has(id));
    }
    for (const [kind, column] of this.columns) {
      const waiting = frames.filter((frame) => frame.action === "card.add" && frame.data.kind === kind);
      column.querySelector("[data-waiting]").replaceChildren(...waiting.map((frame) => this.unsent(frame)));
    }
  }

  unsent({ data }) {
    const article = this.blank("card");
    article.dataset.kind = data.kind;
    article.dataset.unsent = "";
    article.querySelector("[data-text]").textContent = data.text;
    article.querySelector("[data-note]").textContent = this.words.unsent;
    article.querySelector("[data-tools]")?.remove();
    return article;
  }
}
