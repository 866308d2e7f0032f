// Buttons that put Markdown around what is chosen, and names that go on from what follows an @ sign. Without a script one types both.
class TextTools extends HTMLElement {
  connectedCallback() {
    this.box = this.querySelector("textarea");
    if (!this.box || this.names) return;
    this.tools = this.querySelector("[role=toolbar]");
    this.tools.hidden = false;
    this.tools.addEventListener("click", this);
    this.box.insertAdjacentElement("afterend", this.names = document.createElement("div"));
    Object.assign(this.names, { className: "people", role: "status" });
    if (this.dataset.people) this.box.addEventListener("input", this);
  }

  handleEvent({ type, target }) {
    if (type === "input") return this.look();
    const { wrap, line, link } = target.closest("button")?.dataset ?? {};
    if (wrap) this.put((chosen) => `${wrap}${chosen}${wrap}`);
    if (line) this.put((chosen) => (chosen || " ").split("\n").map((one) => line + one.trimStart()).join("\n"));
    if (link) this.put((chosen) => `[${chosen}](${link})`);
  }

  put(change, start = this.box.selectionStart, end = this.box.selectionEnd) {
    const said = change(this.box.value.slice(start, end));
    this.box.setRangeText(said, start, end, "end");
    this.box.focus();
    this.box.dispatchEvent(new Event("input", { bubbles: true })); // the tab keeps it
  }

  look() {
    clearTimeout(this.wait);
    this.asking?.abort();
    const begun = /(?:^|\s)@([\p{L}][\p{L} .'-]{1,30})$/u.exec(this.box.value.slice(0, this.box.selectionStart));
    if (!begun) return this.names.replaceChildren();
    this.wait = setTimeout(() => this.ask(begun[1], this.asking = new AbortController()), 200);
  }

  async ask(typed, { signal }) {
    try {
      const answer = await fetch(`${this.dataset.people}?q=${encodeURIComponent(typed)}`, { signal });
      const { people } = answer.ok ? await answer.json() : { people: [] };
      this.names.replaceChildren(...people.map(({ handle, name }) => this.offer(handle, name, typed.length + 1)));
    } catch { /* a newer question came, or there is no connection */ }
  }

  offer(handle, name, length) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: name });
    Object.assign(button.dataset, { kind: "second", size: "s" });
    button.addEventListener("click", () => {
      const end = this.box.selectionStart;
      this.names.replaceChildren();
      this.put(() => `@${handle} `, end - length, end);
    });
    return button;
  }
}

customElements.define("text-tools", TextTools);
