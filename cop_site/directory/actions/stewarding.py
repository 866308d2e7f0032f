"""Deeds about who looks after an entry."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from cop_site.accounts.actions import join_organisation
from cop_site.accounts.models import Organisation, User
from cop_site.activity.actions import record
from cop_site.activity.deeds import deed
from cop_site.activity.verbs import Verb
from cop_site.core import text
from cop_site.core.access import require

from .. import policy, rules
from ..models import Claim, Listing, Stewardship
from .parts import forget_stewards, locked

TERM = timedelta(days=365)
MOST_CLAIMS = 5  # of one person that wait


@deed
def claim_listing(listing: Listing, *, by: User, reason: str) -> Claim:
    """Ask to look after an entry that nobody looks after; a second wish is the first."""
    listing = locked(listing)
    require(policy.can_claim(by, listing) and Listing.objects.visible_to(by).filter(pk=listing.pk).exists())
    reason = text.normal(reason).strip()
    rules.refuse_personal_data(reason=reason)
    if Claim.objects.waiting().filter(person=by).exclude(listing=listing).count() >= MOST_CLAIMS:
        said = _("The secretariat has not decided about your other wishes yet. Please wait for it.")
        raise rules.NotReady([rules.Problem("reason", said)], [])
    claim, is_new = Claim.objects.get_or_create(listing=listing, person=by, state=Claim.State.WAITING, defaults={"reason": reason})
    if is_new:
        record(Verb.CLAIMED_LISTING, by=by, subject=claim, listing=listing.pk)
    return claim


@deed
def grant_claim(claim: Claim, *, by: User) -> Claim:
    """Let somebody look after an entry for a year, as one of the organisation."""
    claim = _locked(claim)
    organisation, person = claim.listing.organisation, claim.person
    require(policy.can_decide_claim(by, claim) and policy.is_member(person))
    if not policy.can_be_steward(person, organisation):
        join_organisation(person, organisation, by=by)
    stewardship = _entrust(person, organisation, by=by, reason=claim.reason)
    _decide(claim, Claim.State.GRANTED, by=by)
    record(Verb.GRANTED_CLAIM, by=by, subject=claim, stewardship=stewardship.pk)
    return claim


@deed
def decline_claim(claim: Claim, *, by: User, answer: str) -> Claim:
    """Say no to a wish to look after an entry, with an answer that its author reads."""
    claim = _locked(claim)
    require(policy.can_decide_claim(by, claim))
    answer = text.normal(answer).strip()
    rules.refuse_personal_data(answer=answer)
    _decide(claim, Claim.State.DECLINED, by=by, answer=answer)
    record(Verb.DECLINED_CLAIM, by=by, subject=claim)
    return claim


def _locked(claim: Claim) -> Claim:
    return Claim.objects.select_for_update(of=("self",)).select_related("person", "listing__organisation").get(pk=claim.pk)


def _decide(claim: Claim, state: str, *, by: User, answer: str = "") -> None:
    claim.state, claim.answer, claim.decided_by, claim.decided_at = state, answer, by, timezone.now()
    claim.save(update_fields=["state", "answer", "decided_by", "decided_at"])


@deed
def name_steward(organisation: Organisation, person: User, *, by: User, reason: str = "") -> Stewardship:
    """Share the work on an entry with another of the organisation, for a year; named again, the year begins anew."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    require(policy.can_name_stewards(by, organisation) and policy.can_be_steward(person, organisation))
    rules.refuse_personal_data(reason=reason)
    stewardship = _entrust(person, organisation, by=by, reason=text.one_line(reason))
    record(Verb.NAMED_STEWARD, by=by, subject=stewardship, person=person.pk, organisation=organisation.pk)
    return stewardship


@deed
def hand_over(organisation: Organisation, person: User, *, by: User, reason: str = "") -> Stewardship:
    """Give one's own work on an entry to another of the organisation, and look after it no more."""
    own = Stewardship.objects.current().filter(person=by, organisation=organisation).first()
    require(own is not None and person.pk != by.pk)
    named = name_steward(organisation, person, by=by, reason=reason)
    end_stewardship(own, by=by)
    return named


@deed
def end_stewardships_of(person: User, organisation: int, *, by: User) -> User:
    """Whoever left an organisation looks after its entry no more."""
    if not person.memberships.current().filter(organisation=organisation).exists():
        for stewardship in Stewardship.objects.select_for_update().filter(person=person, organisation=organisation, ended_at=None):
            _end(stewardship, by=by)
        forget_stewards(person)
    return person


@deed
def end_stewardship(stewardship: Stewardship, *, by: User) -> Stewardship:
    """End the work on an entry now: one's own, or that of somebody else of the organisation."""
    stewardship = Stewardship.objects.select_for_update(of=("self",)).select_related("person", "organisation").get(pk=stewardship.pk)
    require(policy.can_end_stewardship(by, stewardship))
    if stewardship.ended_at is None:
        _end(stewardship, by=by)
    forget_stewards(by)
    return stewardship


def _end(stewardship: Stewardship, *, by: User) -> None:
    stewardship.ended_at = timezone.now()
    stewardship.save(update_fields=["ended_at"])
    record(Verb.ENDED_STEWARDSHIP, by=by, subject=stewardship, person=stewardship.person_id, organisation=stewardship.organisation_id)


def _entrust(person: User, organisation: Organisation, *, by: User, reason: str) -> Stewardship:
    told = {"reason": reason, "granted_by": by, "granted_at": timezone.now(), "ends_on": timezone.localdate() + TERM}
    stewardship, _is_new = Stewardship.objects.update_or_create(person=person, organisation=organisation, ended_at=None, defaults=told)
    forget_stewards(person)
    return stewardship
