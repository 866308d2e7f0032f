"""A practice or document as a line, in the words that its reader may have and at the precision that is shown."""

from datetime import date
from typing import Any

from cop_site.core import text

from .. import policy, template
from ..models import PERSONAL_CONSENT, Practice

# Where the names of fields and of keys part.
_PLACES = {"region", "period", "year", "organisation", "review_date"}
_NEVER = {"attachments"}  # files do not travel in lines


def keys_of(*kinds: str) -> list[str]:
    """The keys that lines of these kinds (``practice``, ``document``) may carry, in their order."""
    forms = [template.document_form() if kind == policy.DOCUMENT_KIND else template.full_form() for kind in kinds]
    first = ["id", "language", "document_kind", "title", "summary"]
    fields = [key for form in forms for key in form if key not in _NEVER]
    found: list[str] = []
    for key in [*first, *fields]:
        found += {"region": ["province_code", "regency_code"], "period": ["period", "year"]}.get(key, [key])
        found += ["organisation_hidden"] if key == "organisation" else []
    return list(dict.fromkeys(found))


def line_of(practice: Practice, *, viewer: Any) -> dict[str, Any]:
    """What ``viewer`` may carry away of it; what is empty is left out."""
    form = template.form_of(practice.document_kind)
    told: dict[str, Any] = {"id": practice.external_id or practice.slug}
    for key in keys_of(policy.DOCUMENT_KIND if practice.is_document else policy.KIND):
        if key in form and key not in _PLACES and _is_for(viewer, practice, key):
            told[key] = _tidy(getattr(practice, key), form[key])
    told |= _place(practice) | _time(practice) | _behind(practice, viewer)
    return {key: told[key] for key in keys_of(policy.KIND, policy.DOCUMENT_KIND) if told.get(key) not in (None, "", [])}


def _is_for(viewer: Any, practice: Practice, key: str) -> bool:
    """Fields with an audience of their own, narrower than the text's."""
    asks = {"safeguarding": policy.sees_safeguards, "anonymisation": policy.sees_anonymisation}
    return key not in asks or asks[key](viewer, practice)


def _tidy(value: Any, field: template.Field) -> Any:
    """As an import would keep it, so that a line comes back the same."""
    if isinstance(value, str):
        return text.normal(value).strip()
    if isinstance(value, date):
        return value.isoformat()
    if field.is_table:
        rows = [{column: text.one_line(row.get(column) or "") for column, _label, _vocabulary in field.columns} for row in value]
        return [row for row in rows if any(row.values())]
    return [text.normal(one).strip() for one in value if one.strip()] if isinstance(value, list) else value


def _place(practice: Practice) -> dict[str, list[str]]:
    return {
        "province_code": [place.code for place in practice.shown_provinces],
        "regency_code": [place.code for place in practice.shown_regencies],
    }


def _time(practice: Practice) -> dict[str, Any]:
    """Months where they may be told; a start in January without an end may be no more than a year."""
    start, end = practice.period_start, practice.period_end
    reviewed = {"review_date": practice.review_date.isoformat()} if practice.review_date and not practice.is_document else {}
    if not start:
        return reviewed
    if practice.is_document or (start.month == 1 and not end):
        return reviewed | {"year": start.year}
    if practice.visibility == "publik" and practice.consent_status in PERSONAL_CONSENT:  # rule r3: no finer than the year
        return reviewed | ({"period": f"{start.year}/{end.year}"} if end else {"year": start.year})
    return reviewed | {"period": f"{start:%Y-%m}" + (f"/{end:%Y-%m}" if end else "")}


def _behind(practice: Practice, viewer: Any) -> dict[str, Any]:
    """The organisation, and that it wishes not to be named in public, for those who may know it."""
    if practice.organisation is None or (practice.organisation_hidden and not policy.sees_hidden_organisation(viewer)):
        return {}
    return {"organisation": practice.organisation.name} | ({"organisation_hidden": True} if practice.organisation_hidden else {})
