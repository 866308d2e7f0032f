"""Secrets of events: in a name, for whoever sees the event; in its room, for whoever may enter it."""

from typing import Any

from cop_site.accounts.models import User
from cop_site.events import actions as guests
from cop_site.events import log, ordering, policy
from cop_site.events.models import Apart, CalendarFeed, Event, EventInvitation, Poll, Registration, Room, Seat
from tests import factories
from tests.events.factories import event, frame, say

FULL = {"member", "convenor", "moderator", "secretariat"}
INSIDERS = FULL | {"researcher"}


def sees(who: Any, level: str) -> bool:
    """The table of docs/who-sees-what.md, for events."""
    return {
        "publik": True,
        "jaringan": who.role in FULL,
        "kelompok": who.role in INSIDERS | {"observer"} and who.in_circle,
        "pribadi": who.name == "author",
    }[level]


def plant(world: Any, everybody: Any) -> None:
    """One event for each level, with words in its hall and backstage."""
    slugs, rooms = [], []
    for level in ("publik", "jaringan", "kelompok", "pribadi"):
        readers = everybody(lambda who, level=level: sees(who, level))
        name = world.plant(f"the name of an event, {level}", readers, must=readers & {"author"})
        fields = {"circle": world.circle} if level == "kelompok" else {}
        made = event(world.people["author"], slug=f"kanari-acara-{level}", visibility=level, name_id=f"Acara {name}", **fields)
        inside = everybody(lambda who, level=level: sees(who, level) and who.role in INSIDERS)
        hall = made.rooms.get(kind=Room.Kind.HALL)
        say(hall, world.people["author"], text=world.plant(f"words in a room, {level}", inside, must=inside & {"author"}))
        card = world.plant(f"a card in a room, {level}", inside, must=inside & {"author"})
        say(hall, world.people["author"], "card.add", kind="praktik", text=card)
        _ask(world, hall, level, inside)
        slugs.append(made.slug)
        rooms += [room.pk for room in made.rooms.all()]
    for made in _with_guests(world, everybody):
        slugs.append(made.slug)
        rooms += [room.pk for room in made.rooms.all()]
    made = _with_groups(world, everybody)
    groups = list(made.rooms.filter(kind=Room.Kind.GROUP).order_by("number").values_list("pk", flat=True))
    slugs.append(made.slug)
    rooms += groups
    world.samples |= {"event": slugs, "room": rooms, "group": groups, "card": [2], "poll": [1]}


def _ask(world: Any, hall: Room, level: str, inside: set[str]) -> None:
    """A question that waits and a poll that is prepared, for those who lead; a question that was let in and a poll that is open, for all inside."""
    leading = {name for name in inside if policy.leads(world.people[name], hall.event)}
    asked, let_in = (world.plant(f"a question that {what}, {level}", who) for what, who in (("waits", leading), ("was let in", inside)))
    draft, opened = (world.plant(f"a poll that {what}, {level}", who) for what, who in (("is prepared", leading), ("is open", inside)))
    for words in (asked, let_in):
        say(hall, world.people["author"], "question.ask", text=f"Kapan {words}?")
    Poll.objects.create(room=hall, number=1, question=f"Mana {draft}?", options=["Ya", "Belum"])
    for name in sorted(leading)[:1]:
        say(hall, world.people[name], "question.approve", id=2)
        say(hall, world.people[name], "poll.open", question=f"Mana {opened}?", options=["Ya", "Belum"])


def _with_groups(world: Any, everybody: Any) -> Event:
    """An event of the network in groups: what is said in one is read by those who sit in it, and by those who lead."""
    people = world.people
    made = event(people["convenor"], slug="kanari-kelompok")
    hall = made.rooms.get(kind=Room.Kind.HALL)
    names = ("member", "colleague", "circle_mate", "editor")
    for name in names:
        say(hall, people[name], text="Hadir.")
    Apart.objects.create(event=made, one=people["member"], other=people["colleague"])
    for told in (frame("breakout.compose", groups=2), frame("breakout.open")):
        log.append([ordering.order_of(told, room=hall.pk, by=people["convenor"].pk)])
    room = Room.objects.get(event=made, kind=Room.Kind.GROUP, number=1)
    inside = [name for name in names if Seat.objects.filter(room=room, person=people[name]).exists()]
    readers = {*inside, *everybody(lambda who: who.name == "convenor" or who.role in {"moderator", "secretariat"})}
    say(room, people[inside[0]], text=world.plant("words in a group", readers, must={*inside, "convenor"}))
    return made


def _with_guests(world: Any, everybody: Any) -> list[Event]:
    """A draft; an event of the network with people who come, and one who was invited to it; one that is cancelled."""
    people, network = world.people, everybody(lambda who: who.role in FULL)
    leading = {"convenor", "secretariat"}
    name = world.plant("the name of a draft of an event", leading, must={"convenor"})
    draft = event(people["convenor"], slug="kanari-konsep", status="draft", name_id=f"Acara {name}")
    name = world.plant("the name of an event to which an observer was invited", network | {"observer"}, must={"observer"})
    link = world.plant("a video link", leading | {"member"}, must={"member"})
    made = event(people["convenor"], slug="kanari-tamu", name_id=f"Acara {name}", video_link=f"https://video.example/{link}")
    EventInvitation.objects.create(event=made, person=people["observer"])
    needs = world.plant("what a participant needs", leading | {"member"}, must={"member", "convenor"})
    guests.register(made, by=people["member"], needs=f"Perlu {needs}")
    readers = leading | everybody(lambda who: who.role in {"moderator", "secretariat"} or "auditor" in who.tasks)  # these in the journal
    name = world.plant("the name of a participant", readers, must={"convenor"})
    stranger = factories.person(f"Tamu {name}", handle="tamu-kanari")
    guests.register(made, by=stranger, would_facilitate=True)
    Registration.objects.filter(person=stranger).update(has_attended=True, is_note_taker=True)
    EventInvitation.objects.create(event=made, person=stranger)
    world.samples |= {"event_of_guests": [made.slug], "guest": [stranger.handle, people["observer"].handle]}
    world.samples["circle"].append(Event.objects.get(pk=made.pk).participants_id)
    hall = made.rooms.get(kind=Room.Kind.HALL)
    say(hall, people["convenor"], "room.close", later=True)
    card = world.plant("a card written after the live part", network, must={"member", "convenor"})
    say(hall, people["member"], "card.add", kind="praktik", text=card)
    reason = world.plant("why an event is cancelled", network, must={"convenor"})
    cancelled = event(people["convenor"], slug="kanari-batal", status="cancelled", cancel_reason=f"Karena {reason}")
    return [draft, made, cancelled]


def invite_everybody(world: Any) -> dict[str, Event]:
    """Everybody asked to, and registered for, an event of each kind, whoever sees it: what reaches them must not go by that."""
    told = {"slug": "kanari-lembaga-saja", "visibility": "organisasi", "organisation": world.organisation}
    readers = {name for name, person in world.people.items() if person.pk}
    inside = {who for who in readers if world.people[who].memberships.filter(organisation=world.organisation, ended_on=None).exists()}
    event(world.people["author"], name_id=f"Acara {world.plant('the name of an event of an organisation', inside)}", **told)
    slugs = {"organisasi": told["slug"], "konsep": "kanari-konsep"} | {
        level: f"kanari-acara-{level}" for level in ("publik", "jaringan", "kelompok", "pribadi")
    }
    events = {kind: Event.objects.get(slug=slug) for kind, slug in slugs.items()}
    people = [person for person in world.people.values() if person.pk]
    for kept in (EventInvitation, Registration):
        kept.objects.bulk_create(kept(event=made, person=person) for made in events.values() for person in people)
    return events


def hears(who: Any, kind: str) -> bool:
    """Who is told of an event and reads it in her calendar once she was asked and is registered: for a draft nobody but those who make it."""
    if who.role in {"visitor", "applicant"}:
        return False
    if kind in {"organisasi", "konsep"}:
        return who.role in INSIDERS and who.in_organisation if kind == "organisasi" else who.role in {"convenor", "secretariat"}
    return sees(who, kind) or (kind == "jaringan" and who.role in {"observer", "researcher"})


def fed(person: User) -> str:
    """The address of the calendar of somebody who comes to all of them."""
    CalendarFeed.objects.create(person=person, digest=CalendarFeed.digest_of(f"kata-{person.handle}"))
    return f"/events/calendar.ics?token=kata-{person.handle}"
