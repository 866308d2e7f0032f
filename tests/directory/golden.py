"""A small directory known cell by cell: fresh and stale entries, some restricted, some not listed, and places where was looked."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from cop_site.directory.models import Coverage, Survey
from tests.directory.factories import listing

# name: (level, is listed, days since it was confirmed, mandates, scales, provinces, districts, countries)
ORGANISATIONS: dict[str, tuple[str, bool, int | None, list[str], list[str], list[str], list[str], list[str]]] = {
    "Asal Segar": ("publik", True, 10, ["rumah-aman", "reintegrasi"], ["provinsi"], ["53"], ["53.71"], []),
    "Asal Basi": ("publik", True, 300, ["rumah-aman", "pemulangan"], ["kabupaten-kota"], ["52", "53"], [], []),
    "Tujuan": ("publik", True, 10, ["rumah-aman"], ["lintas-negara"], [], [], ["MY"]),
    "Nasional": ("publik", True, None, ["bantuan-hukum"], ["nasional"], [], [], []),
    "Untuk Jaringan": ("jaringan", True, 10, ["rumah-aman", "pemulangan"], ["provinsi"], ["53"], [], []),
    "Untuk Pengelola": ("pengelola", True, 10, ["rumah-aman", "pendanaan"], ["provinsi", "global"], ["11", "53"], ["53.71"], ["MY"]),
    "Belum Terdaftar": ("publik", False, 10, ["rumah-aman", "pendanaan"], ["provinsi", "global"], ["11", "53"], ["53.71"], ["MY"]),
}
# (province, scale, group of mandates, level, days ago)
SURVEYS = [
    ("52", "", "protection", "publik", 60),
    ("61", "", "", "publik", 60),
    ("11", "", "", "publik", 800),  # too long ago to hold
    ("", "kecamatan", "prosecution", "publik", 60),
    ("62", "", "", "jaringan", 60),
]
# (province, district, instrument, state, level, days ago)
STATEMENTS = [
    ("53", "", "gugus-tugas", "di-atas-kertas", "publik", 400),
    ("53", "", "gugus-tugas", "aktif", "publik", 40),
    ("53", "", "rad", "tidak-ada", "publik", 40),
    ("53", "", "rad", "aktif", "jaringan", 10),
    ("53", "53.71", "perdes", "aktif", "publik", 40),
    ("52", "", "gugus-tugas", "belum-diketahui", "publik", 40),
    ("51", "", "gugus-tugas", "aktif", "jaringan", 40),
]


def plant() -> dict[str, Any]:
    """The whole world; the entries by name."""
    today = timezone.localdate()
    for province, scale, group, level, days in SURVEYS:
        told = {"source": "Pemetaan jejaring", "as_of": today - timedelta(days=days), "visibility": level}
        Survey.objects.create(province=province, scale=scale, mandate_group=group, **told)
    for province, regency, instrument, status, level, days in STATEMENTS:
        told = {"source": f"Sumber {level} {days}", "as_of": today - timedelta(days=days), "visibility": level}
        Coverage.objects.create(province=province, regency=regency, instrument=instrument, status=status, **told)
    return {name: _planted(name, *told) for name, told in ORGANISATIONS.items()}


def _planted(
    name: str, level: str, is_listed: bool, days: int | None, mandates: Any, scales: Any, provinces: Any, regencies: Any, countries: Any
) -> Any:
    places = {"service_scale": scales, "provinces": provinces, "regencies": regencies, "countries": countries}
    return listing(name, visibility=level, is_listed=is_listed, days=days, mandate=mandates, **places)
