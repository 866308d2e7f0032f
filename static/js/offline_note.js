// Says that the connection is gone as long as it is, and keeps forms from being sent into nothing: a browser's own error
// page would stand where the words were.
class OfflineNote extends HTMLElement {
  connectedCallback() {
    addEventListener("offline", this);
    addEventListener("online", this);
    document.addEventListener("submit", this, true);
    this.show();
  }

  disconnectedCallback() {
    removeEventListener("offline", this);
    removeEventListener("online", this);
    document.removeEventListener("submit", this, true);
  }

  handleEvent(event) {
    if (event.type === "submit" && !navigator.onLine) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
    this.show();
  }

  show() {
    this.querySelector("p").hidden = navigator.onLine;
  }
}

customElements.define("offline-note", OfflineNote);
