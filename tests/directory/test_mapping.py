"""The map: the numbers of the known directory on 38 provinces, as squares, as outlines, and by district."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cop_site.directory.selectors import mapping
from cop_site.vocabulary import selectors as words
from tests.directory import golden
from tests.directory.factories import listing

pytestmark = pytest.mark.django_db


def tiles_of(viewer, **wish):
    page = mapping.map_page(viewer, mapping.Wish(**wish))
    return {place.tile.code: (place.text, place.sign) for place in page.places}, page


def differing(found, filled, empty=("?", "unknown")):
    return {code: text for code, text in found.items() if text != filled.get(code, empty)}


@pytest.mark.parametrize(
    ("who", "wish", "filled"),
    [
        ("visitor", {}, {"52": ("½", "fragile"), "53": ("1½", "2"), "61": ("0", "nobody")}),
        ("member", {}, {"52": ("½", "fragile"), "53": ("2½", "2"), "61": ("0", "nobody"), "62": ("0", "nobody")}),
        ("visitor", {"mandate": "reintegrasi"}, {"52": ("0", "nobody"), "53": ("1", "fragile"), "61": ("0", "nobody")}),
        ("visitor", {"mandate": "bantuan-hukum"}, {"61": ("0", "nobody")}),
        ("visitor", {"scale": "kabupaten-kota"}, {"52": ("½", "fragile"), "53": ("½", "fragile"), "61": ("0", "nobody")}),
        ("visitor", {"mandate": "pendanaan"}, {"61": ("0", "nobody")}),
    ],
)
def test_every_province_of_a_known_directory_is_right(cast, who, wish, filled):
    golden.plant()
    vocabularies = {"mandate": "mandate", "scale": "service_scale"}

    found, _page = tiles_of(cast[who], **{name: words.terms(vocabularies[name])[slug] for name, slug in wish.items()})

    assert len(found) == 38
    assert differing(found, filled) == {}


def test_who_names_no_province_is_told_apart(cast):
    golden.plant()

    _found, page = tiles_of(cast["visitor"])

    assert (page.elsewhere.fresh, page.elsewhere.stale) == (1, 1)
    assert page.elsewhere_address == "/directory/?province=none"


@pytest.mark.parametrize(
    ("who", "filled"),
    [
        ("visitor", {"53": ("○", "tidak-ada")}),
        ("member", {"53": ("●", "aktif")}),
    ],
)
def test_a_layer_shows_states_and_not_known_is_one_of_its_own(cast, who, filled):
    golden.plant()

    found, page = tiles_of(cast[who], layer=words.terms("coverage_instrument")["rad"])

    assert differing(found, filled, empty=("?", "belum-diketahui")) == {}
    assert {term.slug: number for term, number in page.layer_counts}["belum-diketahui"] == 37


@pytest.mark.parametrize(("who", "whole"), [("visitor", (0, 1)), ("member", (1, 1))])
def test_districts_stand_below_their_province_and_the_whole_province_apart(cast, who, whole):
    golden.plant()

    _found, page = tiles_of(cast[who], province=words.provinces()["53"])

    named = {district.name: district.number.organisations for district in page.districts.rows if district.number.organisations}
    assert len(page.districts.rows) == sum(one.province_id == "53" for one in words.regencies().values())
    assert named == {words.regencies()["53.71"].name: 1}
    assert {district.sign for district in page.districts.rows} == {"fragile", "with-all"}
    assert (page.districts.whole.fresh, page.districts.whole.stale) == whole


def test_squares_and_table_carry_the_same_numbers(client):
    golden.plant()

    page = client.get("/directory/map/").content.decode()

    squares = dict(re.findall(r'class="visually-hidden">([^<,]+), ([^<]+)</span></a></li>', page))
    table = dict(re.findall(r'<th scope="row">([^<]+)</th><td><a href="[^"]+">(?:[^<:]+: )?([^<]+)</a>', page))
    assert squares == table
    assert set(squares) == {province.name for province in words.provinces().values()}


def test_outlines_are_drawn_only_when_asked_for_and_name_every_province(client):
    golden.plant()

    plain, drawn = (client.get(f"/directory/map/{query}").content.decode() for query in ("", "?as=outlines"))

    labels = re.findall(r'<a class="outline"[^>]* aria-label="([^",]+), [^"]+"><title>', drawn)
    assert "<path" not in plain.split("<main", 1)[1]
    assert set(labels) == {province.name for province in words.provinces().values()}
    assert " style=" not in drawn


def test_nonsense_in_the_address_shows_the_plain_map(client):
    answer = client.get("/directory/map/?mandate=mond&scale=mond&layer=mond&province=99&as=mond")

    assert answer.status_code == 200
    assert answer.context["wish"] == mapping.Wish()


def test_the_map_costs_the_same_for_one_organisation_and_for_twenty(client):
    costs = []

    for number in (1, 19):
        for place in range(number):
            listing(f"Lembaga {number} {place}", visibility="publik", provinces=["53"], regencies=["53.71"])
        client.get("/directory/map/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/directory/map/?province=53&as=outlines")
        costs.append(len(queries))

    assert costs[0] == costs[1] <= 25
