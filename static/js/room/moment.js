// A moment to come, as the page itself writes it: with its weekday, in the zone that the reader chose.
class RoomMoment {
  static say(at, { zone, zoneWord }) {
    const part = (locale, wish) => new Date(at).toLocaleString(locale, { ...wish, timeZone: zone });
    const lang = document.documentElement.lang;
    const [weekday, month] = [{ weekday: "long" }, { month: "long" }].map((wish) => part(lang, wish));
    const clock = part("en-GB", { hour: "2-digit", minute: "2-digit" }).replace(":", ".");
    return `${weekday} ${part("en-GB", { day: "numeric" })} ${month}, ${clock} ${zoneWord}`;
  }
}
