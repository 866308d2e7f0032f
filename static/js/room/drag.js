// Cards are dragged to another column or group; what is dropped is what the card's desk would have sent. Touch screens have the desk.
class RoomDrag {
  constructor(board, say) {
    Object.assign(this, { board, say });
    for (const news of ["pointerdown", "dragstart", "dragover", "drop", "dragend"]) board.pane.addEventListener(news, this);
  }

  handleEvent(event) {
    const column = event.target.closest?.("[data-column]");
    if (event.type === "pointerdown") this.ready(event);
    else if (event.type === "dragstart") this.take(event);
    else if (event.type === "dragend") this.end();
    else if (this.card && column) this.over(event, column);
  }

  // Only with a mouse, and not by what is pressed or typed in.
  ready({ target, pointerType }) {
    const article = target.closest("[data-card]");
    if (article) article.draggable = this.board.isLive && pointerType === "mouse" && !target.closest("a, button, input, textarea, select");
  }

  take(event) {
    this.card = this.board.shown.get(Number(event.target.closest?.("[data-card]")?.dataset.card));
    if (!this.card) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", this.card.text);
  }

  over(event, column) {
    event.preventDefault();
    const cluster = event.target.closest("[data-group]")?.dataset.group ?? "";
    this.mark(column);
    if (event.type !== "drop") return;
    const { id } = this.card;
    const isElsewhere = this.card.column !== column.dataset.column || this.card.cluster !== cluster;
    this.end();
    if (isElsewhere) this.say("card.move", { id, column: column.dataset.column, cluster });
  }

  end() {
    this.card = null;
    this.mark(null);
  }

  mark(column) {
    for (const marked of this.board.pane.querySelectorAll("[data-over]")) if (marked !== column) marked.removeAttribute("data-over");
    column?.setAttribute("data-over", "");
  }
}
