"""The guard remembers what it found where, never the words it was asked about."""

from cop_site.screening import guard
from cop_site.screening.allowlist import NO_ALLOWANCES, Allowlist

TEXT = "Hubungi pengurus di 0811-1234-5678 setiap sore."


def test_asked_again_it_says_the_same():
    first = guard.screen(TEXT, allowlist=NO_ALLOWANCES)
    second = guard.screen(TEXT, allowlist=NO_ALLOWANCES)

    assert [(finding.type, finding.action) for finding in first] == [("phone", "block")]
    assert second == first


def test_a_changed_list_is_heeded_at_once():
    before = guard.screen(TEXT, allowlist=NO_ALLOWANCES)
    after = guard.screen(TEXT, allowlist=Allowlist(hotlines=frozenset({"081112345678"})))

    assert (len(before), after) == (1, ())


def test_the_same_words_as_a_file_name_are_another_question():
    name = "rapat_0811-1234-5678.pdf"

    as_prose, as_name = guard.screen(name, allowlist=NO_ALLOWANCES), guard.screen(name, kind="filename", allowlist=NO_ALLOWANCES)

    assert as_name == guard._screened(name, "filename", NO_ALLOWANCES)
    assert as_prose == guard._screened(name, "prose", NO_ALLOWANCES)


def test_no_words_are_kept():
    guard.screen(TEXT, allowlist=NO_ALLOWANCES)

    assert "Hubungi" not in repr(guard._answers)
    assert "0811-1234" not in repr(guard._answers)


def test_it_never_remembers_more_than_it_should(monkeypatch):
    monkeypatch.setattr(guard, "MOST_ANSWERS", 3)

    for number in range(10):
        guard.screen(f"Rapat ke-{number}", allowlist=NO_ALLOWANCES)

    assert len(guard._answers) <= 3
