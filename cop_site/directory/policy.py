"""Who may see and do what in the directory. An organisation's level is ``accounts.policy``'s; here is what hangs on it."""

from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils import timezone

from cop_site.accounts.policy import (
    NOTHING,
    can_review_safety,
    can_speak,
    has_agreed,
    is_member,
    is_moderator,
    is_muted,
    is_secretariat,
    moderates_something,
    network_kinds,
    organisations_of,
    role_of,
)

KIND = "organisation"

# --- seeing


def listings_visible_to(user: Any) -> Q:
    """An entry is seen by whoever may see its organisation."""
    return Q(organisation__in=apps.get_model("accounts", "Organisation").objects.visible_to(user).values("pk"))


def channels_visible_to(user: Any) -> Q:
    """A way to reach an organisation, by a level of its own, and never by more people than the entry itself.

    What is for the organisation is seen by its people; what is for its stewards by those and by office-holders.
    """
    allowed = Q(visibility="publik")
    if KIND in network_kinds(role_of(user)):
        allowed |= Q(visibility="jaringan")
    if role_of(user) != "visitor":
        allowed |= Q(visibility="organisasi", listing__organisation__in=organisations_of(user))
        allowed |= Q(visibility="pengelola", listing__organisation__in=stewarded_by(user))
    if is_moderator(user):
        allowed |= Q(visibility="pengelola")
    return allowed & _of_visible_listings(user)


def _of_visible_listings(user: Any) -> Q:
    return Q(listing__in=apps.get_model("directory", "Listing").objects.visible_to(user).values("pk"))


def revisions_visible_to(user: Any) -> Q:
    """What an entry said before: for its organisation's people and the secretariat, since older words may say more."""
    if is_secretariat(user):
        return _of_visible_listings(user)
    return Q(listing__organisation__in=organisations_of(user)) if is_member(user) else NOTHING


def claims_visible_to(user: Any) -> Q:
    """One's own wish to look after an entry; the secretariat reads those about entries that it sees."""
    if role_of(user) == "visitor":
        return NOTHING
    return Q(person=user.pk) | (_of_visible_listings(user) if is_secretariat(user) else NOTHING)


def inquiries_visible_to(user: Any) -> Q:
    """A question to an organisation is read by who asked it and by the stewards of that organisation. Office opens nothing more."""
    if not is_member(user):
        return NOTHING
    return Q(asker=user.pk) | Q(listing__organisation__in=stewarded_by(user))


def coverage_visible_to(user: Any) -> Q:
    """What a region has in place, by the level of the statement."""
    allowed = Q(visibility="publik")
    if KIND in network_kinds(role_of(user)):
        allowed |= Q(visibility="jaringan")
    return allowed


def stewarded_by(user: Any) -> QuerySet:
    """Ids of the organisations that ``user`` looks after, for use inside a query."""
    in_force = apps.get_model("directory", "Stewardship").objects.filter(is_current_stewardship(), person=user.pk)
    return in_force.values("organisation")


def is_current_stewardship() -> Q:
    """Not ended; it has a last day like every task."""
    return Q(ended_at=None, ends_on__gte=timezone.localdate())


# --- doing


def is_steward(user: Any, organisation: Any) -> bool:
    """Whether ``user`` looks after the entry of this organisation; asked once per request and person."""
    if not is_member(user):
        return False
    if not hasattr(user, "_stewarded"):
        user._stewarded = {one["organisation"] for one in stewarded_by(user)}
    return organisation.pk in user._stewarded


def _belongs_to(user: Any, organisation: Any) -> bool:
    return organisation.pk in {one["organisation"] for one in organisations_of(user)}


def can_edit(user: Any, organisation: Any) -> bool:
    """Stewards write what their organisation says; the secretariat writes for those who cannot."""
    return (is_steward(user, organisation) or is_secretariat(user)) and has_agreed(user) and not is_muted(user)


def can_confirm(user: Any, organisation: Any) -> bool:
    """Stewards say that an entry is still right; the secretariat does where it was told so."""
    return is_steward(user, organisation) or is_secretariat(user)


def can_claim(user: Any, listing: Any) -> bool:
    """A member may ask to look after an entry that nobody looks after."""
    return can_speak(user) and not listing.is_looked_after


def can_decide_claims(user: Any) -> bool:
    """The secretariat decides who looks after an entry."""
    return is_secretariat(user)


def can_decide_claim(user: Any, claim: Any) -> bool:
    """Once, and never about oneself."""
    return is_secretariat(user) and claim.state == "waiting" and claim.person_id != user.pk


def can_name_stewards(user: Any, organisation: Any) -> bool:
    """A steward shares the work with others of the organisation, or hands it over; the secretariat helps."""
    return can_edit(user, organisation)


def can_be_steward(person: Any, organisation: Any) -> bool:
    """Members of the network who belong to the organisation."""
    return is_member(person) and _belongs_to(person, organisation)


def can_end_stewardship(user: Any, stewardship: Any) -> bool:
    """Everybody one's own, stewards and the secretariat those of the others."""
    return stewardship.person_id == user.pk or can_name_stewards(user, stewardship.organisation)


def can_suggest(user: Any) -> bool:
    """Members name organisations that are missing."""
    return can_speak(user)


def can_list(user: Any) -> bool:
    """The secretariat decides which organisations stand in the directory, which never shall, and which two are one."""
    return is_secretariat(user)


def can_verify(user: Any, organisation: Any) -> bool:
    """The secretariat says how far an entry was checked, but not that of an organisation of one's own."""
    return is_secretariat(user) and not _belongs_to(user, organisation)


def can_ask_public(user: Any, listing: Any) -> bool:
    """Stewards ask that everybody may read their entry."""
    return can_edit(user, listing.organisation) and listing.organisation.is_listed and listing.organisation.visibility == "jaringan"


def can_make_public(user: Any, listing: Any) -> bool:
    """A safety reviewer who neither asked nor belongs to the organisation."""
    is_asked = listing.public_asked_at is not None and listing.public_asked_by_id != user.pk
    return is_asked and can_review_safety(user) and not _belongs_to(user, listing.organisation)


def can_set_level(user: Any, organisation: Any) -> bool:
    """Stewards and the secretariat narrow who reads an entry; wider than the network is a separate act."""
    return can_edit(user, organisation)


def can_inquire(user: Any, listing: Any) -> bool:
    """Members ask an organisation through the platform, where somebody is there to answer."""
    return can_speak(user) and listing.is_looked_after


def can_answer(user: Any, inquiry: Any) -> bool:
    """A steward answers once, and not while muted."""
    return is_steward(user, inquiry.listing.organisation) and not is_muted(user) and inquiry.answered_at is None


def can_judge(user: Any, listing: Any) -> bool:
    """Whoever moderates anything carries out what was decided about a case at her desk, never about an entry that she looks after."""
    return moderates_something(user) and has_agreed(user) and not is_steward(user, listing.organisation)


def can_survey(user: Any) -> bool:
    """Convenors and the secretariat write down what a region has in place, and where was looked."""
    return role_of(user) in {"convenor", "secretariat"} and has_agreed(user)


def can_publish_survey(user: Any) -> bool:
    """Statements about regions go public with the secretariat, who checks their source."""
    return is_secretariat(user)


def can_carry(user: Any) -> bool:
    """Whole files of organisations come in and go out with the secretariat."""
    return is_secretariat(user)
