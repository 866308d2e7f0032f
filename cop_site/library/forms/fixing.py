"""One tap puts something else in the place of a finding: a button of the form, which draws it again with the words changed."""

from django.http import QueryDict
from django.utils.translation import gettext as _

from cop_site.core import text
from cop_site.screening.fixes import replacement
from cop_site.screening.guard import FieldFinding, screen

FIX = "fix"


def offer(words: str, finding: FieldFinding, language: str) -> dict[str, str]:
    """What the button sends, and what it says."""
    place = "" if finding.index is None else str(finding.index)
    instead = replacement(words, finding, language)
    label = _("Write “%(words)s” instead") % {"words": instead} if len(instead) < 20 else _("Blur age, village and day")
    return {"fix": f"{finding.field}:{place}:{finding.start}:{finding.type}", "fix_label": label}


def fixed(sent: QueryDict, wish: str) -> QueryDict:
    """What was sent, with other words at the one place; unchanged where nothing is found there any more."""
    field, place, start, type = [*wish.split(":"), "", "", ""][:4]
    changed = sent.copy()
    if place.isdecimal():
        kept = [words for words in (text.normal(one).strip() for one in sent.getlist(field)) if words]
        number = int(place)
        changed.setlist(field, [_instead(words, start, type, sent) if at == number else words for at, words in enumerate(kept)])
    elif field in sent:
        changed[field] = _instead(text.normal(sent[field]).strip(), start, type, sent)
    return changed


def _instead(words: str, start: str, type: str, sent: QueryDict) -> str:
    for finding in screen(words):
        if (str(finding.start), finding.type) == (start, type):
            return words[: finding.start] + replacement(words, finding, sent.get("language", "id")) + words[finding.end :]
    return words
