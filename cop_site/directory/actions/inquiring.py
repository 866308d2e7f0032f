"""Deeds about asking an organisation something through the platform."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_site.accounts.models import User
from cop_site.activity.actions import record
from cop_site.activity.deeds import deed
from cop_site.activity.verbs import Verb
from cop_site.core import text
from cop_site.core.access import require
from cop_site.screening import watching

from .. import policy, rules
from ..models import Inquiry, Listing

MOST_A_DAY, LONGEST = 5, 1000


@deed
def ask_organisation(listing: Listing, *, by: User, question: str) -> Inquiry:
    """Ask an organisation something; its stewards read it, and nobody else."""
    seen = Listing.objects.visible_to(by).listed().select_related("organisation").filter(pk=listing.pk).first()
    require(seen is not None and policy.can_inquire(by, seen))
    User.objects.select_for_update().get(pk=by.pk)  # two at one moment are counted one after the other
    said = _fit(question, "text")
    lately = Inquiry.objects.filter(asker=by, asked_at__gt=timezone.now() - timedelta(days=1)).count()
    if lately >= MOST_A_DAY:
        sentence = ngettext("At most %(number)d question a day.", "At most %(number)d questions a day.", MOST_A_DAY)
        raise rules.NotReady([rules.Problem("text", sentence % {"number": MOST_A_DAY})], [])
    inquiry = Inquiry.objects.create(listing=listing, asker=by, text=said)
    record(Verb.ASKED_ORGANISATION, by=by, subject=inquiry, listing=listing.pk, **watching.flagged({"text": said}))
    return inquiry


@deed
def answer_inquiry(inquiry: Inquiry, *, by: User, answer: str) -> Inquiry:
    """Answer a question, once: how to go on from there."""
    inquiry = Inquiry.objects.select_for_update(of=("self",)).select_related("listing__organisation").get(pk=inquiry.pk)
    require(policy.can_answer(by, inquiry))
    inquiry.answer, inquiry.answered_at, inquiry.answered_by = _fit(answer, "answer"), timezone.now(), by
    inquiry.save(update_fields=["answer", "answered_at", "answered_by"])
    record(Verb.ANSWERED_INQUIRY, by=by, subject=inquiry, **watching.flagged({"answer": inquiry.answer}))
    return inquiry


def _fit(words: str, field: str) -> str:
    said = text.normal(words).strip()
    if not said or len(said) > LONGEST:
        raise rules.NotReady([rules.Problem(field, _("Please write at most %(number)d characters.") % {"number": LONGEST})], [])
    rules.refuse_personal_data(**{field: said})
    return said
