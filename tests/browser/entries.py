"""A directory to look at: an entry with stewards and questions, one that nobody looks after, one that asks to go public."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from cop_site.directory import actions, confirming
from cop_site.directory.models import Listing
from tests import factories

WORDS = {
    "about_id": "Menemani pekerja migran yang pulang dan keluarga yang menunggu.",
    "offers_id": "Penjemputan, pendampingan hukum, dan kelas persiapan.",
    "sector_5k": ["komunitas"],
    "service_scale": ["kabupaten-kota", "provinsi"],
    "mandate": ["pemulangan", "bantuan-hukum", "pencegahan-edukasi"],
    "provinces": ["53", "33"],
    "regencies": ["53.71"],
    "countries": ["MY"],
    "languages": ["id", "tet"],
    "target_group": ["pmi", "keluarga"],
    "hours": "Senin sampai Jumat, 08.00 sampai 16.00 WITA",
}
CHANNEL = {"kind": "email", "value": "sapa@tikar.example", "visibility": "jaringan"}


def plant(cast: dict[str, Any], organisation: Any) -> dict[str, list]:
    """What addresses of the directory are filled with, by the name of the sample."""
    office, steward = cast["secretariat"], cast["member"]
    entry = actions.list_organisation(organisation, by=office, is_confirmed=True, **WORDS)
    actions.name_steward(organisation, steward, by=office)
    actions.change_listing(entry, by=steward, capacity="full")
    actions.set_channels(entry, by=steward, channels=[CHANNEL, CHANNEL | {"value": "kantor@tikar.example", "visibility": "pengelola"}])
    actions.ask_organisation(entry, by=cast["member2"], question="Bisakah Anda menjemput di bandara Kupang bulan depan?")
    _public(entry, cast)
    alone = actions.list_organisation(factories.organisation("Posko Bukit Garam"), by=office, **WORDS | {"regencies": []})
    _public(alone, cast)
    Listing.objects.filter(pk=alone.pk).update(confirmed_at=timezone.now() - timedelta(days=230))
    asked = actions.list_organisation(factories.organisation("Serikat Samudra"), by=office, is_confirmed=True, **WORDS)
    actions.ask_public(asked, by=office)
    claim = actions.claim_listing(alone, by=cast["colleague"], reason="Saya pengurus posko ini sejak awal.")
    _regions(cast)
    return {
        "entry": [organisation.slug],
        "alone": [alone.organisation.slug],
        "asked-entry": [asked.organisation.slug],
        "claim": [claim.pk],
        "unlisted": [factories.organisation("Kelompok Tenun Pagi").slug],
        "entry-token": [confirming.path_of(entry, steward).rstrip("/").split("/")[-1]],
    }


def _public(entry: Any, cast: dict[str, Any]) -> None:
    actions.ask_public(entry, by=cast["secretariat"])
    actions.make_public(entry, by=cast["safety_reviewer"])


def _regions(cast: dict[str, Any]) -> None:
    day = timezone.localdate() - timedelta(days=40)
    told = {"source": "Notula pertemuan wilayah", "as_of": day, "visibility": "publik"}
    actions.state_coverage(by=cast["secretariat"], province="53", instrument="gugus-tugas", status="aktif", **told)
    actions.state_coverage(by=cast["secretariat"], province="53", regency="53.71", instrument="perdes", status="di-atas-kertas", **told)
    actions.record_survey(by=cast["secretariat"], province="34", **told)
