// Polls: a ballot as long as one is open, its result as bars that are a table when it is closed. Nothing is counted before.
class RoomPolls {
  static MOST_WORDS = 3;
  static DEGREES = ["1", "2", "3", "4", "5"];

  constructor(pane, reader, words) {
    Object.assign(this, { pane, reader, words });
    this.place = pane.querySelector("[data-polls]");
    this.blank = pane.querySelector("template[data-poll]").content.firstElementChild;
    this.articles = new Map([...this.place.querySelectorAll("[data-poll]")].map((article) => [Number(article.dataset.poll), article]));
  }

  // What a ballot says: places become an order, the first first.
  static read(fields) {
    const places = fields.getAll("place").map(Number);
    if (new Set(places).size < places.length) return { wrong: "order" };
    if (places.length) return { choice: places.map((place, at) => [place, at]).sort(([one], [other]) => one - other).map(([, at]) => at) };
    const own = fields.getAll("word").filter((word) => word.trim());
    if (own.length) return { words: own };
    const choice = fields.getAll("choice").map(Number);
    return choice.length ? { choice } : { wrong: "choose" };
  }

  show({ polls, is_closed: isClosed }) {
    RoomBoard.place(this.place, polls.map((poll) => this.draw(poll, isClosed)).reverse());
  }

  draw(poll, isClosed) {
    const known = this.articles.get(poll.id);
    const article = known ?? this.fresh(poll);
    this.articles.set(poll.id, article);
    const isOpen = poll.status === "open";
    const hasVoted = this.reader.polled.has(poll.id);
    const show = (name, is) => {
      const part = article.querySelector(`[data-${name}]`);
      if (part) part.hidden = !is;
    };
    show("ballot", isOpen && !hasVoted && !isClosed);
    show("voted-note", isOpen && hasVoted);
    show("close-poll", isOpen && !isClosed);
    if (article.dataset.status !== poll.status && !isOpen) this.showResult(article, poll);
    show("too-few", !isOpen && !poll.result.voters);
    show("result", !isOpen && poll.result.voters);
    const cells = Object.keys(poll.result?.cells ?? {}).length;
    show("cells", cells);
    show("no-cells", !isOpen && poll.result.voters && poll.counted_by.length && !cells);
    article.dataset.status = poll.status;
    return article;
  }

  fresh(poll) {
    const article = this.blank.cloneNode(true);
    article.id = `jajak-${poll.id}`;
    article.dataset.poll = poll.id;
    for (const place of article.querySelectorAll("[data-text], [data-legend]")) place.textContent = poll.question;
    for (const field of article.querySelectorAll("[name=id]")) field.value = poll.id;
    for (const hint of article.querySelectorAll("[data-hint]")) hint.hidden = hint.dataset.hint !== poll.kind;
    article.querySelector("[data-counted]").hidden = !poll.counted_by.length;
    article.querySelector("[data-choices]").append(...RoomPolls.fields(poll));
    return article;
  }

  static fields({ kind, question, options }) {
    if (kind === "words") {
      return Array.from({ length: RoomPolls.MOST_WORDS }, (_one, at) => {
        const box = Object.assign(document.createElement("input"), { name: "word", maxLength: 40, className: "input" });
        box.setAttribute("aria-label", `${question} (${at + 1})`);
        return box;
      });
    }
    const named = kind === "scale" ? RoomPolls.DEGREES : options;
    return named.map((text, at) => RoomPolls.choice(kind, text, kind === "scale" ? Number(text) : at, named.length));
  }

  static choice(kind, text, value, number) {
    const label = Object.assign(document.createElement("label"), { className: "choice" });
    const field = kind === "rank" ? RoomPolls.places(value, number) : document.createElement("input");
    if (kind !== "rank") Object.assign(field, { type: kind === "multiple" ? "checkbox" : "radio", name: "choice", value });
    label.append(field, " ", Object.assign(document.createElement("span"), { textContent: text }));
    return label;
  }

  static places(at, number) {
    const list = Object.assign(document.createElement("select"), { name: "place", className: "select" });
    for (let place = 1; place <= number; place += 1) list.append(new Option(String(place), String(place), place === at + 1, place === at + 1));
    return list;
  }

  // Of each answer how often it was given, and the most it could have been.
  static rows({ kind, options }, { voters, counts }) {
    if (!voters) return [];
    const given = Object.keys(counts).sort((one, other) => counts[other] - counts[one] || (one < other ? -1 : 1));
    const named = kind === "words" ? given.map((word) => [word, word]) : kind === "scale" ? RoomPolls.DEGREES.map((one) => [one, one]) : options.map((text, at) => [String(at), text]);
    const most = kind === "rank" ? voters * options.length : voters;
    return named.map(([key, text]) => ({ text, count: counts[key] ?? 0, most }));
  }

  static count(article, poll, words) {
    const table = article.querySelector("[data-result]");
    if (poll.kind === "rank") table.querySelector("[data-name]").textContent = words.points;
    RoomPolls.fill(table, poll, poll.result);
  }

  static fill(table, poll, result) {
    table.querySelector("[data-voters]").textContent = result.voters ?? "";
    table.tBodies[0].replaceChildren(...RoomPolls.rows(poll, result).map((row) => RoomPolls.row(row)));
  }

  // The result as a whole, then of each scale or mandate by which it was counted.
  showResult(article, poll) {
    RoomPolls.count(article, poll, this.words);
    const folds = Object.entries(poll.result.cells).map(([vocabulary, cells]) => {
      const [fold, title] = [document.createElement("details"), document.createElement("summary")];
      fold.className = "by-cells";
      title.textContent = this.words[vocabulary];
      fold.append(title, ...Object.entries(cells).map(([cell, result]) => this.tableOf(article, poll, this.words[`${vocabulary}:${cell}`] ?? cell, result)));
      return fold;
    });
    article.querySelector("[data-cells]").replaceChildren(...folds);
  }

  tableOf(article, poll, name, result) {
    const table = article.querySelector("[data-result]").cloneNode(true);
    delete table.dataset.result;
    table.hidden = false;
    table.querySelector("[data-name]").textContent = name;
    RoomPolls.fill(table, poll, result);
    return table;
  }

  static row({ text, count, most }) {
    const row = document.createElement("tr");
    const head = Object.assign(document.createElement("th"), { scope: "row", textContent: text });
    const bar = Object.assign(document.createElement("progress"), { max: most, value: count });
    bar.setAttribute("aria-hidden", "true");
    row.append(head, document.createElement("td"), Object.assign(document.createElement("td"), { textContent: count }));
    row.children[1].append(bar);
    return row;
  }

  // What was chosen stays on the ballot until the room has it.
  showUnsent(frames) {
    const onTheWay = new Set(frames.map((frame) => frame.data.id));
    for (const [id, article] of this.articles) {
      const ballot = article.querySelector("[data-ballot] fieldset");
      if (ballot) ballot.disabled = onTheWay.has(id);
    }
  }
}
