"""What no deed takes away, but the calendar."""

from datetime import timedelta

from django.utils import timezone

from cop_site.accounts.models import User
from cop_site.live import door
from tests.events.factories import hall


def test_whose_term_ends_at_midnight_is_sent_out_of_the_room(client, cast, monkeypatch):
    room, today = hall(cast["convenor"], visibility="publik"), timezone.localdate()
    User.objects.filter(pk=cast["researcher"].pk).update(role_until=today)
    client.force_login(cast["researcher"])
    guest = door.let_in(room.pk, client.session.session_key)
    assert door.look_around([guest], {room.pk}).out == {}

    monkeypatch.setattr(timezone, "localdate", lambda *_moment: today + timedelta(days=1))

    assert door.look_around([guest], {room.pk}).out == {guest: door.RIGHT_LOST}
