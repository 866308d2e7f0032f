"""Loading the words of the field, and bettering them."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from cop_site.activity.actions import record
from cop_site.activity.deeds import deed
from cop_site.activity.verbs import Verb

from . import selectors
from .models import OfficialChannel, Province, Regency, Term

DATA = Path(__file__).parent / "data"
_IN_COLUMNS = {"slug", "label_id", "label_en", "definition_id", "definition_en"}


@cache
def _read(name: str) -> dict[str, Any]:
    return json.loads((DATA / name).read_text(encoding="utf-8"))


@deed
def load_vocabulary(*, by: Any) -> None:
    """Bring terms, regions and channels to what the project knows; what editors changed stays as they left it.

    ``by`` is the system account. Nothing is ever deleted: a slug that members used stays readable.
    """
    _load_terms()
    _load_regions()
    for position, channel in enumerate(_read("official_channels.json")["channels"]):
        defaults = {"name_id": channel["name_id"], "name_en": channel["name_en"], "number": channel["number"], "position": position}
        OfficialChannel.objects.get_or_create(slug=channel["slug"], defaults=defaults)
    selectors.forget()


def _load_terms() -> None:
    known = {(term.vocabulary, term.slug): term for term in Term.objects.all()}
    fresh = []
    for vocabulary, content in _read("vocabularies.json")["vocabularies"].items():
        for position, told in enumerate(content["terms"]):
            term = known.get((vocabulary, told["slug"])) or Term(vocabulary=vocabulary, slug=told["slug"])
            term.position = position
            term.attributes = {key: value for key, value in told.items() if key not in _IN_COLUMNS}
            if not term.is_edited:
                for column in _IN_COLUMNS - {"slug"}:
                    setattr(term, column, told.get(column, ""))
            fresh.append(term)
    columns = ["position", "attributes", "label_id", "label_en", "definition_id", "definition_en"]
    Term.objects.bulk_create(fresh, update_conflicts=True, unique_fields=["vocabulary", "slug"], update_fields=columns)


def _load_regions() -> None:
    regions = _read("regions.json")
    provinces = [
        Province(
            code=told["code"],
            slug=told["slug"],
            name_id=told["name"],
            name_en=told["name_en"],
            aliases=told["aliases"],
            island_group=told["island_group"],
            time_zone=told["timezone"],
        )
        for told in regions["provinces"]
    ]
    columns = ["slug", "name_id", "name_en", "aliases", "island_group", "time_zone"]
    Province.objects.bulk_create(provinces, update_conflicts=True, unique_fields=["code"], update_fields=columns)
    regencies = [
        Regency(code=told["code"], province_id=told["province"], slug=told["slug"], name=told["name"]) for told in regions["regencies"]
    ]
    Regency.objects.bulk_create(
        regencies, update_conflicts=True, unique_fields=["code"], update_fields=["province", "slug", "name"], batch_size=200
    )


@deed
def change_label(term: Term, *, by: Any) -> Term:
    """Keep the labels an editor typed: later loads leave them alone."""
    term.is_edited = True
    term.save(update_fields=["label_id", "label_en", "is_edited"])
    record(Verb.CHANGED_TERM, by=by, subject=term)
    selectors.forget()
    return term


@deed
def change_channel(channel: OfficialChannel, *, by: Any) -> OfficialChannel:
    """Write down that an editor changed an official channel; every page shows it at once."""
    record(Verb.CHANGED_CHANNEL, by=by, subject=channel)
    selectors.forget()
    return channel
