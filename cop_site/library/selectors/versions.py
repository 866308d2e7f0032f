"""The versions of a practice that its reviewers got to read, and any two of them side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from ..models import Practice, Review
from . import comparing


@dataclass(frozen=True)
class Version:
    """``key`` is the revision's number; 0 stands for published words that came without one."""

    key: int
    number: int
    at: datetime
    is_published: bool = False
    is_waiting: bool = False


@dataclass(frozen=True)
class Comparison:
    """Two of the versions, and where they differ; with one version alone there is nothing to compare."""

    versions: Sequence[Version]
    before: Version | None = None
    after: Version | None = None
    changes: Sequence[comparing.Change] = ()


def versions_of(practice: Practice) -> list[Version]:
    """Published, at the desk now, or decided about: never what its author has not handed in."""
    waiting = practice.latest_revision_id if practice.state == Practice.State.SUBMITTED else None
    # A decision is about words that were there when it was made; a revision written over since is another text.
    judged = Review.objects.filter(practice=practice, revision__created_at__lte=F("decided_at")).values_list("revision", flat=True)
    shown = {*judged, waiting} | ({practice.live_revision_id} if practice.live else set())
    found = list(practice.revisions.filter(pk__in=shown - {None}).order_by("pk").values_list("pk", "created_at"))
    if practice.live and practice.live_revision_id is None:
        found.insert(0, (0, practice.last_published_at or practice.created_at))
    live = practice.live_revision_id or 0 if practice.live else None
    return [
        Version(key, number, at, is_published=key == live, is_waiting=key == waiting) for number, (key, at) in enumerate(found, start=1)
    ]


def compared(practice: Practice, newest: Practice, asked: Mapping[str, str]) -> Comparison:
    """The two versions that were asked for; else the newest beside the published one, or beside the one before it."""
    versions = versions_of(practice)
    by_key = {str(version.key): version for version in versions}
    if len(versions) < 2:
        return Comparison(versions)
    after = by_key.get(asked.get("to", ""), versions[-1])
    published = next((version for version in versions if version.is_published and version != after), None)
    earlier = [version for version in versions if version.number < after.number]
    before = by_key.get(asked.get("from", ""), published or (earlier[-1] if earlier else versions[0]))
    found = comparing.changes(_words(practice, before, newest), _words(practice, after, newest))
    return Comparison(versions, before, after, found)


def _words(practice: Practice, version: Version, newest: Practice) -> Practice:
    if version.is_published:
        return practice
    return newest if version.is_waiting else practice.with_content_json(practice.revisions.get(pk=version.key).content)
