"""An organisation as a reader finds it on its page: what it does in plain sentences, how fresh that is, how it is reached."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from cop_site.accounts.models import Level
from cop_site.vocabulary import selectors as words

from .. import policy
from ..choices import Country, Language
from ..models import ContactChannel, Listing

MOST_PLACES = 6


@dataclass(frozen=True)
class MandateGroup:
    """The mandates of an organisation that belong to one group."""

    label: str
    mandates: list[tuple[str, str]]


@dataclass(frozen=True)
class Deeds:
    """What the reader may do with the entry."""

    edit: bool
    confirm: bool
    claim: bool
    inquire: bool
    steward: bool
    list: bool
    ask_public: bool
    make_public: bool
    see_history: bool


@dataclass(frozen=True)
class OrganisationPage:
    """One entry with what hangs on it, as ``viewer`` may see it."""

    listing: Listing
    viewer: Any
    channels: list[ContactChannel]
    deeds: Deeds
    sentences: list[str] = field(default_factory=list)

    @property
    def is_public(self) -> bool:
        return self.listing.organisation.is_listed and self.listing.organisation.visibility == Level.PUBLIC

    @cached_property
    def audience(self) -> Any:
        """The entry's level, in the shape of a row that has one."""
        organisation = self.listing.organisation
        return SimpleNamespace(
            visibility=organisation.visibility,
            get_visibility_display=organisation.get_visibility_display,
            organisation=organisation,
            organisation_id=organisation.pk,
            circle=None,
            circle_id=None,
            author_id=None,
        )

    @property
    def about_language(self) -> str:
        return self.listing.language_of("about")

    @property
    def offers_language(self) -> str:
        return self.listing.language_of("offers")

    @property
    def groups(self) -> list[MandateGroup]:
        """The mandates under their groups, in the order of the vocabulary."""
        chosen = set(self.listing.mandate)
        of_group: dict[str, list[tuple[str, str]]] = {}
        for slug, term in words.terms("mandate").items():
            if slug in chosen:
                of_group.setdefault(term.attributes.get("group", ""), []).append((slug, term.label))
        return [MandateGroup(term.label, of_group[slug]) for slug, term in words.terms("mandate_group").items() if slug in of_group]

    @property
    def scales(self) -> list[tuple[str, str]]:
        return [(slug, label) for slug, label in words.choices("service_scale") if slug in self.listing.service_scale]

    @property
    def provinces(self) -> list[tuple[str, str]]:
        """Codes and names of the provinces served."""
        return [(code, one.name) for code, one in words.provinces().items() if code in self.listing.provinces]

    @property
    def regencies(self) -> list[str]:
        return [words.regencies()[code].name for code in self.listing.regencies if code in words.regencies()]

    @property
    def sectors(self) -> list[str]:
        return [label for slug, label in words.choices("sector_5k") if slug in self.listing.sector_5k]


def organisation_page(listing: Listing, *, viewer: Any) -> OrganisationPage:
    """The page of an entry that ``viewer`` may see."""
    channels = list(ContactChannel.objects.visible_to(viewer).filter(listing=listing))
    return OrganisationPage(listing, viewer, channels, _deeds(listing, viewer), sentences(listing))


def _deeds(listing: Listing, viewer: Any) -> Deeds:
    organisation = listing.organisation
    return Deeds(
        edit=policy.can_edit(viewer, organisation),
        confirm=policy.can_confirm(viewer, organisation) and listing.is_due,
        claim=policy.can_claim(viewer, listing),
        inquire=policy.can_inquire(viewer, listing),
        steward=policy.is_steward(viewer, organisation),
        list=policy.can_list(viewer),
        ask_public=policy.can_ask_public(viewer, listing) and listing.public_asked_at is None,
        make_public=policy.can_make_public(viewer, listing),
        see_history=listing.revisions.visible_to(viewer).exists(),  # type: ignore[attr-defined]
    )


def sentences(listing: Listing) -> list[str]:
    """What the entry's choices say, as one would tell somebody at the phone."""
    told = [
        (_("It works in %s."), _places(listing)),
        (_("It works at this scale: %s."), _labels("service_scale", listing.service_scale)),
        (_("It is there for: %s."), _labels("target_group", listing.target_group)),
        (_("It helps in %s."), _named(Language, listing.languages)),
    ]
    return [sentence % joined(parts) for sentence, parts in told if parts]


def _places(listing: Listing) -> list[str]:
    provinces = [one.name for code, one in words.provinces().items() if code in listing.provinces]
    if len(provinces) > MOST_PLACES:
        provinces = [_("%(number)d provinces") % {"number": len(provinces)}]
    return provinces + _named(Country, listing.countries)


def _labels(vocabulary: str, slugs: Sequence[str]) -> list[str]:
    return [label for slug, label in words.choices(vocabulary) if slug in slugs]


def _named(choices: Any, values: Sequence[str]) -> list[str]:
    return [str(choices(value).label) for value in values if value in choices.values]


def joined(parts: Sequence[str]) -> str:
    """Aceh, Riau dan Jambi: the last two with a word between them."""
    if len(parts) < 2:
        return "".join(parts)
    return _("%(most)s and %(last)s") % {"most": ", ".join(parts[:-1]), "last": parts[-1]}
