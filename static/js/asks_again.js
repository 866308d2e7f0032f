// Asks its address (data-url) for news while the tab is looked at: when its RING is heard, and again and again; ``show`` says what came of it.
class AsksAgain extends HTMLElement {
  static SELDOM = 300_000; // while rings are heard: one may be lost

  connectedCallback() {
    document.addEventListener("visibilitychange", this);
    document.addEventListener("ring", this);
    this.askedAt = Date.now(); // the page itself has just said it
    this.clock = setInterval(() => this.handleEvent(), this.constructor.EVERY);
  }

  disconnectedCallback() {
    document.removeEventListener("visibilitychange", this);
    document.removeEventListener("ring", this);
    clearInterval(this.clock);
    clearTimeout(this.soon);
  }

  handleEvent(event) {
    const since = Date.now() - this.askedAt, rang = event?.detail;
    if (rang === this.constructor.RING || (rang === "open" && since > 5_000)) this.askSoon();
    else if (!rang && !document.hidden && since >= this.pause() - 5_000) this.ask();
  }

  // Seldom, where nothing can have rung unheard since it asked.
  pause() {
    return document.querySelector("ring-line")?.openSince <= this.askedAt ? AsksAgain.SELDOM : this.constructor.EVERY;
  }

  // Many hear one ring: they do not all ask in one moment.
  askSoon() {
    this.soon ??= setTimeout(() => {
      this.soon = null;
      this.ask();
    }, Math.random() * 2_000);
  }

  async ask() {
    this.askedAt = Date.now();
    try {
      const answer = await fetch(this.dataset.url, { redirect: "manual" }); // who is signed out gets nothing
      if (answer.ok) return this.show(await answer.json());
    } catch { /* no connection: what stands here stands */ }
    this.askedAt = 0; // seldom is for who was answered
  }
}
