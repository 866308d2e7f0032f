// Keeps what is typed into the form inside it, in this tab only, until it was sent. <keep-text forget="…"> lets go of it.
class KeepText extends HTMLElement {
  connectedCallback() {
    const forget = this.getAttribute("forget");
    if (forget) return this.drop(forget);
    this.form = this.querySelector("form");
    if (!this.form) return;
    this.shelf = "kept:" + this.getAttribute("key");
    this.restore();
    this.form.addEventListener("input", this);
    this.form.addEventListener("submit", this);
  }

  fields() {
    return [...this.form.elements].filter((field) => field.matches("textarea[name], input[type=text][name]"));
  }

  handleEvent(event) {
    const kept = { at: Date.now(), isSent: event.type === "submit", words: {} };
    for (const field of this.fields()) kept.words[field.id || field.name] = field.value;
    this.write(kept);
    if (!kept.isSent) this.tell(kept.at);
  }

  restore() {
    const kept = this.read();
    const [visit] = performance.getEntriesByType("navigation");
    if (!kept || (kept.isSent && visit?.type !== "back_forward")) return; // what was sent, the server shows
    for (const field of this.fields()) {
      const words = kept.words[field.id || field.name];
      if (!words || words === field.value) continue;
      field.value = words;
      field.dispatchEvent(new Event("input"));
      this.tell(kept.at);
    }
  }

  tell(at) {
    const place = this.querySelector("[data-kept-since]");
    if (!place) return;
    const clock = new Date(at).toTimeString().slice(0, 5).replace(":", ".");
    const words = place.querySelector("[data-words]");
    if (place.hidden) words.textContent = words.dataset.words.replace("#", clock); // said once, not at every key
    place.hidden = false;
  }

  read() { try { return JSON.parse(sessionStorage.getItem(this.shelf)); } catch { return null; } }
  write(kept) { try { sessionStorage.setItem(this.shelf, JSON.stringify(kept)); } catch { /* a full or forbidden shelf keeps nothing */ } }
  drop(key) { try { sessionStorage.removeItem("kept:" + key); } catch { /* nothing is kept */ } }
}

customElements.define("keep-text", KeepText);
