// On a phone one pane at a time: which one, the address says (#papan), also where there are no scripts.
class RoomPanes {
  constructor(room) {
    this.room = room;
    this.talk = room.querySelector(".pane-talk");
    this.unread = 0;
    addEventListener("hashchange", () => this.show());
    addEventListener("keydown", (event) => this.key(event));
    room.addEventListener("click", (event) => this.fold(event.target.closest(".room-fold")));
    window.visualViewport?.addEventListener("resize", () => this.fit());
    this.show();
  }

  show() {
    const at = location.hash && document.getElementById(location.hash.slice(1))?.closest(".pane");
    const pane = at || this.talk;
    for (const tab of this.room.querySelectorAll("[data-tab]")) {
      if (tab.dataset.tab === pane.id) tab.setAttribute("aria-current", "true");
      else tab.removeAttribute("aria-current");
    }
    if (pane === this.talk) this.count(0);
  }

  // Words that came while the board was looked at.
  heard() {
    if (this.talk.offsetParent === null) this.count(this.unread + 1);
  }

  count(unread) {
    this.unread = unread;
    const counter = this.room.querySelector("[data-new]");
    counter.hidden = unread === 0;
    counter.textContent = unread;
  }

  key(event) {
    if (event.key === "Escape") this.fold(null);
    if (event.key !== "F6") return;
    event.preventDefault();
    const panes = [...this.room.querySelectorAll(".pane")].filter((pane) => pane.offsetParent !== null);
    const at = panes.findIndex((pane) => pane.contains(document.activeElement));
    panes[(at + 1) % panes.length].focus();
  }

  // One list of the head lies open at a time.
  fold(kept) {
    for (const fold of this.room.querySelectorAll(".room-fold[open]")) if (fold !== kept) fold.open = false;
  }

  // Above the keyboard of a phone, which browsers lay over the page.
  fit() {
    const { height, scale } = window.visualViewport;
    const isKeyboard = scale === 1 && innerHeight - height > 120;
    document.body.style.blockSize = isKeyboard ? `${height}px` : "";
    if (isKeyboard) scrollTo(0, 0);
  }
}
