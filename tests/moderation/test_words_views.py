"""The list of watched words on its pages: kept, tried, brought in, carried away."""

from io import BytesIO

import pytest
from django.urls import reverse

from cop_site.screening import actions, scanning, wordlists
from cop_site.screening.models import WatchedWord
from tests.actors import EVERYBODY

pytestmark = pytest.mark.django_db
LIST = "pattern,action,language,note\ngaji tinggi,hold,id,Umpan\na*,flag,,\nslot gacor,jail,,\nwa saya,flag,id,\n"


@pytest.fixture
def word(cast):
    return actions.watch_word(by=cast["moderator"], pattern="gaji tinggi", action="hold", language="id", note="Umpan")


@pytest.fixture
def moderator(client, cast):
    client.force_login(cast["moderator"])
    return client


def upload(text, name="daftar.csv"):
    file = BytesIO(text if isinstance(text, bytes) else text.encode())
    file.name = name
    return {"upload": file}


@pytest.mark.parametrize("name", ["words", "word-new", "word", "words-import", "words-csv"])
def test_only_those_who_keep_the_list_read_it(client, cast, word, name):
    address = reverse(name, args=[word.pk] if name == "word" else [])
    readers = set()
    for part in EVERYBODY:
        client.logout()
        if part != "visitor":
            client.force_login(cast[part])
        if client.get(address).status_code == 200:
            readers.add(part)

    assert readers == {"moderator", "secretariat"}


def test_others_change_nothing_by_sending_forms(client, cast, word):
    client.force_login(cast["member"])
    answers = [
        client.post(reverse("words-starter")),
        client.post(reverse("word-new"), {"pattern": "wa saya", "action": "flag"}),
        client.post(reverse("word", args=[word.pk]), {"pattern": "wa saya", "action": "flag"}),
        client.post(reverse("words-import"), {"text": LIST, "then": "take"}),
    ]

    assert {answer.status_code for answer in answers} == {403}
    assert list(WatchedWord.objects.values_list("pattern", flat=True)) == ["gaji tinggi"]


def test_words_are_added_changed_and_switched_off(moderator, cast):
    added = moderator.post(reverse("word-new"), {"pattern": "wa  saya", "action": "hold", "language": "id", "note": "Ajakan"})
    word = WatchedWord.objects.get()
    moderator.post(reverse("word", args=[word.pk]), {"pattern": "wa saya", "action": "flag", "language": "", "note": ""})

    word.refresh_from_db()
    assert (added.status_code, added["Location"]) == (302, reverse("words"))
    assert (word.pattern, word.action, word.note, word.is_active, word.added_by) == ("wa saya", "flag", "", False, cast["moderator"])


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"pattern": "a*", "action": "flag"}, "Please write at least three letters or digits besides the stars."),
        ({"pattern": "", "action": "flag"}, "Please write something here."),
        ({"pattern": "GAJI tinggi", "action": "flag"}, "These words are on the list already."),
    ],
)
def test_what_is_no_pattern_is_refused_in_a_sentence_and_what_was_typed_stays(moderator, word, sent, sentence):
    page = moderator.post("/en" + reverse("word-new").removeprefix("/id"), sent | {"note": "Catatan saya"})

    assert page.status_code == 422
    assert [str(one) for one in page.context["form"].errors["pattern"]] == [sentence]
    assert "Catatan saya" in page.content.decode()


def test_a_sentence_is_tried_and_kept_nowhere(moderator, word):
    page = moderator.post(reverse("words"), {"text": "Ada Gaji  TINGGI <b>"})

    tried = page.context["tried"]
    assert (page.status_code, tried.action, tried.words) == (200, "hold", [word])
    assert "Ada <mark>Gaji  TINGGI</mark> &lt;b&gt;" in page.content.decode()


def test_the_list_says_what_was_found_and_whether_it_is_still_looking(moderator, word):
    looking = moderator.get(reverse("words"))
    while scanning.go_on(word.scan_id, lambda row: None):
        pass
    done = moderator.get(reverse("words"), {"only": "hold"})
    others = moderator.get(reverse("words"), {"only": "flag"})

    assert (looking.context["shown"].scan.ended_at, done.context["shown"].scan.ended_at is not None) == (None, True)
    assert (list(done.context["shown"].page), list(others.context["shown"].page)) == ([word], [])


def test_many_words_cost_no_more_queries_than_one(moderator, word, django_assert_max_num_queries):
    actions.import_words(wordlists.read(wordlists.starter_text()), by=word.added_by)
    moderator.get(reverse("words"))

    with django_assert_max_num_queries(12):
        moderator.get(reverse("words"))


# --- lists


def test_a_file_is_only_looked_through_at_first(moderator, word):
    page = moderator.post(reverse("words-import"), upload("\ufeff" + LIST))

    outlook = page.context["outlook"]
    assert (page.status_code, WatchedWord.objects.count()) == (200, 1)
    assert (outlook.new, outlook.changed, outlook.same, [line.number for line in outlook.bad]) == (1, 0, 1, [3, 4])
    assert all(line.problem in page.content.decode() for line in outlook.bad)


def test_the_lines_that_were_looked_through_are_taken_and_the_bad_ones_left(moderator, word):
    text = moderator.post(reverse("words-import"), upload(LIST)).context["text"]

    taken = moderator.post(reverse("words-import"), {"text": text, "then": "take"})

    assert (taken.status_code, taken["Location"]) == (302, reverse("words"))
    assert set(WatchedWord.objects.values_list("pattern", "action")) == {("gaji tinggi", "hold"), ("wa saya", "flag")}


NO_LISTS = [{"text": ""}, upload("kata\nx\n"), upload(b"pattern\n\xff\xfe"), upload("pattern\n" + "gaji tinggi\n" * 2_001)]


@pytest.mark.parametrize("sent", NO_LISTS)
def test_what_is_no_list_is_refused_at_the_file(moderator, sent):
    page = moderator.post(reverse("words-import"), sent)

    assert (page.status_code, list(page.context["form"].errors), WatchedWord.objects.count()) == (422, ["upload"], 0)


def test_the_starter_list_is_fetched_once(moderator):
    for _time in range(2):
        moderator.post(reverse("words-starter"))

    lines = wordlists.read(wordlists.starter_text())
    assert set(WatchedWord.objects.values_list("pattern", flat=True)) == {line.pattern for line in lines}
    assert WatchedWord.objects.values_list("scan").distinct().count() == 1


def test_the_list_is_carried_away_as_it_is_brought_in(moderator, word):
    answer = moderator.get(reverse("words-csv"))

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"].startswith("attachment")
    assert [(line.pattern, line.told) for line in wordlists.read(answer.content.decode())] == [
        ("gaji tinggi", {"action": "hold", "language": "id", "note": "Umpan"})
    ]
