// Leaves at once, by the link or by Esc pressed twice: the page blanks, unsent words go, Back does not lead here.
class QuickExit extends HTMLElement {
  connectedCallback() {
    this.lastEscape = 0;
    this.addEventListener("click", this);
    document.addEventListener("keydown", this);
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
      const soon = event.timeStamp - this.lastEscape < 700;
      this.lastEscape = event.timeStamp;
      if (soon) this.leave();
    }
  }

  leave() {
    document.documentElement.hidden = true;
    try {
      sessionStorage.clear();
    } catch {
      // a browser that keeps nothing has nothing to clear
    }
    location.replace(this.querySelector("a").href);
  }
}

customElements.define("quick-exit", QuickExit);
