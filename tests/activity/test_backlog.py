"""How far behind the consequences of deeds are."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from cop_site.activity import selectors
from cop_site.activity.actions import record
from cop_site.activity.models import Activity, Delivery
from cop_site.activity.verbs import Verb
from tests import factories


@pytest.fixture
def late_by(db):
    """One delivery whose deed was done so long ago."""

    def make(ago, **fields):
        somebody = factories.person()
        with transaction.atomic():
            activity = record(Verb.SUSPENDED, by=somebody, subject=somebody)
        super(type(Activity.objects.all()), Activity.objects.filter(pk=activity.pk)).update(at=timezone.now() - ago)
        Delivery.objects.filter(activity=activity).delete()
        return Delivery.objects.create(activity=activity, listener="tests.nobody", **fields)

    return make


def test_where_nothing_waits_all_is_well(db):
    state = selectors.state_of_deliveries()

    assert (state.is_good, state.words) == (True, "0 waiting, the oldest for 0 s, 0 parked")


@pytest.mark.parametrize(("minutes", "is_good"), [(1, True), (10, False)])
def test_what_waits_for_minutes_is_behind(late_by, minutes, is_good):
    late_by(timedelta(minutes=minutes))

    backlog = selectors.backlog()

    assert backlog.waiting == 1
    assert backlog.oldest == pytest.approx(minutes * 60, abs=5)
    assert selectors.state_of_deliveries().is_good is is_good


def test_what_was_given_up_is_no_good_state_however_long_ago(late_by):
    late_by(timedelta(minutes=1), state=Delivery.State.PARKED)

    assert selectors.state_of_deliveries().is_good is False


def test_what_was_done_does_not_count(late_by):
    late_by(timedelta(days=3), state=Delivery.State.DONE)

    assert selectors.backlog() == selectors.Backlog(0, 0.0, 0)
