import csv
from io import StringIO

import pytest

from cop_site.accounts.models import Block, Level
from cop_site.activity.models import Activity
from cop_site.events import actions, groups_page, pace, rounds
from cop_site.events.models import Apart, Entry, Room, Round, Seat
from cop_site.events.whence import where_from
from tests import factories
from tests.events.factories import event, say
from tests.events.test_rounds import act, open_groups

GROUPS = "/events/acara-uji/desk/groups/"
NAMES = ["member", "member2", "colleague", "reviewer", "editor", "auditor"]
POSTED = ["change", "apart", "say", "list"]


@pytest.fixture(autouse=True)
def nobody_is_too_fast():
    pace._free_at.clear()


@pytest.fixture
def rooms(cast):
    made = event(cast["convenor"])
    rooms = {room.kind: room for room in made.rooms.all()}
    for name in NAMES:
        assert isinstance(say(rooms["hall"], cast[name], text="Saya di sini."), int)
    return rooms


@pytest.fixture
def led(client, cast, rooms):
    client.force_login(cast["convenor"])
    return client


def compose(client, **wish):
    return client.post(GROUPS, {"mode": "sejenis", "organisations": "any", "groups": 2, "seed": 0} | wish)


def change(client, person, what, **more):
    return client.post(f"{GROUPS}change/", {"person": person.handle, "change": what} | more)


def where():
    return dict(Seat.objects.values_list("person__handle", "group"))


def page(client):
    return client.get(f"/en{GROUPS}").content.decode()


def test_groups_are_for_those_who_lead_the_event_and_nobody_else(client, cast, rooms):
    paths = [GROUPS, *(f"{GROUPS}{part}/" for part in POSTED)]
    answers = {}
    for name, person in cast.items():
        client.logout()
        if name != "visitor":
            client.force_login(person)
        answers[name] = [client.get(GROUPS).status_code, *(client.post(path).status_code for path in paths[1:])]

    leading = {name for name, statuses in answers.items() if statuses[0] == 200}
    assert leading == {"convenor", "moderator", "secretariat"}
    assert {name for name, statuses in answers.items() if statuses[0] == 403} >= {"member", "member2", "reviewer", "auditor"}
    for name in answers.keys() - leading:
        assert not {200, 422} & set(answers[name]), name


def test_groups_of_an_event_that_one_does_not_see_are_not_there(client, cast):
    event(cast["convenor"], visibility=Level.PRIVATE)
    client.force_login(cast["member"])

    assert [client.get(GROUPS).status_code, client.post(f"{GROUPS}change/").status_code] == [404, 404]


def test_the_page_counts_who_is_there_and_composes_a_draft(led):
    before = page(led)
    answer = compose(led)
    after = page(led)

    assert ("6 people are there" in before, "Draft of round" in before) == (True, False)
    assert (answer.status_code, answer.url) == (302, GROUPS)
    assert ("Draft of round 1" in after, after.count('type="radio" name="person"')) == (True, 6)
    assert "Facilitates this group." in after
    assert Room.objects.filter(kind="group").count() == 0


def test_other_lots_are_drawn_when_asked_and_the_same_otherwise(led):
    compose(led)
    first = where()
    compose(led)
    assert (where(), Round.objects.get().wish["seed"]) == (first, 0)

    compose(led, then="again")
    assert (Round.objects.get().wish["seed"], Round.objects.count()) == (1, 1)


@pytest.mark.parametrize(("wish", "status"), [({"most": 2}, 422), ({"mode": "lain"}, 422), ({"groups": 0}, 422)])
def test_what_cannot_be_composed_is_said_and_nothing_is_kept(led, wish, status):
    answer = compose(led, **wish)

    assert (answer.status_code, Round.objects.count()) == (status, 0)
    assert "data-summary" in answer.content.decode() or 'role="alert"' in answer.content.decode()


def test_somebody_is_moved_by_hand_and_the_page_says_what_that_breaks(led, cast):
    compose(led)
    person = cast["member"]
    other = 3 - where()[person.handle]

    change(led, person, "move", group=other)

    assert where()[person.handle] == other
    assert f"Group {other} is larger than wished: 4 instead of at most 3." in page(led)
    held = [Seat.objects.filter(group=number, is_facilitator=True).count() for number in (1, 2)]
    assert held == [1, 1]


def test_a_pair_that_must_not_meet_is_named_where_it_is_listed_and_never_where_somebody_blocks(led, cast, rooms):
    Apart.objects.create(event=rooms["hall"].event, one=cast["member"], other=cast["member2"])
    Block.objects.create(person=cast["colleague"], blocked=cast["reviewer"])
    compose(led)
    for name in ("member", "member2", "colleague", "reviewer"):
        change(led, cast[name], "move", group=1)

    broken = [str(one) for one in groups_page.broken_of(Round.objects.get())]

    assert sum(cast["member"].name in one and cast["member2"].name in one for one in broken) == 1
    assert [one for one in broken if cast["colleague"].name in one or cast["reviewer"].name in one] == []
    assert len(broken) == 3  # the pair, a group too large and one too small


def test_nobody_finds_out_who_blocks_whom_by_keeping_two_people_together(led, cast):
    Block.objects.create(person=cast["colleague"], blocked=cast["reviewer"])
    compose(led)
    for name in ("colleague", "reviewer"):
        change(led, cast[name], "move", group=1)
        change(led, cast[name], "pin")

    assert compose(led, then="again").status_code == 302
    assert where()[cast["colleague"].handle] == where()[cast["reviewer"].handle] == 1


def test_whoever_is_kept_in_a_group_stays_there_when_it_is_composed_anew(led, cast):
    compose(led)
    person = cast["member"]
    other = 3 - where()[person.handle]
    change(led, person, "move", group=other)
    change(led, person, "pin")
    compose(led, then="again")

    assert (where()[person.handle], Seat.objects.get(person=person).is_pinned) == (other, True)
    assert "Kept in this group by those who lead." in page(led)
    change(led, person, "unpin")
    assert Seat.objects.filter(is_pinned=True).count() == 0


def test_a_pin_moves_with_whom_it_holds(led, cast):
    compose(led)
    person = cast["member"]
    change(led, person, "pin")
    other = 3 - where()[person.handle]
    change(led, person, "move", group=other)

    assert (where()[person.handle], Seat.objects.get(person=person).is_pinned) == (other, True)


@pytest.mark.parametrize(("office", "other"), [("facilitator", "note_taker"), ("note_taker", "facilitator")])
def test_an_office_is_given_to_another_and_the_two_change_places(led, office, other):
    compose(led)
    group = Seat.objects.filter(group=1)
    was, held = group.get(**{f"is_{office}": True}).person, group.get(**{f"is_{other}": True}).person

    change(led, held, office)

    assert (group.get(**{f"is_{office}": True}).person, group.get(**{f"is_{other}": True}).person) == (held, was)


def test_changes_that_mean_nothing_are_refused_with_a_sentence(led, cast):
    compose(led)
    before = list(Seat.objects.order_by("pk").values_list("person", "group", "is_facilitator", "is_note_taker", "is_pinned"))

    for what, more in [
        ("move", {"group": "9"}),
        ("move", {"group": "x"}),
        ("move", {"group": "9" * 5000}),
        ("pin", {}),
        ("lain", {}),
        ("facilitator", {}),
    ]:
        person = cast["member"] if what in ("move", "lain") else cast["secretariat"]
        answer = led.post(f"/en{GROUPS}change/", {"person": person.handle, "change": what} | more, follow=True)
        assert 'data-tone="stop"' in answer.content.decode()

    assert list(Seat.objects.order_by("pk").values_list("person", "group", "is_facilitator", "is_note_taker", "is_pinned")) == before


def test_the_journal_hears_of_changes_once_a_round_and_names_nobody(led, cast):
    compose(led)
    for name in ("member", "member2"):
        change(led, cast[name], "move", group=1)

    entries = list(Activity.objects.filter(verb="changed-groups"))
    assert [entry.facts for entry in entries] == [{"round": 1}]


def test_an_open_round_is_changed_by_hand_no_more(led, cast, rooms):
    open_groups(rooms, cast)
    before = where()

    change(led, cast["member"], "move", group=3 - before[cast["member"].handle])

    assert where() == before


def test_whoever_comes_late_gets_a_group_and_nobody_else_moves(led, cast, rooms):
    open_groups(rooms, cast)
    before, versions = where(), dict(Room.objects.filter(kind="group").values_list("number", "acl_version"))
    late = factories.person("Terlambat")
    say(rooms["hall"], late, text="Maaf, hujan.")
    assert "Terlambat" in page(led)

    change(led, late, "late")

    seat = Seat.objects.get(person=late)
    assert {handle: group for handle, group in where().items() if handle != late.handle} == before
    assert say(seat.room, late, text="Halo kelompok.") == 1
    after = dict(Room.objects.filter(kind="group").values_list("number", "acl_version"))
    assert [number for number in after if after[number] != versions[number]] == [seat.group]
    change(led, late, "late")
    assert Seat.objects.filter(person=late).count() == 1
    told = Room.objects.get(kind="hall").state["groups"]["groups"]
    assert {one["number"] for one in told for person in one["people"] if person["id"] == late.handle} == {seat.group}
    assert Entry.objects.filter(kind="breakout.open").count() == 2  # when it opened, and once more with her


def test_the_list_of_who_must_not_meet_is_kept_by_handle(led, cast, rooms):
    one, other = cast["member"], cast["member2"]
    kept = led.post(f"{GROUPS}apart/", {"one": one.handle, "other": other.handle})
    again = led.post(f"{GROUPS}apart/", {"one": other.handle, "other": one.handle})
    refused = [
        led.post(f"{GROUPS}apart/", {"one": one.handle, "other": typed}) for typed in (one.handle, "tidak-ada", cast["secretariat"].handle)
    ]

    assert [answer.status_code for answer in (kept, again, *refused)] == [302, 302, 422, 422, 422]
    pair = Apart.objects.get()
    assert f"Take {pair.one.name} and {pair.other.name} off the list" in page(led).replace("&#x27;", "'")
    assert led.post(f"{GROUPS}apart/", {"pair": pair.pk}).status_code == 302
    assert Apart.objects.count() == 0
    assert [led.post(f"{GROUPS}apart/", {"pair": typed}).status_code for typed in ("x", "9" * 30, "")] == [404, 404, 404]
    assert [entry.facts for entry in Activity.objects.filter(verb="changed-apart")] == [{}, {}]


def test_groups_are_opened_and_called_back_after_asking_once_more(led, cast, rooms):
    compose(led)
    asked = led.get(f"{GROUPS}open/")
    assert (asked.status_code, Room.objects.filter(kind="group").count()) == (200, 0)
    led.post(f"{GROUPS}open/")
    group = Room.objects.filter(kind="group").order_by("number").first()
    person = Seat.objects.filter(room=group).first().person
    say(group, person, "card.add", kind="tantangan", text="Calo")
    say(group, person, "hand.raise")

    state = groups_page.state_of(Round.objects.get())
    assert [(one["people"], one["spoke"], one["cards"], one["hands"]) for one in state] == [(3, 1, 1, 1), (3, 0, 0, 0)]
    assert "Group 1: 1 card" in led.get(f"/en{GROUPS}close/").content.decode()
    assert led.post(f"{GROUPS}close/").status_code == 302
    assert [led.get(f"{GROUPS}{part}/").status_code for part in ("open", "close")] == [404, 404]
    assert Entry.objects.filter(room=rooms["hall"], kind="card.add").count() == 1


def test_the_state_of_many_groups_costs_no_more_queries_than_that_of_two(django_assert_num_queries, cast, rooms):
    open_groups(rooms, cast, groups=3)
    round_ = Round.objects.get()

    with django_assert_num_queries(5):
        groups_page.state_of(round_)


def test_a_crowd_is_known_in_a_few_queries_as_each_of_them_would_be(django_assert_num_queries, cast, rooms):
    with django_assert_num_queries(5):
        crowd = rounds.crowd_of(rooms["hall"].event, {})

    each = {name: where_from(cast[name]) for name in NAMES}
    told = {person.id: (person.scale, list(person.mandates)) for person in crowd}
    assert told == {cast[name].handle: (whence.get("scale"), whence.get("mandates", [])) for name, whence in each.items()}


@pytest.mark.parametrize(
    ("said", "kind"), [({"then": "timer", "minutes": 10}, "timer.start"), ({"then": "broadcast", "text": "Lima menit lagi."}, "broadcast")]
)
def test_all_groups_are_told_at_once_and_only_once(led, cast, rooms, said, kind):
    open_groups(rooms, cast)
    key = {"deed_key": "7d8b9f46-4d2c-4b0a-9a60-0c6f1d1f2a11"}

    answers = [led.post(f"{GROUPS}say/", said | key).status_code for _twice in range(2)]

    assert answers == [302, 302]
    assert sorted(Entry.objects.filter(kind=kind, room__kind="group").values_list("room__number", flat=True)) == [1, 2]


def test_an_announcement_without_words_is_not_made(led, cast, rooms):
    open_groups(rooms, cast)

    assert led.post(f"{GROUPS}say/", {"then": "broadcast", "text": " "}).status_code == 422
    assert Entry.objects.filter(kind="broadcast").count() == 0


def test_the_list_for_video_tools_is_taken_with_a_reason_and_runs_no_formula(led, cast, rooms):
    cast["member"].name = "=SUM(A1)"
    cast["member"].save()
    compose(led)
    unasked = led.post(f"{GROUPS}list/", {"reason": ""})
    taken = led.post(f"/en{GROUPS}list/", {"reason": "Ruang video"})

    assert (unasked.status_code, taken["Content-Type"]) == (422, "text/csv; charset=utf-8")
    assert taken.content.startswith(b"\xef\xbb\xbf")
    head, *rows = csv.reader(StringIO(taken.content.decode("utf-8-sig")))
    assert (head, len(rows)) == (["Group", "Name"], 6)
    assert "'=SUM(A1)" in [name for _group, name in rows]
    assert list(Activity.objects.filter(verb="took-groups").values_list("reason", "facts")) == [("Ruang video", {"round": 1})]


def test_whoever_sits_in_a_group_reads_her_own_reasons_and_nobody_elses(client, cast, rooms):
    Apart.objects.create(event=rooms["hall"].event, one=cast["member"], other=cast["member2"])
    group, other = open_groups(rooms, cast)
    seat = Seat.objects.filter(room=group).select_related("person").first()
    client.force_login(seat.person)

    mine, not_mine = (client.get(f"/en/events/acara-uji/room/group/{room.pk}/why/") for room in (group, other))

    assert (mine.status_code, not_mine.status_code) == (200, 404)
    read = mine.content.decode()
    assert "You sit in group 1 of round 1." in read
    assert [one.person.name for one in Seat.objects.exclude(pk=seat.pk).select_related("person") if one.person.name in read] == []
    client.force_login(cast["convenor"])
    assert client.get(f"/events/acara-uji/room/group/{group.pk}/why/").status_code == 404


def test_nobody_changes_groups_by_a_deed_who_does_not_lead(cast, rooms):
    from django.core.exceptions import PermissionDenied

    act(rooms["hall"], cast["convenor"], "breakout.compose", groups=2)
    round_, handle = Round.objects.get(), cast["member"].handle

    for deed in (
        lambda by: actions.move_seat(round_, handle, 1, by=by),
        lambda by: actions.pin_seat(round_, handle, True, by=by),
        lambda by: actions.give_office(round_, handle, "facilitator", by=by),
        lambda by: actions.keep_apart(round_.event, cast["member"], cast["member2"], by=by),
        lambda by: actions.take_groups(round_, by=by, reason="Ingin tahu"),
    ):
        with pytest.raises(PermissionDenied):
            deed(cast["member2"])
