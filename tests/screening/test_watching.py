"""Watched words: how they are found, kept, brought in and looked for in what stands already."""

import csv
import time

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError

from cop_site.activity.models import Activity
from cop_site.screening import actions, patterns, scanning, standing, watching, wordlists
from cop_site.screening.guard import refused_today, screen_fields
from cop_site.screening.matching import Matcher
from cop_site.screening.models import WatchedWord, WordScan
from cop_site.screening.watching import watched_in
from tests.screening import cases

FOUND = [
    ("gaji tinggi", "Gaji  TINGGI menanti", "Gaji  TINGGI"),
    ("gaji tinggi", "gaji,\ntinggi", "gaji,\ntinggi"),
    ("gaji tinggi", "g4ji t1nggi", "g4ji t1nggi"),
    ("gaji tinggi", "g@ji tinggi", "g@ji tinggi"),
    ("gaji tinggi", "gáji tinggì", "gáji tinggì"),
    ("gaji tinggi", "gаji tinggi", "gаji tinggi"),  # a Cyrillic letter
    ("gaji tinggi", "ga\u200bji tinggi", "ga\u200bji tinggi"),
    ("gaji tinggi", "g a j i  t i n g g i sekali", "g a j i  t i n g g i"),
    ("gaji tinggi", "g.a.j.i tinggi", "g.a.j.i tinggi"),
    ("gaji tinggi", "ga**ji** tinggi", "ga**ji** tinggi"),
    ("gaji tinggi", "g&#97;ji tinggi", "g&#97;ji tinggi"),
    ("gaji tinggi", "Ⓖaji tinggi", "Ⓖaji tinggi"),
    ("rekrut*", "ikut Rekrutmen kami", "Rekrutmen"),
    ("*bangsat", "kebangsat", "kebangsat"),
    ("*bangsa*", "kebangsatan", "kebangsatan"),
    ("kirim * ke nomor", "kirim foto ke nomor ini", "kirim foto ke nomor"),
    ("b*doh", "bodoh", "bodoh"),
    ("Slot Gac0r", "slot gacor", "slot gacor"),
]
NOT_FOUND = [
    ("gaji tinggi", "gaji rendah, biaya tinggi"),
    ("gaji", "gajian tiba"),
    ("rekrut*", "perekrutan buruh"),
    ("kirim * ke nomor", "kirim ke nomor"),
    ("abc", "a b, d e"),
    (".*", "apa saja"),
    ("(a+)+$", "aaaaaaaaaaaaaaaaaaaaaaaa!"),
]


@pytest.mark.parametrize(("pattern", "text", "found"), FOUND)
def test_words_are_found_in_their_disguises_where_they_stand(pattern, text, found):
    places = Matcher([(7, pattern)]).find(text)

    assert [(pk, text[start:end]) for pk, start, end in places] == [(7, found)]


@pytest.mark.parametrize(("pattern", "text"), NOT_FOUND)
def test_other_words_are_left_alone_and_a_pattern_is_no_regular_expression(pattern, text):
    assert Matcher([(7, pattern)]).find(text) == []


@pytest.mark.parametrize("pattern", ["", "**", "a*", "*a*b*c*", "x" * 121, "satu dua tiga empat lima enam tujuh delapan sembilan"])
def test_a_pattern_that_would_find_everything_or_nothing_is_refused_with_a_sentence(pattern):
    assert patterns.problem_with(pattern).endswith(".")


@pytest.mark.parametrize("unit", ["gaji ", "g a j i ", "a-", "a&#97;b ", "men", "b"])
def test_a_text_that_was_written_to_be_slow_is_read_in_time(unit):
    chains = [(number, f"{'gaji ' * 7}x{number}") for number in range(250)]
    stars = [(number, f"men*{number}*n") for number in range(250, 500)]
    matcher, text = Matcher(chains + stars), (unit * 60_000)[:60_000]
    began = time.process_time()

    matcher.find(text)

    assert time.process_time() - began < 1  # what grows with the square of the text takes many


# --- the list


@pytest.mark.django_db
def test_what_is_blocked_is_a_finding_wherever_the_guard_is_asked_and_takes_nothing_away(cast):
    actions.watch_word(by=cast["moderator"], pattern="slot gacor", action="block")

    found = screen_fields({"title": "Salam", "notes": ["", "Main Slot Gacor yuk"]})

    assert [(one.field, one.index, one.type, one.action, one.start, one.end) for one in found] == [("notes", 1, "watched", "block", 5, 15)]
    assert refused_today(found) == []


@pytest.mark.django_db
def test_hold_and_flag_stop_no_form_and_are_told_to_the_journal_by_number(cast):
    hold = actions.watch_word(by=cast["moderator"], pattern="gaji tinggi", action="hold")
    flag = actions.watch_word(by=cast["moderator"], pattern="japri*", action="flag")
    text = {"source": "Gaji tinggi, japri saja."}

    assert screen_fields(text) == ()
    assert [(hit.word, hit.action) for hit in watched_in(text)] == [(hold.pk, "hold"), (flag.pk, "flag")]
    assert watching.flagged(text) == {"flagged": [hold.pk, flag.pk]}


@pytest.mark.django_db
def test_a_word_is_changed_and_switched_off_and_the_same_is_not_added_twice(cast):
    word = actions.watch_word(by=cast["moderator"], pattern=" Gaji   tinggi ", action="flag")
    first = word.scan_id

    with pytest.raises(ValidationError):
        actions.watch_word(by=cast["moderator"], pattern="GAJI tinggi", action="hold")
    actions.change_word(word, by=cast["moderator"], note="Umpan")
    still = WatchedWord.objects.get().scan_id
    actions.change_word(word, by=cast["moderator"], is_active=False)
    off = watched_in({"": "gaji tinggi"})
    again = actions.change_word(word, by=cast["moderator"], is_active=True)

    assert (word.pattern, still, off) == ("Gaji tinggi", first, [])
    assert again.scan_id not in {None, first}
    told = list(Activity.objects.filter(verb__endswith="-word").order_by("pk").values_list("facts", flat=True))
    assert told == [
        {"action": "flag", "scan": first},
        {"changed": ["note"], "action": "flag", "active": True},
        {"changed": ["is_active"], "action": "flag", "active": False},
        {"changed": ["is_active"], "action": "flag", "active": True, "scan": again.scan_id},
    ]


# --- lists


def test_bad_lines_are_named_with_their_number_and_the_rest_goes_on():
    text = "\ufeffpattern;action;language;note\nkerja gampang;hold;id;Umpan\n\na*;;;\njudi;jail;;\nKERJA   gampang;;;\nslot gacor;;xx;\nwa saya\n"

    lines = wordlists.read(text)

    assert [(line.number, line.pattern, bool(line.problem)) for line in lines] == [
        (2, "kerja gampang", False),
        (4, "a*", True),
        (5, "judi", True),
        (6, "KERJA gampang", True),
        (7, "slot gacor", True),
        (8, "wa saya", False),
    ]
    assert (lines[0].action, lines[-1].action) == ("hold", "flag")


@pytest.mark.parametrize("text", ["", "kata;apa\n", "pattern,action\n" + "gaji tinggi,\n" * 2_001])
def test_what_is_no_such_list_is_refused_whole(text):
    with pytest.raises(wordlists.Unreadable):
        wordlists.read(text)


@pytest.mark.django_db
def test_a_list_goes_out_and_comes_back_and_no_cell_is_a_formula(cast):
    lines = wordlists.read('pattern,action,language,note\ngaji tinggi,hold,id,"=HYPERLINK(""x"")"\n@wa saya,flag,,+62\n')
    actions.import_words(lines, by=cast["moderator"])

    written = wordlists.write(WatchedWord.objects.all())

    assert [cell for row in csv.reader(written.splitlines()) for cell in row if cell[:1] in set("=+-@")] == []
    assert {(one.pattern, one.note) for one in wordlists.read(written)} == {("gaji tinggi", '=HYPERLINK("x")'), ("@wa saya", "+62")}
    assert actions.import_words(wordlists.read(written), by=cast["moderator"]) is None


@pytest.mark.django_db
def test_a_line_about_known_words_changes_what_happens_and_looks_back_for_new_ones_only(cast):
    known = actions.watch_word(by=cast["moderator"], pattern="gaji tinggi", action="flag")

    scan = actions.import_words(wordlists.read("pattern,action\nGaji tinggi,hold\nwa saya,flag\n"), by=cast["moderator"])

    known.refresh_from_db()
    assert (known.action, known.scan_id != scan.pk, [word.pattern for word in scan.words.all()]) == ("hold", True, ["wa saya"])
    assert Activity.objects.last().facts == {"scan": scan.pk, "added": 1, "changed": 1}


def test_the_starter_list_is_whole_and_finds_nothing_in_ordinary_texts():
    lines = wordlists.read(wordlists.starter_text())
    matcher = Matcher(enumerate(line.pattern for line in lines))

    assert [line.problem for line in lines if line.problem] == []
    assert 30 <= len(lines) <= 60
    assert {line.language for line in lines} >= {"id", "en"}
    assert matcher.find("\n\n".join(cases.PROSE)) == []


@pytest.mark.parametrize(
    "file", ["tests/data/guard/harmless.txt", *(f"cop_site/demo/data/{name}.json" for name in ("practices", "topics", "organisations"))]
)
def test_the_starter_list_leaves_texts_of_the_field_alone(file):
    matcher = Matcher(enumerate(line.pattern for line in wordlists.read(wordlists.starter_text())))
    text = (settings.ROOT / file).read_text(encoding="utf-8")

    assert [text[start:end] for _pk, start, end in matcher.find(text)] == []


# --- looking back


@pytest.fixture
def shelf(monkeypatch, cast):
    """Two kinds of rows that stand, told by their numbers."""
    rows = {
        "first": [WordScan(pk=number) for number in (1, 2, 5)],
        "second": [WordScan(pk=number) for number in (1, 3)],
    }

    def reads(kind):
        return lambda after, most: [
            standing.Standing(row, {"text": "gaji tinggi" if row.pk != 2 else "Salam"}) for row in rows[kind] if row.pk > after
        ][:most]

    monkeypatch.setattr(standing, "_kinds", {kind: reads(kind) for kind in rows})
    monkeypatch.setattr(scanning, "AT_ONCE", 2)


@pytest.mark.django_db
def test_what_stands_is_looked_through_part_by_part_and_each_row_once(cast, shelf):
    word = actions.watch_word(by=cast["moderator"], pattern="gaji tinggi", action="block")
    opened: list[int] = []
    parts = 1

    while scanning.go_on(word.scan_id, lambda row: opened.append(row.pk)):
        parts += 1

    word.refresh_from_db()
    assert (opened, parts, word.found) == ([1, 5, 1, 3], 4, 4)
    assert (word.scan.read, word.scan.opened, word.scan.ended_at is not None) == (5, 4, True)
    assert scanning.go_on(word.scan_id, lambda row: opened.append(row.pk)) is False


@pytest.mark.django_db
def test_a_pattern_that_finds_too_much_is_counted_and_no_longer_opened(cast, shelf, monkeypatch):
    monkeypatch.setattr(scanning, "MOST_OPENED", 1)
    word = actions.watch_word(by=cast["moderator"], pattern="gaji tinggi", action="flag")
    opened: list[int] = []

    while scanning.go_on(word.scan_id, lambda row: opened.append(row.pk)):
        pass

    word.refresh_from_db()
    assert (opened, word.found) == ([1], 4)
