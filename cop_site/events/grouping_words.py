"""The composer's codes as sentences: why somebody sits where she sits, what of a wish is not met, and what is broken.

Whoever reads why sees herself and numbers. Names stand only in what is broken, which those who lead are shown.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from cop_site.vocabulary import selectors as words

Figures = Mapping[str, Any]
Sentence = Callable[[Figures], str]


def _plain(sentence: Any) -> Sentence:
    return lambda figures: str(sentence % dict(figures))


def _in_groups(sentence: Any) -> Sentence:
    """A sentence about some groups, named by their numbers."""

    def said(figures: Figures) -> str:
        numbers = {"numbers": ", ".join(map(str, figures["groups"]))}
        where = ngettext("group %(numbers)s", "groups %(numbers)s", len(figures["groups"])) % numbers
        return str(sentence) % {"where": where}

    return said


def _named(vocabulary: str, sentence: Any) -> Sentence:
    """A sentence with the label of a word: of its scale, or its mandate."""
    field = "scale" if vocabulary == "service_scale" else vocabulary
    return lambda figures: str(sentence) % {**figures, field: words.label(vocabulary, figures[field])}


def _same_language(figures: Figures) -> str:
    names = dict(settings.LANGUAGES)
    said = {**figures, "language": names.get(figures["language"], figures["language"])}
    return _("Same language (%(language)s) as %(others)d of the %(of)d others here.") % said


def _brings_from(figures: Figures) -> str:
    if not figures["others"]:
        return _("The only one here from group %(group)d of the round before: brings along what was said there.") % dict(figures)
    told = ngettext(
        "Brings along what was said in group %(group)d of the round before, with %(others)d other.",
        "Brings along what was said in group %(group)d of the round before, with %(others)d others.",
        figures["others"],
    )
    return told % dict(figures)


def _apart(figures: Figures) -> str:
    """The pair by name, as those who lead put it on their list."""
    one, other = figures["names"]
    return _("Group %(group)d: %(one)s and %(other)s must not meet.") % {"group": figures["group"], "one": one, "other": other}


WHY: dict[str, Sentence] = {
    "pinned": _plain(gettext_lazy("Kept in this group by those who lead.")),
    "facilitator": _plain(gettext_lazy("Facilitates this group.")),
    "note-taker": _plain(gettext_lazy("Takes the notes of this group.")),
    "same-scale": _named("service_scale", gettext_lazy("Same scale of service (%(scale)s) as %(others)d of the %(of)d others here.")),
    "same-mandate": _named("mandate", gettext_lazy("Same mandate (%(mandate)s) as %(others)d of the %(of)d others here.")),
    "mixed": _plain(gettext_lazy("A mixed group: scales of service here: %(scales)d; mandates: %(mandates)d.")),
    "stands-for": _named(
        "service_scale",
        gettext_lazy("Stands for a scale of service (%(scale)s): %(here)d of %(size)d here, %(all)d of %(people)d in all."),
    ),
    "brings-from": _brings_from,
    "same-language": _same_language,
    "with-colleagues": _plain(
        ngettext_lazy(
            "With %(others)d colleague of the same organisation.", "With %(others)d colleagues of the same organisation.", "others"
        )
    ),
    "without-colleagues": _plain(gettext_lazy("Apart from colleagues, so that each group hears several organisations.")),
    "new-partners": _plain(gettext_lazy("With nobody from a group of an earlier round.")),
    "by-lot": _plain(gettext_lazy("By size and by lot: %(size)d people sit here.")),
}
UNMET: dict[str, Sentence] = {
    "no-facilitator": _in_groups(gettext_lazy("Nobody facilitates: %(where)s.")),
    "no-note-taker": _in_groups(gettext_lazy("Nobody takes notes: %(where)s.")),
    "one-for-both": _in_groups(gettext_lazy("One person facilitates and takes notes: %(where)s.")),
    "over-band": _in_groups(gettext_lazy("Larger than wished: %(where)s.")),
    "languages-mixed": _in_groups(gettext_lazy("Several languages: %(where)s.")),
    "alone": _in_groups(gettext_lazy("Somebody shares neither scale nor mandate with anybody: %(where)s.")),
    "aim-sejenis": _in_groups(gettext_lazy("Several scales of service sit together: %(where)s.")),
    "aim-silang": _in_groups(gettext_lazy("One scale of service alone: %(where)s.")),
    "aim-perwakilan": _in_groups(gettext_lazy("Does not mirror the whole: %(where)s.")),
    "aim-jigsaw": _in_groups(gettext_lazy("Nobody there from one of the groups of the round before: %(where)s.")),
    "met-again": _plain(
        ngettext_lazy("%(pairs)d pair sat together in an earlier round.", "%(pairs)d pairs sat together in an earlier round.", "pairs")
    ),
    "colleagues-together": _plain(
        ngettext_lazy("%(pairs)d pair of colleagues sits together.", "%(pairs)d pairs of colleagues sit together.", "pairs")
    ),
    "colleagues-parted": _plain(
        ngettext_lazy("%(pairs)d pair of colleagues is parted.", "%(pairs)d pairs of colleagues are parted.", "pairs")
    ),
}
BROKEN: dict[str, Sentence] = {
    "too-small": _plain(gettext_lazy("Group %(group)d is smaller than wished: %(size)d instead of at least %(least)d.")),
    "over-band": _plain(gettext_lazy("Group %(group)d is larger than wished: %(size)d instead of at most %(most)d.")),
    "apart": _apart,
    "pin": _plain(gettext_lazy("Somebody who is kept in group %(pinned)d sits in group %(group)d.")),
}


def _said(sentence: Sentence, figures: Figures) -> str:
    return sentence(figures)


_later = lazy(_said, str)


def sentences(codes: Mapping[str, Sentence], told: Iterable[Any]) -> list[str]:
    """What codes with their figures say, in the language of whoever reads it."""
    return [_later(codes[code], figures) for code, figures in told if code in codes]
