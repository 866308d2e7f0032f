// The head of a room: hands, agenda, clock, what was announced, and whether it is closed. What can be done still, says RoomLater.
class RoomHead {
  constructor(room) {
    this.room = room;
    this.me = room.dataset.me;
    setInterval(() => this.showClock(), 1000);
    this.showClock();
  }

  show(state) {
    this.state = state;
    this.showHands(state);
    this.showAgenda(state.agenda);
    const pinned = this.room.querySelector("[data-pinned]");
    pinned.hidden = !state.announcement;
    pinned.querySelector("[data-announcement]").textContent = state.announcement?.text ?? "";
    this.room.querySelector("[data-closed]").hidden = !state.is_closed;
    this.showClock();
  }

  showHands(state) {
    const { hands } = state;
    const place = this.room.querySelector("[data-hands]");
    place.hidden = hands.length === 0;
    place.querySelector("b").textContent = hands.length;
    const named = new Map(hands.map((hand) => [hand.id, hand]));
    const before = document.activeElement?.closest("[data-hand]")?.dataset.hand;
    place.querySelector("ol").replaceChildren(...RoomState.queue(state).map((person) => this.hand(named.get(person))));
    if (before) place.querySelector(`[data-hand="${CSS.escape(before)}"] button`)?.focus();
    const isUp = hands.some((hand) => hand.id === this.me);
    for (const [action, isHidden] of [["hand.raise", isUp], ["hand.lower", !isUp]]) {
      this.room.querySelector(`.room-acts [value="${action}"]`).form.hidden = isHidden;
    }
  }

  hand({ id, name }) {
    const line = this.room.querySelector("template[data-hand]").content.firstElementChild.cloneNode(true);
    line.dataset.hand = id;
    line.querySelector("[data-name]").textContent = name;
    for (const field of line.querySelectorAll("[name=person]")) field.value = id;
    return line;
  }

  showAgenda(at) {
    const place = this.room.querySelector("[data-agenda]");
    const steps = [...place.querySelectorAll("[data-step]")];
    for (const step of steps) {
      const number = Number(step.dataset.step);
      step.toggleAttribute("aria-current", number === at);
      if (number === at) step.setAttribute("aria-current", "step");
      step.dataset.state = at !== null && number < at ? "done" : "";
    }
    const now = steps.find((step) => Number(step.dataset.step) === at);
    place.hidden = steps.length === 0 && at === null;
    place.querySelector("summary b").textContent = now?.querySelector("[data-step-name]").textContent ?? at ?? "–";
  }

  showClock() {
    const clock = this.room.querySelector("[data-clock]");
    const endsAt = this.state ? this.state.timer?.ends_at : clock.dataset.clock;
    const left = endsAt ? Math.ceil((new Date(endsAt) - Date.now()) / 1000) : 0;
    clock.hidden = left <= 0;
    clock.textContent = `${Math.floor(left / 60)}.${String(left % 60).padStart(2, "0")}`;
  }
}
