"""What the guard finds in a text and its files, less what a moderator let pass."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cop_site.screening.guard import NEVER_OVERRIDDEN, FieldFinding, screen, screen_fields

from .. import holding_policy, rules
from ..models import AdaptationReport, GuardOverride, Practice, PracticeFile, ReadingList
from . import attaching

Texts = Mapping[str, str | list[str]]
Value = tuple[str, str]  # a type, and what stood there: compared in memory, never written down

FILE_NAMES, FILE_TEXTS = "file_names", "file_texts"


def value_of(texts: Texts, finding: FieldFinding) -> Value:
    said = texts[finding.field]
    words = said if isinstance(said, str) else said[finding.index or 0]
    return finding.type, words[finding.start : finding.end]


def texts_on_the_shelf(state: Practice) -> dict[str, str | list[str]]:
    """Everything that readers of this state of a practice can find: its words, the names and texts of its files."""
    listed = PracticeFile.objects.filter(practice=state.pk, file__in=attaching.listed_in(state)).select_related("file").order_by("pk")
    files = [one.file for one in listed] if state.attachments else []
    captions = [one.get("caption", "") for one in state.attachments]
    return rules.texts_of(rules.content_of(state)) | {
        FILE_NAMES: [file.name for file in files],
        FILE_TEXTS: [*(file.text for file in files), *captions],
    }


def findings_on_the_shelf(state: Practice, texts: Texts | None = None) -> list[FieldFinding]:
    """What the guard finds in all of that, as the rules are now."""
    texts = texts_on_the_shelf(state) if texts is None else texts
    found = list(screen_fields({name: said for name, said in texts.items() if name != FILE_NAMES}))
    for index, name in enumerate(texts.get(FILE_NAMES, [])):
        found += [FieldFinding(FILE_NAMES, index, hit.type, hit.action, hit.start, hit.end) for hit in screen(name, kind="filename")]
    return found


def overridden(practice: Practice | None) -> set[Value]:
    """What moderators let pass in this practice: of these types, exactly these words, in whichever field or revision."""
    passed: set[Value] = set()
    overrides = GuardOverride.objects.filter(practice=practice).select_related("revision") if practice and practice.pk else ()
    for override in overrides:
        if override.revision is None:
            continue
        texts = texts_on_the_shelf(override.revision.as_object())
        values = {value_of(texts, finding) for finding in rules.blocking(findings_on_the_shelf(override.revision.as_object(), texts))}
        passed |= {value for value in values if value[0] in override.types and value[0] not in NEVER_OVERRIDDEN}
    return passed


def still_telling(practice: Practice | None, texts: Texts, found: Iterable[FieldFinding]) -> list[FieldFinding]:
    """The findings without those that a moderator let pass."""
    found = list(found)
    passed = overridden(practice) if rules.blocking(found) else set()
    return [finding for finding in found if value_of(texts, finding) not in passed]


def findings_in(practice: Practice | None, content: Mapping[str, Any]) -> list[FieldFinding]:
    """What the guard says of words of a practice, less what was let pass in it before."""
    return still_telling(practice, rules.texts_of(content), rules.findings_in(content))


def blocking_on_the_shelf(practice: Practice) -> list[FieldFinding]:
    """What keeps a practice that readers find, or found, from them."""
    texts = texts_on_the_shelf(practice)
    return still_telling(practice, texts, rules.blocking(findings_on_the_shelf(practice, texts)))


def findings_in_report(report: AdaptationReport) -> list[FieldFinding]:
    """What the guard finds in a report of having tried a practice."""
    return list(screen_fields({"text": report.text, "warn_reason": report.warn_reason}))


def texts_of_list(reading_list: ReadingList) -> dict[str, str | list[str]]:
    """The words of a reading list, its notes included."""
    notes = list(reading_list.entries.values_list("note", flat=True))
    return {"title": reading_list.title, "intro": reading_list.intro, "notes": notes}


def findings_in_list(reading_list: ReadingList) -> list[FieldFinding]:
    """What the guard finds in a reading list."""
    return list(screen_fields(texts_of_list(reading_list)))


@dataclass(frozen=True)
class Held:
    """A practice that was taken from readers, and what the guard says of it now."""

    practice: Practice
    texts: Texts
    findings: list[FieldFinding]

    @property
    def final(self) -> list[FieldFinding]:
        """What nobody may let pass."""
        return [finding for finding in self.findings if finding.type in NEVER_OVERRIDDEN]


def held_for(viewer: Any) -> list[Practice]:
    """What is held, the longest first."""
    found = Practice.objects.filter(holding_policy.practices_held_for(viewer)).for_lists().select_related("author")
    return list(found.order_by("held_at", "pk")[:100])


def held(viewer: Any, pk: int) -> Held | None:
    """One held practice, as ``viewer`` may look at it."""
    practice = Practice.objects.filter(holding_policy.practices_held_for(viewer), pk=pk).select_related("author", "organisation").first()
    if practice is None:
        return None
    texts = texts_on_the_shelf(practice)
    return Held(practice, texts, still_telling(practice, texts, rules.blocking(findings_on_the_shelf(practice, texts))))
