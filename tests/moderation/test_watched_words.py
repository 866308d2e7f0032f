"""What watched words do in forums, library and directory: refused, waiting, or shown and looked at; also what stood before."""

import pytest
from django.urls import reverse
from django.utils import timezone

from cop_site.accounts.models import User
from cop_site.activity.models import Activity
from cop_site.activity.runner import run_pending
from cop_site.directory import actions as directory
from cop_site.directory import clock as of_directory
from cop_site.directory.models import Listing
from cop_site.forums import actions as forums
from cop_site.forums import clock as of_forums
from cop_site.forums.models import Post, Topic
from cop_site.library import actions as library
from cop_site.library import clock as of_library
from cop_site.library.models import Practice, ReadingList
from cop_site.moderation.models import Case
from cop_site.screening import actions as screening
from cop_site.screening import wordlists
from cop_site.screening.refusing import NotReady
from tests import factories
from tests.directory.factories import listing, steward
from tests.forums.factories import known
from tests.library.factories import make_practice, published, submitted
from tests.moderation.factories import decided, post

pytestmark = pytest.mark.django_db
LURE = "Gaji tinggi tanpa pengalaman"


@pytest.fixture
def watch(cast):
    """The lure on the list, with what happens."""
    return lambda action: screening.watch_word(by=cast["moderator"], pattern=LURE, action=action)


def followed():
    while run_pending():
        pass


def cases():
    return sorted(Case.objects.open().values_list("kind", "origin"))


# --- what is written from now on


def test_what_is_flagged_is_read_at_once_and_comes_to_the_queue(cast, topic, watch):
    word = watch("flag")

    said = post(cast["member2"], topic, f"Ada tawaran: {LURE}.")
    followed()

    case = Case.objects.get()
    assert (said.is_shown, case.kind, case.origin, case.subject_id) == (True, "post", "flagged", said.pk)
    assert Activity.objects.get(verb="replied", subject_id=said.pk).facts["flagged"] == [word.pk]


def test_a_post_waits_for_words_that_are_held_and_is_judged_once(cast, topic, watch):
    watch("hold")

    said = post(cast["member2"], topic, f"Ada tawaran: {LURE}.")
    followed()

    case = Case.objects.get()
    assert (said.held_because, case.origin, case.held_because) == ("watched", "held", "watched")


def test_a_case_says_which_words_are_meant(client, cast, topic, watch):
    word = watch("hold")
    post(cast["member2"], topic, f"Ada **tawaran**: {LURE}.")
    client.force_login(cast["moderator"])

    page = client.get(reverse("case", args=[Case.objects.get().pk]))

    assert page.context["looked"].watched == [word]


def test_a_moderator_may_quote_what_others_must_wait_with(cast, topic, watch):
    watch("hold")

    said = post(cast["moderator"], topic, f"Hati-hati dengan kalimat: {LURE}.")
    followed()

    assert (said.is_shown, cases()) == (True, [("post", "flagged")])


def test_an_edit_waits_for_words_that_are_new_in_it_and_not_for_those_that_were_let_through(cast, topic, watch):
    watch("hold")
    said = post(cast["member2"], topic, f"Ada tawaran: {LURE}.")
    forums.release_post(said, by=cast["moderator"])

    forums.edit_post(said, by=cast["member2"], source=f"Ada tawaran begini: {LURE}.")
    screening.watch_word(by=cast["moderator"], pattern="wa saya", action="hold")
    kept = Post.objects.get(pk=said.pk).held_because
    forums.edit_post(said, by=cast["member2"], source=f"{LURE}, wa saya.")

    assert (kept, Post.objects.get(pk=said.pk).held_because) == ("", "watched")


def test_a_new_title_waits_with_its_post(cast, topic, watch):
    watch("hold")

    forums.edit_post(topic.posts.get(number=1), by=cast["member"], source="Kami sedang menyusun.", title=LURE)

    assert not Topic.objects.visible_to(cast["member2"]).filter(pk=topic.pk).exists()
    forums.release_post(Post.objects.get(topic=topic, number=1), by=cast["moderator"])
    assert Topic.objects.visible_to(cast["member2"]).get(pk=topic.pk).title == LURE


def test_what_cannot_wait_is_flagged_instead(cast, topic, watch, organisation):
    watch("hold")
    followed()
    entry = listing(of=organisation)
    steward(cast["member"], organisation)

    forums.write_outcome(topic, by=cast["member"], outcome=LURE)
    library.make_list(by=cast["member"], title="Untuk pelatihan", intro=LURE, visibility="jaringan")
    directory.change_listing(entry, by=cast["member"], about_id=LURE)
    directory.ask_organisation(entry, by=cast["member2"], question=LURE)
    published(cast["member"], cast["reviewer"], title=LURE)
    followed()

    assert cases() == [(kind, "flagged") for kind in ("inquiry", "list", "organisation", "practice", "topic")]


def test_drafts_are_nobodys_business(cast, watch):
    watch("flag")

    make_practice(cast["member"], title=LURE, visibility="pribadi")
    submitted(cast["member"], title=LURE)
    library.make_list(by=cast["member"], title=LURE, intro="", visibility="pribadi")
    followed()

    assert cases() == []


def test_the_same_words_are_not_judged_twice(cast, topic, watch):
    watch("flag")
    said = post(cast["member2"], topic, f"Ada tawaran: {LURE}.")
    followed()
    decided(Case.objects.get(), cast["moderator"], "keep")

    forums.edit_post(said, by=cast["member2"], source=f"Ada tawaran begini: {LURE}.")
    followed()
    before = cases()
    screening.watch_word(by=cast["moderator"], pattern="wa saya", action="flag")
    forums.edit_post(said, by=cast["member2"], source=f"Ada tawaran begini: {LURE}. Wa saya.")
    followed()

    assert (before, cases()) == ([], [("post", "flagged")])


@pytest.mark.parametrize("place", ["post", "title", "outcome", "list", "entry", "question", "practice"])
def test_what_is_blocked_is_refused_wherever_it_is_written_and_the_place_is_named(cast, topic, watch, organisation, place):
    watch("block")
    entry = listing(of=organisation)
    steward(cast["member"], organisation)
    known(cast["member2"])
    deeds = {
        "post": (lambda: forums.reply_to(topic, by=cast["member2"], source=LURE), "source"),
        "title": (lambda: forums.start_topic(topic.forum, by=cast["member2"], title=LURE, source="Salam."), "title"),
        "outcome": (lambda: forums.write_outcome(topic, by=cast["member"], outcome=LURE), "outcome"),
        "list": (lambda: library.make_list(by=cast["member"], title="Baru", intro=LURE, visibility="jaringan"), "text"),
        "entry": (lambda: directory.change_listing(entry, by=cast["member"], about_id=LURE), "about_id"),
        "question": (lambda: directory.ask_organisation(entry, by=cast["member2"], question=LURE), "text"),
        "practice": (lambda: submitted(cast["member"], title=LURE), "title"),
    }
    write, field = deeds[place]

    with pytest.raises(NotReady) as refused:
        write()

    assert [(one.field, one.type, one.start, one.end) for one in refused.value.findings] == [(field, "watched", 0, len(LURE))]


def test_a_form_shows_the_words_it_does_not_take(client, cast, topic, watch):
    watch("block")
    client.force_login(cast["member"])

    page = client.post(reverse("topic-reply", args=[topic.pk]), {"text": f"Kabar baik: {LURE}."})

    assert page.status_code == 422
    assert LURE in page.content.decode().split("finding", 1)[1]


# --- what stood before


def test_what_stands_is_looked_through_and_nothing_is_taken_away(cast, topic, watch, organisation):
    said = post(cast["member2"], topic, f"Ada tawaran: {LURE}.")
    entry = listing(of=organisation, about_id=LURE)
    steward(cast["member"], organisation)
    directory.ask_organisation(entry, by=cast["member2"], question=LURE)
    factories.practice(cast["member"], title=LURE, visibility="jaringan")
    library.make_list(by=cast["member"], title=LURE, intro="", visibility="jaringan")
    library.make_list(by=cast["member"], title=LURE, intro="", visibility="pribadi")
    factories.practice(cast["member"], title=LURE, visibility="pribadi", live=False, state="draft")

    word = watch("block")
    followed()
    for clock in (of_forums.rescreen_posts, of_library.rescreen_texts, of_directory.rescreen_entries):
        clock(timezone.now())

    word.refresh_from_db()
    assert cases() == [(kind, "flagged") for kind in ("inquiry", "list", "organisation", "post", "practice")]
    assert (word.found, word.scan.opened, word.scan.ended_at is not None) == (5, 5, True)
    said.refresh_from_db()
    assert said.is_shown
    assert not Practice.objects.filter(held_at__isnull=False).exists()
    assert not ReadingList.objects.filter(held_at__isnull=False).exists()
    assert Listing.objects.listed().get().about_id == LURE


def test_a_title_is_looked_at_with_the_post_that_begins_the_topic(cast, topic, watch):
    forums.retitle_topic(topic, by=cast["moderator"], title=LURE)

    watch("flag")
    followed()

    assert Case.objects.open().get().subject == topic.posts.get(number=1)


def test_words_that_are_switched_off_meanwhile_are_looked_for_no_more(cast, topic, watch):
    post(cast["member2"], topic, f"Ada tawaran: {LURE}.")
    word = watch("flag")

    screening.change_word(word, by=cast["moderator"], is_active=False)
    followed()

    word.refresh_from_db()
    assert (cases(), word.found, word.scan.ended_at is not None) == ([], 0, True)


def test_a_list_is_looked_for_in_one_go(cast, topic):
    post(cast["member2"], topic, f"Ada tawaran: {LURE}.")

    scan = screening.import_words(wordlists.read(f"pattern\n{LURE}\nada tawaran\nlain sekali\n"), by=User.objects.system())
    followed()

    assert sorted(scan.words.values_list("pattern", "found")) == [(LURE, 1), ("ada tawaran", 1), ("lain sekali", 0)]
    assert cases() == [("post", "flagged")]
