"""Who is told of a post, and why: one table per reason."""

from cop_site.activity.models import Activity, Delivery
from cop_site.activity.runner import run_pending
from cop_site.activity.verbs import Verb
from cop_site.forums import actions as forums
from cop_site.forums.models import CallWish
from cop_site.notifications import listeners
from cop_site.notifications.actions import wish_level
from cop_site.notifications.choices import Level
from cop_site.notifications.models import Notification, Watch
from tests import factories
from tests.forums.factories import forum, held, known, reply, topic


def told():
    """Who was told of what for which reason, in the order of their names."""
    run_pending()
    return sorted(Notification.objects.values_list("recipient__name", "reason"))


def told_of(post):
    run_pending()
    return sorted(Notification.objects.filter(post=post).values_list("recipient__name", "reason"))


def test_whoever_began_a_topic_hears_of_answers_but_not_of_her_own(cast):
    asked = topic(forum(), cast["member"])

    reply(asked, cast["member"], "Saya tambahkan sesuatu.")
    answer = reply(asked, cast["member2"])

    assert told() == told_of(answer) == [("member", "answered")]


def test_whoever_is_replied_to_hears_of_it_and_others_in_the_topic_as_followers(cast):
    asked = topic(forum(), cast["member"])
    first = reply(asked, cast["member2"])
    run_pending()

    second = reply(asked, cast["colleague"], reply_to=first)

    assert told_of(second) == [("member", "answered"), ("member2", "answered")]


def test_the_strongest_reason_wins(cast):
    asked = topic(forum(), cast["member"])

    answer = reply(asked, cast["member2"], "Untuk @member dan @colleague.")

    assert told_of(answer) == [("colleague", "mentioned"), ("member", "answered")]


def test_only_readers_are_told_that_they_were_named(cast, circle):
    closed = forum(visibility="kelompok", circle=circle)
    begun = topic(closed, cast["convenor"])

    answer = reply(begun, cast["member"], "Untuk @member2, @suspended, @applicant dan @convenor.")

    assert told_of(answer) == [("convenor", "answered")]


def test_nobody_hears_of_what_waits_until_it_is_let_through(cast):
    asked = topic(forum(), cast["member"])
    waiting = held(asked, cast["member2"], "Halo @colleague.")
    assert told() == []

    forums.release_post(waiting, by=cast["moderator"])

    assert told_of(waiting) == [("colleague", "mentioned"), ("member", "answered"), ("member2", "decided")]


def test_a_topic_that_waited_calls_when_it_is_let_through(cast):
    CallWish.objects.create(person=cast["colleague"], mandate="bantuan-hukum", province="")
    begun = forums.start_topic(
        forum(), by=cast["member"], title="Siapa bisa membantu?", source="Kami perlu saran.", call_mandate="bantuan-hukum"
    )
    assert told() == []

    forums.release_post(begun.posts.get(), by=cast["moderator"])

    assert told() == [("colleague", "called"), ("member", "decided")]


def test_a_call_reaches_those_who_chose_that_mandate_and_that_province(cast):
    for part, mandate, province in (
        ("member", "bantuan-hukum", "31"),
        ("member2", "bantuan-hukum", ""),
        ("colleague", "bantuan-hukum", "33"),
        ("convenor", "migrasi-aman", "31"),
        ("suspended", "bantuan-hukum", "31"),
        ("researcher", "bantuan-hukum", "31"),
    ):
        CallWish.objects.create(person=cast[part], mandate=mandate, province=province)

    topic(forum(), cast["auditor"], call_mandate="bantuan-hukum", call_province="31")

    assert told() == [("member", "called"), ("member2", "called")]


def test_a_call_from_no_province_reaches_all_provinces(cast):
    CallWish.objects.create(person=cast["member"], mandate="bantuan-hukum", province="31")

    topic(forum(), cast["auditor"], call_mandate="bantuan-hukum")

    assert told() == [("member", "called")]


def test_whoever_is_named_no_more_when_a_post_is_let_through_hears_nothing(cast):
    waiting = held(topic(forum(), cast["member"]), cast["member2"], "Halo @colleague dan @auditor.")
    forums.edit_post(waiting, by=cast["member2"], source="Halo @auditor.")

    forums.release_post(waiting, by=cast["moderator"])

    assert told_of(waiting) == [("auditor", "mentioned"), ("member", "answered"), ("member2", "decided")]


def test_an_edit_tells_only_those_it_names_for_the_first_time(cast):
    hall = forum()
    wish_level(hall, Level.WATCH, by=cast["convenor"])
    asked = topic(hall, cast["member"])
    answer = reply(asked, cast["member2"], "Tanya @colleague.")
    run_pending()
    before = told_of(answer)

    forums.edit_post(answer, by=cast["member2"], source="Tanya @colleague atau @auditor.")

    assert told_of(answer) == sorted([*before, ("auditor", "mentioned")])
    assert before == [("colleague", "mentioned"), ("convenor", "watched"), ("member", "answered")]


def test_followers_of_a_forum_a_topic_and_a_word_hear_of_what_is_new(cast):
    hall = forum()
    begun = topic(hall, cast["member"], mandate=["bantuan-hukum"], provinces=["31"])
    run_pending()
    Notification.objects.all().delete()
    for part, target in (
        ("convenor", hall),
        ("auditor", begun),
        ("editor", ("mandate", "bantuan-hukum")),
        ("reviewer", ("provinces", "31")),
    ):
        wish_level(target, Level.WATCH, by=cast[part])

    answer = reply(begun, cast["member2"])
    other = topic(hall, cast["member2"], "Soal lain", mandate=["bantuan-hukum"], provinces=["31"])

    assert told_of(answer) == [("auditor", "watched"), ("convenor", "watched"), ("member", "answered")]
    assert told_of(other.posts.get()) == [("convenor", "watched"), ("editor", "watched"), ("reviewer", "watched")]


def test_followers_who_read_the_forum_no_more_hear_nothing(cast, circle):
    closed = forum(visibility="kelompok", circle=circle)
    wish_level(closed, Level.WATCH, by=cast["member"])
    circle.members.remove(cast["member"])

    topic(closed, cast["convenor"])

    assert told() == []


def test_whoever_writes_follows_the_topic_unless_she_muted_it_or_its_forum(cast):
    hall, quiet = forum(), forum("Sunyi")
    begun, other = topic(hall, cast["member"]), topic(quiet, cast["member"])
    run_pending()
    wish_level(begun, Level.MUTE, by=cast["colleague"])
    wish_level(quiet, Level.MUTE, by=cast["member2"])

    for one, part in ((begun, "member2"), (begun, "colleague"), (other, "member2")):
        reply(one, cast[part])
    run_pending()

    rows = Watch.objects.filter(topic__isnull=False).values_list("person__name", "topic", "level")
    assert sorted(rows) == sorted(
        [("member", begun.pk, "watch"), ("member", other.pk, "watch"), ("member2", begun.pk, "watch"), ("colleague", begun.pk, "mute")]
    )


def test_what_is_muted_is_told_to_nobody_who_muted_it(cast):
    hall = forum()
    begun = topic(hall, cast["member"], mandate=["bantuan-hukum"])
    run_pending()
    wish_level(begun, Level.MUTE, by=cast["member"])
    wish_level(hall, Level.MUTE, by=cast["colleague"])
    wish_level(("mandate", "bantuan-hukum"), Level.MUTE, by=cast["auditor"])
    wish_level(hall, Level.WATCH, by=cast["auditor"])
    wish_level(hall, Level.WATCH, by=cast["convenor"])

    answer = reply(begun, cast["member2"], "Halo @colleague.")

    assert told_of(answer) == [("convenor", "watched")]


def test_the_nearer_wish_holds(cast):
    hall = forum()
    begun = topic(hall, cast["member"])
    wish_level(hall, Level.MUTE, by=cast["convenor"])
    wish_level(begun, Level.WATCH, by=cast["convenor"])
    wish_level(hall, Level.WATCH, by=cast["auditor"])
    wish_level(begun, Level.MUTE, by=cast["auditor"])

    answer = reply(begun, cast["member2"])

    assert told_of(answer) == [("convenor", "watched"), ("member", "answered")]


def test_followers_go_where_the_posts_go(cast):
    hall = forum()
    begun, into = topic(hall, cast["member"]), topic(hall, cast["colleague"], "Soal lain")
    moved = reply(begun, cast["member2"])
    run_pending()
    wish_level(begun, Level.WATCH, by=cast["convenor"])
    wish_level(into, Level.MUTE, by=cast["convenor"])

    made = forums.split_topic(begun, [moved], by=cast["moderator"], title="Soal yang terpisah")
    run_pending()
    forums.merge_topics(begun, into, by=cast["moderator"])
    run_pending()

    def followers(of):
        return sorted(Watch.objects.watched().filter(topic=of).values_list("person__name", flat=True))

    assert (followers(made), followers(into)) == (["member2"], ["colleague", "member", "member2"])


def test_listeners_that_run_twice_say_the_same(cast):
    hall = forum()
    wish_level(hall, Level.WATCH, by=cast["convenor"])
    begun = topic(hall, cast["member"])
    reply(begun, cast["member2"], "Halo @colleague.")
    before = told()

    Delivery.objects.update(state="waiting")

    assert told() == before


def test_a_post_that_was_read_before_it_waited_is_news_to_nobody(cast):
    begun = topic(forum(), cast["member"])
    answer = reply(begun, cast["member2"])
    run_pending()
    wish_level(begun, Level.WATCH, by=cast["convenor"])
    type(answer).objects.filter(pk=answer.pk).update(source="NIK 3171234567890123", screened_version="")
    forums.rescreen_post(answer, by=type(cast["member"]).objects.system())
    type(answer).objects.filter(pk=answer.pk).update(source="Tanpa nomor.")

    forums.release_post(answer, by=cast["moderator"])

    assert told_of(answer) == [("member", "answered"), ("member2", "decided"), ("member2", "decided")]


def test_many_followers_are_told_a_part_at_a_time_and_cost_the_writer_nothing(cast, monkeypatch, django_assert_max_num_queries):
    monkeypatch.setattr(listeners, "AT_ONCE", 50)
    hall = forum()
    begun = topic(hall, cast["member"])
    run_pending()
    people = [factories.person(f"Orang ke-{number}", has_agreed=False) for number in range(130)]
    Watch.objects.bulk_create(Watch(person=person, forum=hall, level=Level.WATCH) for person in people)
    known(cast["member2"])
    answer = forums.reply_to(begun, by=cast["member2"], source="Kami punya satu.")
    activity = Activity.objects.get(verb=Verb.REPLIED)

    with django_assert_max_num_queries(20):
        first = listeners.tell_of_a_post(activity)
    more = [first, listeners.tell_of_a_post(activity), listeners.tell_of_a_post(activity)]

    assert more == ["again", "again", None]
    assert Notification.objects.filter(post=answer, reason="watched", mail_after=None).count() == 130
