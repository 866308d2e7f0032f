"""Who may see and do what: the level × role table, said once.

Levels (``Level``) and roles are those of ``docs/who-sees-what.md``. The rule has two forms that a test holds together:
``seen_by`` for the database, and ``tokens`` for an index that has no joins.
"""

from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils import timezone

NOTHING = Q(pk__in=[])
VISITOR = "visitor"

# Who reads what is shared with the network, by kind of row; members and office-holders read all of it.
_OBSERVERS_READ = {"practice", "document", "recommendation"}
_RESEARCHERS_READ = _OBSERVERS_READ | {"organisation", "challenge"}
FULL = {"member", "convenor", "moderator", "secretariat"}
MEMBERS_ALONE = {"topic", "need"}  # observers and researchers read none of these inside the network, not even in a circle of theirs
OFFICE = {"moderator", "secretariat"}
INSIDERS = FULL | {"researcher"}
CIRCLE_READERS = INSIDERS | {"observer"}
_CIRCLE_MAKERS = {"convenor", "secretariat"}


def role_of(user: Any) -> str:
    """The role in force: a suspended or inactive person, or one whose term is over, is a visitor."""
    if not user.is_authenticated or not user.is_active or user.suspended_at:
        return VISITOR
    if user.role_until and user.role_until < timezone.localdate():
        return VISITOR
    return user.role


def is_suspended(user: Any) -> bool:
    """Suspended people lose everything at once."""
    return bool(user.is_authenticated and user.suspended_at)


def is_member(user: Any) -> bool:
    """Members, convenors and office-holders; not researchers, observers or applicants."""
    return role_of(user) in FULL


def is_moderator(user: Any) -> bool:
    """Moderators and the secretariat keep the place safe."""
    return role_of(user) in OFFICE


def is_secretariat(user: Any) -> bool:
    """The secretariat admits people and grants tasks."""
    return role_of(user) == "secretariat"


def has_agreed(user: Any) -> bool:
    """Whether a person accepted all that is in force: the code of conduct, being an adult, the safety briefing."""
    if role_of(user) != VISITOR and not getattr(user, "_has_agreed", False):
        user._has_agreed = not apps.get_model("accounts", "Acceptance").objects.missing_of(user)
    return getattr(user, "_has_agreed", False)


def has_task(user: Any, kind: str) -> bool:
    """Whether a task of this kind is in force for ``user``; asked once per request and person."""
    return kind in tasks_of(user)


def tasks_of(user: Any) -> set[str]:
    """The kinds of task in force for ``user``; none for visitors, applicants and suspended people."""
    if role_of(user) not in INSIDERS:
        return set()
    if not hasattr(user, "_tasks_in_force"):
        user._tasks_in_force = set(user.tasks.filter(ended_at=None, ends_on__gte=timezone.localdate()).values_list("kind", flat=True))
    return user._tasks_in_force


# --- seeing


def seen_by(user: Any, prefix: str = "", *, kind: str) -> Q:
    """Rows of ``kind`` that ``user`` may see by their level; ``prefix`` leads to the row that has one.

    Everybody sees what is public. The network's rows are for members; observers and researchers read some kinds of
    them. A circle's and an organisation's rows are for its people, whatever their office; stewards' rows for
    moderators, the secretariat and the author; private drafts for the author alone.
    """
    role = role_of(user)
    allowed = _level(prefix, "publik")
    if role in FULL or (role == "researcher" and kind in _RESEARCHERS_READ) or (role == "observer" and kind in _OBSERVERS_READ):
        allowed |= _level(prefix, "jaringan")
    if role in closed_readers(kind, CIRCLE_READERS):
        allowed |= _level(prefix, "kelompok") & Q(**{f"{prefix}circle__in": circles_of(user)})
    if role in closed_readers(kind, INSIDERS):
        allowed |= _level(prefix, "organisasi") & Q(**{f"{prefix}organisation__in": organisations_of(user)})
    if role in INSIDERS:
        allowed |= _level(prefix, "pribadi", "pengelola") & Q(**{f"{prefix}author": user.pk})
    if role in OFFICE:
        allowed |= _level(prefix, "pengelola")
    return allowed


def closed_readers(kind: str, readers: set[str]) -> set[str]:
    """Of the roles that read in circles and organisations, those who read this kind of row there."""
    return readers & FULL if kind in MEMBERS_ALONE else readers


def _level(prefix: str, *levels: str) -> Q:
    return Q(**{f"{prefix}visibility__in": levels})


def organisations_of(user: Any) -> QuerySet:
    """Ids of the organisations in which ``user`` has a current membership, for use inside a query."""
    memberships = apps.get_model("accounts", "Membership").objects
    return memberships.filter(is_current_membership(), person=user.pk).values("organisation")


def is_current_membership(on: date | None = None) -> Q:
    """Begun, and not ended before ``on`` (today)."""
    on = on or timezone.localdate()
    return Q(started_on__lte=on) & (Q(ended_on=None) | Q(ended_on__gt=on))


def circles_of(user: Any) -> QuerySet:
    """Ids of the circles that ``user`` is in and that have not ended, for use inside a query."""
    memberships = apps.get_model("accounts", "CircleMembership").objects
    return memberships.filter(person=user.pk, circle__ends_on__gte=timezone.localdate()).values("circle")


ALL_KINDS = _RESEARCHERS_READ | {"topic", "event", "need"}


def network_kinds(role: str) -> set[str]:
    """The kinds of rows that a role reads where they are shared with the network."""
    if role in FULL:
        return ALL_KINDS
    return {"researcher": _RESEARCHERS_READ, "observer": _OBSERVERS_READ}.get(role, set())


def organisations_visible_to(user: Any) -> Q:
    """Listed organisations by their level; an unlisted one is known to its own people and the secretariat."""
    listed = Q(is_listed=True) & _organisation_levels(user)
    own = Q(pk__in=organisations_of(user)) if role_of(user) in CIRCLE_READERS else NOTHING
    return listed | own | (Q(is_listed=False) if is_secretariat(user) else NOTHING)


def _organisation_levels(user: Any) -> Q:
    """An organisation is its own row's organisation, and has neither author nor circle."""
    allowed = Q(visibility="publik")
    if "organisation" in network_kinds(role_of(user)):
        allowed |= Q(visibility="jaringan")
    if is_moderator(user):
        allowed |= Q(visibility="pengelola")
    return allowed


def applications_visible_to(user: Any) -> Q:
    """One's own application; the secretariat reads all whose address is confirmed."""
    if role_of(user) == VISITOR:
        return NOTHING
    return Q(person=user.pk) | (~Q(state="unconfirmed") if is_secretariat(user) else NOTHING)


def people_visible_to(user: Any) -> Q:
    """The secretariat looks after people; nobody else sees a list of persons. Unconfirmed addresses are nobody yet."""
    return Q(is_active=True) & ~Q(application__state="unconfirmed") if is_secretariat(user) else NOTHING


def circles_visible_to(user: Any) -> Q:
    """A circle is seen by those in it until it ends, and by its owner. Office opens nothing more."""
    if role_of(user) not in CIRCLE_READERS:
        return NOTHING
    return Q(pk__in=circles_of(user)) | Q(owner=user.pk)


def people_for_circles() -> Q:
    """Whom a circle can let in: people in good standing whose role reads what a circle shares."""
    in_term = Q(role_until=None) | Q(role_until__gte=timezone.localdate())
    return Q(is_active=True, suspended_at=None, role__in=CIRCLE_READERS) & in_term


# --- doing


def can_apply(user: Any) -> bool:
    """Someone signed up who has not been admitted."""
    return role_of(user) == "applicant"


def can_decide_applications(user: Any) -> bool:
    """The secretariat admits people to the network."""
    return is_secretariat(user)


def can_decide(user: Any, application: Any) -> bool:
    """The secretariat decides once, and never about oneself."""
    return is_secretariat(user) and application.state == "waiting" and application.person_id != user.pk


def can_suspend(user: Any, person: Any) -> bool:
    """Moderators suspend people, the secretariat also moderators; nobody suspends oneself or the secretariat."""
    if user.pk == person.pk or person.role == "secretariat":
        return False
    return is_secretariat(user) or (is_moderator(user) and person.role != "moderator")


def can_see_people(user: Any) -> bool:
    """The secretariat keeps the list of people."""
    return is_secretariat(user)


def can_change_role(user: Any, person: Any, role: str) -> bool:
    """The secretariat changes roles: never its own, and neither to nor from applicant, which is what admitting is for."""
    return is_secretariat(user) and user.pk != person.pk and person.is_active and "applicant" not in {person.role, role}


def can_grant_task(user: Any, person: Any) -> bool:
    """The secretariat trusts others with tasks, never oneself: whoever audits or reviews was chosen by somebody else."""
    return is_secretariat(user) and person.pk != user.pk


def can_end_task(user: Any) -> bool:
    """The secretariat ends tasks."""
    return is_secretariat(user)


def can_change_membership(user: Any) -> bool:
    """The secretariat says who belongs to which organisation."""
    return is_secretariat(user)


def can_make_circle(user: Any) -> bool:
    """Convenors and the secretariat make circles, once they have agreed to what is in force."""
    return role_of(user) in _CIRCLE_MAKERS and has_agreed(user)


def can_change_circle(user: Any, circle: Any) -> bool:
    """A circle's owner and the secretariat say who is in it."""
    return role_of(user) in _CIRCLE_MAKERS and (circle.owner_id == user.pk or is_secretariat(user))


def can_see_circles(user: Any) -> bool:
    """Circles are for everybody who was admitted."""
    return role_of(user) in CIRCLE_READERS


def can_be_in_circle(person: Any) -> bool:
    """``people_for_circles``, asked of one person."""
    return role_of(person) in CIRCLE_READERS


def can_take_out(user: Any, circle: Any, person: Any) -> bool:
    """Whoever changes the circle, and each person for oneself; its owner stays."""
    return person.pk != circle.owner_id and (can_change_circle(user, circle) or person.pk == user.pk)


def can_open_sealed(user: Any) -> bool:
    """Moderators and the secretariat may open what their audience does not show them: journaled, and told to the author."""
    return is_moderator(user)


def can_read_journal(user: Any) -> bool:
    """Only an auditor reads the journal."""
    return has_task(user, "auditor")


def can_edit_pages(user: Any) -> bool:
    """Editors publish pages and look after words and channels in Wagtail's admin."""
    return has_task(user, "editor")


def can_review(user: Any) -> bool:
    """Reviewers see what waits at the desk, as far as their audience goes."""
    return has_task(user, "reviewer")


def can_review_safety(user: Any) -> bool:
    """Safety reviewers decide what may go public."""
    return has_task(user, "safety-reviewer")
