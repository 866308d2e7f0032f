"""What one line says, in the columns of a practice or document. Keys and slugs that nobody knows are errors, not ignored."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext_noop

from cop_site.accounts.models import Level
from cop_site.core import text
from cop_site.core.records.refusing import Refused, quoted
from cop_site.vocabulary import selectors as words

from .. import rules, template
from .placing import as_list, day, period, place

OTHER_NAMES = {"mandates": "mandate", "trafficking_forms": "trafficking_form"}
# Keys that both forms take beside their fields.
OWN_KEYS = {"id", "body", "province_code", "regency_code", "regency", "year", "organisation_hidden", *OTHER_NAMES}
TEXT = {"text", "longtext"}
SLUG = {"term", "choice"}
SLUGS = {"terms", "checkboxes"}
LONGEST_TEXT = 60_000  # characters: 8,000 words, far more than any field of the template asks for
LONGEST = {"id": 100, "title": 240, "organisation": 160, "author_role": 200, "issuer": 240, "document_number": 120}
# Who sees a practice, where it lies and who is behind it are no plain texts or slugs.
SAID_ELSEWHERE = set(
    "title summary language document_kind organisation visibility region period year children_involved review_date body valid_as_of".split()
)
YES = {"true", "yes", "ya", "1"}
NO = {"false", "no", "tidak", "0"}


@dataclass(frozen=True)
class Record:
    """What a line says. ``visibility``, ``organisation`` and ``review_date`` are empty where it does not name them."""

    external_id: str
    content: dict[str, Any]
    organisation: str = ""
    visibility: str = ""
    review_date: date | None = None

    @property
    def is_document(self) -> bool:
        return self.content.get("document_kind") in template.document_kinds()


@cache
def known_keys() -> frozenset[str]:
    """Every key that a line may carry."""
    return frozenset(OWN_KEYS | set(template.fields()) | set(template.document_form()))


def field_of(key: str) -> template.Field | None:
    """The field of a form behind a key; None for keys that only imports have."""
    name = OTHER_NAMES.get(key, key)
    return template.fields().get(name) or template.document_form().get(name)


def kind_of(key: str) -> str:
    """The type of the field behind a key; empty for keys that only imports have."""
    field = field_of(key)
    return field.type if field else ""


def record_of(told: dict[str, Any]) -> Record:
    """Understand a line, or refuse it with the first thing that is wrong."""
    told = {key: value for key, value in told.items() if value not in (None, "", [])}
    for key in told:
        if key not in known_keys():
            raise Refused(gettext_noop("unknown key %(said)s"), said=quoted(key))
    told = _under_one_name(told)
    content = {"title": text.one_line(_text(told, "title")), "language": told.get("language")}
    if not content["title"]:
        raise Refused(gettext_noop("'title' is missing"))
    if content["language"] not in ("id", "en"):
        raise Refused(gettext_noop("'language' must be id or en") if "language" in told else gettext_noop("'language' is missing"))
    content |= _document_kind(told)
    content |= {"summary": _text(told, "summary")} if "summary" in told else {}
    form = template.form_of(content.get("document_kind", ""))
    content |= dict(_fields(told, form)) | _longer_texts(told, form)
    content |= place(told, content.get("location_precision", "")) | period(told) | _beside(told)
    if not any(content.get(key, "").strip() for key in ("summary", "body", "context")):
        raise Refused(gettext_noop("'summary' or 'body' is missing"))
    organisation = text.one_line(_text(told, "organisation"))
    return Record(_id(told, content), content, organisation, _level(told), day(told, "review_date"))


def _under_one_name(told: dict[str, Any]) -> dict[str, Any]:
    for other, name in OTHER_NAMES.items():
        if other in told and name in told:
            raise Refused(gettext_noop("%(other)s and %(key)s are the same field; give one of them"), other=repr(other), key=repr(name))
    return {OTHER_NAMES.get(key, key): value for key, value in told.items()}


def _document_kind(told: dict[str, Any]) -> dict[str, str]:
    """A line that names no kind is a practice; kinds of documents are as good as the others."""
    if "document_kind" not in told:
        return {}
    kind = told["document_kind"]
    field = template.document_form() if isinstance(kind, str) and kind in template.document_kinds() else template.fields()
    return {"document_kind": _slug(told, field["document_kind"])}


def _text(told: dict[str, Any], key: str) -> str:
    value = told.get(key, "")
    if not isinstance(value, str):
        raise Refused(gettext_noop("%(key)s must be text"), key=repr(key))
    longest = LONGEST.get(key, LONGEST_TEXT)
    if len(value) > longest:
        raise Refused(gettext_noop("%(key)s is longer than %(most)s characters"), key=repr(key), most=f"{longest:,}")
    return text.normal(value)


def _texts(told: dict[str, Any], key: str) -> list[str]:
    return [words_of_it.strip() for part in as_list(told[key]) if (words_of_it := _text({key: part}, key)).strip()]


def _slugs(told: dict[str, Any], field: template.Field) -> list[str]:
    """A slug or a list of them, all known."""
    given, known = as_list(told[field.key]), rules.known_slugs(field)
    for slug in given:
        if not isinstance(slug, str) or slug not in known:
            raise Refused(gettext_noop("unknown slug %(said)s in %(key)s"), said=quoted(slug), key=repr(field.key))
    return list(dict.fromkeys(given))


def _slug(told: dict[str, Any], field: template.Field) -> str:
    slugs = _slugs(told, field)
    if len(slugs) > 1:
        raise Refused(gettext_noop("%(key)s takes one slug"), key=repr(field.key))
    return slugs[0]


def _yes_or_no(told: dict[str, Any], key: str) -> bool:
    said = str(told[key]).strip().lower()
    if said not in YES | NO:
        raise Refused(gettext_noop("%(key)s must be true or false"), key=repr(key))
    return said in YES


def _fields(told: dict[str, Any], form: dict[str, template.Field]) -> Iterator[tuple[str, Any]]:
    """The fields of its form that are neither place, time nor audience."""
    for key in told:
        _refuse_unless_in(form, key)
        if key in SAID_ELSEWHERE or key not in form:
            continue
        if (kind := form[key].type) in TEXT:
            yield key, _text(told, key)
        elif kind == "list":
            yield key, _texts(told, key)
        elif kind in SLUG:
            yield key, _slug(told, form[key])
        elif kind in SLUGS:
            yield key, _slugs(told, form[key])
        elif kind == "table":
            yield key, _rows(told, key)


def _refuse_unless_in(form: dict[str, template.Field], key: str) -> None:
    if key in form and form[key].type != "file":
        return
    if kind_of(key) == "file" or (key in template.fields() and key not in template.full_form()):
        raise Refused(gettext_noop("%(key)s cannot be imported: files and reviews are made here"), key=repr(key))
    if key not in OWN_KEYS:
        of_documents = gettext_noop("%(key)s is no field of a document")
        of_practices = gettext_noop("%(key)s is no field of a practice; name a kind of document in 'document_kind'")
        raise Refused(of_documents if form is template.document_form() else of_practices, key=repr(key))


def _longer_texts(told: dict[str, Any], form: dict[str, template.Field]) -> dict[str, Any]:
    """A document has a text of its own; the body of a practice stands after the context that the line names, if it names one."""
    if "body" in form:
        return {"body": _text(told, "body")} if "body" in told else {}
    parts = [part for part in (_text(told, "context").strip(), _text(told, "body").strip()) if part]
    return {"context": "\n\n".join(parts)} if parts else {}


def _rows(told: dict[str, Any], key: str) -> list[dict[str, str]]:
    """The rows of a table: each an object by the template's columns, or a list of cells in their order."""
    columns = {column: vocabulary for column, _label, vocabulary in template.fields()[key].columns}
    rows = []
    for row in as_list(told[key]):
        cells = row if isinstance(row, dict) else dict(zip(columns, row if isinstance(row, list) else [row], strict=False))
        if unknown := cells.keys() - set(columns) or isinstance(row, list) and row[len(columns) :]:
            raise Refused(gettext_noop("unknown column %(said)s in %(key)s"), said=quoted(sorted(map(str, unknown))[0]), key=repr(key))
        rows.append({column: text.one_line(_cell(cells.get(column), key)) for column in columns})
        _refuse_unknown_slugs(rows[-1], columns, key)
    return [row for row in rows if any(row.values())]


def _refuse_unknown_slugs(row: dict[str, str], columns: dict[str, str], key: str) -> None:
    for column, vocabulary in columns.items():
        if vocabulary and row[column] and row[column] not in words.terms(vocabulary):
            raise Refused(gettext_noop("unknown slug %(said)s in %(key)s"), said=quoted(row[column]), key=repr(key))


def _cell(value: Any, key: str) -> str:
    return _text({key: "" if value is None else str(value) if isinstance(value, int | float) else value}, key)


def _beside(told: dict[str, Any]) -> dict[str, Any]:
    answers = {key: _yes_or_no(told, key) for key in ("children_involved", "organisation_hidden") if key in told}
    checked_on = day(told, "valid_as_of")
    return answers | ({"valid_as_of": checked_on} if checked_on else {})


# --- who


def _id(told: dict[str, Any], content: dict[str, Any]) -> str:
    given = told.get("id")
    if isinstance(given, int) and not isinstance(given, bool):
        given = str(given)
    if given is None:  # known again by what it is called, so that a second run does not bring it in twice
        called = f"{content['language']} {content['title'].casefold()}"
        return f"tanpa-id-{sha256(called.encode()).hexdigest()[:16]}"
    name = text.one_line(_text({"id": given}, "id"))
    if not name:
        raise Refused(gettext_noop("'id' is empty"))
    if found := rules.blocking(rules.findings_in({"title": name})):
        types = ", ".join(sorted({finding.type for finding in found}))
        raise Refused(gettext_noop("'id' holds personal data (%(types)s)"), types=types)
    return name


def _level(told: dict[str, Any]) -> str:
    level = told.get("visibility", "")
    if level and level not in Level.values:
        raise Refused(gettext_noop("unknown slug %(said)s in %(key)s"), said=quoted(level), key="'visibility'")
    if level == Level.CIRCLE:
        raise Refused(gettext_noop("'kelompok' needs a circle, and a line cannot name one"))
    if level == Level.ORGANISATION and "organisation" not in told:
        raise Refused(gettext_noop("'organisasi' needs an organisation"))
    return level
