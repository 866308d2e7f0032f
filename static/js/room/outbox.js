// What was said and not yet acknowledged: in this tab until the room has it, through reloads and dead links.
class RoomOutbox {
  constructor(room) {
    this.key = `room-${room}`;
  }

  all() {
    try {
      return JSON.parse(sessionStorage.getItem(this.key)) ?? [];
    } catch {
      return [];
    }
  }

  find(clientId) {
    return this.all().find((frame) => frame.client_id === clientId);
  }

  keep(frame) {
    this.write([...this.all(), frame]);
  }

  drop(clientId) {
    this.write(this.all().filter((frame) => frame.client_id !== clientId));
  }

  // Since when a frame waits, in this page.
  since(clientId) {
    this.waiting ??= new Map();
    if (!this.waiting.has(clientId)) this.waiting.set(clientId, Date.now());
    return this.waiting.get(clientId);
  }

  write(frames) {
    this.put(this.key, frames.length ? JSON.stringify(frames) : "");
  }

  // What stands in the box and was not sent at all.
  get draft() {
    return sessionStorage.getItem(`${this.key}-draft`) ?? "";
  }

  set draft(words) {
    this.put(`${this.key}-draft`, words);
  }

  put(key, words) {
    if (words) sessionStorage.setItem(key, words);
    else sessionStorage.removeItem(key);
  }

  // Also where the page did not come by TLS: randomUUID is not there then.
  static newId() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }
}
