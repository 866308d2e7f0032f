// Copies what stands in its first paragraph. Without a script, or without a clipboard, the words are there to be selected.
class CopyText extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("button");
    if (!this.button || !navigator.clipboard) return;
    this.button.hidden = false;
    this.button.addEventListener("click", this);
  }

  async handleEvent() {
    const words = this.querySelector("p").textContent.replace(/\s+/g, " ").trim();
    try {
      await navigator.clipboard.writeText(words);
      this.button.querySelector("[role=status]").textContent = this.button.dataset.done;
    } catch {
      getSelection().selectAllChildren(this.querySelector("p")); // refused: then at least it is marked
    }
  }
}

customElements.define("copy-text", CopyText);
