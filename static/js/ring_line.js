// The line over which a page hears that there is something, as long as it is looked at. What it is, others ask for: a "ring" names what rang.
class RingLine extends HTMLElement {
  static FIRST = 2_000; // whoever only passes by needs no line
  static SLOWEST = 300_000; // networks and proxies that let no socket through

  connectedCallback() {
    this.tries = 0;
    document.addEventListener("visibilitychange", this);
    addEventListener("online", this); // the line of another network is dead, and says nothing of it
    this.handleEvent();
  }

  disconnectedCallback() {
    document.removeEventListener("visibilitychange", this);
    removeEventListener("online", this);
    this.drop();
  }

  handleEvent() {
    this.drop();
    if (!document.hidden) this.again = setTimeout(() => this.open(), RingLine.FIRST);
  }

  open() {
    const topic = document.querySelector("new-answers")?.dataset.topic;
    this.socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}/ws/rings/${topic ? `?topic=${topic}` : ""}`);
    this.socket.onopen = () => this.opened();
    this.socket.onmessage = (message) => this.ring(JSON.parse(message.data).ring);
    this.socket.onclose = (event) => this.closed(event);
  }

  opened() {
    Object.assign(this, { tries: 0, openSince: Date.now() });
    this.ring("open"); // what rang before was not heard
  }

  ring(detail) {
    document.dispatchEvent(new CustomEvent("ring", { detail }));
  }

  closed({ code }) {
    this.drop();
    if (code === 4401 || code === 4403) return this.remove(); // signed out, or a right is lost: the page asks as if there were no rings
    const longest = Math.min(RingLine.SLOWEST, RingLine.FIRST * 2 ** this.tries++);
    this.again = setTimeout(() => this.open(), longest * (0.5 + Math.random() / 2));
  }

  drop() {
    clearTimeout(this.again);
    this.openSince = Infinity;
    const socket = this.socket;
    if (!socket) return;
    this.socket = socket.onmessage = socket.onclose = null;
    socket.onopen = () => socket.close(); // closed half open, browsers would call it a failure
    if (socket.readyState === WebSocket.OPEN) socket.close();
  }
}

customElements.define("ring-line", RingLine);
