// How much is unread. Without a script the number is that of the page.
class UnreadCount extends AsksAgain {
  static EVERY = 60_000;
  static RING = "inbox";

  show({ unread }) {
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
