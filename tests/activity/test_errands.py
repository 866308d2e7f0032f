"""Errands run beside the deliveries, each for itself, and none is given up."""

import threading

import pytest

from cop_site.activity import errands
from cop_site.activity.runner import Runner
from cop_site.core import ring


@pytest.fixture
def only(monkeypatch):
    """No errands but those of the test."""
    monkeypatch.setattr(errands, "_rounds", {})
    return errands.register


@pytest.mark.django_db(transaction=True)
def test_an_errand_that_hangs_holds_up_neither_deliveries_nor_other_errands(only, monkeypatch):
    hangs, went_on, delivered = threading.Event(), threading.Event(), threading.Event()
    only("hangs", lambda: hangs.wait(20) and 0.0)
    only("goes-on", lambda: went_on.set() or 60.0)
    monkeypatch.setattr("cop_site.activity.runner.run_pending", delivered.set)
    monkeypatch.setattr("cop_site.activity.runner.clock.run_due", list)
    runner = Runner()

    runner.start()

    assert went_on.wait(10)
    assert delivered.wait(10)
    hangs.set()
    runner.stop()
    runner.join(20)
    assert not runner.is_alive()


@pytest.mark.django_db(transaction=True)
def test_an_errand_that_fails_is_called_again_and_its_words_are_not_logged(only, caplog):
    stopped, failed, calls = threading.Event(), threading.Event(), []

    def fails_first():
        calls.append(1)
        if len(calls) == 1:
            failed.set()
            raise ValueError("what a member wrote")
        stopped.set()
        return 0.0

    only("fails", fails_first)
    thread = errands.threads(stopped)[0]

    thread.start()
    assert failed.wait(10)
    ring.ring("fails")
    thread.join(20)

    assert len(calls) == 2
    assert [record.getMessage() for record in caplog.records] == ["The errand fails stumbled (ValueError) and goes on."]
