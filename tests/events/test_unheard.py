"""Whose voices a room has not heard yet."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cop_site.accounts.models import Membership
from cop_site.directory.models import Listing
from cop_site.events.models import Entry, Room
from cop_site.events.unheard import Unheard
from cop_site.events.whence import wheres_from
from cop_site.vocabulary import selectors as words
from tests import factories
from tests.events.factories import event, say
from tests.events.test_rounds import act
from tests.events.test_screen import BACKSTAGE, ROOM, entered

PEOPLE = ("member", "member2", "colleague", "reviewer", "editor", "auditor")


@pytest.fixture
def rooms(cast):
    return {room.kind: room for room in event(cast["convenor"]).rooms.all()}


def settle(cast, places):
    """People at work in organisations of the directory, by scale."""
    for at, (who, scale) in enumerate(places.items()):
        organisation = factories.organisation(f"Lembaga {at}", is_listed=True, visibility="jaringan")
        mandates = list(words.terms("mandate"))[:1]
        Listing.objects.update_or_create(organisation=organisation, defaults={"service_scale": [scale], "mandate": mandates})
        cast[who].memberships.all().delete()
        Membership.objects.create(person=cast[who], organisation=organisation)


def shares(rooms, what="scales"):
    found = Unheard(rooms["hall"].event, Room.objects.get(pk=rooms["hall"].pk))
    return [(one["is_shown"], one["people"], one["turns"]) for one in getattr(found, what)]


def test_shares_are_told_of_scales_with_five_people_and_of_no_smaller_one(cast, rooms):
    first, second = list(words.terms("service_scale"))[:2]
    settle(cast, {who: first if at < 5 else second for at, who in enumerate(PEOPLE)})
    for who in PEOPLE:
        say(rooms["hall"], cast[who], "hand.raise")
    for who in ("member", "auditor"):
        say(rooms["hall"], cast["convenor"], "hand.lower", person=cast[who].handle, heard=True)

    assert shares(rooms) == [(True, 100, 100), (False, None, None)]
    assert shares(rooms, "mandates") == [(True, 100, 100)]


def test_groups_that_call_are_silent_or_have_no_cards_are_told(cast, rooms):
    for who in PEOPLE:
        say(rooms["hall"], cast[who], text="Saya di sini.")
    act(rooms["hall"], cast["convenor"], "breakout.compose", groups=2)
    act(rooms["hall"], cast["convenor"], "breakout.open")
    one, other = Room.objects.filter(kind="group").order_by("number")
    person = one.seats.first().person
    say(one, person, "card.add", kind="praktik", text="Kartu")
    say(one, person, "hand.raise")
    Entry.objects.filter(kind="breakout.open").update(at=timezone.now() - timedelta(minutes=6))

    found = Unheard(rooms["hall"].event, rooms["hall"]).groups

    assert [(group["room"], group["calls"], group["is_silent"], group["is_empty"]) for group in found] == [
        (one, True, False, False),
        (other, False, True, True),
    ]


def test_it_stands_in_the_backstage_and_names_nobody(client, cast, rooms):
    settle(cast, dict.fromkeys(PEOPLE, next(iter(words.terms("service_scale")))))
    for who in PEOPLE:
        say(rooms["hall"], cast[who], "hand.raise")

    pages = {path: entered(client, cast["convenor"]).get(path).content.decode() for path in (ROOM, BACKSTAGE)}

    assert {path: 'id="belum-terdengar"' in page for path, page in pages.items()} == {ROOM: False, BACKSTAGE: True}
    told = pages[BACKSTAGE].split('id="belum-terdengar"')[1].split("</details>")[0]
    assert ("100%" in told, [who for who in PEOPLE if cast[who].handle in told]) == (True, [])


def test_it_costs_the_same_for_one_person_and_for_many(client, cast, rooms, django_assert_max_num_queries):
    entered(client, cast["convenor"]).get(BACKSTAGE)
    settle(cast, dict.fromkeys(PEOPLE, next(iter(words.terms("service_scale")))))
    counted = []
    for people in (PEOPLE[:1], PEOPLE[1:]):
        for who in people:
            say(rooms["hall"], cast[who], text="Saya di sini.")
        with django_assert_max_num_queries(70) as asked:
            client.get(BACKSTAGE)
        counted.append(len(asked))

    assert counted[0] == counted[1]
    assert set(wheres_from([cast["member"]])) == {cast["member"].pk}


def test_a_group_that_only_those_who_lead_spoke_to_is_silent_still(cast, rooms):
    for who in PEOPLE:
        say(rooms["hall"], cast[who], text="Saya di sini.")
    act(rooms["hall"], cast["convenor"], "breakout.compose", groups=1)
    act(rooms["hall"], cast["convenor"], "breakout.open")
    group = Room.objects.get(kind="group")
    say(group, group.seats.first().person, text="Halo.")
    Entry.objects.all().update(at=timezone.now() - timedelta(minutes=6))

    say(group, cast["convenor"], "broadcast", text="Lima menit lagi.")
    say(group, cast["convenor"], "timer.start", seconds=300)

    assert [one["is_silent"] for one in Unheard(rooms["hall"].event, rooms["hall"]).groups] == [True]
