"""What a text still lacks or has too much of, field by field."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_site.core.text import count_words
from cop_site.vocabulary import selectors as words

from .. import template
from .limits import broken_rules, wants_full_form
from .words import COLUMNS, Problem

EMPTY = (None, "", [])


def problems_in(content: Mapping[str, Any], *, to_publish: bool) -> list[Problem]:
    """What ``content`` still lacks or breaks, for a draft or for the review desk."""
    return [*_missing(content, to_publish=to_publish), *_unknown(content), *_too_much(content), *broken_rules(content)]


def _form(content: Mapping[str, Any]) -> dict[str, template.Field]:
    return template.form_of(content.get("document_kind") or "")


def _asked(content: Mapping[str, Any]) -> dict[str, template.Field]:
    """The fields that publishing asks for: a quick note needs those of the quick form and what follows from a choice."""
    form = _form(content)
    if form is template.document_form() or wants_full_form(content):
        return form
    return {key: field for key, field in form.items() if key in template.quick_form() or field.is_conditional}


def _missing(content: Mapping[str, Any], *, to_publish: bool) -> Iterator[Problem]:
    for key, field in _asked(content).items():
        needed = field.needed_to_publish(content) if to_publish else field.needed_for_draft
        column = COLUMNS.get(key, (key,))[0]
        if needed and not field.told.get("auto") and content.get(column) in EMPTY:
            yield Problem(column, _("Still empty: %(field)s.") % {"field": field.label}, _("Still empty."))
    if to_publish:
        yield from _too_few(content)
        if _form(content) is template.document_form() and not content.get("body") and not content.get("attachments"):
            yield Problem("body", _("A document needs its text or one file."))


def _too_few(content: Mapping[str, Any]) -> Iterator[Problem]:
    for key, field in _asked(content).items():
        least = field.told.get("min_items", 0)
        if least and content.get(key) and len(content[key]) < least:
            sentence = ngettext("%(field)s: at least %(number)d.", "%(field)s: at least %(number)d.", least)
            yield Problem(key, sentence % {"field": field.label, "number": least})
    if set(content.get("consent_declaration") or []) != set(dict(_form(content)["consent_declaration"].options)):
        yield Problem("consent_declaration", _("Please tick every statement; each protects somebody."))


def _unknown(content: Mapping[str, Any]) -> Iterator[Problem]:
    """Slugs that no vocabulary knows: the one place where lists of slugs are checked."""
    for key, field in _form(content).items():
        for slug in _slugs_in(field, content.get(key)):
            if slug not in known_slugs(field):
                yield Problem(key, _("%(field)s: there is no “%(slug)s”.") % {"field": field.label, "slug": slug})
        for column, label, vocabulary in field.columns:
            for row in content.get(key) or [] if vocabulary else []:
                if row.get(column) and row[column] not in words.terms(vocabulary):
                    yield Problem(key, _("%(field)s: there is no “%(slug)s”.") % {"field": label, "slug": row[column]})
    for column, places in (("provinces", words.provinces()), ("regencies", words.regencies())):
        for code in content.get(column) or []:
            if code not in places:
                yield Problem("provinces", _("There is no region with the code “%(code)s”.") % {"code": code})


def _slugs_in(field: template.Field, given: Any) -> list[str]:
    if not given or not known_slugs(field):
        return []
    return given if isinstance(given, list) else [given]


def known_slugs(field: template.Field) -> set[str]:
    """The slugs that a field of the template takes; empty where it takes none."""
    if field.told.get("options"):
        return set(dict(field.options))
    if not field.vocabulary:
        return set()
    return set(field.told.get("allowed") or words.terms(field.vocabulary))


def _too_much(content: Mapping[str, Any]) -> Iterator[Problem]:
    for key, field in _form(content).items():
        given, most = content.get(key), field.told.get("max_items")
        if most and isinstance(given, list) and len(given) > most:
            yield Problem(key, _("%(field)s: at most %(number)d.") % {"field": field.label, "number": most})
        longest = field.words.get("max", 0) * template.REFUSED_FROM
        for words_of_it in (given if isinstance(given, list) else [given]) if longest and given else []:
            if count_words(words_of_it) > longest:
                sentence = _("%(field)s is much too long: please stay below %(number)d words.")
                yield Problem(key, sentence % {"field": field.label, "number": field.words["max"]})
