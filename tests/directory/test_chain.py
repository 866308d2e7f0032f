"""The service chain of the known directory: who covers which stage on which side, and what is missing."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cop_site.directory.models import Survey
from cop_site.directory.selectors import chain
from cop_site.vocabulary import selectors as words
from tests.directory import golden
from tests.directory.factories import channel, listing

pytestmark = pytest.mark.django_db

STAGES = [
    "prevention",
    "identifikasi",
    "penyelamatan",
    "pelindungan-darurat",
    "proses-hukum",
    "pemulihan",
    "pemulangan",
    "reintegrasi",
    "pemantauan",
]
# (stage, side): who stands there, for everybody.
COVERED = {
    ("pelindungan-darurat", "origin"): ["Asal Segar", "Asal Basi"],
    ("pelindungan-darurat", "destination"): ["Tujuan"],
    ("proses-hukum", "national"): ["Nasional"],
    ("pemulangan", "origin"): ["Asal Basi"],
    ("reintegrasi", "origin"): ["Asal Segar"],
}
OF_THE_NETWORK = {
    ("pelindungan-darurat", "origin"): ["Asal Segar", "Untuk Jaringan", "Asal Basi"],
    ("pemulangan", "origin"): ["Untuk Jaringan", "Asal Basi"],
}


def page_for(viewer, origin="53", destination="MY"):
    return chain.chain_page(viewer, words.provinces()[origin], destination)


def names(page):
    return {
        (stage.key, side.key): [one.listing.organisation.name for one in side.organisations]
        for stage in page.stages
        for side in [*stage.sides, stage.national]
    }


@pytest.mark.parametrize(("who", "covered"), [("visitor", COVERED), ("member", COVERED | OF_THE_NETWORK)])
def test_every_stage_of_a_known_chain_is_right(cast, who, covered):
    golden.plant()

    page = page_for(cast[who])

    assert [stage.key for stage in page.stages] == STAGES
    assert {place: found for place, found in names(page).items() if found != covered.get(place, [])} == {}


def test_missing_links_are_named_and_counted_by_the_side_on_which_they_are_needed(cast):
    golden.plant()

    page = page_for(cast["visitor"])

    gaps = {stage.key: [side.key for side in stage.sides if side.is_missing] for stage in page.stages}
    assert gaps == {
        "prevention": ["origin"],
        "identifikasi": ["origin", "destination"],
        "penyelamatan": ["destination"],
        "pelindungan-darurat": [],
        "proses-hukum": ["origin", "destination"],
        "pemulihan": ["origin", "destination"],
        "pemulangan": ["destination"],
        "reintegrasi": [],
        "pemantauan": ["origin"],
    }
    assert [stage.key for stage in page.uncovered] == ["prevention", "identifikasi", "penyelamatan", "pemulihan", "pemantauan"]
    assert [stage.key for stage in page.broken] == ["proses-hukum", "pemulangan"]


def test_looked_for_and_not_yet_known_are_two_sentences(cast):
    Survey.objects.create(province="53", mandate_group="prevention", source="Pemetaan", as_of="2026-01-01", visibility="publik")

    page = page_for(cast["visitor"])

    searched = {side.was_searched for side in page.stages[0].sides if side.key == "origin"}
    assert searched == {True}
    assert page.stages[0].gaps != [page.stages[-1].gaps[0]]


def test_a_province_may_be_the_destination_too(cast):
    golden.plant()

    found = names(page_for(cast["visitor"], origin="53", destination="52"))

    assert found["pemulangan", "destination"] == ["Asal Basi"]
    assert found["pelindungan-darurat", "destination"] == ["Asal Basi"]


def test_names_lead_to_pages_and_say_who_is_full_but_no_contact_is_told(client, cast):
    full = listing("Rumah Penuh", visibility="publik", mandate=["rumah-aman"], provinces=["53"], capacity="full", days=300)
    channel(full, "rahasia@lembaga.example", visibility="publik")

    answer = client.get("/directory/chain/?origin=53&destination=MY")

    text = answer.content.decode()
    shown = re.search(r'<li data-state="stale"><a href="([^"]+)">Rumah Penuh</a>', text)
    assert shown[1] == full.get_absolute_url()
    assert [one.capacity for one in answer.context["chain"].stages[3].sides[0].organisations] == [full.get_capacity_display()]
    assert "rahasia@lembaga.example" not in text


def test_long_sides_are_cut_and_lead_to_the_list(cast):
    for number in range(11):
        listing(f"Rumah {number:02}", visibility="publik", mandate=["rumah-aman"], provinces=["53"], countries=["MY"])

    origin, destination = page_for(cast["visitor"]).stages[3].sides

    assert [(side.number, len(side.organisations), side.more) for side in (origin, destination)] == [(11, 8, 3)] * 2
    assert origin.address == "/directory/?province=53&mandate=rumah-aman"
    assert destination.address == "/directory/?country=MY&mandate=rumah-aman"


@pytest.mark.parametrize("query", ["", "?origin=53", "?origin=99&destination=XX", "?destination=MY"])
def test_without_both_ends_the_page_explains_itself(client, query):
    answer = client.get(f"/directory/chain/{query}")

    assert answer.status_code == 200
    assert answer.context["chain"] is None
    assert "?origin=53&amp;destination=MY" in answer.content.decode()


def test_the_chain_costs_the_same_for_one_organisation_and_for_twenty(client):
    costs = []

    for number in (1, 19):
        for place in range(number):
            listing(f"Rumah {number} {place}", visibility="publik", mandate=["rumah-aman"], provinces=["53"], countries=["MY"])
        client.get("/directory/chain/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/directory/chain/?origin=53&destination=MY")
        costs.append(len(queries))

    assert costs[0] == costs[1] <= 25


def test_every_mandate_of_the_table_exists():
    mandates = {mandate for _sides, named in chain.STAGES.values() for mandate in named}

    assert mandates - set(words.terms("mandate")) == set()
    assert set(chain.STAGES) - set(words.terms("process_stage")) == {"prevention"}
