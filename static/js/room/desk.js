// The desk: one card, opened to be reworded, moved or taken back. What is typed there stays, also when the card changes meanwhile.
class RoomDesk {
  constructor(board) {
    this.board = board;
  }

  get place() {
    return this.board.pane.querySelector("[data-card-desk]");
  }

  close() {
    this.place?.remove();
  }

  open(article, card) {
    if (!card || this.board.isClosed) return null;
    this.close();
    const desk = this.board.blank("desk");
    const { reader, words } = this.board;
    for (const field of desk.querySelectorAll("[name=id]")) field.value = card.id;
    desk.querySelector("[name=column]").value = card.column;
    desk.querySelector("[name=cluster]").value = card.cluster;
    desk.querySelector("[name=text]").value = card.text;
    desk.querySelector("[name=version]").value = card.version;
    const silence = desk.querySelector("[data-silence]");
    if (silence) silence.href += card.id;
    const hide = desk.querySelector("[data-hide]");
    hide.textContent = reader.isOwn(card.id, card.by) ? words["take-card-back"] : words["hide-card"];
    desk.querySelector("[data-open]").hidden = !this.board.isLive;
    if (!reader.mayHide(card.id, card.by)) for (const form of [hide.form, desk.querySelector("[data-change]")]) form.remove();
    article.append(desk);
    return desk;
  }

  // The card changed while it lies open: the newer wording is shown beside what is being typed.
  follow(article, card) {
    const desk = article.querySelector("[data-card-desk]");
    const version = desk?.querySelector("[name=version]");
    if (!version) return;
    if (desk.dataset.conflict) version.value = card.version; // she was told, and sees the newer one
    const newer = desk.querySelector("[data-newer]");
    if (Number(version.value) === card.version && !desk.dataset.conflict) return;
    newer.hidden = false;
    newer.querySelector("span").textContent = card.text;
  }

  // A wording that met a newer one: it stays typed, the newer one is shown, and the next sending is about that.
  bringBack({ data }) {
    const article = this.board.articles.get(data.id);
    const card = this.board.shown.get(data.id);
    if (!article || !card) return false;
    const desk = article.querySelector("[data-card-desk]") ?? this.open(article, card);
    const box = desk?.querySelector("[name=text]");
    if (!box) return false;
    box.value = data.text;
    desk.dataset.conflict = data.version;
    this.follow(article, card);
    return true;
  }
}
