"""The guard finds what must not be published, at its place, and leaves ordinary work alone."""

import time
from itertools import pairwise

import pytest

from cop_site.screening.allowlist import Allowlist
from cop_site.screening.guard import DETECTORS, FieldFinding, Finding, masked_excerpt, screen, screen_fields
from tests.screening import corpus
from tests.screening.cases import FOUND, HOSTILE, PASSES, PROSE

pytestmark = pytest.mark.django_db  # the list of what may stand is asked

# One number may be of two kinds; either name is right.
SAME = {"kk": {"nik"}, "phone": {"messaging_link"}, "phone_foreign": {"phone"}, "messaging_link": {"phone"}, "coordinates": {"map_link"}}
LEAST = {"core": 0.97, "hard": 0.6, "harmless": 0.95}
GRAVE = {"nik", "kk", "phone", "child_name"}


@pytest.mark.parametrize("tier", LEAST)
@pytest.mark.parametrize("examples", [corpus.development, corpus.own])
def test_examples_are_judged_as_the_rules_say(examples, tier):
    results = [example.is_right(screen(example.text)) for example in examples() if example.tier == tier]

    assert sum(results) / len(results) >= LEAST[tier]


@pytest.mark.parametrize("examples", [corpus.development, corpus.own])
def test_no_identity_number_phone_or_child_is_missed(examples):
    grave = [example for example in examples() if example.tier == "core" and example.action == "block" and example.types & GRAVE]

    assert [example.name for example in grave if not example.is_right(screen(example.text))] == []


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in FOUND.items() for text in texts])
def test_every_kind_is_found(kind, text):
    place, _, written = text.rpartition("|")

    found = screen(written)

    assert {hit.type for hit in found} & ({kind} | SAME.get(kind, set()))
    if place:
        assert written.index(place.strip("«»")) in {hit.start for hit in found}


@pytest.mark.parametrize("text", [text for texts in PASSES.values() for text in texts])
def test_what_only_looks_like_it_passes(text):
    assert screen(text) == ()


@pytest.mark.parametrize("text", PROSE)
def test_ordinary_sentences_stay_clean(text):
    assert screen(text) == ()


def test_long_prose_stays_clean():
    assert screen("\n\n".join(PROSE)) == () == screen(" ".join(PROSE))


def test_every_kind_has_at_least_three_cases_each_way():
    kinds = {detector.type for detector in DETECTORS}

    assert kinds == set(FOUND) == set(PASSES)
    assert min(len(texts) for texts in (*FOUND.values(), *PASSES.values())) >= 3


def test_each_kind_has_the_action_of_the_rules():
    actions = {}
    for detector in DETECTORS:
        actions.setdefault(detector.type, set()).add(detector.action)

    both = {kind for kind, found in actions.items() if found == {"block", "warn"}}
    weighed = {kind for kind, found in actions.items() if found == {"warn"}}
    assert both == {"person_name", "child_name", "health"}
    assert weighed == {"civil_servant_id", "plate", "case_number", "device_id", "travel_ref", "quasi_identifier", "small_number"}


def test_offsets_count_characters_of_the_text_as_given():
    text = "🙂 N\u200bIK ３２０１０１２３０５９０９８５１ é, &amp; 0857\u00a01234\u00ad5678"

    found = screen(text)

    assert [(hit.type, text[hit.start : hit.end]) for hit in found] == [
        ("nik", "３２０１０１２３０５９０９８５１"),
        ("phone", "0857\u00a01234\u00ad5678"),
    ]


def test_findings_are_sorted_and_do_not_overlap():
    text = "Rumah aman di Jl. Contoh No. 5, https://wa.me/6281234567890, NIK 3201012305909851, a.n. Rina Contohwati"

    found = screen(text)

    assert [hit.type for hit in found] == ["shelter_location", "phone", "nik", "person_name"]
    assert all(before.end <= after.start for before, after in pairwise(found))


def test_a_number_is_not_joined_across_a_paragraph_or_a_sentence():
    assert screen("Kode 3201012305\n\n909851 tercatat.") == ()
    assert screen("Kode 3201012305. 909851 tercatat.") == ()


def test_a_file_name_is_split_into_words():
    found = screen("surat_korban_Rina_Contohwati_0812_3456_7890.pdf", kind="filename")

    assert [hit.type for hit in found] == ["person_name", "phone"]


def test_a_link_is_read_decoded():
    assert [hit.type for hit in screen("https://contoh.id/?nik=3201%30123%30590%39851", kind="url")] == ["nik"]


def test_role_address_passes_only_on_a_listed_domain():
    listed = Allowlist(role_domains=frozenset({"lembaga.example"}))

    assert screen("info@lembaga.example", allowlist=listed) == ()
    assert [hit.type for hit in screen("rina@lembaga.example", allowlist=listed)] == ["email"]
    assert [hit.type for hit in screen("info@lembaga.example")] == ["email"]


@pytest.mark.parametrize("text", ["Hotline 0811-1234-5678.", "Hotline +62 811 1234 5678"])
def test_verified_hotline_passes(text):
    assert screen(text, allowlist=Allowlist(hotlines=frozenset({"081112345678"}))) == ()
    assert [hit.type for hit in screen(text)] == ["phone"]


def test_findings_name_their_field_and_place_in_a_list():
    found = screen_fields({"title": "Ronda desa", "steps": ["Mulai", "NIK 3201012305909851"]})

    assert found == (FieldFinding("steps", 1, "nik", "block", 4, 20),)


def test_excerpt_shows_the_place_without_any_value():
    text = "Kirim ke 0857-1234-5678 atau NIK 3201 0123 0590 9851 hari ini"
    nik = next(hit for hit in screen(text) if hit.type == "nik")

    before, mask, after = masked_excerpt(text, nik, around=24)

    assert (mask, after) == ("•••• •••• •••• ••••", " hari ini")
    assert not any(char.isdigit() for char in before)


def test_an_empty_text_has_no_findings():
    assert screen("") == ()
    assert isinstance(screen("085712345678")[0], Finding)


@pytest.mark.slow
@pytest.mark.parametrize("unit", HOSTILE)
def test_hostile_text_costs_in_proportion_to_its_length(unit):
    text = unit * 40_000

    short, long = (min(seconds_to_screen(text[:length] + "." * turn) for turn in range(2)) for length in (5_000, 40_000))

    assert long < 20 * short + 0.1, "eight times the text may cost some eight times, not sixty-four"


def seconds_to_screen(text):
    began = time.process_time()
    screen(text)
    return time.process_time() - began
