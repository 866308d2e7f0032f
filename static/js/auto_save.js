// Keeps the form around it on the server while one writes: ten seconds after a change, and when a field or the page is left.
class AutoSave extends SaveState {
  connectedCallback() {
    this.form = this.closest("form");
    this.hidden = false;
    for (const name of ["input", "change", "focusout", "submit", "htmx:afterSettle"]) this.form.addEventListener(name, this);
    for (const name of ["online", "offline", "pageshow"]) addEventListener(name, this);
    document.addEventListener("visibilitychange", this);
    if (performance.getEntriesByType("navigation")[0]?.type !== "navigate") this.becomeATab();
    this.takeUp(this.closest("keep-text"));
  }

  takeUp(shelf) { // words that waited in the tab: their boxes come from the server, and they are sent as what they were then
    if (!shelf?.hasRestored) return;
    const { working, version } = shelf.kept.words;
    const isHere = working === this.form.elements.working.value;
    if (Number(version) && !isHere && !location.search.includes("working=")) return location.replace(`?working=${working}`);
    if (isHere) this.form.elements.version.value = version;
    this.note(shelf.kept.at);
  }

  becomeATab() { // a page that was gone back to follows what it said before, not what was said after it
    Object.assign(this.form.elements.tab, { value: crypto.randomUUID() });
    Object.assign(this.form.elements.turn, { value: 0 });
  }

  takeATurn() { // the server lets go of what a later sending of this tab has overtaken on its way
    if (!this.form.elements.tab.value) this.becomeATab();
    this.form.elements.turn.value = Number(this.form.elements.turn.value) + 1;
  }

  handleEvent({ type, target, persisted }) {
    if (type === "submit") this.takeATurn();
    if (persisted) this.becomeATab();
    if (type === "submit" || type === "pageshow") this.isSent = type === "submit"; // then the form itself is on its way
    if (type === "submit") this.underway?.abort();
    else if (["input", "change", "htmx:afterSettle"].includes(type)) target.type !== "hidden" && this.note(Date.now());
    else this.save();
  }

  note(at) {
    this.changedAt ??= at;
    if (!navigator.onLine) this.tell("unsent", this.changedAt);
    this.timer ??= setTimeout(() => { this.timer = null; this.save(); }, 10_000);
  }

  async save() {
    if (!this.changedAt || this.underway || this.isSent) return;
    const since = this.changedAt;
    this.changedAt = null;
    this.underway = new AbortController();
    this.takeATurn();
    const state = await this.send(this.underway.signal).catch(() => "unsent");
    this.underway = null;
    if (this.isSent) return;
    const isKept = state === "saved" || state === "copy";
    this.tell(state, isKept ? Date.now() : since);
    if (!isKept || this.changedAt) this.note(isKept ? this.changedAt : since);
    if (!isKept) this.changedAt = since;
  }

  async send(signal) {
    const body = new URLSearchParams(new FormData(this.form));
    const keepalive = document.hidden && String(body).length < 60_000;
    const answer = await fetch(this.getAttribute("to"), { method: "POST", body, signal, redirect: "error", keepalive });
    if (!answer.ok) return { 401: "expired", 413: "long" }[answer.status] ?? "unsent";
    const { working, version, isCopy } = await answer.json();
    Object.assign(this.form.elements.working, { value: working });
    Object.assign(this.form.elements.version, { value: version }).dispatchEvent(new Event("input", { bubbles: true })); // the tab remembers it
    return isCopy ? "copy" : "saved";
  }
}

customElements.define("auto-save", AutoSave);
