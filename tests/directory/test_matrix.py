"""The matrix: every cell of a known directory, for a visitor and for a member."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from cop_site.directory.selectors import matrix
from cop_site.vocabulary import selectors as words
from tests.directory import golden
from tests.directory.factories import listing

pytestmark = pytest.mark.django_db

# What stands in cells that are not empty, for everybody: text and sign.
SCALES = {
    ("rumah-aman", "provinsi"): ("1", "fragile"),
    ("reintegrasi", "provinsi"): ("1", "fragile"),
    ("rumah-aman", "kabupaten-kota"): ("½", "fragile"),
    ("pemulangan", "kabupaten-kota"): ("½", "fragile"),
    ("rumah-aman", "lintas-negara"): ("1", "fragile"),
    ("bantuan-hukum", "nasional"): ("½", "fragile"),
}
PROVINCES = {
    ("rumah-aman", "53"): ("1½", "2"),
    ("reintegrasi", "53"): ("1", "fragile"),
    ("pemulangan", "53"): ("½", "fragile"),
    ("rumah-aman", "52"): ("½", "fragile"),
    ("pemulangan", "52"): ("½", "fragile"),
    ("rumah-aman", "none"): ("1", "fragile"),
    ("bantuan-hukum", "none"): ("½", "fragile"),
}
# What a member sees besides: one organisation more in each.
OF_THE_NETWORK = {
    "scale": {("rumah-aman", "provinsi"): ("2", "2"), ("pemulangan", "provinsi"): ("1", "fragile")},
    "province": {("rumah-aman", "53"): ("2½", "2"), ("pemulangan", "53"): ("1½", "2")},
}
LOOKED = {"scale": {("kecamatan", "prosecution")}, "province": {("52", "protection"), ("61", "")}}
LOOKED_BY_MEMBERS = {"scale": set(), "province": {("62", "")}}


def cells_of(page):
    return {
        (line.mandate.slug, cell.column.key): (cell.number.text, cell.number.state)
        for group in page.groups
        for line in group.lines
        for cell in line.cells
    }


def expected(by, who):
    filled = (SCALES if by == "scale" else PROVINCES) | (OF_THE_NETWORK[by] if who == "member" else {})
    looked = LOOKED[by] | (LOOKED_BY_MEMBERS[by] if who == "member" else set())
    keys = list(words.terms("service_scale")) if by == "scale" else [*words.provinces(), "none"]
    return {
        (slug, key): filled.get((slug, key)) or empty(looked, key, term.attributes["group"])
        for slug, term in words.terms("mandate").items()
        for key in keys
    }


def empty(looked, key, group):
    return ("0", "nobody") if {(key, ""), (key, group)} & looked else ("?", "unknown")


@pytest.mark.parametrize("who", ["visitor", "member"])
@pytest.mark.parametrize(("by", "cells"), [("scale", 30 * 8), ("province", 30 * 39)])
def test_every_cell_of_a_known_directory_is_right(cast, by, cells, who):
    golden.plant()

    found = cells_of(matrix.matrix_page(cast[who], by))

    assert len(found) == cells
    assert {place: value for place, value in found.items() if expected(by, who)[place] != value} == {}


def test_all_provinces_stand_there_though_nobody_names_them(client, db):
    page = client.get("/directory/matrix/?by=province")

    assert [column.key for column in page.context["matrix"].columns if column.key != "none"] == list(words.provinces())
    assert page.content.decode().count('data-n="unknown"') == 30 * 39 + 1  # the legend has one too


@pytest.mark.parametrize(
    ("fresh", "stale", "text", "state"),
    [
        (1, 0, "1", "fragile"),
        (0, 1, "½", "fragile"),
        (0, 2, "1", "2"),
        (1, 1, "1½", "2"),
        (2, 1, "2½", "2"),
        (3, 0, "3", "3-4"),
        (4, 1, "4½", "3-4"),
        (5, 0, "5", "5-9"),
        (9, 1, "9½", "5-9"),
        (10, 0, "10", "10+"),
    ],
)
def test_old_news_counts_half_and_one_organisation_is_fragile(fresh, stale, text, state):
    number = matrix.Number(fresh, stale)

    assert (number.text, number.state) == (text, state)


def test_nobody_and_not_yet_known_look_and_read_differently():
    looked, unknown = matrix.Number(was_searched=True), matrix.Number()

    assert [(one.text, one.state) for one in (looked, unknown)] == [("0", "nobody"), ("?", "unknown")]
    assert looked.told != unknown.told


def test_cells_say_in_words_what_they_count():
    with translation.override("en"):
        assert matrix.Number(1, 1).told == "2 organisations, 1 with old news"
        assert matrix.Number(1).told == "1 organisation, fragile"


def test_a_cell_leads_to_its_list(client):
    golden.plant()

    scales, provinces = (client.get(f"/directory/matrix/?by={by}").content.decode() for by in ("scale", "province"))

    assert 'href="/directory/?mandate=rumah-aman&amp;scale=provinsi"' in scales
    assert 'href="/directory/?mandate=rumah-aman&amp;province=53"' in provinces
    assert 'href="/directory/?mandate=pendanaan&amp;province=94"' in provinces


def test_nonsense_in_the_address_falls_back_to_scales(client):
    plain, odd = (client.get(f"/directory/matrix/{query}") for query in ("", "?by=mond&layer=mond"))

    assert plain.context["matrix"].by == odd.context["matrix"].by == "scale"
    assert odd.context["matrix"].layer is None


def test_a_layer_shows_what_each_province_has(client, cast):
    golden.plant()

    page = client.get("/directory/matrix/?by=province&layer=gugus-tugas").context["matrix"]
    client.force_login(cast["member"])
    for_members = client.get("/directory/matrix/?by=province&layer=gugus-tugas").context["matrix"]

    def known(shown):
        states = zip(shown.columns, shown.layer_states, strict=True)
        return {column.key: state.status for column, state in states if state and state.status != "belum-diketahui"}

    assert known(page) == {"53": "aktif"}
    assert known(for_members) == {"53": "aktif", "51": "aktif"}


def test_the_matrix_costs_the_same_for_one_organisation_and_for_twenty(client):
    costs = []

    for number in (1, 19):
        for place in range(number):
            listing(f"Lembaga {number} {place}", visibility="publik", mandate=["rumah-aman"], provinces=["53"], service_scale=["provinsi"])
        client.get("/directory/matrix/?by=province")
        with CaptureQueriesContext(connection) as queries:
            client.get("/directory/matrix/?by=province&layer=rad")
        costs.append(len(queries))

    assert costs[0] == costs[1] <= 25
