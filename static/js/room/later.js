// After the live part: what can still be done and what not any more, until when, and which polls were open then.
class RoomLater {
  constructor(room) {
    this.room = room;
  }

  show(state) {
    const { later, is_closed: isClosed, polls } = state;
    const isLive = RoomState.isLive(state);
    for (const part of this.room.querySelectorAll("[data-open]")) part.hidden = part.dataset.open === "later" ? isClosed : !isLive;
    for (const button of this.room.querySelectorAll("[data-agenda] button")) button.disabled = !isLive;
    this.room.querySelector("[data-later]").hidden = isLive || isClosed;
    for (const poll of polls) this.mark(poll);
    if (!later) return;
    for (const time of this.room.querySelectorAll("[data-until]")) {
      time.dateTime = later.until;
      time.textContent = RoomMoment.say(later.until, this.room.dataset);
    }
  }

  mark({ id, status, is_later: isLater }) {
    const note = this.room.querySelector(`[data-poll="${Number(id)}"] [data-later-note]`);
    if (!note) return;
    note.hidden = !isLater;
    note.querySelector("[data-still]").hidden = status !== "open";
  }
}
