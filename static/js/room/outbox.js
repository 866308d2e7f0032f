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

  keep(frame) {
    this.write([...this.all(), frame]);
  }

  drop(clientId) {
    this.write(this.all().filter((frame) => frame.client_id !== clientId));
  }

  write(frames) {
    if (frames.length) sessionStorage.setItem(this.key, JSON.stringify(frames));
    else sessionStorage.removeItem(this.key);
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
