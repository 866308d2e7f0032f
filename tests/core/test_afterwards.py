"""What is done once an answer has gone out."""

import sqlite3
import time

import pytest
from django.core.signals import request_finished
from django.db import DatabaseError, close_old_connections, connection
from django.http import HttpResponse

from cop_site.core.afterwards import afterwards, impatient
from cop_site.core.models import JobRun


@pytest.fixture
def end():
    """Answers are closed here without closing the tests' connection, as Django's own client does."""
    request_finished.disconnect(close_old_connections)
    yield
    request_finished.connect(close_old_connections)


def test_it_is_done_when_the_answer_is_closed_and_not_before(end):
    done = []

    answer = afterwards(HttpResponse("isi"), lambda: done.append("then"))
    before = list(done)
    answer.close()

    assert (before, done, answer.closed) == ([], ["then"], True)


def test_an_answer_is_closed_though_it_failed(end):
    answer = afterwards(HttpResponse("isi"), lambda: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        answer.close()

    assert answer.closed


@pytest.mark.skipif(connection.vendor != "sqlite", reason="locks a file")
@pytest.mark.django_db(transaction=True)
def test_where_somebody_writes_it_gives_up_soon_and_the_next_one_waits_as_ever(tmp_path):
    path = connection.settings_dict["NAME"]
    if "memory" in str(path):
        pytest.skip("this run's database is in memory")
    with connection.cursor() as cursor:
        before = cursor.execute("PRAGMA busy_timeout").fetchone()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    began = time.monotonic()

    with pytest.raises(DatabaseError), impatient():
        JobRun.objects.create(name="nanti")
    took = time.monotonic() - began
    other.execute("ROLLBACK")
    other.close()
    with connection.cursor() as cursor:
        after = cursor.execute("PRAGMA busy_timeout").fetchone()

    assert took < 2
    assert after == before
    assert not JobRun.objects.filter(name="nanti").exists()
