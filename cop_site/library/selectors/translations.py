"""A text and its translations, as far as a reader may see them; and both side by side."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.functional import cached_property

from cop_site.accounts.models import Level

from .. import policy, template
from ..models import Practice
from . import telling


@dataclass(frozen=True)
class Versions:
    """The other language versions of ``practice`` that ``viewer`` may read."""

    practice: Practice
    viewer: Any
    others: list[Practice]
    own: Practice | None  # the viewer's own translation, whatever its state

    @property
    def original(self) -> Practice | None:
        return next((one for one in self.others if one.pk == self.practice.translation_of_id), None)

    @property
    def is_outdated(self) -> bool:
        return self.practice.is_outdated_translation

    @property
    def can_confirm(self) -> bool:
        return self.is_outdated and policy.can_confirm_translation(self.viewer, self.practice)

    @property
    def can_translate(self) -> bool:
        is_there = any(one.language != self.practice.language for one in self.others) or self.own is not None
        return not is_there and policy.can_translate(self.viewer, self.practice)

    @property
    def has_pair(self) -> bool:
        return bool(self.original) or any(one.translation_of_id == self.practice.pk for one in self.others)

    @property
    def public(self) -> list[Practice]:
        """What other sites may know of: this one and its versions, where everybody reads them."""
        return [one for one in (self.practice, *self.others) if one.live and one.visibility == Level.PUBLIC]


def versions(practice: Practice, *, viewer: Any) -> Versions:
    """One question to the database, whatever there is."""
    is_kin = Q(translation_of=practice.pk)
    if practice.translation_of_id:
        is_kin |= Q(pk=practice.translation_of_id)
    kin = list(Practice.objects.visible_to(viewer).filter(is_kin).exclude(state=Practice.State.WITHDRAWN).order_by("pk"))
    own = next((one for one in kin if one.translation_of_id and policy.owns(viewer, one)), None)
    return Versions(practice, viewer, [one for one in kin if one.live], own)


@dataclass(frozen=True)
class Pair:
    """One field in both languages."""

    label: str
    left: telling.Told
    right: telling.Told


@dataclass(frozen=True)
class SideBySide:
    original: Practice
    translation: Practice
    viewer: Any
    is_draft: bool

    @cached_property
    def pairs(self) -> list[Pair]:
        """The texts of the original's form, in its order; what neither says is left out."""
        pairs = []
        for key, field in template.form_of(self.original.document_kind).items():
            if (field.is_text or field.is_table) and self._is_for_viewer(key):
                left, right = telling.told(self.original, field), telling.told(self.translation, field)
                if not (left.is_empty and right.is_empty):
                    pairs.append(Pair(field.label, left, right))
        return pairs

    def _is_for_viewer(self, key: str) -> bool:
        if key == "anonymisation":
            return policy.sees_anonymisation(self.viewer, self.original) and policy.sees_anonymisation(self.viewer, self.translation)
        return key != "safeguarding" or policy.sees_safeguards(self.viewer, self.original)

    @property
    def can_confirm(self) -> bool:
        is_outdated = self.translation.is_outdated_translation
        return is_outdated and policy.can_confirm_translation(self.viewer, self.translation)


def side_by_side(practice: Practice, *, viewer: Any) -> SideBySide | None:
    """A text beside its original, or beside the translation of it that there is; its own translator sees her newest words."""
    found = versions(practice, viewer=viewer)
    if practice.translation_of_id:
        return _pair(found.original, practice, viewer) if found.original else None
    translation = found.own or next((one for one in found.others if one.translation_of_id == practice.pk), None)
    return _pair(practice, translation, viewer) if translation else None


def _pair(original: Practice, translation: Practice, viewer: Any) -> SideBySide:
    is_draft = policy.owns(viewer, translation) and (not translation.live or translation.has_unpublished_changes)
    shown = translation.get_latest_revision_as_object() if is_draft else translation
    return SideBySide(original, shown, viewer, is_draft)
