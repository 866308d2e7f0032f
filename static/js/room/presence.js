// Who is in the room now, as far as the server tells: a count, and names where the room shows any.
class RoomPresence {
  constructor(room, words) {
    this.place = room.querySelector("[data-presence]");
    this.words = words;
  }

  show({ count, people }) {
    this.place.hidden = false;
    this.place.querySelector("summary").textContent = this.say(count === 1 ? "present-one" : "present-many", count);
    const names = people.length ? people.map((person) => person.name) : [this.words["present-nameless"]];
    if (people.length && count > people.length) names.push(this.say("present-more", count - people.length));
    this.place.querySelector("ul").replaceChildren(...names.map((name) => this.line(name)));
  }

  say(word, count) {
    return this.words[word].replace("{n}", count);
  }

  line(name) {
    const line = document.createElement("li");
    line.textContent = name;
    return line;
  }
}
