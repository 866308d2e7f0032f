// Says that answers came while one reads: asked twice a minute while the tab is looked at. The page itself never moves by itself.
class NewAnswers extends HTMLElement {
  connectedCallback() {
    document.addEventListener("visibilitychange", this);
    this.askedAt = Date.now(); // the page itself has just said it
    this.clock = setInterval(() => this.handleEvent(), 30_000);
  }

  disconnectedCallback() {
    document.removeEventListener("visibilitychange", this);
    clearInterval(this.clock);
  }

  handleEvent() {
    if (document.hidden || Date.now() - this.askedAt < 25_000) return;
    this.askedAt = Date.now();
    this.ask();
  }

  async ask() {
    try {
      const answer = await fetch(this.dataset.url, { redirect: "manual" });
      if (answer.ok) this.show((await answer.json()).latest - Number(this.dataset.known));
    } catch { /* no connection: what stands here stands */ }
  }

  show(came) {
    const link = this.querySelector("a");
    this.hidden = came < 1;
    link.textContent = came === 1 ? this.dataset.one : this.dataset.many.replace("#", came);
  }
}

customElements.define("new-answers", NewAnswers);
