"""What follows from deeds about the directory: the index, and neutral mails to those concerned."""

from collections.abc import Iterable

from cop_site.accounts.letters import write_to
from cop_site.accounts.models import Organisation, Role, Task, User
from cop_site.activity.listening import listens_to
from cop_site.activity.models import Activity
from cop_site.activity.verbs import Verb
from cop_site.search import indexing

from . import actions, policy
from .models import Claim, Inquiry, Listing
from .policy import KIND
from .selectors import stewards

SAYS_ELSE = (
    Verb.LISTED_ORGANISATION,
    Verb.CHANGED_LISTING,
    Verb.CONFIRMED_LISTING,
    Verb.VERIFIED_LISTING,
    Verb.MADE_LISTING_PUBLIC,
    Verb.SET_LEVEL,
    Verb.SET_LOGO,
    Verb.UNLISTED_ORGANISATION,
)
SHOWS_LESS = (Verb.LISTED_ORGANISATION, Verb.CHANGED_LISTING, Verb.SET_LEVEL, Verb.SET_LOGO, Verb.UNLISTED_ORGANISATION)

# --- the index


@listens_to(*SAYS_ELSE)
def index_listing(activity: Activity) -> None:
    """Search knows an entry as the database has it now."""
    indexing.refresh(KIND, [activity.subject_id])


@listens_to(*SHOWS_LESS, within_the_deed=True)
def take_off_the_index(activity: Activity) -> None:
    """What fewer people may see is found by nobody a moment longer; the listener above puts back what remains."""
    if activity.facts.get("revision") != 1:  # what was never written before was never found
        indexing.remove(KIND, activity.subject_id)


@listens_to(Verb.MERGED_ORGANISATIONS, Verb.FLAGGED_UNWANTED, within_the_deed=True)
def take_the_organisation_off_the_index(activity: Activity) -> None:
    """The same where the deed was about the organisation."""
    for pk in [*_entry_of(activity), *activity.facts.get("entries", [])]:
        indexing.remove(KIND, pk)


@listens_to(Verb.MERGED_ORGANISATIONS, Verb.FLAGGED_UNWANTED, Verb.LIFTED_UNWANTED)
def index_the_organisation(activity: Activity) -> None:
    """What remains of it is found again, and of what is gone nothing lies in the index's files."""
    indexing.refresh(KIND, [*_entry_of(activity), *activity.facts.get("entries", [])])
    indexing.forget_deleted()


@listens_to(Verb.UNLISTED_ORGANISATION)
def leave_nothing_in_the_index(activity: Activity) -> None:
    """Deleted words lie in the index's own files until it is tidied."""
    indexing.forget_deleted()


def _entry_of(activity: Activity) -> list[int]:
    return list(Listing.objects.filter(organisation=activity.subject_id).values_list("pk", flat=True))


@listens_to(Verb.UNLISTED_CONTACT)
def read_everything_again(activity: Activity) -> None:
    """What was let pass because of a contact on the list is read again without it."""
    Listing.objects.update(screened_version="")


# --- who looks after an entry


@listens_to(Verb.LEFT_ORGANISATION, within_the_deed=True)
def end_stewardships(activity: Activity) -> None:
    """Whoever left an organisation writes for it no longer."""
    actions.end_stewardships_of(activity.subject, activity.facts["organisation"], by=activity.actor)


# --- mails: they name nothing, and rights are asked again when they go out


@listens_to(Verb.CLAIMED_LISTING, Verb.SUGGESTED_ORGANISATION)
def tell_the_secretariat(activity: Activity) -> None:
    """Something waits on the directory's desk."""
    for person in User.objects.filter(role=Role.SECRETARIAT, is_active=True).order_by("pk"):
        if policy.can_list(person):
            write_to(person, "directory/email/desk_waits", path="/directory/desk/")


@listens_to(Verb.GRANTED_CLAIM, Verb.DECLINED_CLAIM)
def tell_the_claimant(activity: Activity) -> None:
    """Whoever wished to look after an entry hears that there is a decision."""
    claim: Claim | None = activity.subject
    if claim:
        write_to(claim.person, "directory/email/decided", path="/directory/mine/")


@listens_to(Verb.NAMED_STEWARD, Verb.ENDED_STEWARDSHIP)
def tell_the_steward(activity: Activity) -> None:
    """Whoever looks after an entry, or does no more, hears it where somebody else decided so."""
    stewardship = activity.subject
    if stewardship and stewardship.person != activity.actor:
        write_to(stewardship.person, "directory/email/decided", path="/directory/mine/")


@listens_to(Verb.ASKED_LISTING_PUBLIC)
def tell_the_safety_reviewers(activity: Activity) -> None:
    """Safety reviewers who may decide hear of an entry that asks to go public."""
    listing: Listing | None = activity.subject
    tasks = Task.objects.filter(kind=Task.Kind.SAFETY_REVIEWER, ended_at=None)
    for person in User.objects.filter(pk__in=tasks.values("person")).order_by("pk"):
        if listing and policy.can_make_public(person, listing) and Listing.objects.visible_to(person).filter(pk=listing.pk).exists():
            write_to(person, "directory/email/desk_waits", path="/directory/desk/")


@listens_to(Verb.MADE_LISTING_PUBLIC, Verb.KEPT_LISTING_INSIDE, Verb.UNLISTED_ORGANISATION, Verb.SET_LEVEL, Verb.CHANGED_LISTING)
def tell_the_stewards(activity: Activity) -> None:
    """Those who look after an entry hear what somebody else decided about it."""
    listing: Listing | None = activity.subject
    people = stewards.of(listing.organisation) if listing else []
    if (
        activity.actor not in people and "case" not in activity.facts
    ):  # what they do among themselves is no news; of a case, moderation tells
        _write_to_others(activity, people, "directory/email/decided", "/directory/mine/")


@listens_to(Verb.FLAGGED_UNWANTED, Verb.MERGED_ORGANISATIONS)
def tell_the_stewards_of_the_organisation(activity: Activity) -> None:
    """The same where the deed was about the organisation."""
    organisation: Organisation | None = activity.subject
    if organisation:
        _write_to_others(activity, stewards.of(organisation), "directory/email/decided", "/directory/mine/")


@listens_to(Verb.ASKED_ORGANISATION)
def tell_the_asked(activity: Activity) -> None:
    """Stewards hear that there is a question."""
    inquiry: Inquiry | None = activity.subject
    if inquiry and inquiry.answered_at is None:
        _write_to_others(activity, stewards.of(inquiry.listing.organisation), "directory/email/asked", "/directory/mine/")


@listens_to(Verb.ANSWERED_INQUIRY)
def tell_the_asker(activity: Activity) -> None:
    """Whoever asked hears that there is an answer."""
    inquiry: Inquiry | None = activity.subject
    if inquiry and inquiry.asker and inquiry.asker != activity.actor:
        write_to(inquiry.asker, "directory/email/answered", path="/directory/mine/")


def _write_to_others(activity: Activity, people: Iterable[User], template: str, path: str) -> None:
    for person in people:
        if person != activity.actor:
            write_to(person, template, path=path)
