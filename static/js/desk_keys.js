// Keys of one letter for a queue: each only does what a control on the page does (aria-keyshortcuts). They rest while one types.
class DeskKeys extends HTMLElement {
  connectedCallback() {
    this.off = this.querySelector("[data-keys=off]");
    if (this.off && !this.off.isReady) {
      Object.assign(this.off, { isReady: true, checked: localStorage.getItem("keys") === "off" });
      this.off.closest("[hidden]").hidden = false;
      this.off.addEventListener("change", () => localStorage.setItem("keys", this.off.checked ? "off" : "on"));
    }
    document.addEventListener("keydown", this);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this);
  }

  handleEvent(event) {
    const { key, target, ctrlKey, altKey, metaKey } = event;
    if (ctrlKey && key === "Enter" && target.matches("textarea")) return this.find("s")?.click();
    if (ctrlKey || altKey || metaKey || this.off?.checked || event.defaultPrevented) return;
    if (target.closest("textarea, select, [contenteditable], input:not([type=checkbox], [type=radio])")) return;
    if (this.press(key)) event.preventDefault();
  }

  press(key) {
    if (key === "j" || key === "k") return this.move(key === "j" ? 1 : -1);
    if (key === "x") return this.tick(document.activeElement.closest(".queue-pick"));
    const control = this.find(key);
    if (!control || control.disabled) return false;
    control.focus();
    if (!control.matches("textarea, [aria-keyshortcuts=s]")) control.click(); // sending takes an Enter more
    control.scrollIntoView({ block: "nearest" });
    return true;
  }

  find(key) {
    return [...this.querySelectorAll("[aria-keyshortcuts]")].find((one) => one.getAttribute("aria-keyshortcuts") === key);
  }

  move(step) { // through the list by focus; from an open case straight to the next
    const rows = [...this.querySelectorAll("a.queue-row")], open = rows.findIndex((row) => row.hasAttribute("aria-current"));
    const at = open < 0 ? rows.findIndex((row) => row.closest("li").contains(document.activeElement)) : open;
    const next = rows[at < 0 ? (step > 0 ? 0 : rows.length - 1) : at + step];
    if (!next) return false;
    if (open < 0) next.focus();
    else next.click();
    return true;
  }

  tick(row) {
    row?.querySelector("[type=checkbox]").click();
    return Boolean(row);
  }
}

customElements.define("desk-keys", DeskKeys);
