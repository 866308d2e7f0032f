// Says how many words a field holds, beside its guidance, and how many more would do. Read when asked for; it never speaks by itself.
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
    const { one, many, least, most, few } = this.dataset;
    const said = words === 1 ? one : many.replace("#", words);
    this.dataset.state = words > most ? "long" : words && words >= least ? "enough" : "";
    this.textContent = few && words && words < least ? `${said}, ${few.replace("#", least - words)}` : said;
  }
}

customElements.define("word-count", WordCount);
