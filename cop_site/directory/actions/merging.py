"""The deed that makes one organisation of two."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Field, ForeignObjectRel

from cop_site.accounts.models import Level, Organisation, User
from cop_site.activity.actions import record
from cop_site.activity.deeds import deed
from cop_site.activity.verbs import Verb
from cop_site.core.access import require

from .. import policy, rules
from ..models import Claim, FormerAddress, Listing, Stewardship, Unwanted
from .channels import MOST_CHANNELS
from .parts import back_into_the_network, keep_revision

FILLED = tuple(column for column in rules.OF_THE_ENTRY if column not in {"has_conflict", "conflict_note", "capacity", "capacity_until"})


@deed
def merge_organisations(duplicate: Organisation, into: Organisation, *, by: User) -> Organisation:
    """Make one of two: all that points to the duplicate moves, its address leads to the kept one, its row is gone.

    What the kept entry leaves empty is filled from the other; what the other said before is not kept.
    """
    require(policy.can_list(by) and duplicate.pk != into.pk)
    rows = Organisation.objects.select_for_update().order_by("pk").in_bulk([duplicate.pk, into.pk])
    duplicate, into, was = rows[duplicate.pk], rows[into.pk], duplicate.pk
    entries = _merge_entries(duplicate, into, by=by)
    _merge_flags(duplicate, into)
    for relation in Organisation._meta.get_fields(include_hidden=True):
        if isinstance(relation, ForeignObjectRel) and not relation.many_to_many:
            _move(relation.field, duplicate, into)
    FormerAddress.objects.create(slug=duplicate.slug, organisation=into)
    duplicate.delete()
    record(Verb.MERGED_ORGANISATIONS, by=by, subject=into, merged=was, entries=entries)
    return into


def _merge_entries(duplicate: Organisation, into: Organisation, *, by: User) -> list[int]:
    """Of two entries one stays; where there is only one, it is moved like every other row. Returns which are gone."""
    found = Listing.objects.select_for_update(of=("self",)).select_related("organisation").filter(organisation__in=[duplicate, into])
    entries = {listing.organisation_id: listing for listing in found}
    gone, kept = entries.get(duplicate.pk), entries.get(into.pk)
    if gone is None:
        return []
    if kept is None:
        _narrow(into, to=duplicate)
        return []
    was = gone.pk
    kept.organisation = into
    _fill(kept, gone, by=by)
    _join_channels(kept, gone)
    for claim in Claim.objects.filter(listing=gone):
        if claim.state != Claim.State.WAITING or not kept.claims.waiting().filter(person=claim.person_id).exists():
            Claim.objects.filter(pk=claim.pk).update(listing=kept)
    gone.inquiries.update(listing=kept)
    gone.delete()
    return [was]


def _narrow(into: Organisation, *, to: Organisation) -> None:
    """An entry that moves is seen by no more people than before."""
    if Level(to.visibility).width < Level(into.visibility).width:
        into.visibility = to.visibility
        into.save(update_fields=["visibility"])


def _fill(kept: Listing, gone: Listing, *, by: User) -> None:
    if Level(gone.organisation.visibility).width < min(Level(kept.organisation.visibility).width, Level.NETWORK.width):
        return  # what fewer people saw is not told to more by being moved
    changed = {column: getattr(gone, column) for column in FILLED if getattr(gone, column) and not getattr(kept, column)}
    if not kept.has_conflict and gone.has_conflict:
        changed |= {"has_conflict": True, "conflict_note": gone.conflict_note}
    if not kept.organisation.abbreviation and gone.organisation.abbreviation:
        changed["abbreviation"] = gone.organisation.abbreviation
    if not changed:
        return
    for column, value in changed.items():
        setattr(kept.organisation if column == "abbreviation" else kept, column, value)
    said = rules.tidied(rules.content_of(kept))
    kept.provinces = said["provinces"]
    keep_revision(kept, said, by=by)
    back_into_the_network(kept, by=by)
    kept.organisation.save()
    kept.save()


def _join_channels(kept: Listing, gone: Listing) -> None:
    """The other's ways to be reached come after the kept one's; none is shown to more people than the entry, or than before."""
    known = set(kept.channels.values_list("kind", "value"))
    widest = [Level(entry.organisation.visibility) for entry in (kept, gone)]
    position = len(known)
    for channel in gone.channels.all():
        if (channel.kind, channel.value) in known or position >= MOST_CHANNELS:
            continue
        position += 1
        channel.listing, channel.position = kept, position
        channel.visibility = min(Level(channel.visibility), *widest, key=lambda level: level.width)
        channel.save()


def _merge_flags(duplicate: Organisation, into: Organisation) -> None:
    """Who did not want to stand here under one name does not under the other."""
    if Unwanted.objects.filter(organisation__in=[duplicate, into]).exists():
        if Unwanted.objects.filter(organisation=into).exists():
            Unwanted.objects.filter(organisation=duplicate).delete()
        into.is_listed = False
    else:
        into.is_listed = into.is_listed or duplicate.is_listed
    into.save(update_fields=["is_listed"])


def _move(field: Field, duplicate: Organisation, into: Organisation) -> None:
    """Every row of any app; one whose double the kept organisation has already is let go, the longer of two terms stays."""
    rows = field.model._base_manager.filter(**{field.name: duplicate})
    try:
        with transaction.atomic():
            rows.update(**{field.name: into})
    except IntegrityError:
        for row in rows:
            _move_one(row, field.name, into)


def _move_one(row: Any, name: str, into: Organisation) -> None:
    try:
        with transaction.atomic():
            type(row)._base_manager.filter(pk=row.pk).update(**{name: into})
    except IntegrityError:
        if isinstance(row, Stewardship):
            shorter = Stewardship.objects.filter(person=row.person_id, organisation=into, ended_at=None, ends_on__lt=row.ends_on)
            shorter.update(ends_on=row.ends_on)
        row.delete()
