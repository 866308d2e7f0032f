"""A practice that grows out of a topic."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from cop_site.accounts.models import Level
from cop_site.activity.models import Activity
from cop_site.forums import actions as forums
from cop_site.library import actions as library
from cop_site.library import rules
from cop_site.library.models import Practice
from cop_site.network import actions, selectors
from cop_site.network.models import Provenance
from tests.forums.factories import forum, topic
from tests.library.factories import whole_content

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk(cast):
    begun = topic(forum(), cast["colleague"], title="Siapa punya contoh perdes?", mandate=["migrasi-aman"], provinces=["53"])
    return forums.write_outcome(begun, by=cast["colleague"], outcome="Mulailah dari pencatatan.")


def test_a_draft_takes_the_question_its_words_and_what_came_of_it(client, cast, talk):
    client.force_login(cast["member"])

    response = client.post(reverse("draft-from-topic", args=[talk.pk]))

    practice = Practice.objects.get()
    assert response.url == reverse("practice-edit", args=[practice.slug])
    assert (practice.title, practice.summary, practice.mandate, practice.provinces) == (
        "Siapa punya contoh perdes?",
        "Mulailah dari pencatatan.",
        ["migrasi-aman"],
        ["53"],
    )
    assert (practice.author, practice.live, practice.visibility) == (cast["member"], False, Level.NETWORK)
    assert Activity.objects.filter(verb="drafted-from-topic", facts={"topic": talk.pk}).count() == 1


def test_what_was_said_inside_never_goes_public(cast, organisation, talk):
    practice = actions.draft_from_topic(talk, by=cast["member"])

    with pytest.raises(rules.NotReady, match="di dalam jaringan"):
        library.change_practice(practice, by=cast["member"], visibility=Level.PUBLIC, sensitivity="umum")
    library.change_practice(practice, by=cast["member"], **whole_content(organisation))
    library.submit_practice(practice, by=cast["member"])
    published = library.publish_practice(practice, by=cast["reviewer"])

    with pytest.raises(PermissionDenied):
        library.ask_for_public(published, by=cast["member"])
    assert Practice.objects.get().visibility == Level.NETWORK


def test_what_grew_out_of_a_public_talk_may(cast):
    practice = actions.draft_from_topic(topic(forum("Alun-alun", visibility="publik"), cast["colleague"]), by=cast["member"])

    library.change_practice(practice, by=cast["member"], visibility=Level.PUBLIC, sensitivity="umum")

    assert Practice.objects.get().wants_public


@pytest.mark.parametrize("level", ["organisasi", "pengelola"])
def test_what_was_said_among_few_stays_there(cast, organisation, level):
    begun = topic(
        forum("Tertutup", visibility=level, organisation=organisation, author=cast["moderator"]),
        cast["moderator" if level == "pengelola" else "member"],
    )

    with pytest.raises(PermissionDenied):
        actions.draft_from_topic(begun, by=cast["moderator" if level == "pengelola" else "member"])


def test_where_it_grew_is_told_to_those_who_see_both(cast, talk):
    practice = actions.draft_from_topic(talk, by=cast["member"])

    drafted = {who: selectors.grew_from(talk, cast[who]) for who in ("member", "member2", "visitor")}
    origins = {who: selectors.origin_of(practice, cast[who]) for who in ("member", "member2", "researcher")}

    assert drafted == {"member": [practice], "member2": [], "visitor": []}
    assert origins == {"member": talk, "member2": None, "researcher": None}


def test_its_page_and_the_topic_name_each_other(client, cast, talk):
    practice = actions.draft_from_topic(talk, by=cast["member"])
    client.force_login(cast["member"])

    assert practice.get_absolute_url() in client.get(talk.get_absolute_url()).content.decode()
    assert talk.get_absolute_url() in client.get(practice.get_absolute_url()).content.decode()


def test_sent_twice_it_begins_one_draft(client, cast, talk):
    client.force_login(cast["member"])
    key = {"deed_key": "6a7a4ad2-9d7a-4a0b-8a6e-3f1f5a0d7f10"}

    for _time in range(2):
        client.post(reverse("draft-from-topic", args=[talk.pk]), key)

    assert Provenance.objects.count() == 1


def test_those_who_do_not_read_the_topic_begin_nothing(client, cast, talk):
    client.force_login(cast["researcher"])

    assert client.post(reverse("draft-from-topic", args=[talk.pk])).status_code == 404
    assert not Practice.objects.exists()
