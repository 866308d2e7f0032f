// People are dragged from group to group; what is dropped is what the form would have sent. Without it the form does the same.
class DragSeats extends HTMLElement {
  connectedCallback() {
    for (const person of this.querySelectorAll("[data-group] > ul > li")) person.draggable = true;
    for (const news of ["dragstart", "dragover", "dragleave", "drop", "dragend"]) this.addEventListener(news, this);
    this.querySelector("[data-drag-hint]").hidden = false;
  }

  handleEvent(event) {
    const group = event.target.closest?.("[data-group]");
    if (event.type === "dragstart") this.take(event);
    else if (event.type === "dragover" && group && this.taken) this.over(event, group);
    else if (event.type === "drop" && group && this.taken) this.drop(event, group);
    else if (event.type !== "dragover") this.mark(null);
    if (event.type === "dragend") this.taken = null;
  }

  take(event) {
    this.taken = event.target.closest("li")?.querySelector("[name=person]");
    if (!this.taken) return;
    this.taken.checked = true;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", this.taken.value);
  }

  over(event, group) {
    event.preventDefault();
    this.mark(group.contains(this.taken) ? null : group);
  }

  drop(event, group) {
    event.preventDefault();
    if (group.contains(this.taken)) return;
    this.querySelector("[name=group]").value = group.dataset.group;
    this.querySelector("[name=change][value=move]").click();
  }

  mark(group) {
    this.querySelector("[data-over]")?.removeAttribute("data-over");
    group?.setAttribute("data-over", "");
  }
}

customElements.define("drag-seats", DragSeats);
