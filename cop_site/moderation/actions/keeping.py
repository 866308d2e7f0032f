"""Deeds that make the desk bearable: sentences at hand, and whose turn it is."""

from datetime import date

from django.utils.translation import gettext as _

from cop_site.accounts.models import User
from cop_site.activity.actions import record
from cop_site.activity.deeds import deed
from cop_site.activity.verbs import Verb
from cop_site.core import text
from cop_site.core.access import require

from .. import policy
from ..choices import LONGEST_REASON, Outcome
from ..models import Duty, Phrase
from .parts import checked, refuse

LONGEST_NAME = 80


@deed
def keep_phrase(
    phrase: Phrase | None, *, by: User, name: str, words_id: str, words_en: str = "", outcome: str = "", is_used: bool = True
) -> Phrase:
    """Keep a sentence that moderators start from; one that is used no more stays for those who look back."""
    require(policy.can_keep_rota(by))
    kept = Phrase.objects.select_for_update().get(pk=phrase.pk) if phrase else Phrase()
    kept.name = checked("name", text.one_line(name), most=LONGEST_NAME)
    kept.words_id = checked("words_id", words_id, most=LONGEST_REASON)
    kept.words_en = checked("words_en", words_en, most=LONGEST_REASON, is_needed=False)
    kept.outcome, kept.is_used = Outcome(outcome) if outcome else "", is_used
    kept.save()
    record(Verb.CHANGED_PHRASE, by=by, subject=kept)
    return kept


@deed
def put_on_rota(person: User, *, by: User, starts_on: date, ends_on: date, is_backup: bool = False) -> Duty:
    """Say that a moderator looks after the queue from one day to another, or stands in where she cannot."""
    require(policy.can_keep_rota(by))
    if not policy.can_have_duty(person):
        refuse("person", _("Only moderators and the secretariat look after the queue."))
    if ends_on < starts_on:
        refuse("ends_on", _("The last day comes before the first."))
    duty, is_new = Duty.objects.get_or_create(person=person, starts_on=starts_on, ends_on=ends_on, is_backup=is_backup)
    if is_new:
        record(Verb.SET_DUTY, by=by, subject=duty, person=person.pk, backup=is_backup)
    return duty


@deed
def take_off_rota(duty: Duty, *, by: User) -> None:
    """Somebody's turn is over, or was never meant."""
    require(policy.can_keep_rota(by))
    if kept := Duty.objects.select_for_update().filter(pk=duty.pk).first():
        record(Verb.ENDED_DUTY, by=by, subject=kept, person=kept.person_id)
        kept.delete()
