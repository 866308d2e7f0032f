"""Several at the same moment: one case, one decision, one owner of a claim; nothing fails, nothing is lost."""

import threading

import pytest
from django.db import connection, connections

from cop_site.activity.models import Activity
from cop_site.forums import actions as forums
from cop_site.forums.models import Forum, Post, Topic
from cop_site.moderation import actions
from cop_site.moderation.models import Appeal, Case, Decision, Report
from cop_site.screening.refusing import NotReady
from tests import factories
from tests.moderation.factories import REASON, decided, post, reported, talk, waiting

MANY, JUDGES = 50, 8


def at_once(deeds):
    """Each deed in a thread of its own, let go together: what each came to."""
    outcomes, start = [None] * len(deeds), threading.Barrier(len(deeds))

    def do(place, deed):
        try:
            start.wait(timeout=60)
            deed()
            outcomes[place] = "done"
        except NotReady:
            outcomes[place] = "refused"
        except Exception as error:
            outcomes[place] = repr(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=do, args=[place, deed]) for place, deed in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return outcomes


def person(**fields):
    return factories.person(**fields)


def check_fifty_reports():
    written = post(person(), talk(person(), slug="laporan"))
    readers = [person() for _number in range(MANY)]

    outcomes = at_once([lambda reader=reader: actions.report(written, by=reader, reason="spam") for reader in readers])

    assert set(outcomes) == {"done"}
    case = Case.objects.of(written).get()
    journaled = Activity.objects.filter(verb="reported", facts__case=case.pk).count()
    assert (Report.objects.filter(case=case).count(), journaled, case.snapshots.count()) == (MANY, MANY, 1)


def check_decisions():
    topic = talk(person(), slug="putusan")
    case = waiting(person(), topic)
    judges = [person(role="moderator") for _number in range(JUDGES)]
    wishes = ["release" if place % 2 else "refuse" for place in range(JUDGES)]

    def decide(judge, wish):
        return lambda: decided(case, judge, wish)

    outcomes = at_once([decide(judge, wish) for judge, wish in zip(judges, wishes, strict=True)])

    decision = Decision.objects.get(case=case)
    row = Post.objects.unscoped("a test").get(pk=case.subject_id)
    counted = (Topic.objects.unscoped("a test").get(pk=topic.pk).post_count, Forum.objects.get(slug="putusan").post_count)
    assert sorted(outcomes) == ["done"] + ["refused"] * (JUDGES - 1)
    assert row.is_shown == (decision.outcome == "release")
    assert counted == ((2, 2) if row.is_shown else (1, 1))
    assert Activity.objects.filter(verb__in=["released-post", "refused-post"], subject_id=row.pk).count() == 1


def check_claims():
    case = reported(post(person(), talk(person())), person())
    judges = [person(role="moderator") for _number in range(JUDGES)]

    outcomes = at_once([lambda judge=judge: actions.claim(case, by=judge) for judge in judges])

    case.refresh_from_db()
    assert sorted(outcomes) == ["done"] + ["refused"] * (JUDGES - 1)
    assert case.claimed_by == judges[outcomes.index("done")]


def check_appeal_and_undoing():
    author, judge = person(), person(role="moderator")
    case = reported(post(author, talk(person())), person())
    decision = decided(case, judge)

    outcomes = at_once([lambda: actions.appeal(decision, by=author, words="Bukan iklan."), lambda: actions.undo(decision, by=judge)])

    decision.refresh_from_db()
    assert sorted(outcomes) == ["done", "refused"]
    assert Appeal.objects.filter(decision=decision).exists() != (decision.undone_at is not None)
    assert Post.objects.unscoped("a test").get(pk=case.subject_id).is_shown == (outcomes[1] == "done")


def check_mending_and_releasing():
    """Whoever lets a post through has read it as it is: either the new words wait on, or they came too late to be hidden."""
    author, judge = person(), person(role="moderator")
    case = waiting(author, talk(person()))
    row, seen = Post.objects.get(pk=case.subject_id), case.snapshots.get().pk

    outcomes = at_once(
        [
            lambda: actions.decide(case, by=judge, outcome="release", reason=REASON, seen=seen),
            lambda: forums.edit_post(row, by=author, source="Isi yang lain sama sekali."),
        ]
    )

    row = Post.objects.unscoped("a test").get(pk=row.pk)
    assert outcomes[1] == "done"
    assert (outcomes[0], row.is_shown) in {("done", True), ("refused", False)}


def check_many_at_once():
    """Two moderators decide the same bunch, one from each end."""
    topics = [talk(person(), slug=slug) for slug in ("satu", "dua")]
    cases = [waiting(person(), topics[place % 2], f"Kiriman {place}.") for place in range(6)]
    judges = [person(role="moderator") for _number in range(2)]

    def many(judge, chosen):
        return lambda: actions.decide_many(chosen, by=judge, outcome="release", reason=REASON)

    outcomes = at_once([many(judges[0], cases), many(judges[1], cases[::-1])])

    assert outcomes == ["done", "done"]
    assert (Decision.objects.filter(case__in=cases).count(), Case.objects.open().filter(pk__in=[case.pk for case in cases]).count()) == (
        6,
        0,
    )
    assert sum(Forum.objects.filter(slug__in=["satu", "dua"]).values_list("post_count", flat=True)) == 8


RACES = [check_fifty_reports, check_decisions, check_claims, check_appeal_and_undoing, check_mending_and_releasing, check_many_at_once]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("check", RACES, ids=lambda check: check.__name__)
def test_nothing_is_lost_and_nothing_happens_twice(check):
    check()


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_nothing_is_lost_and_nothing_happens_twice_on_postgresql():
    """One after the other in one database: there, filling it anew takes longer than all of them."""
    assert connection.vendor == "postgresql"
    for check in RACES:
        check()
