"""A practice that grows out of a card."""

from uuid import uuid4

import pytest
from django.urls import reverse

from cop_site.accounts.models import Level
from cop_site.activity.models import Activity
from cop_site.library import rules
from cop_site.library.actions import change_practice
from cop_site.library.models import Practice
from cop_site.network import actions, selectors
from cop_site.network.models import Provenance
from tests.events.factories import event, say
from tests.library.factories import published

pytestmark = pytest.mark.django_db


@pytest.fixture
def gathering(cast):
    made = event(cast["convenor"], visibility=Level.PUBLIC)
    hall = made.rooms.get(kind="hall")
    for kind, words in [("praktik", "Perdes disusun bersama PKK"), ("tantangan", "Calo berganti nama")]:
        say(hall, cast["member"], "card.add", kind=kind, text=words)
    say(hall, cast["member2"], "card.vote", id=2)
    return made


def test_a_draft_begins_with_the_words_of_the_card_and_says_where_it_grew(client, cast, gathering):
    client.force_login(cast["convenor"])
    desk = client.get(reverse("event-desk", args=[gathering.slug])).text

    response = client.post(reverse("draft-from-card", args=[gathering.slug, 1]), {"deed_key": str(uuid4())})

    practice = Practice.objects.get()
    assert response.url == reverse("practice-edit", args=[practice.slug])
    assert (practice.title, practice.author, practice.live) == ("Perdes disusun bersama PKK", cast["convenor"], False)
    assert desk.index("Calo berganti nama") < desk.index("Perdes disusun bersama PKK")
    assert Activity.objects.filter(verb="drafted-from-card", facts={"event": gathering.pk, "card": 1}).count() == 1
    assert selectors.origin_of(practice, cast["convenor"]) == gathering
    assert reverse("practice", args=[practice.slug]) in client.get(reverse("event-desk", args=[gathering.slug])).text


def test_a_second_time_gives_the_draft_that_there_is(cast, gathering):
    drafts = {actions.draft_from_card(gathering, 1, by=cast["convenor"]).pk for _turn in range(2)}

    assert (len(drafts), Provenance.objects.count()) == (1, 1)


def test_what_was_said_in_a_room_never_goes_public(cast, gathering):
    practice = actions.draft_from_card(gathering, 1, by=cast["convenor"])

    with pytest.raises(rules.NotReady, match="di dalam jaringan"):
        change_practice(practice, by=cast["convenor"], visibility=Level.PUBLIC, sensitivity="umum")


@pytest.mark.parametrize(
    ("name", "status"),
    [("convenor", 302), ("moderator", 302), ("member", 403), ("researcher", 403), ("observer", 403), ("applicant", 403)],
)
def test_only_those_who_lead_begin_drafts(client, cast, gathering, name, status):
    client.force_login(cast[name])

    assert client.post(reverse("draft-from-card", args=[gathering.slug, 1])).status_code == status


def test_a_card_that_is_not_there_and_an_event_that_is_not_seen_are_not_found(client, cast, gathering):
    client.force_login(cast["convenor"])
    hidden = event(cast["convenor"], slug="tersembunyi", visibility=Level.PRIVATE)

    assert client.post(reverse("draft-from-card", args=[gathering.slug, 99])).status_code == 404
    client.force_login(cast["member"])
    assert client.post(reverse("draft-from-card", args=[hidden.slug, 1])).status_code == 404


def test_what_was_said_in_a_circle_stays_there(client, cast, circle):
    made = event(cast["convenor"], slug="lingkaran", visibility=Level.CIRCLE, circle=circle)
    say(made.rooms.get(kind="hall"), cast["member"], "card.add", kind="praktik", text="Hanya di sini")
    client.force_login(cast["convenor"])

    assert client.post(reverse("draft-from-card", args=[made.slug, 1])).status_code == 403
    assert "Hanya di sini" not in client.get(reverse("event-desk", args=[made.slug])).text


def test_the_desk_costs_the_same_for_two_cards_and_for_twenty(client, cast, gathering, django_assert_max_num_queries):
    client.force_login(cast["convenor"])
    desk = reverse("event-desk", args=[gathering.slug])
    client.get(desk)
    counted = []
    for many in (0, 18):
        for _card in range(many):
            say(gathering.rooms.get(kind="hall"), cast["member"], "card.add", kind="praktik", text="Halo")
        with django_assert_max_num_queries(60) as asked:
            client.get(desk)
        counted.append(len(asked))

    assert counted[0] == counted[1]


def test_readers_of_the_practice_find_the_event_they_may_see(cast, gathering):
    practice = published(cast["member"], cast["reviewer"])
    Provenance.objects.create(practice=practice, event=gathering, card=1)

    assert [selectors.origin_of(practice, cast[name]) for name in ("member2", "observer")] == [gathering, gathering]
