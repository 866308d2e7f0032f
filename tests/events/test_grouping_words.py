import re
from pathlib import Path

import pytest
from django.utils import translation

from cop_site.events import grouping
from cop_site.events.grouping_words import BROKEN, UNMET, WHY, sentences
from cop_site.events.refusing import DETAILS

FIGURES = {
    "group": 2,
    "groups": [1, 3],
    "pairs": 2,
    "others": 3,
    "of": 5,
    "size": 6,
    "least": 4,
    "most": 5,
    "here": 2,
    "all": 8,
    "people": 30,
    "names": ["Ani", "Budi"],
    "pinned": 1,
    "scales": 3,
    "mandates": 4,
    "scale": "desa",
    "mandate": "pendampingan",
    "language": "id",
}
SOURCES = {path.stem: path.read_text() for path in Path(grouping.__file__).parent.glob("*.py")}


def codes(pattern, *modules):
    return {code for module in modules for code in re.findall(pattern, SOURCES[module])}


def test_every_code_of_the_composer_has_a_sentence():
    modes = {f"aim-{mode}" for mode in grouping.Mode}
    unmet = codes(r'\("([a-z-]+)", \[', "judging") | codes(r'\("([a-z-]+)", scoring', "judging")
    unmet |= codes(r'"(colleagues-[a-z]+)"', "judging") | {"languages-mixed", "alone"} | modes

    assert set(WHY) == codes(r'Remark\("([a-z-]+)"', "telling")
    assert set(UNMET) == unmet
    assert set(BROKEN) == codes(r'Remark\(\s*"([a-z-]+)"', "checking") | {"over-band"}


def test_every_reason_why_there_is_no_plan_has_a_sentence():
    impossible = codes(r'Impossible\(\s*"([a-z-]+)"', *SOURCES) | {"no-seating"}

    assert {f"groups-{code}" for code in impossible} - set(DETAILS) == set()


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_sentence_can_be_said_with_its_figures(language):
    told = [sentences(codes, [[code, FIGURES] for code in codes]) for codes in (WHY, UNMET, BROKEN)]

    with translation.override(language):
        said = [str(one) for sentences_ in told for one in sentences_]

    assert [one for one in said if "%" in one or not one.endswith((".", ")"))] == []
    assert len(set(said)) == len(WHY) + len(UNMET) + len(BROKEN)


def test_sentences_are_said_in_the_language_of_whoever_reads_them():
    (sentence,) = sentences(UNMET, [["no-facilitator", {"groups": [1, 3]}]])

    with translation.override("en"):
        assert str(sentence) == "Nobody facilitates: groups 1, 3."


def test_a_pair_is_named():
    with translation.override("en"):
        (said,) = map(str, sentences(BROKEN, [["apart", {"group": 1, "names": ["Ani", "Budi"]}]]))

    assert said == "Group 1: Ani and Budi must not meet."


def test_what_nobody_knows_any_more_is_passed_over():
    assert sentences(WHY, [["of-yesterday", {}]]) == []
