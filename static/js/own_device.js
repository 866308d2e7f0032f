// Lets unsent words stay on a phone that its owner says is hers alone. They go when she unticks it, signs out, or has sent them.
class OwnDevice extends HTMLElement {
  static isOwnedBy(owner) {
    try { return Boolean(owner) && localStorage.getItem("own-device") === owner; } catch { return false; }
  }

  static forget() {
    try {
      for (const key of Object.keys(localStorage)) if (key.startsWith("kept:")) localStorage.removeItem(key);
      localStorage.removeItem("own-device");
    } catch { /* a browser that keeps nothing */ }
  }

  connectedCallback() {
    this.box = this.querySelector("input");
    this.box.checked = OwnDevice.isOwnedBy(this.getAttribute("owner"));
    this.addEventListener("change", this);
    this.hidden = false;
  }

  handleEvent(event) {
    OwnDevice.forget();
    try { if (this.box.checked) localStorage.setItem("own-device", this.getAttribute("owner")); } catch { this.box.checked = false; }
    event.target.form?.dispatchEvent(new Event("input")); // what stands there now is kept at once
  }
}

customElements.define("own-device", OwnDevice);
document.addEventListener("submit", ({ target }) => { if (/\/logout\/$/.test(new URL(target.action, location).pathname)) OwnDevice.forget(); });
