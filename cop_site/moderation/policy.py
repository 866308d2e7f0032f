"""Who reports, who judges, and who may object."""

from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Q

from cop_site.accounts.policy import (
    NOTHING,
    has_agreed,
    is_member,
    is_moderator,
    is_secretariat,
    is_suspended,
    moderated_scopes,
    moderates_something,
    role_of,
)
from cop_site.directory.policy import stewarded_by
from cop_site.forums import policy as forums

from .choices import APPEALED_WITHIN, CLAIMED_FOR, UNDONE_WITHIN, Sanction


def cases_visible_to(user: Any) -> Q:
    """Moderators have one queue, never with what they wrote themselves; local ones what belongs to their forum, province or language."""
    if is_moderator(user):
        return ~cases_about(user)
    return _in_scopes(moderated_scopes(user)) & ~cases_about(user) if is_member(user) else NOTHING


def cases_about(user: Any) -> Q:
    """Cases about what somebody wrote, under whichever name, and about an entry that she looks after.

    Never ``Q(author=None)``: that is everybody who hides her name.
    """
    if role_of(user) == "visitor":
        return NOTHING
    hers = apps.get_model("forums", "Post").objects.filter(forums.said_by(user))
    entries = apps.get_model("directory", "Listing").objects.filter(organisation__in=stewarded_by(user))
    return (
        Q(author=user.pk, author__isnull=False)
        | Q(kind="post", subject_id__in=hers.values("pk"))
        | Q(kind="topic", subject_id__in=hers.filter(number=1).values("topic"))
        | Q(kind="organisation", subject_id__in=entries.values("pk"))
    )


def _in_scopes(scopes: set[tuple[str, str]]) -> Q:
    inside = NOTHING
    for what, name in scopes:
        inside |= {"forum": Q(forum__slug=name), "province": Q(provinces__contains=f",{name},"), "language": Q(language=name)}[what]
    return inside


def reports_visible_to(user: Any) -> Q:
    """What one reported oneself, to learn what came of it."""
    return Q(by=user.pk) if role_of(user) not in {"visitor", "applicant"} else NOTHING


def decisions_visible_to(user: Any) -> Q:
    """Whoever it concerns, and moderators at whose desk the case is."""
    return Q(case__in=_cases(cases_about(user) | cases_visible_to(user)))


def decisions_told_to(user: Any) -> Q:
    """Whoever it concerns."""
    return Q(case__in=_cases(cases_about(user)))


def appeals_visible_to(user: Any) -> Q:
    """Another moderator than the one who decided, and whoever appealed."""
    at_her_desk = Q(decision__case__in=_cases(cases_visible_to(user))) & ~Q(decision__by=user.pk)
    return Q(decision__case__in=_cases(cases_about(user))) | at_her_desk


def _cases(which: Q) -> Any:
    return apps.get_model("moderation", "Case").objects.filter(which).values("pk")


# --- doing


def can_report(user: Any) -> bool:
    """Everybody who was admitted reports what they can see, also while muted."""
    return role_of(user) not in {"visitor", "applicant"} and has_agreed(user)


def can_sit_at_desk(user: Any) -> bool:
    """Moderators, the secretariat, and those with the task of moderating a forum, a province or a language."""
    return moderates_something(user) and has_agreed(user)


def can_decide(user: Any, case: Any, *, now: datetime) -> bool:
    """Whoever sits at the desk of an open case that nobody else has taken."""
    return can_sit_at_desk(user) and case.closed_at is None and not is_claimed_by_another(user, case, now=now)


def is_claimed_by_another(user: Any, case: Any, *, now: datetime) -> bool:
    """A claim holds for half an hour; then another may take it."""
    return case.claimed_by_id not in {None, user.pk} and case.claimed_at > now - CLAIMED_FOR


def can_undo(user: Any, decision: Any, *, now: datetime) -> bool:
    """Whoever decided, within a day; not once somebody objected, since then another moderator looks at it."""
    is_hers = can_sit_at_desk(user) and decision.by_id == user.pk
    return is_hers and decision.undone_at is None and now - decision.at < UNDONE_WITHIN and not hasattr(decision, "appeal")


def can_appeal(user: Any, decision: Any, *, now: datetime) -> bool:
    """Whoever a decision took something from objects once, within thirty days, also while muted. That it is about her, ``cases_about`` says."""
    stands = decision.is_against_author and decision.undone_at is None
    return stands and now - decision.at < APPEALED_WITHIN and not hasattr(decision, "appeal")


def is_suspended_by(user: Any, decision: Any) -> bool:
    """Whether it is this decision that keeps somebody from signing in: she objects by the link in her mail."""
    return user is not None and is_suspended(user) and decision.sanction == Sanction.SUSPENSION and decision.case.author_id == user.pk


def can_judge_appeals(user: Any) -> bool:
    """Moderators of the whole place look again at what others decided."""
    return is_moderator(user) and has_agreed(user)


def can_decide_appeal(user: Any, appeal: Any) -> bool:
    """A moderator of the whole place who did not decide the first time."""
    return can_judge_appeals(user) and appeal.decided_at is None and appeal.decision.by_id != user.pk


def can_keep_rota(user: Any) -> bool:
    """Moderators and the secretariat say whose turn it is and keep the sentences at hand."""
    return is_moderator(user) and has_agreed(user)


def can_have_duty(person: Any) -> bool:
    """Moderators and the secretariat look after the queue."""
    return is_moderator(person)


def can_change_words(user: Any) -> bool:
    """The secretariat and moderators keep the list of watched words."""
    return is_moderator(user) and has_agreed(user)


def can_name_local_moderators(user: Any) -> bool:
    """The secretariat grants that task like any other."""
    return is_secretariat(user)
