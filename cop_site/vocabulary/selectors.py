"""The words at hand: read once, kept in memory for half a minute, asked by slug or code."""

import time
from dataclasses import dataclass, field

from .models import OfficialChannel, Province, Regency, Term

KEPT_FOR = 30.0  # seconds until another process's edit of a label is seen here


@dataclass
class _Shelf:
    read_at: float = 0.0
    terms: dict[str, dict[str, Term]] = field(default_factory=dict)
    provinces: dict[str, Province] = field(default_factory=dict)
    regencies: dict[str, Regency] = field(default_factory=dict)
    channels: list[OfficialChannel] = field(default_factory=list)


_shelf = _Shelf()


def forget() -> None:
    """Read anew next time: somebody changed a word."""
    _shelf.read_at = 0.0


def _words() -> _Shelf:
    if not _shelf.read_at or time.monotonic() - _shelf.read_at > KEPT_FOR:
        terms: dict[str, dict[str, Term]] = {}
        for term in Term.objects.all():
            terms.setdefault(term.vocabulary, {})[term.slug] = term
        _shelf.terms = terms
        _shelf.provinces = Province.objects.in_bulk()
        _shelf.regencies = Regency.objects.in_bulk()
        _shelf.channels = list(OfficialChannel.objects.all())
        _shelf.read_at = time.monotonic()
    return _shelf


def terms(vocabulary: str) -> dict[str, Term]:
    """The terms of a vocabulary by slug, in their order; empty for an unknown one."""
    return _words().terms.get(vocabulary, {})


def label(vocabulary: str, slug: str) -> str:
    """The term's label in the reader's language; the slug itself where the term is gone."""
    term = terms(vocabulary).get(slug)
    return term.label if term else slug


def choices(vocabulary: str, allowed: list[str] | None = None) -> list[tuple[str, str]]:
    """Slugs and labels for a form, in the vocabulary's order."""
    return [(slug, term.label) for slug, term in terms(vocabulary).items() if allowed is None or slug in allowed]


def provinces() -> dict[str, Province]:
    """All provinces by code."""
    return _words().provinces


def regencies() -> dict[str, Regency]:
    """All regencies and cities by code."""
    return _words().regencies


def province_name(code: str) -> str:
    """The province's name; the code itself where it is gone."""
    province = provinces().get(code)
    return province.name if province else code


def regency_name(code: str) -> str:
    """The regency's or city's name; the code itself where it is gone."""
    regency = regencies().get(code)
    return regency.name if regency else code


def regency_named(name: str, province: str | None = None) -> Regency | None:
    """The regency or city with this code or name (with or without "Kabupaten"/"Kota"); None where two could be meant."""
    wanted = " ".join(name.split()).casefold()
    inside = [one for one in regencies().values() if province in (None, one.province_id)]
    exact = [one for one in inside if wanted in (one.code, one.name.casefold())]
    found = exact or [one for one in inside if one.name.split(" ", 1)[-1].casefold() == wanted]
    return found[0] if len(found) == 1 else None


def official_channels() -> list[OfficialChannel]:
    """The official help channels, in their order."""
    return _words().channels
