// Says how many words a field holds, beside its guidance. Read when asked for; it never speaks by itself.
class WordCount extends HTMLElement {
  connectedCallback() {
    this.field = document.getElementById(this.dataset.field);
    if (!this.field) return;
    this.field.addEventListener("input", this);
    this.handleEvent();
  }

  disconnectedCallback() {
    this.field?.removeEventListener("input", this);
  }

  handleEvent() {
    const words = this.field.value.trim().split(/\s+/).filter(Boolean).length;
    this.textContent = words === 1 ? this.dataset.one : this.dataset.many.replace("#", words);
  }
}

customElements.define("word-count", WordCount);
