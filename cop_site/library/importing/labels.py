"""What people in field offices write in a sheet: names of columns and of choices, in either language, for keys and slugs."""

from functools import cache
from typing import Any

from cop_site.vocabulary import selectors as words

from .. import rules, template
from ..selectors.telling import VOCABULARIES
from .cells import takes_several
from .content import OTHER_NAMES, field_of, known_keys

# Columns that no form has, by what a sheet calls them.
OWN_LABELS = {
    "id": ("Nomor catatan", "Record id"),
    "province_code": ("Provinsi", "Province"),
    "regency": ("Kabupaten atau kota", "District or city"),
    "regency_code": ("Kode kabupaten atau kota", "District code"),
    "year": ("Tahun", "Year"),
    "body": ("Isi", "Text"),
    "organisation_hidden": ("Sembunyikan nama lembaga dari publik", "Hide the organisation from the public"),
}
REQUIRED_MARK = " *"
YES_OR_NO = [("true", "Ya", "Yes"), ("false", "Tidak", "No")]


@cache
def _keys() -> dict[str, str]:
    keys = {key: key for key in known_keys()}
    for key, labels in OWN_LABELS.items():
        keys |= {label.casefold(): key for label in labels}
    for form in (template.document_form(), template.fields()):
        keys |= {form[key].told[name].casefold(): key for key in form for name in ("label_id", "label_en")}
    return keys


def key_of(head: str) -> str | None:
    """The key that a column's head means: the key itself, or a label in either language."""
    return _keys().get(" ".join(head.removesuffix(REQUIRED_MARK.strip()).split()).casefold())


def choices(key: str) -> list[tuple[str, str, str]]:
    """Slug and both labels of what a column takes; empty where it takes words."""
    if key == "province_code":
        return [(code, one.name_id, one.name_en) for code, one in words.provinces().items()]
    if key in {"children_involved", "organisation_hidden"}:
        return YES_OR_NO
    field = field_of(OTHER_NAMES.get(key, key))
    if field is None:
        return []
    if field.told.get("options"):
        return [(option["slug"], option["label_id"], option["label_en"]) for option in field.told["options"]]
    known = words.terms(VOCABULARIES.get(field.key, field.vocabulary)) if field.vocabulary else {}
    return [(slug, term.label_id, term.label_en) for slug, term in known.items() if slug in _allowed(key)]


def _allowed(key: str) -> set[str]:
    """What either form takes: the kinds of both, for one."""
    name = OTHER_NAMES.get(key, key)
    return {slug for form in (template.fields(), template.document_form()) if name in form for slug in rules.known_slugs(form[name])}


def slug_said(key: str, said: Any) -> Any:
    """Slugs for labels; what is neither stays as it was said, and is refused where lines are understood."""
    if isinstance(said, list):
        return [slug_said(key, one) for one in said] if takes_several(key) or choices(key) else said
    for slug, *labels in choices(key):
        if str(said).strip().casefold() in {slug.casefold(), *(label.casefold() for label in labels)}:
            return slug
    return said
