"""Making circles, and letting people in and out."""

from datetime import date

from cop_site.activity.actions import record
from cop_site.activity.deeds import deed
from cop_site.activity.verbs import Verb
from cop_site.core.access import require
from cop_site.core.text import one_line

from .. import policy
from ..models import Circle, CircleMembership, User


@deed
def make_circle(*, by: User, name_id: str, purpose_id: str, ends_on: date, name_en: str = "", purpose_en: str = "") -> Circle:
    """Make a circle for a purpose, owned by its maker, until a day."""
    require(policy.can_make_circle(by))
    circle = Circle.objects.create(
        name_id=one_line(name_id), name_en=one_line(name_en), purpose_id=purpose_id, purpose_en=purpose_en, owner=by, ends_on=ends_on
    )
    CircleMembership.objects.create(circle=circle, person=by)
    record(Verb.MADE_CIRCLE, by=by, subject=circle)
    return circle


@deed
def join_circle(circle: Circle, person: User, *, by: User) -> CircleMembership:
    """Let a person into a circle."""
    require(policy.can_change_circle(by, circle) and policy.can_be_in_circle(person))
    membership, is_new = CircleMembership.objects.get_or_create(circle=circle, person=person)
    if is_new:
        record(Verb.JOINED_CIRCLE, by=by, subject=circle, person=person.pk)
    return membership


@deed
def leave_circle(circle: Circle, person: User, *, by: User) -> None:
    """Take a person out of a circle; what it shares is closed to them at once."""
    require(policy.can_take_out(by, circle, person))
    gone, _rows = CircleMembership.objects.filter(circle=circle, person=person).delete()
    if gone:
        record(Verb.LEFT_CIRCLE, by=by, subject=circle, person=person.pk)
