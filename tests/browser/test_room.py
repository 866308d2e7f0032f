"""Two people with browsers and one without scripts, in one room."""

import re

import pytest
from playwright.sync_api import expect

from cop_site.accounts.models import Block
from cop_site.events.models import AgendaStep, Card, Entry, Room
from cop_site.events.state import _CHANGES, after, at_the_start
from tests import actors, factories
from tests.events.factories import hall, say

pytestmark = pytest.mark.slow
ROOM = "/events/acara-uji/room/"
WIDE = {"width": 1280, "height": 800}
LIVE_ROOM = "document.querySelector('live-room')"


@pytest.fixture
def people(site):
    return actors.everybody(factories.organisation("Lembaga Tikar", is_listed=True))


@pytest.fixture
def room(people):
    return hall(people["convenor"])


@pytest.fixture
def enter(enter_as, people, room):
    """Somebody's page of the room."""
    return lambda who, path=ROOM, **wishes: enter_as(people[who], path, **wishes)


def say_it(page, words):
    page.get_by_label("Pesan").or_(page.get_by_label("Message")).fill(words)
    page.locator("[value='chat.post']").click()


def lines(page):
    return page.locator("[data-lines] .line:not([data-state=unsent]) .said")


def cards(page, column):
    return page.locator(f"[data-column={column}] [data-groups] .metaplan .said")


def go_to(page, pane):
    page.locator(f"[data-tab={pane}]").click()


def put_on_the_board(page, words, kind="praktik"):
    if not page.locator(".add-card form").is_visible():
        page.locator(".add-card summary").click()
    page.locator(".add-card [name=kind]").select_option(kind)
    page.locator(".add-card [name=text]").fill(words)
    page.locator(".add-card form button").click()


def test_two_browsers_and_one_without_scripts_share_a_room(enter, people, room):
    one, other, plain = enter("member"), enter("member2", viewport=WIDE), enter("colleague", java_script_enabled=False)

    _talk(one, other, plain, people["moderator"], room)
    _work_on_the_board(one, other, plain)

    assert one.locator("[data-state=unsent], [data-unsent]").count() == 0
    assert one.went_wrong + other.went_wrong == []
    assert list(Entry.objects.order_by("seq").values_list("seq", flat=True)) == [*range(1, Entry.objects.count() + 1)]
    assert list(Card.objects.values_list("text", "version", "votes")) == [("Ditulis di desa, diuji di kecamatan", 2, 0)]


def _talk(one, other, plain, moderator, room):
    say_it(one, "Halo dari <b>desa</b>.")
    expect(lines(other)).to_have_text(["Halo dari <b>desa</b>."])
    say_it(other, "Halo kembali.")
    expect(lines(one)).to_have_text(["Halo dari <b>desa</b>.", "Halo kembali."])
    say_it(plain, "Saya tanpa skrip.")
    expect(lines(plain)).to_have_text(["Halo dari <b>desa</b>.", "Halo kembali.", "Saya tanpa skrip."])
    expect(lines(one)).to_have_count(3)
    say(room, moderator, "chat.hide", id=1)
    expect(other.locator("#n1 .said")).not_to_contain_text("desa")
    expect(one.locator("#n2 .line-acts")).to_be_hidden()
    other.locator("#n2 [data-hide]").click()  # one's own words
    plain.locator("#n3 [data-hide]").click()
    expect(plain.locator("#n3")).to_have_attribute("data-state", "hidden")
    expect(one.locator("[data-state=hidden]")).to_have_count(3)


def _work_on_the_board(one, other, plain):
    go_to(one, "papan")
    go_to(plain, "papan")
    put_on_the_board(one, "Ditulis <i>di</i> desa")
    expect(cards(other, "praktik")).to_have_text(["Ditulis <i>di</i> desa"])
    put_on_the_board(plain, "Tanpa honor sejak Juli", "tantangan")
    expect(cards(plain, "tantangan")).to_have_text(["Tanpa honor sejak Juli"])
    expect(cards(one, "tantangan")).to_have_text(["Tanpa honor sejak Juli"])
    first, second = "#kartu-7", "#kartu-8"

    other.locator(f"{first} .vote").click()
    expect(other.locator(f"{first} .vote")).to_have_attribute("aria-pressed", "true")
    expect(one.locator(f"{first} [data-votes]")).to_have_text("1")
    plain.locator(f"{first} .vote").click()
    expect(other.locator(f"{first} [data-votes]")).to_have_text("2")
    plain.locator(f"{first} .vote").click()  # and taken back
    other.locator(f"{first} .vote").click()
    expect(one.locator(f"{first} [data-votes]")).to_have_text("0")

    other.locator(f"{second} [data-open-desk]").focus()
    other.keyboard.press("Enter")
    other.locator("[data-card-desk] [name=cluster]").fill("Anggaran")
    other.locator("[data-card-desk] [name=column]").select_option("kebutuhan")
    other.locator("[data-card-desk] [value='card.move'] ~ button").click()
    expect(one.locator("[data-column=kebutuhan] [data-group=Anggaran] .said")).to_have_text(["Tanpa honor sejak Juli"])
    other.locator(f"{second} .said").drag_to(other.locator("[data-column=pelajaran] h3"))
    expect(one.locator("[data-column=pelajaran] [data-group=''] .said")).to_have_text(["Tanpa honor sejak Juli"])
    one.locator(f"{first} [data-open-desk]").click()
    one.locator("[data-card-desk] [name=text]").fill("Ditulis di desa, diuji di kecamatan")
    one.locator("[data-change] button").click()
    expect(cards(other, "praktik")).to_have_text(["Ditulis di desa, diuji di kecamatan"])
    plain.locator(f"{second} [data-open-desk]").click()
    plain.locator("[data-card-desk] [data-hide]").click()
    expect(one.locator(second)).to_have_count(0)


def test_what_is_done_without_a_connection_waits_in_the_tab_and_is_done_once(enter, room):
    page = enter("member", viewport=WIDE)
    expect(page.locator("[data-reload]")).to_be_hidden()
    page.wait_for_function(f"{LIVE_ROOM}.state")
    page.evaluate(f"() => {{ const room = {LIVE_ROOM}; room.late = {{ type: 'hello', latest: room.told, state: room.state }}; }}")
    page.context.set_offline(True)
    expect(page.locator("[data-link]")).to_be_visible(timeout=5_000)

    say_it(page, "Ditulis di jalan.")
    put_on_the_board(page, "Kartu dari jalan", "kebutuhan")
    expect(page.locator("[data-lines] [data-state=unsent] .said")).to_have_text("Ditulis di jalan.")
    expect(page.locator("[data-waiting] .said")).to_have_text(["Kartu dari jalan"])
    expect(page.locator("[data-link] [data-count]")).to_have_text("2")
    page.get_by_label("Pesan").fill("Belum selesai")
    assert Entry.objects.count() == 0
    page.context.set_offline(False)

    expect(lines(page)).to_have_text(["Ditulis di jalan."], timeout=20_000)
    expect(cards(page, "kebutuhan")).to_have_text(["Kartu dari jalan"])
    expect(page.locator("[data-state=unsent], [data-unsent]")).to_have_count(0)
    expect(page.locator("[data-link]")).to_be_hidden()
    assert Entry.objects.count() == 2
    page.evaluate(f"() => {LIVE_ROOM}.hear({LIVE_ROOM}.late)")  # asked by HTTP before the socket stood, and answered after it
    expect(cards(page, "kebutuhan")).to_have_text(["Kartu dari jalan"])
    page.reload()
    expect(page.get_by_label("Pesan")).to_have_value("Belum selesai")
    _sleep_for_an_hour(page, room)
    assert page.went_wrong == []


def _sleep_for_an_hour(page, room):
    """The link of a device that slept died without a word, and its clocks stood still."""
    expect(page.locator("[data-reload]")).to_be_hidden()
    page.evaluate("() => { const { link } = document.querySelector('live-room'); link.heardAt -= 3600_000; link.socket.onmessage = null; }")
    say(room, room.event.author, text="Sesudah satu jam.")
    page.evaluate("() => dispatchEvent(new Event('focus'))")
    expect(lines(page)).to_have_text(["Ditulis di jalan.", "Sesudah satu jam."])


def test_two_tabs_of_one_person_stay_of_one_mind_and_fold_whom_she_blocks(enter, people, room):
    say(room, people["member2"], text="Dari dulu.")
    Block.objects.create(person=people["member"], blocked=people["member2"])
    page = enter("member", viewport=WIDE)
    say(room, people["member2"], text="Dari sekarang.")
    expect(page.locator(".line .said")).to_have_text(["Dari dulu.", "Dari sekarang."])
    assert [one.is_visible() for one in page.locator(".line .said").all()] == [False, False]
    page.locator("#n2 summary").click()
    expect(page.locator("#n2 .said")).to_be_visible()

    Room.objects.filter(pk=room.pk).update(is_unattributed=True)
    page.reload()
    other = page.context.new_page()
    other.goto(ROOM)
    expect(other.locator("[data-reload]")).to_be_hidden()
    say_it(page, "Tanpa nama saya.")
    put_on_the_board(page, "Juga tanpa nama")
    expect(other.locator("#n3 b")).to_have_text("Tanpa nama")
    page.locator("#kartu-4 .vote").click()
    expect(other.locator("#kartu-4 .vote")).to_have_attribute("aria-pressed", "true")
    other.locator("#n3 [data-hide]").click()
    expect(page.locator("#n3")).to_have_attribute("data-state", "hidden")

    assert page.went_wrong == []


def test_leading_is_seen_by_everybody_and_nothing_typed_is_lost(enter, room):
    AgendaStep.objects.create(event=room.event, place=1, name_id="Pembukaan", name_en="Opening")
    leader, page = enter("convenor", f"/en{ROOM}", viewport=WIDE), enter("member", viewport=WIDE)

    page.locator("[value='hand.raise'] + button").click()
    expect(leader.locator("[data-hands] b")).to_have_text("1")
    leader.locator("[data-hands] summary").click()
    expect(leader.locator("[data-hands] [data-name]")).to_have_text(["member"])
    leader.locator("[data-agenda] summary").click()
    leader.get_by_role("button", name="Opening").click()
    expect(page.locator("[data-agenda] b")).to_have_text("Pembukaan")
    leader.get_by_label("Message").fill("Kartu dibuka.")
    leader.locator("[value=broadcast]").click()
    expect(page.locator("[data-announcement]")).to_have_text("Kartu dibuka.")
    _words_come_back(leader, page)
    leader.locator(".room-lead summary").click()
    leader.locator("[value='timer.start'] ~ button").click()
    expect(page.locator("[data-clock]")).to_have_text(re.compile(r"0\.\d\d|1\.00"))
    leader.locator("[value='room.close'] + button").click()
    expect(page.locator("[data-closed]")).to_be_visible()
    expect(page.locator("#pesan")).to_be_hidden()

    assert leader.went_wrong + page.went_wrong == []


def _words_come_back(leader, page):
    """Words that the guard refuses, and a wording that met a newer one."""
    say_it(page, "NIK 3471015503990004")
    expect(page.locator("[data-refusal]")).to_be_visible()
    expect(page.locator("#pesan")).to_have_value("NIK 3471015503990004")
    expect(page.locator("[data-lines] .line[data-kind='chat.post']")).to_have_count(0)
    put_on_the_board(page, "Hubungi NIK 3471015503990004", "kebutuhan")
    expect(page.locator(".add-card [name=text]")).to_have_value("Hubungi NIK 3471015503990004")

    put_on_the_board(page, "Awal")
    for one in (page, leader):
        one.locator("[data-column=praktik] [data-open-desk]").click()
    leader.locator("[data-card-desk] [name=text]").fill("Dari yang memimpin")
    leader.locator("[data-change] button").click()
    expect(page.locator("[data-newer] span")).to_have_text("Dari yang memimpin")
    page.locator("[data-card-desk] [name=text]").fill("Dari anggota")
    page.locator("[data-change] button").click()
    expect(page.locator("[data-refusal]")).to_be_visible()
    expect(page.locator("[data-card-desk] [name=text]")).to_have_value("Dari anggota")
    page.locator("[data-change] button").click()
    expect(cards(leader, "praktik")).to_have_text(["Dari anggota"])


def test_the_browser_comes_to_the_same_state_as_the_server(enter, people, room):
    one, other, leader = people["member"], people["member2"], people["convenor"]
    done = [
        (one, "hand.raise", {}),
        (other, "hand.raise", {}),
        (one, "hand.lower", {}),
        (leader, "hand.lower", {"person": other.handle}),
        (leader, "broadcast", {"text": "Satu."}),
        (leader, "timer.start", {"seconds": 60}),
        (leader, "agenda.go", {"step": 3}),
        (one, "card.add", {"kind": "praktik", "text": "Kartu satu"}),
        (other, "card.add", {"kind": "pelajaran", "text": "Kartu dua"}),
        (one, "card.edit", {"id": 8, "version": 1, "text": "Kartu satu, lain"}),
        (other, "card.move", {"id": 8, "column": "kebutuhan", "cluster": "Anggaran"}),
        (other, "card.vote", {"id": 8}),
        (one, "chat.hide", {"id": 5}),
        (leader, "chat.hide", {"id": 5}),
        (other, "chat.hide", {"id": 9}),
        (leader, "room.close", {"later": True}),
        (one, "card.add", {"kind": "kebutuhan", "text": "Sesudah"}),
        (leader, "room.close", {}),
    ]
    for who, action, data in done:
        say(room, who, action, **data)
    told = [entry.told() for entry in Entry.objects.select_related("sender").order_by("seq")] + _told_of_questions()
    page = enter("member")

    states = page.evaluate(
        "([told, first]) => told.reduce((states, event) => [...states, RoomState.after(states.at(-1), event)], [first])",
        [told, at_the_start()],
    )

    expected = [at_the_start()]
    for one_told in told:
        expected.append(after(expected[-1], one_told))
    assert states == expected
    assert {one_told["kind"] for one_told in told} == set(_CHANGES)


def _told_of_questions():
    """Frames of questions, polls, groups and hands that were heard; what they say besides is looked at where they are written."""
    ada, question = {"id": "ada", "name": "Ada"}, {"id": 1, "text": "Kapan?", "by": None}
    done = [
        ("card.add", {"kind": "praktik", "text": "Dari kelompok", "origin": {"round": 1, "group": 2}}),
        ("question.ask", question),
        ("question.approve", {**question, "id": 2, "status": "approved", "votes": 3}),
        ("question.approve", {**question, "status": "approved", "votes": 0}),
        ("question.vote", {"id": 2, "votes": 4}),
        ("question.answer", {"id": 2}),
        ("question.approve", {**question, "status": "declined"}),
        ("poll.open", {"id": 1, "text": "Setuju?", "choices": ["Ya", "Tidak"]}),
        ("poll.close", {"id": 1, "result": [2, 1]}),
        ("hand.raise", {"scale": "desa-kelurahan", "mandates": ["pencegahan"]}),
        ("hand.lower", {"person": "ada", "heard": True}),
        ("breakout.open", {"round": 1}),
        ("breakout.close", {}),
        ("poll.open", {"id": 2, "text": "Masih?", "choices": ["Ya", "Tidak"]}),
        ("room.close", {"until": "2026-11-25T07:00:00.000+00:00"}),
        ("card.add", {"kind": "praktik", "text": "Sesudah"}),
        ("poll.close", {"id": 2, "result": [1, 2]}),
        ("room.close", {}),
    ]
    return [{"type": "event", "seq": 100 + at, "kind": kind, "actor": ada, "data": data} for at, (kind, data) in enumerate(done)]
