"""Cases go along with their rows, in the same deed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cop_site.accounts.models import User
from cop_site.activity.models import Activity
from cop_site.forums import actions as forums
from cop_site.forums.models import Post, Topic
from cop_site.library import actions as library
from cop_site.moderation import clock
from cop_site.moderation.listeners import follow_a_text
from cop_site.moderation.models import Case
from tests import factories
from tests.forums.factories import forum, held
from tests.moderation.factories import decided, post, reported, talk, waiting

pytestmark = pytest.mark.django_db


def test_what_waits_is_a_case_as_soon_as_it_waits(cast, topic):
    held(topic, cast["member2"])

    case = Case.objects.get()
    assert (case.origin, case.held_because, case.author, case.snapshots.get().title) == ("held", "first-posts", cast["member2"], "")


def test_a_topic_that_waits_is_judged_with_its_title(cast, topic):
    forums.start_topic(topic.forum, by=cast["member2"], title="Baru", source="Apa kabar semua?")

    assert Case.objects.get().snapshots.get().title == "Baru"


def test_what_is_shown_at_once_is_no_case(cast, topic):
    post(cast["member2"], topic)

    assert not Case.objects.exists()


def test_an_author_who_deletes_what_waits_closes_its_case(cast, topic):
    case = waiting(cast["member2"], topic)

    forums.delete_post(Post.objects.get(pk=case.subject_id), by=cast["member2"])

    case.refresh_from_db()
    assert (case.closed_at is not None, case.decisions.count()) == (True, 0)


def test_an_author_who_mends_what_waits_renews_its_case(cast, topic):
    case = waiting(cast["member2"], topic)

    forums.edit_post(Post.objects.get(pk=case.subject_id), by=cast["member2"], source="Sudah saya ubah.")

    assert case.snapshots.first().html == "<p>Sudah saya ubah.</p>\n"


def test_what_is_let_through_elsewhere_stays_a_case_only_where_somebody_reported_it(cast, topic):
    plain, told = waiting(cast["member2"], topic), waiting(cast["colleague"], topic)
    reported(Post.objects.get(pk=told.subject_id), cast["secretariat"])

    for case in (plain, told):
        forums.release_post(Post.objects.get(pk=case.subject_id), by=cast["moderator"])

    assert list(Case.objects.open().values_list("pk", "origin")) == [(told.pk, "reported")]


def test_new_rules_bring_a_shown_post_before_moderators_again(cast, topic):
    written = post(cast["member2"], topic)
    Post.objects.filter(pk=written.pk).update(source="Telepon 0812 3456 7890", screened_version="old")

    forums.rescreen_post(written, by=User.objects.system())

    case = Case.objects.get()
    assert (case.origin, case.held_because) == ("held", "rules")


def test_cases_of_a_deleted_topic_close_and_what_waits_comes_back_with_it(cast, topic):
    told, waits = reported(post(cast["colleague"], topic), cast["member"]), waiting(cast["member2"], topic)
    about_it = reported(topic, cast["colleague"])

    forums.delete_topic(topic, by=cast["moderator"], reason="Bukan tempatnya.")
    closed = Case.objects.open().count()
    forums.restore_topic(topic, by=cast["moderator"])

    assert closed == 0
    assert [(one.subject_id, one.pk != waits.pk) for one in Case.objects.open()] == [(waits.subject_id, True)]
    assert {told.pk, about_it.pk} < set(Case.objects.exclude(closed_at=None).values_list("pk", flat=True))


def test_a_case_moves_with_its_topic_for_those_who_look_after_one_forum(cast, topic):
    case = reported(post(cast["member2"], topic), cast["member"])
    other = forum("Lain")

    forums.move_topic(topic, other, by=cast["moderator"])

    case.refresh_from_db()
    assert case.forum == other


def test_a_merged_topic_is_judged_no_more_its_posts_are(cast, topic):
    told = reported(post(cast["member2"], topic), cast["member"])
    about_it = reported(topic, cast["colleague"])

    forums.merge_topics(topic, talk(cast["convenor"], slug="lain"), by=cast["moderator"])

    assert [one.pk for one in Case.objects.open()] == [told.pk]
    assert Topic.objects.unscoped("a test").get(pk=about_it.subject_id).merged_into is not None


def test_a_reported_list_is_renewed_when_it_changes_and_closed_when_it_goes(cast):
    told = {"title": "Bacaan", "intro": "Untuk pelatih.", "visibility": "jaringan", "circle": None, "organisation": None}
    made = library.make_list(by=cast["member"], **told)
    case = reported(made, cast["member2"])

    library.change_list(made, by=cast["member"], **told | {"title": "Bacaan lain"})
    renewed = case.snapshots.first().title
    library.delete_list(made, by=cast["member"])

    case.refresh_from_db()
    assert (renewed, case.closed_at is not None) == ("Bacaan lain", True)


def test_a_withdrawn_text_is_judged_no_more(cast):
    text = factories.practice(cast["member"], visibility="jaringan", first_published_at=timezone.now() - timedelta(days=1))
    case = reported(text, cast["member2"])

    library.withdraw_practice(text, by=cast["member"], reason="Sudah usang.")

    case.refresh_from_db()
    assert case.closed_at is not None


def test_what_waited_before_there_were_cases_is_brought_by_the_clock(cast, topic):
    before = waiting(cast["member2"], topic)
    Case.objects.all().delete()

    for _time in range(2):
        clock.bring_what_waits(timezone.now())

    assert Case.objects.get().subject_id == before.subject_id


# --- what was reported, went and came back


def test_whoever_deletes_and_restores_a_reported_post_does_not_shake_off_the_reports(cast, case):
    written = Post.objects.get(pk=case.subject_id)

    forums.delete_post(written, by=cast["member2"])
    closed = Case.objects.open().count()
    forums.restore_post(written, by=cast["member2"])

    assert (closed, [(one.pk, one.reports.count()) for one in Case.objects.open()]) == (0, [(case.pk, 1)])


def test_what_comes_back_and_waits_is_judged_with_its_reports(cast, case):
    written = Post.objects.get(pk=case.subject_id)
    forums.delete_post(written, by=cast["member2"])
    Post.objects.filter(pk=written.pk).update(source="Telepon 0812 3456 7890")

    forums.restore_post(written, by=cast["member2"])

    assert [(one.pk, one.origin, one.held_because) for one in Case.objects.open()] == [(case.pk, "held", "rules")]


def test_a_topic_keeps_its_reports_while_its_new_title_waits(cast, topic):
    told = reported(topic, cast["colleague"])
    first = topic.posts.get(number=1)

    forums.hold_released_post(first, by=cast["moderator"], because="findings", case=told.pk)
    closed = Case.objects.open().filter(kind="topic").count()
    forums.release_post(first, by=cast["moderator"])

    assert (closed, list(Case.objects.open().values_list("pk", flat=True))) == (0, [told.pk])


@pytest.mark.parametrize("outcome", ["keep", "take-away"])
def test_what_was_decided_is_not_asked_again_when_it_comes_back(cast, case, outcome):
    decided(case, cast["moderator"], outcome)
    written = Post.objects.get(pk=case.subject_id)
    if outcome == "keep":
        forums.delete_post(written, by=cast["member2"])

    forums.restore_post(written, by=cast["member2" if outcome == "keep" else "moderator"])

    assert not Case.objects.open().exists()


def test_a_text_that_is_published_anew_keeps_its_reports(cast):
    text = factories.practice(cast["member"], visibility="jaringan", first_published_at=timezone.now() - timedelta(days=1))
    case = reported(text, cast["member2"])
    library.withdraw_practice(text, by=cast["member"], reason="Sudah usang.")
    type(text).objects.unscoped("a test").filter(pk=text.pk).update(state="published", live=True)
    text = type(text).objects.unscoped("a test").get(pk=text.pk)

    follow_a_text(Activity(subject=text))

    assert list(Case.objects.open().values_list("pk", flat=True)) == [case.pk]
