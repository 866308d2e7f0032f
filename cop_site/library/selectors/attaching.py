"""The files of practices: what a text lists, who may have it, and what nothing lists any more."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from cop_site.files.models import StoredFile

from .. import policy, template
from ..models import Practice, PracticeFile


@dataclass(frozen=True)
class Attached:
    """A file as a text lists it: with what its author says of it, and whether the guard had anything to read in it."""

    file: StoredFile
    caption: str
    has_text: bool


def most_files() -> int:
    return int(template.any_field("attachments").told["max_items"])


def accepted_kinds() -> tuple[str, ...]:
    """The kinds that go with a practice, by the ending of their names."""
    return tuple(template.any_field("attachments").told["accept"])


def listed_in(*texts: Practice) -> set[UUID]:
    """The files that these states of a practice list."""
    return {UUID(one["file"]) for text in texts for one in text.attachments}


def attached(text: Practice) -> list[Attached]:
    """What one state of a practice lists, in its order; what is gone is not there. Asks nobody's policy."""
    if not text.attachments:
        return []
    kept = PracticeFile.objects.filter(practice=text.pk, file__in=listed_in(text)).select_related("file").defer("file__text")
    by_number = {str(one.file_id): one for one in kept.annotate(has_text=~Q(file__text=""))}
    listed = [(by_number[one["file"]], one.get("caption", "")) for one in text.attachments if one["file"] in by_number]
    return [Attached(one.file, caption, one.has_text) for one, caption in listed]


def attached_for(viewer: Any, practice: Practice) -> list[Attached]:
    """The published files of a practice that ``viewer`` may have."""
    if not practice.attachments or not (policy.owns(viewer, practice) or _is_seen_by(viewer, practice)):
        return []
    return attached(practice)


def file_for(viewer: Any, file_id: UUID) -> StoredFile | None:
    """The file with this number, where ``viewer`` may have it as things are now."""
    kept = PracticeFile.objects.filter(file=file_id).select_related("file", "practice").defer("file__text").first()
    if kept is None:
        return None
    desk = Practice.objects.on_the_desk_of(viewer).filter(pk=kept.practice_id).first()
    may = policy.can_have_file(
        viewer,
        kept.practice,
        is_read=file_id in listed_in(kept.practice) and _is_seen_by(viewer, kept.practice),
        is_at_her_desk=desk is not None and file_id in listed_in(desk.get_latest_revision_as_object()),
    )
    return kept.file if may else None


def _is_seen_by(viewer: Any, practice: Practice) -> bool:
    return Practice.objects.visible_to(viewer).filter(pk=practice.pk).exists()


def unlisted(practice: Practice) -> QuerySet[PracticeFile]:
    """Files that neither readers nor whoever reads the newest words find any more."""
    still = listed_in(practice, practice.get_latest_revision_as_object())
    return practice.files.exclude(file__in=still).select_related("file")


def published_text(practice: Practice, most: int) -> str:
    """What the published files of a practice say, for search; ``most`` characters of it."""
    if not practice.attachments:
        return ""
    shown = listed_in(practice)
    said = PracticeFile.objects.filter(practice=practice.pk, file__in=shown).order_by("pk").values_list("file__text", flat=True)
    return "\n\n".join(words for words in said if words)[:most]
