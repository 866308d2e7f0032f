// What the entries come to, as far as the page shows it; the same changes as the server's.
class RoomState {
  constructor(room) {
    this.room = room;
    this.me = room.dataset.me;
    this.now = null;
    setInterval(() => this.showClock(), 1000);
  }

  set(state) {
    this.now = state;
    this.show();
  }

  change(event) {
    if (!this.now) return;
    const others = (id) => this.now.hands.filter((hand) => hand.id !== id);
    if (event.kind === "hand.raise") this.now.hands = [...others(event.actor.id), event.actor];
    if (event.kind === "hand.lower") this.now.hands = others(event.data.person ?? event.actor.id);
    if (event.kind === "timer.start") this.now.timer = event.data;
    if (event.kind === "agenda.go") this.now.agenda = event.data.step;
    if (event.kind === "room.close") Object.assign(this.now, { is_closed: true, hands: [], timer: null });
    this.show();
  }

  show() {
    const { hands, agenda, is_closed: isClosed } = this.now;
    this.fill("[data-hands]", hands.map((hand) => hand.name).join(", "));
    this.fill("[data-agenda]", agenda ?? "");
    const isUp = hands.some((hand) => hand.id === this.me);
    for (const [action, isHidden] of [["hand.raise", isUp], ["hand.lower", !isUp]]) {
      this.room.querySelector(`.room-acts [value="${action}"]`).form.hidden = isHidden;
    }
    this.room.querySelector("[data-open]").hidden = isClosed;
    this.room.querySelector("[data-closed]").hidden = !isClosed;
    this.showClock();
  }

  fill(place, words) {
    const part = this.room.querySelector(place);
    part.hidden = words === "";
    part.querySelector("b").textContent = words;
  }

  showClock() {
    const clock = this.room.querySelector("[data-clock]");
    const endsAt = this.now ? this.now.timer?.ends_at : clock.dataset.clock;
    const left = endsAt ? Math.ceil((new Date(endsAt) - Date.now()) / 1000) : 0;
    clock.hidden = left <= 0;
    clock.textContent = `${Math.floor(left / 60)}.${String(left % 60).padStart(2, "0")}`;
  }
}
