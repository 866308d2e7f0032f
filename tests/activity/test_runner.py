"""The runner tells listeners until they took it, and gives up on none without saying so."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from cop_site.activity import listening, runner
from cop_site.activity.actions import record
from cop_site.activity.models import Delivery
from cop_site.activity.verbs import Verb
from tests import factories


@pytest.fixture
def listener(monkeypatch):
    """Puts one listener in the place of all others of a verb; returns what it was told."""
    told = []

    def put(react=lambda activity: None, **how):
        def hear(activity):
            told.append(activity.pk)
            return react(activity)

        monkeypatch.setattr(listening, "_by_name", {})
        monkeypatch.setattr(listening, "_afterwards", listening.defaultdict(list))
        monkeypatch.setattr(listening, "_within", listening.defaultdict(list))
        listening.listens_to(Verb.SUSPENDED, **how)(hear)
        return told

    return put


@pytest.fixture
def something_happens(db):
    somebody = factories.person("seseorang")

    def happen():
        with transaction.atomic():
            return record(Verb.SUSPENDED, by=somebody, subject=somebody)

    return happen


def fail(activity):
    raise ValueError("words of a member")


def test_a_listener_hears_once_and_in_order(listener, something_happens):
    told = listener()
    activities = [something_happens() for _again in range(3)]

    tried = runner.run_pending()
    runner.run_pending()

    assert tried == 3
    assert told == [activity.pk for activity in activities]
    assert set(Delivery.objects.values_list("state", flat=True)) == {"done"}


def test_a_failure_is_tried_again_later_and_keeps_no_words(listener, something_happens, caplog):
    told = listener(fail)
    something_happens()

    runner.run_pending()

    delivery = Delivery.objects.get()
    assert (told != [], delivery.state, delivery.attempts, delivery.error) == (True, "waiting", 1, "ValueError")
    assert delivery.not_before > timezone.now()
    assert "words of a member" not in caplog.text


def test_a_failure_does_not_hold_up_the_next(listener, something_happens):
    told = listener(lambda activity: fail(activity) if len(told) == 1 else None)
    something_happens()
    something_happens()

    runner.run_pending()

    assert list(Delivery.objects.order_by("pk").values_list("state", flat=True)) == ["waiting", "done"]


def test_after_the_last_attempt_a_delivery_is_parked(listener, something_happens):
    told = listener(fail)
    something_happens()

    for _again in range(runner.MOST_ATTEMPTS + 2):
        Delivery.objects.update(not_before=timezone.now())
        runner.run_pending()

    assert len(told) == runner.MOST_ATTEMPTS
    assert Delivery.objects.get().state == "parked"


def test_a_delivery_in_hands_is_nobody_elses_until_its_lease_ends(listener, something_happens):
    told = listener()
    something_happens()
    held = runner._claim()

    assert (runner.run_pending(), told) == (0, [])
    Delivery.objects.filter(pk=held.pk).update(not_before=timezone.now() - timedelta(seconds=1))

    assert (runner.run_pending(), len(told)) == (1, 1)
    assert Delivery.objects.get().attempts == 2


def test_a_listener_that_is_gone_is_no_obstacle(listener, something_happens):
    listener()
    something_happens()
    Delivery.objects.update(listener="accounts.listeners.of_last_year")

    runner.run_pending()

    assert Delivery.objects.get().state == "done"


def test_a_listener_within_the_deed_stands_or_falls_with_it(listener, something_happens):
    told = listener(fail, within_the_deed=True)

    with pytest.raises(ValueError, match="words"):
        something_happens()

    assert len(told) == 1
    assert Delivery.objects.count() == 0


def test_a_listener_with_more_to_do_lets_the_others_go_first(listener, something_happens):
    left = [2]

    def works_in_parts(activity):
        if activity.pk == long and left[0]:
            left[0] -= 1
            return listening.AGAIN
        return None

    told = listener(works_in_parts)
    long, short = something_happens().pk, something_happens().pk

    runner.run_pending()

    assert told == [long, short, long, long]
    assert set(Delivery.objects.values_list("state", "attempts")) == {("done", 1)}
