"""What the demo tells: wide enough to show the network's work, whole where it is published, and safe to read."""

from collections import Counter
from typing import Any

import pytest

from cop_site.demo import seeding
from cop_site.demo.writings import words_of
from cop_site.library import rules, template
from cop_site.screening.guard import screen_fields
from cop_site.vocabulary import selectors as words

pytestmark = pytest.mark.django_db
HANDED_IN = {"submitted", "changes-asked", "published", "asks-public", "withdrawn"}
PUBLISHED = {"published", "asks-public"}
BY_DEFAULT = {"location_precision": "provinsi", "licence": "cc-by-sa-4.0"}


def texts(*kinds: str) -> list[dict[str, Any]]:
    return [told for kind in kinds or ("practices", "documents") for told in seeding.told(kind)]


def content(told: dict[str, Any]) -> dict[str, Any]:
    return BY_DEFAULT | words_of(told)


def said(name: str, *kinds: str) -> set[str]:
    """Every slug that the texts name under ``name``."""
    return {slug for told in texts(*kinds) for slug in told.get(name, [])}


def test_there_are_sixty_practices_and_fifteen_documents_each_with_a_key_of_its_own():
    kinds = Counter(told["document_kind"] for told in texts("documents"))

    assert len({told["key"] for told in texts("practices")}) == len(texts("practices")) == 60
    assert len({told["key"] for told in texts("documents")}) == len(texts("documents")) == 15
    assert kinds == {
        "regulasi": 5,
        "alat-panduan": 3,
        "modul-pelatihan": 2,
        "kertas-kebijakan": 2,
        "laporan-riset": 2,
        "catatan-pertemuan": 1,
    }


def test_what_was_handed_in_is_whole_and_keeps_every_rule():
    problems = {
        told["key"]: [problem.sentence for problem in rules.problems_in(content(told), to_publish=told["state"] in HANDED_IN)]
        for told in texts()
    }

    assert {key: found for key, found in problems.items() if found} == {}


def test_texts_stay_within_the_words_that_are_advised():
    too_long = []
    for told in texts():
        for key, field in template.form_of(told["document_kind"]).items():
            parts = told.get(key) if isinstance(told.get(key), list) else [told.get(key)]
            longest = field.words.get("max")
            too_long += [(told["key"], key) for part in parts if longest and isinstance(part, str) and len(part.split()) > longest]

    assert too_long == []


def test_the_network_tells_of_every_kind_of_work_everywhere():
    groups = {words.terms("mandate")[slug].attributes["group"] for slug in said("mandate", "practices")}
    outcomes = Counter(told["outcome"] for told in texts("practices"))

    assert groups == set(words.terms("mandate_group"))
    assert said("mandate", "practices") == set(words.terms("mandate"))
    assert said("service_scale", "practices") == set(words.terms("service_scale"))
    assert len(said("provinces")) >= 35
    assert len(said("trafficking_form")) >= 18
    assert set(outcomes) == set(words.terms("practice_outcome"))
    assert min(outcomes.values()) >= 2
    assert sum(told["language"] == "en" for told in texts()) >= 14


def test_every_stage_and_level_can_be_seen_and_most_is_published_for_everybody():
    states = Counter(told["state"] for told in texts())
    published = [told for told in texts() if told["state"] in PUBLISHED]
    public = [told for told in published if told["visibility"] == "publik"]

    assert set(states) == {"draft", "submitted", "changes-asked", "asks-public", "published", "withdrawn"}
    assert {told["visibility"] for told in texts()} == {"publik", "jaringan", "kelompok", "organisasi", "pengelola", "pribadi"}
    assert len(published) / len(texts()) > 0.75
    assert 0.6 < len(public) / len(published) < 0.8


def test_good_practices_fill_the_whole_form_and_carry_the_points_of_a_reviewer():
    good = [told for told in texts("practices") if told["document_kind"] == "praktik-baik"]
    whole = [told for told in texts("practices") if told.get("evidence_basis")]
    criteria = set(words.terms("practice_criteria"))

    assert len(good) >= 8
    assert len(whole) >= 20
    assert {told["evidence_level"] for told in good} == {"menjanjikan"}
    assert [told["key"] for told in good if told["state"] == "published" and set(told["scores"]) != criteria] == []
    assert [told["key"] for told in good if not told["scores_reason"]] == []


def test_what_is_invented_says_so():
    """An issuer is one of the invented organisations, or the record says that it does not exist."""
    organisations = {told["name"] for told in texts("organisations")} | {"Pusat Kajian Mobilitas Manusia, Universitas Merapi Raya"}

    strangers = {told["issuer"] for told in texts("documents")} - organisations

    assert [issuer for issuer in strangers if not issuer.endswith("(rekaan)")] == []
    assert [told["key"] for told in texts("documents") if told["document_kind"] == "regulasi" and "rekaan" not in told["body"]] == []


def test_the_guard_finds_neither_personal_data_nor_anything_to_warn_of():
    said_by_members = {}
    for told in texts("practices", "documents", "translations"):
        said_by_members |= {f"{told['key']}.{name}": value for name, value in rules.texts_of(told).items()}
    for kind in ("practices", "documents", "translations", "adaptations", "reading_lists", "people", "organisations", "circles", "forums"):
        for number, told in enumerate(texts(kind)):
            lines = {name: value for name, value in told.items() if isinstance(value, str) and "@demo.example" not in value}
            said_by_members |= {f"{kind}.{number}.{name}": value for name, value in lines.items()}
    said_by_members["lists"] = [note for told in texts("reading_lists") for _key, note in told["entries"]]

    for told in seeding.told("topics"):
        parts = [told["title"], told.get("outcome", ""), *(part for post in told["posts"] for part in (post["text"], post.get("note", "")))]
        said_by_members[told["key"]] = "\n\n".join(parts)

    found = [(finding.field, finding.type, finding.action) for finding in screen_fields(said_by_members)]

    assert found == []
