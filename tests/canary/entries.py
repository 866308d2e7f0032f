"""The canary's directory: an entry for every level, with words for its readers and channels for fewer."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from cop_site.accounts.models import Membership, Organisation
from cop_site.directory.models import Claim, ContactChannel, Coverage, Inquiry, Listing, ListingRevision, Stewardship, Survey

LEVELS = ["publik", "jaringan", "pengelola"]  # of entries
CHANNELS = ["publik", "jaringan", "organisasi", "pengelola"]
UNLISTED = "unlisted"
INSIDERS = {"researcher", "member", "convenor", "moderator", "secretariat"}
OFFICE = {"moderator", "secretariat"}
STEWARD = "author"  # belongs to all of these organisations and looks after their entries


def may_read(who: Any, level: str) -> bool:
    """The table of docs/who-sees-what.md, for organisations; nobody's office opens an organisation's own level."""
    return (
        who.name == STEWARD
        or {
            "publik": True,
            "jaringan": who.role in INSIDERS,
            "organisasi": False,
            "pengelola": who.role in OFFICE,
            UNLISTED: who.role == "secretariat",
        }[level]
    )


def may_call(who: Any, level: str, channel: str) -> bool:
    """A channel is for those of the entry's readers whom its own level lets."""
    own = {"publik": True, "jaringan": who.role in INSIDERS, "organisasi": False, "pengelola": who.role in OFFICE}[channel]
    return may_read(who, level) and (own or who.name == STEWARD)


def plant(world: Any, everybody: Any) -> None:
    slugs = [_entry(world, everybody, level).slug for level in (*LEVELS, UNLISTED)]
    world.samples |= {"organisation": slugs}
    _papers(world, everybody)
    _regions(world, everybody)


def _entry(world: Any, everybody: Any, level: str) -> Organisation:
    readers = everybody(lambda who: may_read(who, level))
    name = world.plant(f"entry for {level}, its name", readers, must=set(readers))
    shown = "jaringan" if level == UNLISTED else level
    organisation = Organisation.objects.create(
        slug=f"kanari-lembaga-{level}", name=f"Lembaga {name}", visibility=shown, is_listed=level != UNLISTED, kind="cso-lsm"
    )
    about = world.plant(f"entry for {level}, what it does", readers, must=set(readers))
    listing = Listing.objects.create(
        organisation=organisation,
        about_id=f"Lembaga yang {about}",
        offers_id=f"Layanan {about}",
        hours=f"Jam {about}",
        has_conflict=True,
        conflict_note=f"Catatan {world.plant(f'entry for {level}, its conflict of interest', readers)}",
        mandate=["migrasi-aman"],
        service_scale=["provinsi"],
        provinces=[str(51 + (*LEVELS, UNLISTED).index(level))] if level != UNLISTED else ["61"],
        confirmed_at=timezone.now() - timedelta(days=190),
    )
    person = world.people[STEWARD]
    Membership.objects.create(person=person, organisation=organisation, started_on=timezone.localdate() - timedelta(days=9))
    Stewardship.objects.create(person=person, organisation=organisation, reason="Uji", ends_on=timezone.localdate() + timedelta(days=9))
    for channel in CHANNELS:
        callers = everybody(lambda who, channel=channel: may_call(who, level, channel))
        word = world.plant(f"entry for {level}, channel for {channel}", callers, must=set(callers))
        ContactChannel.objects.create(listing=listing, kind="email", value=f"{word}@kanari.example", visibility=channel)
    older = world.plant(f"entry for {level}, older words", readers & ({STEWARD} | everybody(lambda who: who.role == "secretariat")))
    ListingRevision.objects.create(listing=listing, number=1, content={"about_id": older}, author=person)
    ListingRevision.objects.create(listing=listing, number=2, content={"about_id": listing.about_id}, author=person)
    return organisation


def _papers(world: Any, everybody: Any) -> None:
    """A question to the public organisation and its answer; a wish to look after it."""
    listing = Listing.objects.get(organisation__slug="kanari-lembaga-publik")
    asker = world.people["member"]
    between = {"member", STEWARD}
    Inquiry.objects.create(
        listing=listing,
        asker=asker,
        text=f"Tanya {world.plant('question to an organisation', between, must=between)}",
        answer=f"Jawab {world.plant('answer of an organisation', between, must=between)}",
        answered_at=timezone.now(),
        answered_by=world.people[STEWARD],
    )
    office = everybody(lambda who: who.role == "secretariat")
    reason = world.plant("wish to look after an entry", {"member"} | office, must=set(office))
    claim = Claim.objects.create(listing=listing, person=asker, reason=reason)
    world.samples |= {"claim": [claim.pk], "stewardship": list(Stewardship.objects.values_list("pk", flat=True)), "entry_token": ["x:y:z"]}


def _regions(world: Any, everybody: Any) -> None:
    members = everybody(lambda who: who.role in INSIDERS)
    for level, readers in (("publik", everybody(lambda who: True)), ("jaringan", members)):
        source = world.plant(f"what a region has, for {level}", readers, must=set(readers))
        day = timezone.localdate() - timedelta(days=3)
        words = {"source": f"Sumber {source}", "as_of": day, "visibility": level, "author": world.people["convenor"]}
        Coverage.objects.create(province="53", instrument="gugus-tugas" if level == "publik" else "rad", status="aktif", **words)
        Survey.objects.create(province="53" if level == "publik" else "94", **words | {"source": "Uji"})
