"""Taking an item from the desk: one reviewer at a time, until it is decided, put back, or a week has gone by."""

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connections
from django.utils import timezone

from cop_site.accounts import actions as people
from cop_site.activity.models import Activity
from cop_site.activity.runner import run_pending
from cop_site.library import actions, policy
from cop_site.library.models import Practice
from tests import factories
from tests.library.factories import make_practice, published, submitted


@pytest.fixture
def second(cast):
    """Another reviewer, who is of no organisation."""
    person = factories.person("Penelaah Kedua")
    factories.task(person, "reviewer", by=cast["secretariat"])
    return person


def now(practice):
    return Practice.objects.get(pk=practice.pk)


def claimed_days_ago(practice, days):
    Practice.objects.filter(pk=practice.pk).update(claimed_at=timezone.now() - timedelta(days=days))


def verbs():
    return list(Activity.objects.order_by("pk").values_list("verb", flat=True))


# --- the rule


def may(cast, rule, *facts, **more):
    return {name for name, person in cast.items() if rule(person, *facts, **more)}


def test_who_takes_what_waits(cast, author):
    practice = submitted(author)

    assert may(cast, policy.can_claim, practice, is_colleague=False) == {"reviewer"}


def test_who_takes_what_asks_to_go_public(cast, author, reviewer):
    practice = published(author, reviewer, visibility="publik")

    assert may(cast, policy.can_claim, practice, is_colleague=False) == {"safety_reviewer"}
    assert may(cast, policy.can_claim, practice, is_colleague=True) == set()


@pytest.mark.parametrize("make", [make_practice, lambda author: Practice(author=author, state="withdrawn")])
def test_nobody_takes_what_does_not_wait(cast, author, make):
    assert may(cast, policy.can_claim, make(author), is_colleague=False) == set()


def test_who_puts_back_and_who_decides_about_what_was_taken(cast, author, reviewer, second):
    practice = actions.claim_review(submitted(author), by=second)

    assert may(cast | {"second": second}, policy.can_release, practice) == {"second"}
    assert may(cast | {"second": second}, policy.can_decide_review, practice, is_colleague=False) == {"second"}


@pytest.mark.parametrize(("days", "holds"), [(0, True), (6, True), (8, False)])
def test_a_claim_holds_for_a_week(author, reviewer, second, days, holds):
    practice = actions.claim_review(submitted(author), by=second)
    claimed_days_ago(practice, days)

    assert policy.can_decide_review(reviewer, now(practice), is_colleague=False) is not holds


# --- the deeds


def test_a_claim_is_kept_and_written_down_and_changes_no_text(author, reviewer):
    practice = submitted(author)
    before = now(practice).changed_at

    actions.claim_review(practice, by=reviewer)

    assert (now(practice).claimed_by, now(practice).changed_at) == (reviewer, before)
    assert verbs()[-1] == "claimed-review"


def test_taken_twice_by_the_same_hands_is_taken_once(author, reviewer):
    practice = submitted(author)

    for _time in range(2):
        actions.claim_review(practice, by=reviewer)

    assert verbs().count("claimed-review") == 1


@pytest.mark.parametrize(
    "deed",
    [
        lambda practice, by: actions.claim_review(practice, by=by),
        lambda practice, by: actions.release_review(practice, by=by),
        lambda practice, by: actions.publish_practice(practice, by=by),
        lambda practice, by: actions.ask_for_changes(practice, by=by, note="Mohon tambah satu langkah."),
    ],
)
def test_nobody_else_touches_what_was_taken(author, reviewer, second, deed):
    practice = actions.claim_review(submitted(author), by=second)

    with pytest.raises(PermissionDenied):
        deed(practice, reviewer)

    assert (now(practice).claimed_by, now(practice).state, verbs()[-1]) == (second, "submitted", "claimed-review")


def test_what_was_put_back_is_free(author, reviewer, second):
    practice = actions.claim_review(submitted(author), by=second)

    actions.release_review(practice, by=second)
    actions.claim_review(practice, by=reviewer)

    assert now(practice).claimed_by == reviewer
    assert verbs()[-2:] == ["released-review", "claimed-review"]


def test_a_claim_that_lapsed_is_taken_over(author, reviewer, second):
    practice = actions.claim_review(submitted(author), by=second)
    claimed_days_ago(practice, 8)

    actions.claim_review(practice, by=reviewer)

    assert now(practice).claimed_by == reviewer


@pytest.mark.parametrize(
    "end",
    [
        lambda practice, author, reviewer: actions.publish_practice(practice, by=reviewer),
        lambda practice, author, reviewer: actions.ask_for_changes(practice, by=reviewer, note="Mohon tambah satu langkah."),
        lambda practice, author, reviewer: actions.recall_practice(practice, by=author),
    ],
)
def test_a_claim_ends_with_the_item(author, reviewer, end):
    practice = actions.claim_review(submitted(author), by=reviewer)

    end(practice, author, reviewer)

    assert (now(practice).claimed_by, now(practice).claimed_at, now(practice).due_on) == (None, None, None)


def test_a_decision_is_due_two_weeks_after_it_was_handed_in(author):
    assert submitted(author).due_on == timezone.localdate() + timedelta(days=14)


def test_what_asks_to_go_public_is_due_anew_and_free(author, reviewer):
    practice = actions.claim_review(submitted(author, visibility="publik"), by=reviewer)

    actions.publish_practice(practice, by=reviewer)

    assert (now(practice).claimed_by, now(practice).due_on) == (None, timezone.localdate() + timedelta(days=14))


@pytest.mark.parametrize("lose", ["suspend", "task"])
def test_whoever_loses_the_desk_holds_nothing_back(cast, author, reviewer, lose):
    practice = actions.claim_review(submitted(author), by=reviewer)

    if lose == "suspend":
        people.suspend(reviewer, by=cast["secretariat"], reason="Uji.")
    else:
        people.end_task(reviewer.tasks.get(kind="reviewer"), by=cast["secretariat"])
    run_pending()

    assert now(practice).claimed_by is None


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_two_who_reach_for_it_at_the_same_moment_exactly_one_has_it(cast, author, reviewer, second):
    practice = submitted(author)
    start, came = threading.Barrier(2), []

    def reach(person):
        start.wait(timeout=30)
        try:
            actions.claim_review(practice, by=person)
            came.append(person)
        except PermissionDenied:
            came.append(None)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=reach, args=(person,)) for person in (reviewer, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)

    assert len(came) == 2
    assert [person for person in came if person] == [now(practice).claimed_by]
    assert verbs().count("claimed-review") == 1


# --- the pages


def page(response):
    return response.content.decode()


def test_a_reviewer_takes_it_and_puts_it_back_by_two_buttons(client, author, reviewer):
    practice = submitted(author)
    client.force_login(reviewer)

    taken = client.post(f"/library/review/{practice.pk}/claim/", {"deed_key": uuid4()})
    held = now(practice).claimed_by
    back = client.post(f"/library/review/{practice.pk}/release/", {"deed_key": uuid4()})

    assert (taken["Location"], back["Location"]) == (f"/library/review/{practice.pk}/",) * 2
    assert (held, now(practice).claimed_by) == (reviewer, None)


def test_others_see_who_has_it_and_find_no_form(client, author, reviewer, second):
    practice = actions.claim_review(submitted(author), by=second)
    client.force_login(reviewer)

    item, queue = page(client.get(f"/library/review/{practice.pk}/")), page(client.get("/library/review/"))

    assert 'data-form="review"' not in item
    assert "Penelaah Kedua" in item
    assert "Penelaah Kedua" in queue


def test_the_desk_shows_what_is_free_and_what_is_ones_own(client, author, reviewer, second):
    for title, taker in (("Yang diambil orang lain", second), ("Yang saya ambil sendiri", reviewer), ("Yang belum diambil", None)):
        practice = submitted(author, title=title)
        if taker:
            actions.claim_review(practice, by=taker)
    client.force_login(reviewer)

    free, mine = page(client.get("/library/review/?tab=waiting&only=free")), page(client.get("/library/review/?tab=mine"))

    found = {
        name: [title in shown for title in ("Yang diambil", "Yang saya", "Yang belum")] for name, shown in (("free", free), ("mine", mine))
    }
    assert found == {"free": [False, False, True], "mine": [False, True, False]}


@pytest.mark.parametrize("deed", ["claim", "release"])
@pytest.mark.parametrize(("who", "status"), [("member2", 403), ("secretariat", 403), ("safety_reviewer", 404), ("visitor", 302)])
def test_who_is_no_reviewer_of_it_takes_nothing(client, cast, author, deed, who, status):
    practice = submitted(author)
    if who != "visitor":
        client.force_login(cast[who])

    answers = [client.post(f"/library/review/{pk}/{deed}/", {"deed_key": uuid4()}).status_code for pk in (practice.pk, 999_999)]

    assert answers == [status, status]
    assert now(practice).claimed_by is None
