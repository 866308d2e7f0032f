// Says in words and with a sign whether what is typed has been saved; the same words are not said twice.
class SaveState extends HTMLElement {
  tell(state, at) {
    const said = this.dataset[state].replace("#", new Date(at).toTimeString().slice(0, 5).replace(":", "."));
    const place = this.querySelector("[role=status]");
    if (place.textContent !== said) place.textContent = said;
    this.dataset.state = state === "saved" || state === "copy" ? "saved" : "waiting";
    for (const icon of this.querySelectorAll("[data-icon]")) icon.hidden = icon.dataset.icon !== this.dataset.state;
  }
}
