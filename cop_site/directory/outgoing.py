"""What of the directory can be taken along: a list, as its reader sees it, how fresh the whole is, and files that an import reads."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from io import StringIO
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from cop_site.core.records.cells import harmless
from cop_site.core.records.reading import NOTE_KEY, NOTE_SIGN
from cop_site.search.asked import Asked
from cop_site.vocabulary import selectors as words

from . import importing
from .choices import Country, Language
from .models import Listing
from .selectors import finding, freshness

COLUMNS = (
    *("name", "abbreviation", "kind", "sectors", "scales", "mandates", "provinces", "regencies", "countries", "languages", "target_group"),
    *("about", "offers", "hours", "capacity", "links", "channels", "verification", "last_confirmed", "is_stale", "visibility", "url"),
)
VOCABULARIES = {
    "kind": "organisation_kind",
    "sectors": "sector_5k",
    "scales": "service_scale",
    "mandates": "mandate",
    "target_group": "target_group",
    "verification": "verification_level",
}
COLUMN_OF = {
    "sectors": "sector_5k",
    "scales": "service_scale",
    "mandates": "mandate",
    "capacity": "capacity_now",
    **{name: name for name in ("provinces", "regencies", "countries", "languages", "target_group", "about", "offers", "hours")},
    **{name: name for name in ("links", "verification", "is_stale")},
}
BOM = "\ufeff"  # spreadsheets read UTF-8 only where it says so


@dataclass(frozen=True)
class Export:
    """A kind of file, and what stands in it for a viewer who asked for a list."""

    name: str
    media_type: str
    told: Callable[[Any, Asked], str]


def record_of(listing: Listing) -> dict[str, Any]:
    """An entry in slugs and codes, with the channels that were found for its reader (``finding.with_channels``)."""
    organisation = listing.organisation
    told = {name: getattr(organisation, name) for name in ("slug", "name", "abbreviation", "kind", "visibility")}
    told |= {name: getattr(listing, column) for name, column in COLUMN_OF.items()}
    return told | {
        "channels": [{"kind": one.kind, "value": one.value, "note": one.note} for one in listing.seen_channels],  # type: ignore[attr-defined]
        "last_confirmed": timezone.localdate(listing.confirmed_at).isoformat() if listing.confirmed_at else "",
        "url": settings.SITE_URL + listing.get_absolute_url(),
    }


def as_json(listings: Iterable[Listing]) -> str:
    return json.dumps({"organisations": [record_of(listing) for listing in listings]}, ensure_ascii=False, indent=1)


def as_table(listings: Iterable[Listing]) -> str:
    """A line for each, in the reader's words; no cell is taken for a formula."""
    return BOM + _table([COLUMNS, *(_row(listing) for listing in listings)])


def freshness_table(state: Any) -> str:
    """The numbers of ``selectors.freshness.state``, a line for each; what cannot be told is empty."""
    told = asdict(state) | {"backlog": state.backlog}
    return _table([("metric", "value"), *((name, "" if value is None else str(value)) for name, value in told.items())])


EXPORTS = {
    "csv": Export("directory.csv", "text/csv", lambda viewer, asked: as_table(finding.exported(viewer, asked))),
    "json": Export("directory.json", "application/json", lambda viewer, asked: as_json(finding.exported(viewer, asked))),
    # Of the whole directory, whatever list stands on the page.
    "freshness": Export("directory-freshness.csv", "text/csv", lambda viewer, _asked: freshness_table(freshness.state(viewer))),
}


def _row(listing: Listing) -> list[str]:
    record = record_of(listing) | {
        "channels": [_channel(one) for one in listing.seen_channels],  # type: ignore[attr-defined]
        "capacity": listing.get_capacity_display() if listing.capacity_now else "",  # type: ignore[attr-defined]
        "visibility": listing.organisation.get_visibility_display(),  # type: ignore[attr-defined]
    }
    return [harmless(_cell(column, record[column])) for column in COLUMNS]


def _cell(column: str, value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "; ".join(_label(column, one) for one in (value if isinstance(value, list) else [value]))


def _label(column: str, value: str) -> str:
    """What a slug or code is called in the reader's language."""
    if column in VOCABULARIES:
        return words.label(VOCABULARIES[column], value)
    if column in {"provinces", "regencies"}:
        return words.province_name(value) if column == "provinces" else words.regency_name(value)
    if column in {"countries", "languages"}:
        choices: Any = Country if column == "countries" else Language
        return str(choices(value).label) if value in choices.values else value
    return value


def _channel(channel: Any) -> str:
    return f"{channel.get_kind_display()}: {channel.value}" + (f" ({channel.note})" if channel.note else "")


def _table(rows: Iterable[Iterable[str]]) -> str:
    table = StringIO()
    csv.writer(table).writerows(rows)
    return table.getvalue()


# --- what an import reads again


def line_of(listing: Listing) -> dict[str, Any]:
    """An entry as a line; what is empty is left out. Ways to reach anybody do not travel in files."""
    organisation = listing.organisation
    told = {key: getattr(listing, importing.COLUMN_OF.get(key, key), "") for key in importing.KEYS}
    told |= {key: getattr(organisation, key) for key in ("name", "slug", "abbreviation", "kind", "visibility")}
    told["listed"] = organisation.is_listed
    return {key: value for key, value in told.items() if value not in ("", [])}


def jsonl(listings: Iterable[Listing]) -> Iterator[str]:
    if settings.IS_DEMO:
        yield _json({NOTE_KEY: _note()})
    for listing in listings:
        yield _json(line_of(listing))


def csv_file(listings: Iterable[Listing]) -> Iterator[str]:
    yield BOM + (_table([[f"{NOTE_SIGN} {_note()}"]]) if settings.IS_DEMO else "") + _table([importing.KEYS])
    for listing in listings:
        line = line_of(listing)
        yield _table([[importing.cell_of(line.get(key, "")) for key in importing.KEYS]])


WRITERS = {".jsonl": jsonl, ".csv": csv_file}


def _json(line: dict[str, Any]) -> str:
    return json.dumps(line, ensure_ascii=False) + "\n"


def _note() -> str:
    """That nothing in a demo is true; an import leaves it out."""
    return _("Everything on this site is invented: for demonstration.")
