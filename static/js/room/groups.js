// Groups of a round: the way to one's own, and for those who lead to all of them.
class RoomGroups {
  constructor(room) {
    this.place = room.querySelector("[data-my-group]");
    this.me = room.dataset.me;
  }

  show({ groups }) {
    if (!this.place) return;
    const all = groups?.groups ?? [];
    const mine = all.find((group) => group.people.some((person) => person.id === this.me));
    const list = this.place.querySelector("[data-all-groups]");
    this.place.hidden = !mine && (!list || all.length === 0);
    list?.replaceChildren(...all.map((group) => Object.assign(document.createElement("a"), { href: this.url(group), textContent: group.number })));
    const line = this.place.querySelector("[data-mine]");
    line.hidden = !mine;
    if (!mine) return;
    line.querySelector("a").href = this.url(mine);
    line.querySelector("[data-number]").textContent = mine.number;
    line.querySelector("[data-people]").textContent = mine.people.map((person) => person.name).join(", ");
  }

  url({ room }) {
    return this.place.dataset.url.replace(/[0-9a-f-]{36}\/$/, `${room}/`);
  }
}
