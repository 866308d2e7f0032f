"""Deeds about translations, and about whether a text still holds."""

from typing import Any

from django.utils import timezone

from cop_site.accounts.models import Level, Organisation, User
from cop_site.activity.actions import record
from cop_site.activity.deeds import deed
from cop_site.activity.verbs import Verb
from cop_site.core.access import require

from .. import policy, rules
from ..models import Practice
from ..rules.words import written_columns
from .parts import is_seen_by, locked, narrow, new_slug, set_on_the_shelf, two_years_after

# What a translator says anew, beside all texts and tables.
_SAID_ANEW = {"title", "language", "organisation", "visibility", "attachments", "consent_declaration", "is_significant_change"}


@deed
def start_translation(original: Practice, *, by: User) -> Practice:
    """Begin a translation into the other language: what is chosen from lists is there, the words are still to come.

    A second time leads to the one that was begun. It is never shown to more people than the original.
    """
    original = locked(original)
    require(policy.can_translate(by, original) and is_seen_by(by, original))
    if begun := original.translations.filter(author=by).exclude(state=Practice.State.WITHDRAWN).first():
        return begun
    translation = Practice(author=by, live=False, slug=new_slug(original.title), translation_of=original, translated_at=timezone.now())
    for name, value in _taken_over(original, by=by).items():
        setattr(translation, name, value)
    translation.save()
    translation.save_revision(user=by)
    record(Verb.STARTED_TRANSLATION, by=by, subject=translation, original=original.pk)
    return translation


def _taken_over(original: Practice, *, by: User) -> dict[str, Any]:
    """The choices of the original, its title as a reminder, and an audience that is no wider."""
    chosen = {name: getattr(original, name) for name in written_columns() if name not in _SAID_ANEW and name not in rules.text_fields()}
    is_theirs = original.organisation in Organisation.objects.joined_by(by) if original.organisation else False
    level = Level.NETWORK if original.visibility == Level.PUBLIC else Level(original.visibility)
    if level == Level.ORGANISATION and not is_theirs:
        level = Level.PRIVATE
    return chosen | {
        "title": original.title,
        "language": "en" if original.language == "id" else "id",
        "organisation": original.organisation if is_theirs else None,
        "circle": original.circle if level == Level.CIRCLE else None,
        "visibility": level,
    }


@deed
def confirm_translation_is_current(practice: Practice, *, by: User) -> Practice:
    """Say that a translation fits the original as it stands now."""
    practice = locked(practice)
    original = practice.translation_of
    require(policy.can_confirm_translation(by, practice) and is_seen_by(by, practice))
    require(original is not None and is_seen_by(by, original))
    if practice.is_outdated_translation:
        set_on_the_shelf(practice, translated_at=timezone.now())
        record(Verb.CONFIRMED_TRANSLATION, by=by, subject=practice)
    return practice


@deed
def confirm_still_right(practice: Practice, *, by: User) -> Practice:
    """Say that what a text says still holds; it is asked again in two years."""
    practice = locked(practice)
    require(policy.can_confirm_still_right(by, practice) and is_seen_by(by, practice))
    if practice.is_stale:
        set_on_the_shelf(practice, review_date=two_years_after(timezone.localdate()), stale_told_at=None)
        record(Verb.CONFIRMED_STILL_RIGHT, by=by, subject=practice)
    return practice


def narrow_translations(original: Practice, *, by: User) -> None:
    """What is made from a thing is never seen by more people than the thing: its translations follow at once."""
    for translation in original.translations.exclude(state=Practice.State.WITHDRAWN).select_for_update(of=("self",)):
        if not policy.is_no_wider(translation, original):
            narrow(translation, _level_within(translation, original), by=by)


def _level_within(translation: Practice, original: Practice) -> Level:
    """The level of the original, where it shows the translation to nobody new; else its translator alone."""
    before, translation.visibility = translation.visibility, original.visibility
    fits = policy.is_no_wider(translation, original)
    translation.visibility = before
    return Level(original.visibility) if fits and original.visibility in policy.levels_within(translation) else Level.PRIVATE
