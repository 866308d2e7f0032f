"""Deeds about regions: what they have in place, and where somebody looked."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from cop_site.accounts.models import Level, User
from cop_site.activity.actions import record
from cop_site.activity.deeds import deed
from cop_site.activity.verbs import Verb
from cop_site.core import text
from cop_site.core.access import require
from cop_site.vocabulary import selectors as words

from .. import policy, rules
from ..models import Coverage, Survey


@deed
def state_coverage(
    *,
    by: User,
    province: str,
    instrument: str,
    status: str,
    source: str,
    as_of: date,
    visibility: str,
    regency: str = "",
    note: str = "",
) -> Coverage:
    """Write down how an instrument of a region stands, as of a day, with its source. What was stated before stays as its history."""
    _require_level(visibility, by=by)
    problems = [*_source_and_day(source, as_of), *_unknown(province=province, regency=regency, instrument=instrument, status=status)]
    _refuse(problems, source=source, note=note)
    stated = Coverage.objects.create(
        province=province,
        regency=regency,
        instrument=instrument,
        status=status,
        source=text.one_line(source),
        note=text.one_line(note),
        as_of=as_of,
        visibility=visibility,
        author=by,
    )
    record(Verb.STATED_COVERAGE, by=by, subject=stated, province=province, regency=regency, instrument=instrument, status=status)
    return stated


@deed
def record_survey(
    *, by: User, source: str, as_of: date, visibility: str, province: str = "", scale: str = "", mandate_group: str = ""
) -> Survey:
    """Write down that somebody looked who works in a province, or at a scale. For two years empty cells say "nobody" there."""
    _require_level(visibility, by=by)
    problems = [*_source_and_day(source, as_of), *_unknown(province=province, scale=scale, mandate_group=mandate_group)]
    if bool(province) == bool(scale):
        problems.append(rules.Problem("province", _("Choose a province or a scale: one of the two.")))
    _refuse(problems, source=source)
    made = Survey.objects.create(
        province=province,
        scale=scale,
        mandate_group=mandate_group,
        source=text.one_line(source),
        as_of=as_of,
        visibility=visibility,
        author=by,
    )
    record(Verb.RECORDED_SURVEY, by=by, subject=made, province=province, scale=scale, mandate_group=mandate_group)
    return made


def _require_level(visibility: str, *, by: User) -> None:
    require(policy.can_survey(by) and visibility in {Level.PUBLIC, Level.NETWORK})
    require(visibility == Level.NETWORK or policy.can_publish_survey(by))


def _source_and_day(source: str, as_of: date) -> list[rules.Problem]:
    problems = []
    if not source.strip():
        problems.append(rules.Problem("source", _("Please say where this is known from.")))
    if as_of > timezone.localdate():
        problems.append(rules.Problem("as_of", _("This day has not come yet.")))
    return problems


def _unknown(**chosen: str) -> list[rules.Problem]:
    """Choices that do not exist; a district lies in its province."""
    known = {
        "province": words.provinces(),
        "regency": {code for code, one in words.regencies().items() if one.province_id == chosen.get("province")},
        "instrument": words.terms("coverage_instrument"),
        "status": words.terms("coverage_status"),
        "scale": words.terms("service_scale"),
        "mandate_group": words.terms("mandate_group"),
    }
    may_be_empty = {"regency", "mandate_group"} | ({"province", "scale"} if "scale" in chosen else set())
    wrong = [name for name, value in chosen.items() if value not in known[name] and not (value == "" and name in may_be_empty)]
    return [rules.Problem(name, _("Please choose one of the list.")) for name in wrong]


def _refuse(problems: list[rules.Problem], **texts: str) -> None:
    if problems:
        raise rules.NotReady(problems, [])
    rules.refuse_personal_data(**texts)
