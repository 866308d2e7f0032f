// Titles that go on from what is typed into a search box (a combobox with a list). Without a script the box searches as ever;
// with a wish to save data, or when anything goes wrong, nothing is offered.
class SuggestWords extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input[type=search]");
    if (this.list || !this.input || navigator.connection?.saveData || "saver" in document.documentElement.dataset) return;
    const id = `${this.input.id}-saran`, roles = { role: "combobox", "aria-autocomplete": "list", "aria-controls": id };
    this.list = this.node("div", { id, role: "listbox", class: "suggestions", "aria-label": this.dataset.label });
    for (const [name, value] of Object.entries(roles)) this.input.setAttribute(name, value);
    for (const type of ["input", "keydown", "blur"]) this.input.addEventListener(type, this);
    this.list.addEventListener("pointerdown", (event) => event.preventDefault()); // the box keeps the focus
    this.append(this.list, this.said = this.node("p", { role: "status", class: "visually-hidden" }));
    this.show([]);
  }
  node(name, attributes, ...inside) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...inside);
    return made;
  }
  handleEvent(event) {
    if (event.type === "keydown") return this.press(event);
    clearTimeout(this.wait);
    this.asking?.abort();
    if (event.type === "blur" || this.input.value.trim().length < 2) this.show([]);
    else this.wait = setTimeout(() => this.ask(this.asking = new AbortController()), 150);
  }
  async ask({ signal }) {
    try {
      const answer = await fetch(this.dataset.url + encodeURIComponent(this.input.value.trim()), { signal });
      this.show(answer.ok ? (await answer.json()).suggestions : []);
    } catch { /* a newer question came, or there is no connection */ }
  }
  show(found) {
    const row = ({ text, url }) => this.node("a", { role: "option", href: url, tabindex: "-1" }, text);
    this.list.replaceChildren(...[...new Set(found.map((one) => one.label))].map((label) => this.node("div", { role: "group", "aria-label": label },
      this.node("p", { class: "meta", "aria-hidden": "true" }, label), ...found.filter((one) => one.label === label).map(row))));
    this.options = [...this.list.querySelectorAll("a")];
    this.said.textContent = found.length > 1 ? this.dataset.many.replace("#", found.length) : found.length ? this.dataset.one : "";
    this.list.hidden = !found.length;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    this.choose(-1);
  }
  choose(at) {
    this.options.forEach((one, number) => { one.id = `${this.list.id}-${number}`; one.setAttribute("aria-selected", number === at); });
    this.input.setAttribute("aria-activedescendant", this.options[this.at = at]?.id ?? "");
    this.options[at]?.scrollIntoView({ block: "nearest" });
  }
  press(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key], places = this.options.length + 1; // one of them is the box itself
    if (this.list.hidden || event.isComposing) return;
    if (step) this.choose(((this.at + 1 + step + places) % places) - 1);
    else if (event.key === "Escape") this.show([]); // not stopped here: pressed three times it leaves the page
    else if (event.key === "Enter" && this.at >= 0) this.options[this.at].click();
    else return;
    event.preventDefault();
  }
}
customElements.define("suggest-words", SuggestWords);
