// Asks its address (data-url) for news, again and again while the tab is looked at; ``show`` says what came of it.
class AsksAgain extends HTMLElement {
  connectedCallback() {
    document.addEventListener("visibilitychange", this);
    this.askedAt = Date.now(); // the page itself has just said it
    this.clock = setInterval(() => this.handleEvent(), this.constructor.EVERY);
  }

  disconnectedCallback() {
    document.removeEventListener("visibilitychange", this);
    clearInterval(this.clock);
  }

  handleEvent() {
    if (document.hidden || Date.now() - this.askedAt < this.constructor.EVERY - 5_000) return;
    this.askedAt = Date.now();
    this.ask();
  }

  async ask() {
    try {
      const answer = await fetch(this.dataset.url, { redirect: "manual" }); // who is signed out gets nothing
      if (answer.ok) this.show(await answer.json());
    } catch { /* no connection: what stands here stands */ }
  }
}
