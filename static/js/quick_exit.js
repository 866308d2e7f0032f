// Leaves at once, by the link or by Esc pressed three times: the page is emptied, Back does not lead here. A visitor's unsent words go;
// those of somebody signed in wait in the tab (data-words="stay"): they open nothing that the account would not, and a reflex costs no work.
class QuickExit extends HTMLElement {
  connectedCallback() {
    this.presses = [];
    this.addEventListener("click", this);
    const isFirst = document.querySelector("quick-exit") === this; // the strip's, or the foot's where there is no strip: one listens
    if (isFirst && this.dataset.escape !== "off") document.addEventListener("keydown", this);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this);
  }

  handleEvent(event) {
    if (event.type === "click") {
      if (!event.target.closest("a")) return;
      event.preventDefault();
      this.leave();
    } else if (event.key === "Escape" && !event.repeat) {
      this.presses = [...this.presses.filter((at) => event.timeStamp - at < 1500), event.timeStamp]; // once or twice closes menus
      if (this.presses.length >= 3) this.leave();
    }
  }

  leave() {
    const away = this.querySelector("a").href;
    document.title = "";
    document.documentElement.replaceChildren();
    try {
      localStorage.clear(); // what was to stay on a private phone does not stay through this
      if (this.dataset.words !== "stay") sessionStorage.clear();
    } catch {
      // a browser that keeps nothing has nothing to clear
    }
    location.replace(away);
  }
}

customElements.define("quick-exit", QuickExit);
