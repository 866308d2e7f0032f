"""Timed jobs run when their time has come, once among several processes."""

from datetime import UTC, datetime, timedelta

import pytest

from cop_site.core import clock
from cop_site.core.models import JobRun

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


@pytest.fixture
def ran(monkeypatch):
    """A job every hour in the place of all others; returns the times at which it ran."""
    monkeypatch.setattr(clock, "jobs", {})
    times = []
    clock.every(timedelta(hours=1), name="every-hour")(times.append)
    return times


def test_a_job_runs_at_first_and_then_after_its_period(ran):
    for minutes in (0, 30, 59, 60, 61, 120):
        clock.run_due(at=NOW + timedelta(minutes=minutes))

    assert ran == [NOW, NOW + timedelta(minutes=60), NOW + timedelta(minutes=120)]


def test_a_job_asked_for_by_name_runs_whatever_its_time(ran):
    assert clock.run_due(at=NOW, only="every-hour") == ["every-hour"]
    assert clock.run_due(at=NOW, only="every-hour") == ["every-hour"]

    assert ran == [NOW, NOW]


def test_a_job_that_fails_is_told_and_stops_no_other(ran, caplog):
    @clock.every(timedelta(hours=1), name="a-broken-one")
    def fail(at):
        raise ValueError

    done = clock.run_due(at=NOW)

    assert done == ["every-hour"]
    assert "a-broken-one failed" in caplog.text
    assert JobRun.objects.get(name="a-broken-one").ran_at == NOW


def test_an_unknown_job_is_an_error(ran):
    with pytest.raises(KeyError):
        clock.run_due(only="nothing-like-it")
