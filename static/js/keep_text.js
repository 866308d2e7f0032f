// Keeps what is typed into the form inside it, in this tab only, until it was sent; on the device too where its owner wished so (own_device.js).
class KeepText extends HTMLElement {
  // A page that came straight after the sending answers it; a refusal (413, 429, 503), or none at all, leaves the words waiting.
  static settle() {
    const isRefusal = (status) => status >= 400 && status !== 422;
    if (isRefusal(performance.getEntriesByType("navigation")[0]?.responseStatus)) return;
    for (const [shelf, words] of Object.entries(sessionStorage).filter(([key]) => key.startsWith("kept:"))) {
      const kept = JSON.parse(words);
      if (!kept.isSent || performance.timeOrigin - kept.at > 1000) continue;
      sessionStorage.setItem(shelf, JSON.stringify({ ...kept, isAnswered: true }));
      localStorage.removeItem(shelf);
    }
  }

  connectedCallback() {
    this.form = this.querySelector("form");
    this.shelf = `kept:${this.getAttribute("key")}`;
    if (!this.form) return;
    this.restore();
    this.form.addEventListener("input", this);
    this.form.addEventListener("submit", this);
  }

  fields() {
    const texts = "textarea[name], input[type=text][name], input[type=email][name], [data-kept]";
    const kinds = this.hasAttribute("choices") ? `${texts}, input:not([type=hidden], [type=file])[name], select[name]` : texts;
    return [...this.form.elements].filter((field) => field.matches(kinds));
  }

  handleEvent(event) {
    const kept = { at: Date.now(), isSent: event.type === "submit", words: {} };
    for (const field of this.fields()) kept.words[field.id || field.name] = isTick(field) ? field.checked : field.value;
    this.write(kept);
    if (!kept.isSent) this.tell(kept.at);
  }

  restore() {
    this.kept = this.read();
    const cameBack = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
    if (!this.kept || (this.kept.isAnswered && !cameBack)) return; // what was sent, the server shows
    for (const field of this.fields()) {
      const words = this.kept.words[field.id || field.name];
      const isSame = isTick(field) ? words === undefined || words === field.checked : !words || words === field.value;
      if (isSame || field.type === "hidden") continue;
      if (isTick(field)) field.checked = words;
      else field.value = words;
      field.dispatchEvent(new Event("input"));
      this.hasRestored = true;
      this.tell(this.kept.at);
    }
  }

  tell(at) {
    const place = this.querySelector("[data-kept-since][hidden]"); // said once, not at every key
    if (!place) return;
    const clock = new Date(at).toTimeString().slice(0, 5).replace(":", ".");
    for (const words of place.querySelectorAll("[data-words]")) words.textContent = words.dataset.words.replace("#", clock);
    place.hidden = false;
  }
  shelves() { return OwnDevice.isOwnedBy(this.getAttribute("owner")) ? [sessionStorage, localStorage] : [sessionStorage]; }
  read() { try { return JSON.parse(this.shelves().map((one) => one.getItem(this.shelf)).find(Boolean)); } catch { return null; } }
  write(kept) { try { for (const one of this.shelves()) one.setItem(this.shelf, JSON.stringify(kept)); } catch { /* a full or forbidden shelf keeps nothing */ } }
}

const isTick = (field) => field.type === "checkbox" || field.type === "radio";
try { KeepText.settle(); } catch { /* a browser that keeps nothing */ }
customElements.define("keep-text", KeepText);
