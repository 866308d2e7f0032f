import io
import json
import re
from uuid import uuid4

import pytest
from django.core.management import call_command

from cop_site.accounts.models import Level
from cop_site.activity.models import Activity
from cop_site.activity.verbs import Verb
from cop_site.events import exporting
from cop_site.events.models import AgendaStep, Entry, Room
from tests import actors
from tests.events.factories import event, hall, say

PATH = "/events/acara-uji/room/record/"
WHY = "Untuk laporan kepada peserta."
LEADERS = {"convenor", "moderator", "secretariat"}
INSIDE = {"member", "colleague", "member2", "reviewer", "safety_reviewer", "editor", "auditor", "former", "researcher"} | LEADERS


def entered(client, person):
    if person.is_authenticated:
        client.force_login(person)
    return client


def taken(client, how="sealed", path=PATH, **changed):
    """What is answered; of a file also its bytes."""
    answer = client.post(path, {"as": how, "reason": WHY, "deed_key": str(uuid4())} | changed)
    answer.file = b"".join(answer.streaming_content) if answer.streaming else b""
    return answer


def written(answer):
    return answer.file


def journal():
    return Activity.objects.filter(verb=Verb.EXPORTED_ROOM).order_by("pk")


@pytest.fixture
def talked(cast):
    """A hall with an agenda, an announcement, words of which some were hidden, a card in a cluster with a vote."""
    room = hall(cast["convenor"], visibility=Level.PUBLIC, name_en="Test gathering")
    AgendaStep.objects.create(event=room.event, place=1, name_id="Pembukaan", name_en="Opening")
    acts = [
        ("convenor", "agenda.go", {"step": 1}),
        ("convenor", "broadcast", {"text": "Selamat datang."}),
        ("member", "chat.post", {"text": "Honor kader <b>ikut</b> pos desa."}),
        ("member", "chat.post", {"text": "Rahasia yang ditarik."}),
        ("convenor", "chat.hide", {"id": 4}),
        ("convenor", "timer.start", {"seconds": 90}),
        ("member2", "card.add", {"kind": "praktik", "text": "Kelas malam."}),
        ("member", "card.move", {"id": 7, "column": "tantangan", "cluster": "Waktu"}),
        ("member", "card.vote", {"id": 7}),
        ("member2", "hand.raise", {}),
    ]
    assert [say(room, cast[who], kind, **data) for who, kind, data in acts] == list(range(1, 11))
    return Room.objects.get(pk=room.pk)


@pytest.mark.parametrize("who", actors.EVERYBODY)
def test_a_record_is_for_those_who_lead(who, cast, client, talked):
    page, answer = entered(client, cast[who]).get(PATH), taken(client)

    expected = 200 if who in LEADERS else 302 if who in {"visitor", "suspended"} else 403
    assert ({page.status_code, answer.status_code}, journal().count()) == ({expected}, int(who in LEADERS))


@pytest.mark.parametrize(("who", "status"), [("convenor", 403), ("moderator", 200), ("secretariat", 200)])
def test_a_convenor_takes_no_record_of_the_event_of_another(who, status, cast, client):
    hall(cast["member"])

    assert taken(entered(client, cast[who])).status_code == status


def test_the_record_of_an_unseen_event_is_not_there(cast, client, circle):
    event(cast["convenor"], visibility=Level.CIRCLE, circle=circle)

    assert taken(entered(client, cast["moderator"])).status_code == 404
    assert taken(entered(client, cast["convenor"])).status_code == 200


def test_the_sealed_record_holds_and_stands_in_the_journal(cast, client, talked):
    answer = taken(entered(client, cast["convenor"]))

    content = written(answer)
    lines, entry = [json.loads(raw) for raw in content.splitlines()], journal().get()
    assert list(exporting.faults_in(io.BytesIO(content))) == []
    assert (entry.actor, entry.subject, entry.reason) == (cast["convenor"], talked.event, WHY)
    assert entry.facts == {"room": str(talked.pk), "entries": 10, "head": lines[-1]["head"]}
    assert [line["seq"] for line in lines[1:-1]] == list(range(1, 11))
    assert lines[3]["data"]["text"] == "Honor kader <b>ikut</b> pos desa."
    assert "Rahasia" not in content.decode()
    assert answer["Content-Length"] == str(len(content))
    assert (answer["X-Content-Type-Options"], "no-store" in answer["Cache-Control"]) == ("nosniff", True)
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert re.search(r'attachment; filename="acara-uji-hall-\d{8}-\d{4}\.ndjson"', answer["Content-Disposition"])


@pytest.mark.parametrize(("language", "step", "said"), [("", "Pembukaan", "Percakapan"), ("/en", "Opening", "Talk")])
def test_the_readable_record_is_one_page_in_the_reader_s_language(language, step, said, cast, client, talked):
    answer = taken(entered(client, cast["convenor"]), "readable", path=f"{language}{PATH}")

    page = written(answer).decode()
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'; style-src 'unsafe-inline'"
    assert answer["Content-Type"] == "text/html; charset=utf-8"
    assert (step in page, said in page, page.count("<style>")) == (True, True, 1)
    assert re.findall(r"<script|<img|<link|\ssrc=|https?:|url\(", page) == []
    assert "Honor kader &lt;b&gt;ikut&lt;/b&gt; pos desa." in page
    assert ("Rahasia" in page, "<h4>Waktu</h4>" in page, "1.30" in page) == (False, True, True)
    assert journal().get().facts["head"] in page


def test_the_head_in_the_readable_record_is_that_of_the_sealed_one_of_its_moment(cast, client, talked, tmp_path):
    page = written(taken(entered(client, cast["convenor"]), "readable")).decode()
    moment = re.search(r"\d{4}-\d\d-\d\dT[\d:.]+\+00:00(?=, 10)", page)[0]

    call_command("room_export", "write", str(talked.pk), str(tmp_path / "again"), "--at", moment)

    assert json.loads((tmp_path / "again").read_bytes().splitlines()[-1])["head"] == journal().get().facts["head"]


@pytest.mark.parametrize(("zone", "hour"), [("Asia/Jakarta", "09.05"), ("Asia/Jayapura", "11.05")])
def test_times_are_those_of_the_reader_s_zone(zone, hour, cast, client, talked):
    Entry.objects.filter(room=talked).update(at="2026-11-21T02:05:00Z")
    entered(client, cast["convenor"]).cookies["zone"] = zone

    page = written(taken(client, "readable")).decode()

    assert f"21 November 2026, {hour}" in page


def test_a_demo_says_so_in_the_record(cast, client, talked, settings):
    entered(client, cast["convenor"])
    settings.IS_DEMO = False
    real = written(taken(client, "readable")).decode()
    settings.IS_DEMO = True

    assert ('class="band"' in real, 'class="band"' in written(taken(client, "readable")).decode()) == (False, True)


@pytest.mark.parametrize("reason", ["", "Perlu saja", "Milik NIK 3471015503990004 saja"])
def test_without_a_reason_nothing_is_given_out(reason, cast, client, talked):
    answer = taken(entered(client, cast["convenor"]), reason=reason)

    assert (answer.status_code, journal().count()) == (422, 0)


def test_a_form_that_was_sent_gives_no_second_record(cast, client, talked):
    key = str(uuid4())

    answers = [taken(entered(client, cast["convenor"]), deed_key=key) for _twice in range(2)]

    assert [answer.status_code for answer in answers] == [200, 302]
    assert (answers[1].url, journal().count()) == (PATH, 1)


def test_the_page_says_who_took_a_record_before(cast, client, talked):
    written(taken(entered(client, cast["moderator"])))

    page = entered(client, cast["convenor"]).get(PATH).content.decode()

    assert (cast["moderator"].name in page, journal().get().facts["head"] in page, WHY in page) == (True, True, False)


def test_without_attribution_no_record_names_who_spoke(cast, client):
    room = hall(cast["convenor"])
    Room.objects.filter(pk=room.pk).update(is_unattributed=True)
    say(room, cast["member"], text="Kami terlambat membayar.")
    say(room, cast["member"], "card.add", kind="tantangan", text="Dana telat.")
    say(room, cast["convenor"], "broadcast", text="Terima kasih.")

    entered(client, cast["convenor"])
    files = [written(taken(client, how)).decode() for how in ("sealed", "readable")]

    assert [cast["member"].name in file or cast["member"].handle in file for file in files] == [False, False]
    assert ["Kami terlambat membayar." in file and cast["convenor"].name in file for file in files] == [True, True]


def test_the_backstage_has_a_record_of_its_own(cast, client, talked):
    backstage = talked.event.rooms.get(kind=Room.Kind.BACKSTAGE)
    say(backstage, cast["moderator"], text="Sebentar lagi kita tutup.")

    content = written(taken(entered(client, cast["convenor"]), path=f"{PATH}?room=backstage")).decode()

    assert ("Sebentar lagi" in content, "Selamat datang." in content) == (True, False)
    assert journal().get().facts["room"] == str(backstage.pk)


def test_an_empty_room_has_a_record_too(cast, client):
    hall(cast["convenor"])
    entered(client, cast["convenor"])

    sealed, readable = (written(taken(client, how)) for how in ("sealed", "readable"))

    assert (list(exporting.faults_in(io.BytesIO(sealed))), b"</html>" in readable) == ([], True)


# --- replay

REPLAY = "/events/acara-uji/room/replay/"


@pytest.mark.parametrize("who", actors.EVERYBODY)
def test_the_replay_is_for_everybody_who_may_enter(who, cast, client, talked):
    answers = [entered(client, cast[who]).get(f"{REPLAY}{query}") for query in ("", "?room=backstage")]

    hall_for, backstage_for = who in INSIDE, who in LEADERS
    refused = 302 if who in {"visitor", "suspended"} else 403
    assert [answer.status_code for answer in answers] == [200 if may else refused for may in (hall_for, backstage_for)]


def test_a_room_is_shown_as_it_was(cast, client, talked):
    entered(client, cast["member"])
    pages = {at: _inside(client.get(f"{REPLAY}?at={at}")) for at in (0, 3, 7, 10)}

    assert [pages[at].count('class="retold"') for at in pages] == [1, 4, 7, 7]  # one of them is the template for more
    assert ["Selamat datang.</dd>" in pages[at] for at in pages] == [False, True, True, True]
    assert ['<dd data-fact="agenda">Pembukaan</dd>' in pages[at] for at in pages] == [False, True, True, True]
    assert ['<dd data-fact="timer">1.30</dd>' in pages[at] for at in pages] == [False, False, True, True]
    assert ["Waktu · " in pages[at] for at in pages] == [False, False, False, True]
    assert [f'<dd data-fact="hands">{cast["member2"].name}</dd>' in pages[at] for at in pages] == [False, False, False, True]
    assert not any("Rahasia" in page for page in pages.values())


def _inside(answer):
    page = answer.content.decode()
    return page[page.index("<room-replay") :]


@pytest.mark.parametrize(("asked", "at"), [("99", 10), ("-1", 10), ("x", 10), ("", 10), ("0", 0), ("4", 4)])
def test_any_number_leads_somewhere(asked, at, cast, client, talked):
    page = entered(client, cast["member"]).get(REPLAY, {"at": asked}).content.decode()

    assert f'data-at="{at}"' in page


def test_beyond_what_is_folded_the_talk_is_shown_and_the_page_says_so(cast, client, talked, monkeypatch):
    monkeypatch.setattr("cop_site.events.replaying.MOST_FOLDED", 3)

    pages = [entered(client, cast["member"]).get(f"{REPLAY}?at={at}").content.decode() for at in (3, 7, 10)]

    assert ["data-too-long hidden" in page for page in pages] == [True, False, True]  # the end stands in the room itself
    assert "Kelas malam." in pages[1]


def test_a_replay_costs_the_same_wherever_it_stands(cast, client, talked, django_assert_max_num_queries):
    entered(client, cast["member"]).get(REPLAY)

    def questions(at):
        with django_assert_max_num_queries(60) as asked:
            client.get(f"{REPLAY}?at={at}")
        return len(asked)

    early, at_the_end = questions(1), questions(200)
    for _line in range(20):
        say(talked, cast["member2"], "card.add", kind="praktik", text="Halo.")

    assert (questions(9), questions(200)) == (early, at_the_end)


def test_the_page_of_records_costs_the_same_for_one_and_for_many(cast, client, talked, django_assert_max_num_queries):
    entered(client, cast["convenor"]).get(PATH)
    counted = []
    for many in (1, 5):
        for _turn in range(many):
            written(taken(client))
        with django_assert_max_num_queries(60) as asked:
            client.get(PATH)
        counted.append(len(asked))

    assert counted[0] == counted[1]


def test_the_page_of_an_event_leads_to_replay_and_record(cast, client, talked):
    pages = {who: entered(client, cast[who]).get("/events/acara-uji/").content.decode() for who in ("member", "convenor", "observer")}

    assert {who: (REPLAY in page, PATH in page) for who, page in pages.items()} == {
        "member": (True, False),
        "convenor": (True, True),
        "observer": (False, False),
    }
