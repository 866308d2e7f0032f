// The link to a room: a socket that comes back by itself, and asking by HTTP as long as there is none.
class RoomLink {
  static SILENCE = 45_000; // the server says something every fifteen seconds
  static SLOWEST = 20_000;
  static FRESH = 20_000;

  // tell: frames; told: how far this page has read; turn: whether the link stands ("open", "away", "out").
  constructor({ room, token, tell, told, turn }) {
    Object.assign(this, { room, token, tell, told, turn });
    this.tries = 0;
    this.isOut = false;
    this.ask = `/events/rooms/${room}/`;
    for (const news of ["online", "pageshow", "focus"]) addEventListener(news, () => this.comeBack());
    document.addEventListener("visibilitychange", () => this.comeBack());
    addEventListener("offline", () => this.drop());
  }

  get isOpen() {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  open() {
    this.heardAt = Date.now();
    const place = `${location.origin.replace(/^http/, "ws")}/ws/rooms/${this.room}/?since=${this.told()}`;
    this.socket = new WebSocket(place);
    this.socket.onmessage = (message) => this.hear(message);
    this.socket.onclose = (event) => this.closed(event);
    this.listen();
  }

  hear(message) {
    this.listen();
    const frame = JSON.parse(message.data);
    if (frame.type === "hello") {
      this.tries = 0;
      this.turn("open");
    }
    this.tell(frame);
  }

  listen() {
    this.heardAt = Date.now();
    clearTimeout(this.silence);
    this.silence = setTimeout(() => this.drop(), RoomLink.SILENCE);
  }

  // A dead link answers nothing, not even that it is closed: it is left behind, and another one made.
  drop() {
    if (!this.socket || this.isOut) return;
    this.socket.onmessage = this.socket.onclose = null;
    this.socket.close();
    this.socket = null;
    this.closed({});
  }

  closed(event) {
    clearTimeout(this.silence);
    if (event.code === 4401 || event.code === 4403) {
      this.out();
      return;
    }
    this.turn("away");
    const longest = Math.min(RoomLink.SLOWEST, 500 * 2 ** this.tries);
    this.tries += 1;
    clearTimeout(this.again);
    this.again = setTimeout(() => this.open(), longest * (0.5 + Math.random() / 2));
    if (this.tries > 2) this.poll(); // a network that lets no socket through
  }

  // A device that slept, a page that was brought back, a network that is there again: clocks stood still, and nobody said that the link died.
  comeBack() {
    if (this.isOut || document.hidden || !this.heardAt) return;
    const isFresh = Date.now() - this.heardAt < RoomLink.FRESH;
    if (this.socket?.readyState < WebSocket.CLOSING && isFresh) return;
    this.drop();
    clearTimeout(this.again);
    this.open();
  }

  out() {
    this.isOut = true;
    clearTimeout(this.again);
    this.turn("out");
  }

  send(frame) {
    if (this.isOpen) this.socket.send(JSON.stringify(frame));
    else if (this.isPolling) this.post(frame);
  }

  async post(frame) {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": this.token };
    try {
      const answer = await fetch(`${this.ask}actions`, { method: "POST", headers, body: JSON.stringify(frame) });
      if (answer.headers.get("Content-Type")?.startsWith("application/json")) this.tell(await answer.json());
    } catch {
      // It stays in the outbox.
    }
  }

  async fetchMissing(wait = 0) {
    const answer = await fetch(`${this.ask}log?since=${this.told()}&wait=${wait}`);
    if (answer.status === 404) this.out(); // signed out meanwhile, or the right is lost
    if (!answer.ok) throw new Error(String(answer.status));
    const { events, state, latest, reset } = await answer.json();
    if (reset) this.tell({ type: "reset", state, latest, first: events[0]?.seq ?? latest + 1 });
    for (const event of events) this.tell(event);
    if (this.told() >= latest) this.tell({ type: "hello", state, latest });
  }

  async poll() {
    if (this.isPolling) return;
    this.isPolling = true;
    try {
      while (!this.isOpen && !this.isOut) {
        await this.fetchMissing(20);
        this.turn("open");
      }
    } catch {
      // The next try of the socket begins anew.
    }
    this.isPolling = false;
  }
}
