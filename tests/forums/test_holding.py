"""What waits until a moderator has looked, and what becomes of it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cop_site.accounts.models import User
from cop_site.activity.models import Activity
from cop_site.activity.runner import run_pending
from cop_site.forums import actions, clock
from cop_site.forums.choices import why_held as sentence_of
from cop_site.forums.models import Forum, Post, Topic
from cop_site.moderation.models import Case
from cop_site.moderation.templatetags.moderation import origin_badge, why_held
from cop_site.screening import actions as screening
from cop_site.screening import selectors as listed
from cop_site.screening.models import Allowance
from cop_site.screening.refusing import NotReady
from cop_site.screening.version import RULES_VERSION
from tests.forums.factories import forum, held, known, reply, topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def hall(cast):
    return forum(allows_pseudonyms=True)


@pytest.fixture
def talk(cast, hall):
    return topic(hall, cast["member"])


def because(post):
    return Post.objects.get(pk=post.pk).held_because


def test_the_first_post_waits_under_whichever_name_and_the_second_does_not(cast, talk):
    first = actions.reply_to(talk, by=cast["member2"], source="Salam.", hides_name=True)
    still_new = actions.reply_to(talk, by=cast["member2"], source="Salam lagi.")
    actions.release_post(first, by=cast["moderator"])
    later = actions.reply_to(talk, by=cast["member2"], source="Terima kasih.")

    assert [because(one) for one in (first, still_new, later)] == ["", "first-posts", ""]


def test_links_wait_for_two_weeks(cast, talk):
    newcomer = known(cast["member2"])
    early = actions.reply_to(talk, by=newcomer, source="Lihat https://contoh.example/perdes")
    User.objects.filter(pk=newcomer.pk).update(date_joined=timezone.now() - timedelta(days=15))
    newcomer.refresh_from_db()
    late = actions.reply_to(talk, by=newcomer, source="Lihat https://contoh.example/perdes")

    assert [because(one) for one in (early, late)] == ["links", ""]


LONG = "Kami mencari contoh peraturan desa tentang migrasi aman."


def test_the_same_text_again_within_a_day_waits_under_the_same_name_alone(cast, hall, talk):
    writer = known(cast["member2"])
    said = [
        actions.reply_to(talk, by=writer, source=LONG),
        actions.reply_to(talk, by=writer, source="Kami mencari  contoh peraturan desa, tentang migrasi aman!", hides_name=True),
        actions.reply_to(talk, by=writer, source=LONG, hides_name=True),
        actions.start_topic(hall, by=writer, title="Diam-diam", source=LONG, hides_name=True).posts.unscoped("a test").get(),
        actions.start_topic(hall, by=writer, title="Lagi", source=LONG).posts.unscoped("a test").get(),
        actions.reply_to(talk, by=known(cast["colleague"]), source=LONG),
        actions.reply_to(talk, by=cast["moderator"], source=LONG),
        actions.reply_to(talk, by=cast["moderator"], source=LONG),
    ]

    assert [because(one) for one in said] == ["", "", "repeated", "", "repeated", "", "", ""]


@pytest.mark.parametrize(("part", "is_sealed"), [("member2", False), ("moderator", True)])
def test_why_a_post_under_another_name_waits_is_for_its_author_alone(client, cast, talk, part, is_sealed):
    post = actions.reply_to(talk, by=cast["member2"], source="Salam.", hides_name=True)
    client.force_login(cast[part])

    page = client.get(talk.get_absolute_url()).content.decode()
    case = Case.objects.get(subject_id=post.pk, kind="post")

    assert [sentence_of("first-posts", is_sealed=one) in page for one in (False, True)] == [not is_sealed, is_sealed]
    assert (str(origin_badge(case)["text"]), "pertama" in why_held(case)) == ("Ditahan", False)
    assert Activity.objects.filter(verb="replied").last().facts["held"] == "sealed"


def test_what_is_short_or_was_said_yesterday_or_taken_away_by_its_author_is_no_repetition(cast, talk):
    writer = known(cast["member2"])
    Post.objects.filter(pk=actions.reply_to(talk, by=writer, source=LONG).pk).update(
        created_at=timezone.now() - timedelta(days=1, minutes=1)
    )
    again = actions.reply_to(talk, by=writer, source=LONG)
    actions.delete_post(again, by=writer)
    once_more = actions.reply_to(talk, by=writer, source=LONG)
    thanks = [actions.reply_to(talk, by=writer, source="Terima kasih banyak.") for _time in range(2)]
    actions.edit_post(once_more, by=writer, source=f"**{LONG}**")

    assert [because(one) for one in (again, once_more, *thanks)] == ["", "", "", ""]


def test_moderators_wait_for_nobody_unless_the_guard_finds_something(cast, talk):
    plain = actions.reply_to(talk, by=cast["moderator"], source="Lihat https://contoh.example/perdes")

    assert because(plain) == ""


def test_what_waits_has_no_place_and_gets_the_next_one(cast, talk):
    waiting = held(talk, cast["member2"])
    reply(talk, cast["colleague"])

    released = actions.release_post(waiting, by=cast["moderator"])

    talk.refresh_from_db()
    assert (waiting.number, released.number, talk.last_number, talk.post_count) == (None, 3, 3, 3)
    assert Activity.objects.last().facts == {"topic": talk.pk}


def test_a_topic_that_waited_is_shown_with_its_post(cast, hall):
    begun = actions.start_topic(hall, by=cast["member"], title="Baru", source="Apa kabar semua?")
    hall.refresh_from_db()
    before = (hall.topic_count, hall.post_count)

    actions.release_post(begun.posts.unscoped("a test").get(), by=cast["moderator"])

    hall.refresh_from_db()
    begun.refresh_from_db()
    assert (before, (hall.topic_count, hall.post_count, hall.last_topic)) == ((0, 0), (1, 1, begun))
    assert begun.is_shown


def test_a_refused_post_is_gone_for_all_and_its_author_is_told_why(cast, talk):
    waiting = held(talk, cast["member2"])

    actions.refuse_post(waiting, by=cast["moderator"], reason=" Iklan. ")

    last = Activity.objects.last()
    assert (last.verb, last.reason, last.subject_id) == ("refused-post", "Iklan.", waiting.pk)
    assert not Post.objects.visible_to(cast["member2"]).filter(pk=waiting.pk).exists()
    with pytest.raises(PermissionDenied):
        actions.release_post(waiting, by=cast["secretariat"])


@pytest.mark.parametrize("part", ["member", "member2", "convenor", "suspended"])
def test_others_let_nothing_through(cast, talk, part):
    waiting = held(talk, cast["member2"])

    for decide in (
        lambda: actions.release_post(waiting, by=cast[part]),
        lambda: actions.refuse_post(waiting, by=cast[part], reason="Iklan."),
    ):
        with pytest.raises(PermissionDenied):
            decide()


@pytest.mark.parametrize("reason", ["", "Telepon 0812 3456 7890"])
def test_a_reason_is_given_and_passes_the_guard(cast, talk, reason):
    waiting = held(talk, cast["member2"])

    with pytest.raises(NotReady):
        actions.refuse_post(waiting, by=cast["moderator"], reason=reason)


def test_what_is_never_let_pass_is_not_let_through(cast, talk):
    waiting = held(talk, cast["member2"])
    Post.objects.filter(pk=waiting.pk).update(source="Telepon 0812 3456 7890")

    with pytest.raises(NotReady):
        actions.release_post(waiting, by=cast["moderator"])


def test_what_waits_in_a_deleted_topic_waits_on(cast, talk):
    waiting = held(talk, cast["member2"])
    actions.delete_topic(talk, by=cast["moderator"], reason="Bukan tempatnya.")

    with pytest.raises(PermissionDenied):
        actions.release_post(waiting, by=cast["moderator"])


# --- new rules


def test_posts_of_old_rules_are_read_again_and_those_refused_today_wait(cast, talk):
    good, bad = reply(talk, cast["member2"]), reply(talk, cast["colleague"])
    waiting, gone = held(talk, cast["convenor"]), actions.delete_post(reply(talk, cast["editor"]), by=cast["editor"])
    Post.objects.filter(pk__in=[bad.pk, waiting.pk, gone.pk]).update(source="Telepon 0812 3456 7890")
    Post.objects.filter(pk__in=[good.pk, bad.pk, waiting.pk, gone.pk]).update(screened_version="old")

    clock.rescreen_posts(timezone.now())

    talk.refresh_from_db()
    assert [because(one) for one in (good, bad, waiting, gone)] == ["", "rules", "first-posts", ""]
    assert set(Post.objects.filter(pk__in=[good.pk, bad.pk, waiting.pk]).values_list("screened_version", flat=True)) == {RULES_VERSION}
    assert (talk.last_number, talk.post_count) == (4, 2)
    last = Activity.objects.last()
    assert (last.verb, last.subject_id, last.facts["types"]) == ("held-post", bad.pk, ["phone"])


def test_a_post_that_waited_again_comes_back_to_its_place(cast, talk):
    post = reply(talk, cast["member2"])
    reply(talk, cast["colleague"])
    Post.objects.filter(pk=post.pk).update(held_at=timezone.now(), held_because="rules")

    actions.release_post(post, by=cast["moderator"])

    talk.refresh_from_db()
    assert (Post.objects.get(pk=post.pk).number, talk.last_number, talk.post_count) == (2, 3, 3)


def test_a_contact_taken_off_the_list_has_everything_read_again(cast, talk):
    found = Allowance(kind="number", value="021 7654 3210", source="Situs resmi", checked_on="2026-11-01")
    contact = screening.list_contact(found, by=cast["secretariat"])
    post = reply(talk, cast["member2"], "Telepon balai: 021 7654 3210")

    screening.unlist_contact(contact, by=cast["secretariat"])
    while run_pending():
        pass
    clock.rescreen_posts(timezone.now())

    listed.forget()
    assert because(post) == "rules"


def test_a_first_post_that_is_held_again_takes_its_title_from_readers_too(cast, talk):
    Post.objects.filter(topic=talk, number=1).update(source="Hubungi 0812-3456-7890.", screened_version="")

    actions.rescreen_post(talk.posts.get(number=1), by=User.objects.system())

    seen_by = {who for who in ("member", "member2", "moderator") if Topic.objects.visible_to(cast[who]).filter(pk=talk.pk).exists()}
    assert seen_by == {"member", "moderator"}
    assert Forum.objects.get(pk=talk.forum_id).topic_count == 0


@pytest.mark.parametrize("deed", ["release", "refuse", "delete"])
def test_what_becomes_of_an_answer_changes_nothing_for_a_topic_that_is_held_again(cast, talk, deed):
    answer = held(talk, cast["member2"])
    Post.objects.filter(topic=talk, number=1).update(source="Hubungi 0812-3456-7890.", screened_version="")
    actions.rescreen_post(talk.posts.get(number=1), by=User.objects.system())
    Post.objects.filter(pk=answer.pk).update(author=cast["moderator" if deed == "delete" else "member2"])

    do = {
        "release": lambda: actions.release_post(answer, by=cast["moderator"]),
        "refuse": lambda: actions.refuse_post(answer, by=cast["moderator"], reason="Tidak menjawab."),
        "delete": lambda: actions.delete_post(answer, by=cast["moderator"]),
    }
    do[deed]()

    talk.refresh_from_db()
    assert (talk.held_at is not None, talk.hidden_at) == (True, None)


# --- what came of a talk: it cannot wait


@pytest.mark.parametrize(
    ("outcome", "days"),
    [("Lihat https://contoh.example/perdes", 3), ("Mobil B 1234 XYZ mengantar mereka.", 30)],
)
def test_an_outcome_that_would_wait_as_a_post_is_refused_with_a_sentence(cast, talk, outcome, days):
    User.objects.filter(pk=cast["member"].pk).update(date_joined=timezone.now() - timedelta(days=days))
    cast["member"].refresh_from_db()

    with pytest.raises(NotReady) as refusal:
        actions.write_outcome(talk, by=cast["member"], outcome=outcome)

    talk.refresh_from_db()
    assert (talk.outcome, [problem.field for problem in refusal.value.problems]) == ("", ["outcome"])


def test_an_outcome_is_mended_while_its_topic_waits_because_of_it(cast, talk):
    Topic.objects.filter(pk=talk.pk).update(outcome="Telepon 0812 3456 7890")
    first = talk.posts.get(number=1)
    Post.objects.filter(pk=first.pk).update(screened_version="")
    actions.rescreen_post(first, by=User.objects.system())
    with pytest.raises(NotReady):
        actions.release_post(first, by=cast["moderator"])

    actions.write_outcome(talk, by=cast["member"], outcome="Selesai.")
    actions.release_post(first, by=cast["moderator"])

    talk.refresh_from_db()
    assert (talk.held_at, talk.outcome) == (None, "Selesai.")


def test_an_outcome_is_written_by_moderators_with_links_and_by_nobody_in_an_archived_forum(cast, talk):
    actions.write_outcome(talk, by=cast["moderator"], outcome="Lihat https://contoh.example/perdes")
    Forum.objects.filter(pk=talk.forum_id).update(archived_at=timezone.now())

    for part in ("member", "moderator"):
        with pytest.raises(PermissionDenied):
            actions.write_outcome(talk, by=cast[part], outcome="Selesai.")


def test_an_outcome_that_new_rules_refuse_is_taken_from_readers_with_its_topic(cast, talk):
    Topic.objects.filter(pk=talk.pk).update(outcome="Telepon 0812 3456 7890")
    Post.objects.filter(topic=talk, number=1).update(screened_version="")

    actions.rescreen_post(talk.posts.get(number=1), by=User.objects.system())

    talk.refresh_from_db()
    assert talk.held_at is not None
