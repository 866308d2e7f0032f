"""Two worlds that differ only in what a visitor may not see answer alike, byte for byte."""

import re

import pytest
from django.utils import timezone

from cop_site.directory.models import Coverage, Survey
from cop_site.search import indexing
from cop_site.vocabulary import selectors as words
from tests.directory import golden
from tests.directory.factories import channel, listing

pytestmark = pytest.mark.django_db

PAGES = [
    "/directory/",
    "/directory/?province=53",
    "/directory/?mandate=rumah-aman&scale=provinsi",
    "/directory/?q=lembaga",
    "/directory/?export=csv",
    "/directory/?export=json",
    "/directory/matrix/",
    "/directory/matrix/?by=province",
    "/directory/matrix/?by=province&layer=gugus-tugas",
    "/directory/map/",
    "/directory/map/?mandate=rumah-aman&scale=provinsi",
    "/directory/map/?as=outlines",
    "/directory/map/?province=53",
    "/directory/map/?layer=gugus-tugas",
    "/directory/map/?layer=perdes&as=outlines&province=53",
    "/directory/chain/?origin=53&destination=MY",
    "/directory/chain/?origin=11&destination=53",
    "/directory/coverage/",
    "/directory/coverage/?province=53",
    "/directory/referral/?province=53",
    "/directory/freshness/",
    "/search/?q=lembaga",
    "/sitemap.xml",
    "/api/v1/search?q=lembaga",
    "/api/v1/suggest?q=lem",
]


def answers(client):
    """Every public view as a visitor gets it; the part that changes from request to request is the frame, not ``main``."""
    return {path: main_of(client.get(path, follow=True)) for path in PAGES}


def main_of(answer):
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    found = re.search(rb"<main.*</main>", body, flags=re.DOTALL)
    return answer.status_code, found[0] if found else body


@pytest.mark.parametrize(("level", "is_listed"), [("jaringan", True), ("pengelola", True), ("publik", False)])
def test_no_pair_of_public_views_reveals_a_restricted_organisation(client, level, is_listed):
    golden.plant()
    indexing.rebuild()
    before = answers(client)

    everywhere = {
        "mandate": [*list(words.terms("mandate"))[:5], "rumah-aman", "bantuan-hukum", "reintegrasi"],
        "service_scale": list(words.terms("service_scale")),
        "provinces": list(words.provinces()),
        "regencies": ["53.71", "53.01"],
        "countries": ["MY"],
    }
    hidden = listing("Lembaga Tersembunyi", visibility=level, is_listed=is_listed, **everywhere)
    channel(hidden, visibility="publik")
    listing("Lembaga Tersembunyi Nasional", visibility=level, is_listed=is_listed, mandate=["pemulangan"], service_scale=["nasional"])
    indexing.rebuild()

    assert [path for path, answer in answers(client).items() if answer != before[path]] == []


def test_no_public_view_reveals_what_only_the_network_knows_of_regions(client):
    golden.plant()
    indexing.rebuild()
    before = answers(client)

    told = {"source": "Rapat tertutup", "as_of": timezone.localdate(), "visibility": "jaringan"}
    for province in words.provinces():
        Survey.objects.create(province=province, **told)
        Coverage.objects.create(province=province, instrument="gugus-tugas", status="tidak-ada", **told)
    Coverage.objects.create(province="53", regency="53.01", instrument="perdes", status="aktif", **told)
    for scale in words.terms("service_scale"):
        Survey.objects.create(scale=scale, **told)

    assert [path for path, answer in answers(client).items() if answer != before[path]] == []


def test_the_views_do_differ_for_whoever_may_see(client, cast):
    """Else the tests above would prove nothing."""
    golden.plant()
    indexing.rebuild()
    client.force_login(cast["member"])
    before = answers(client)

    listing("Lembaga Jaringan Baru", visibility="jaringan", mandate=["rumah-aman"], service_scale=["provinsi"], provinces=["11", "53"])
    indexing.rebuild()

    after = answers(client)
    changed = {path.split("?")[0] for path in PAGES if after[path] != before[path]}
    assert changed >= {"/directory/", "/directory/matrix/", "/directory/map/", "/directory/chain/", "/directory/referral/", "/search/"}
