// Who reads this page: what of the room is her own, whom she blocks, whether she leads. Her other tabs hear of it too.
class RoomReader {
  constructor(room) {
    this.me = room.dataset.me;
    this.leads = room.hasAttribute("data-leads");
    this.blocked = new Set(room.dataset.blocked?.split(" "));
    const numbered = (places) => new Set([...room.querySelectorAll(places)].map((one) => Number(one.dataset.seq ?? one.dataset.card ?? one.dataset.question ?? one.dataset.poll)));
    this.own = numbered("[data-own]");
    this.voted = numbered("[data-voted]");
    this.wanted = numbered("[data-wanted]");
    this.polled = numbered("[data-polled]");
    this.tabs = "BroadcastChannel" in window ? new BroadcastChannel(`room-${room.dataset.roomId}`) : null;
    this.tabs?.addEventListener("message", ({ data }) => this.take(data));
    this.changed = () => {};
  }

  wrote(seq) {
    this.tell({ name: "own", seq, is: true });
  }

  votes(seq, is) {
    this.tell({ name: "voted", seq, is });
  }

  wants(id, is) {
    this.tell({ name: "wanted", seq: id, is });
  }

  polls(id) {
    this.tell({ name: "polled", seq: id, is: true });
  }

  tell(news) {
    this.take(news);
    this.tabs?.postMessage(news);
  }

  take({ name, seq, is }) {
    if (is) this[name].add(seq);
    else this[name].delete(seq);
    this.changed(seq);
  }

  isOwn(seq, actor) {
    return this.own.has(seq) || actor?.id === this.me;
  }

  mayHide(seq, actor) {
    return this.leads || this.isOwn(seq, actor);
  }

  hasBlocked(actor) {
    return this.blocked.has(actor?.id);
  }
}
