"""What several deeds of moderation share.

A row is locked before its case: the deeds of the owning apps lock in that order too, since their listeners come here.
"""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cop_site.accounts.models import User
from cop_site.core import text
from cop_site.core.access import require
from cop_site.forums import sealed
from cop_site.screening.guard import screen_fields
from cop_site.screening.refusing import NotReady, Problem

from .. import kinds, policy
from ..models import Case, Snapshot


def checked(field: str, said: str, *, most: int, is_needed: bool = True) -> str:
    """Words that others read: neither empty nor too long, and without personal data."""
    said = text.normal(said).strip()
    if is_needed and not said:
        raise NotReady([Problem(field, _("Please write something here."))])
    if len(said) > most:
        raise NotReady([Problem(field, _("At most %(most)d characters; now it has %(now)d.") % {"most": most, "now": len(said)})])
    if blocked := [finding for finding in screen_fields({field: said}) if finding.action == "block"]:
        raise NotReady([], blocked)
    return said


def refuse(field: str, sentence: str) -> None:
    raise NotReady([Problem(field, sentence)])


def locked_case(case: Case) -> Case:
    """The case as it is now, for this deed alone."""
    return Case.objects.select_for_update(of=("self",)).select_related("author").get(pk=case.pk)


def locked_with_row(case: Case) -> tuple[Case, Any]:
    """A case and the row it is about, which may be gone."""
    row = kinds.KINDS[case.kind].locked(case.subject_id)
    return locked_case(case), row


def open_case_of(row: models.Model) -> Case | None:
    """The one that is open about a row, for this deed alone."""
    return Case.objects.of(row).open().select_for_update(of=("self",)).first()


def open_or_found(row: models.Model, *, reporter: User | None, **told: Any) -> tuple[Case, bool]:
    """The open case about a row, and whether it was opened now: of two who come at once, one opens it."""
    for _try in range(3):
        if found := open_case_of(row):
            return found, False
        try:
            with transaction.atomic():
                return _opened(row, reporter=reporter, **told), True
        except IntegrityError:
            continue
    raise RuntimeError("A case was opened and closed again and again.")


def _opened(row: models.Model, *, reporter: User | None, **told: Any) -> Case:
    kind = kinds.kind_of(row)
    return Case.objects.create(
        subject_type=ContentType.objects.get_for_model(row),
        subject_id=row.pk,
        kind=kind.name,
        author=kind.author_of(row, reporter=reporter),
        **_place_of(row),
        **told,
    )


def _place_of(row: models.Model) -> dict[str, Any]:
    place = kinds.kind_of(row).place(row)
    provinces = "".join(f",{code}" for code in place.provinces)
    return {"forum": place.forum, "provinces": provinces and f"{provinces},", "language": place.language}


def renew(case: Case, row: models.Model) -> None:
    """The case says what the row says now, and where it stands now."""
    for name, value in (place := _place_of(row)).items():
        setattr(case, name, value)
    case.save(update_fields=list(place))
    keep_snapshot(case, row)


def keep_snapshot(case: Case, row: models.Model) -> Snapshot:
    """What the row says now, once; it is the newest one, also where it was said before."""
    seen = kinds.kind_of(row).seen(row)
    told = {"title": seen.title, "html": seen.html, "note": seen.note, "language": seen.language, "at": timezone.now()}
    return Snapshot.objects.update_or_create(case=case, digest=seen.digest, defaults=told)[0]


def raise_severity(case: Case, to: int) -> None:
    if case.severity < to:
        case.severity = to
        case.save(update_fields=["severity"])


def close(case: Case) -> None:
    case.closed_at = timezone.now()
    case.save(update_fields=["closed_at"])


def journaled(case: Case, person: User) -> User:
    """Who stands in the journal for what a person says of a case about her: the system, where she hides her name."""
    return sealed.journaled_as(person, case.kind in {"post", "topic"} and case.author_id != person.pk)


def require_desk(case: Case, user: User) -> None:
    """Only those at whose desk a case is do anything about it; for all others it is not there."""
    require(policy.can_sit_at_desk(user) and Case.objects.visible_to(user).filter(pk=case.pk).exists())
