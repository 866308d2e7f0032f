from datetime import timedelta

import pytest
from django.utils import timezone

from cop_site.accounts.models import Level, User
from cop_site.events import selectors
from cop_site.events.models import Event, Room
from cop_site.events.rights import may_be_in
from tests import actors
from tests.events.factories import event


def _remembered(person, rooms):
    """Of rows that were read just now, as the log does."""
    return [may_be_in(User.objects.get(pk=person.pk), Room.objects.select_related("event").get(pk=room.pk)) for room in rooms]


def _asked(person, rooms):
    return [selectors.room_for(User.objects.get(pk=person.pk), room.pk) is not None for room in rooms]


@pytest.mark.parametrize("who", [name for name in actors.EVERYBODY if name != "visitor"])
def test_what_is_remembered_is_what_the_door_says(who, cast):
    events = [event(cast["convenor"], slug=level, visibility=level) for level in (Level.PUBLIC, Level.NETWORK, Level.STEWARDS)]
    rooms = [room for one in events for room in one.rooms.all()]

    assert [_remembered(cast[who], rooms) for _twice in range(2)] == [_asked(cast[who], rooms)] * 2


def _suspend(cast, circle):
    User.objects.filter(pk=cast["member"].pk).update(suspended_at=timezone.now())


def _demote(cast, circle):
    User.objects.filter(pk=cast["member"].pk).update(role="observer")


def _end_the_term(cast, circle):
    User.objects.filter(pk=cast["member"].pk).update(role_until=timezone.localdate() - timedelta(days=1))


def _narrow_the_event(cast, circle):
    Event.objects.update(visibility=Level.STEWARDS)


def _move_it_into_a_circle(cast, circle):
    circle.circle_memberships.filter(person=cast["member"]).delete()
    Event.objects.update(visibility=Level.CIRCLE, circle=circle)


@pytest.mark.parametrize("change", [_suspend, _demote, _end_the_term, _narrow_the_event, _move_it_into_a_circle])
def test_a_right_that_is_lost_is_not_remembered(change, cast, circle):
    rooms = list(event(cast["convenor"]).rooms.filter(kind=Room.Kind.HALL))
    assert _remembered(cast["member"], rooms) == [True]

    change(cast, circle)

    assert _remembered(cast["member"], rooms) == _asked(cast["member"], rooms) == [False]


def test_who_leaves_a_circle_is_out_of_its_room_at_once(cast, circle):
    rooms = list(event(cast["convenor"], visibility=Level.CIRCLE, circle=circle).rooms.filter(kind=Room.Kind.HALL))
    assert _remembered(cast["member"], rooms) == [True]

    circle.circle_memberships.filter(person=cast["member"]).delete()

    assert _remembered(cast["member"], rooms) == [False]
