"""What the log hands over inside the process beside its ring."""

import pytest

from cop_site.core import ring
from cop_site.events import log, selectors
from tests.events.factories import hall, order, say


@pytest.fixture
def rings():
    heard = []
    ring.hear(log.BELL, heard.append)
    yield heard
    ring.deafen(log.BELL, heard.append)


def test_the_ring_brings_what_was_just_written_as_the_log_would_tell_it(cast, rings, django_capture_on_commit_callbacks):
    room = hall()
    say(room, cast["member"], text="Satu.")

    with django_capture_on_commit_callbacks(execute=True):
        log.append([order(room, cast["member"], text="**Dua**"), order(room, cast["member2"], text="Tiga.")])

    assert rings == [(room.pk, 3, selectors.frames_after(room.pk, 1))]


def test_where_words_were_taken_back_the_log_is_read(cast, rings, django_capture_on_commit_callbacks):
    room = hall()

    with django_capture_on_commit_callbacks(execute=True):
        log.append([order(room, cast["member"], text="Satu."), order(room, cast["member"], "chat.hide", id=1)])

    assert rings == [(room.pk, 2, [])]
