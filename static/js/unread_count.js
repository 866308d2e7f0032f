// How much is unread, asked again when the tab is looked at and once a minute while it is. Without a script the number is that of the page.
class UnreadCount extends HTMLElement {
  connectedCallback() {
    document.addEventListener("visibilitychange", this);
    this.askedAt = Date.now(); // the page itself has just said it
    this.clock = setInterval(() => this.handleEvent(), 60_000);
  }

  disconnectedCallback() {
    document.removeEventListener("visibilitychange", this);
    clearInterval(this.clock);
  }

  handleEvent() {
    if (document.hidden || Date.now() - this.askedAt < 55_000) return;
    this.askedAt = Date.now();
    this.ask();
  }

  async ask() {
    try {
      const answer = await fetch(this.dataset.url, { redirect: "manual" }); // who is signed out gets no number
      if (answer.ok) this.show((await answer.json()).unread);
    } catch { /* no connection: the number stays */ }
  }

  show(unread) {
    const most = Number(this.dataset.most), told = unread > most ? `${most}+` : String(unread);
    if ((this.querySelector(".counter")?.textContent.trim() ?? "0") === told) return;
    this.replaceChildren();
    if (!unread) return;
    const [counter, said] = [document.createElement("span"), document.createElement("span")];
    Object.assign(counter, { className: "counter", textContent: told });
    Object.assign(said, { className: "visually-hidden", textContent: this.dataset.said.replace("#", told) });
    counter.dataset.tone = "new";
    counter.setAttribute("aria-hidden", "true");
    this.append(counter, said);
  }
}

customElements.define("unread-count", UnreadCount);
