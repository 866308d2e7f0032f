from concurrent.futures import Future

import pytest
from django.db import close_old_connections

from cop_site.events import writer
from cop_site.events.models import Entry
from cop_site.events.writer import Writer
from tests.events.factories import hall, order

AT_LEAST = 5  # seconds


def test_who_gave_up_waiting_keeps_nobody_else_from_their_number(cast, monkeypatch):
    monkeypatch.setattr(writer, "close_old_connections", lambda: None)  # the test's own connection stays
    room = hall()
    waiting = [(order(room, cast["member"], text=words), Future()) for words in ("Satu.", "Dua.")]
    waiting[0][1].cancel()

    writer._write(waiting)

    assert waiting[1][1].result(timeout=0) == 1
    assert list(Entry.objects.values_list("data__text", flat=True)) == ["Dua."]


@pytest.mark.django_db(transaction=True)
def test_the_writer_writes_on_after_somebody_gave_up(cast):
    room, one = hall(), Writer()
    close_old_connections()

    given_up = [one.submit(order(room, cast["member"], text=f"Pesan {number}.")) for number in range(20)]
    for waiting in given_up:
        waiting.cancel()
    last = one.submit(order(room, cast["member"], text="Terakhir.")).result(timeout=AT_LEAST)
    one.stop()

    assert last == Entry.objects.count()
