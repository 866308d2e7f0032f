// Says that answers came while one reads. The page itself never moves by itself.
class NewAnswers extends AsksAgain {
  static EVERY = 30_000;
  static RING = "topic";

  show({ latest }) {
    const came = latest - Number(this.dataset.known), link = this.querySelector("a");
    this.hidden = came < 1;
    link.textContent = came === 1 ? this.dataset.one : this.dataset.many.replace("#", came);
  }
}

customElements.define("new-answers", NewAnswers);
