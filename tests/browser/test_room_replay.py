"""What remains of a room, with scripts and without."""

import io
import re
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from cop_site.events import exporting
from cop_site.events.models import Entry, Room
from tests import actors, factories
from tests.browser import axe
from tests.events.factories import hall, say

pytestmark = pytest.mark.slow
REPLAY, RECORD = "/events/acara-uji/room/replay/", "/events/acara-uji/room/record/"


@pytest.fixture
def people(site):
    return actors.everybody(factories.organisation("Lembaga Tikar", is_listed=True))


@pytest.fixture
def room(people):
    """Some three hundred entries: more than one page of the log."""
    room = hall(people["convenor"])
    say(room, people["convenor"], "agenda.go", step=1)
    say(room, people["member2"], "hand.raise")
    say(room, people["member"], "card.add", kind="praktik", text="Kelas <b>malam</b>.")
    say(room, people["member"], "card.move", id=3, column="tantangan", cluster="Waktu")
    Entry.objects.bulk_create(
        Entry(room=room, seq=seq, kind="chat.post", sender=people["member"], client_id=uuid4(), data={"id": seq, "text": f"Kata {seq}."})
        for seq in range(5, 301)
    )
    Room.objects.filter(pk=room.pk).update(last_seq=300)
    return room


@pytest.fixture
def come(enter_as, people):
    return lambda who, path, **wishes: enter_as(people[who], path, **wishes)


def shown(page):
    return {
        "number": page.locator("[data-number]").inner_text(),
        "lines": page.locator("[data-lines] li .said").all_inner_texts(),
        "facts": page.locator("[data-fact]").all_inner_texts(),
        "cards": page.locator("[data-column]:not([hidden]) li").all_inner_texts(),
        "column": page.locator("[data-column]:not([hidden]) h3").all_inner_texts(),
    }


def test_the_slider_shows_what_the_pages_show(come, room):
    page, plain = come("member", REPLAY), come("member", REPLAY, java_script_enabled=False)
    expect(plain.locator("[data-range]")).to_be_hidden()
    slider = page.locator("[data-range]")

    for at in (0, 3, 4, 40, 260):
        slider.fill(str(at))
        expect(page.locator("[data-number]")).to_have_text(str(at))
        plain.goto(f"{REPLAY}?at={at}")
        assert shown(page) == shown(plain)

    slider.press("ArrowRight")
    expect(page.locator("[data-number]")).to_have_text("261")
    page.locator("[data-to=first]").click()
    expect(page.locator("[data-number]")).to_have_text("1")
    page.locator("[data-marks] a").nth(1).click()
    expect(page.locator("[data-number]")).to_have_text("3")
    page.get_by_role("spinbutton").fill("5")
    page.get_by_role("spinbutton").press("Enter")
    expect(page.locator("[data-lines] li").last).to_contain_text("Kata 5.")
    plain.get_by_role("spinbutton").fill("7")
    plain.get_by_role("spinbutton").press("Enter")
    expect(plain.locator("[data-lines] li").last).to_contain_text("Kata 7.")
    axe.bring(page)
    assert (page.went_wrong, axe.complaints(page)) == ([], [])


def test_a_talk_plays_by_its_times_and_stops(come, room):
    for seq, at in enumerate(("02:00:00.000", "02:00:00.200", "02:00:00.400", "02:30:00.000"), start=1):
        Entry.objects.filter(room=room, seq=seq).update(at=f"2026-11-21T{at}Z")
    page = come("member", f"{REPLAY}?at=0", reduced_motion="reduce")
    player = page.locator("[data-play]")

    player.click()
    expect(page.locator("[data-number]")).to_have_text("3")
    said_while_playing = player.inner_text()
    player.click()

    assert said_while_playing == player.get_attribute("data-says-pause")
    assert (player.inner_text(), page.went_wrong) == (player.get_attribute("data-says-play"), [])
    assert page.locator("[data-number]").inner_text() == "3"


def test_a_record_is_saved_as_a_file(come, room, tmp_path):
    page = come("convenor", RECORD, bypass_csp=True)
    forms = page.locator("form[data-form=room-record]")

    kept = []
    for number in range(2):
        forms.nth(number).get_by_role("textbox").fill("Untuk arsip sekretariat daerah.")
        with page.expect_download() as saving:
            forms.nth(number).get_by_role("button").click()
        kept.append(Path(saving.value.path()).read_bytes())

    assert list(exporting.faults_in(io.BytesIO(kept[1]))) == []
    (tmp_path / "record.html").write_bytes(kept[0])
    page.goto((tmp_path / "record.html").as_uri())
    assert "Kelas <b>malam</b>." in page.locator("ul.cards li").inner_text()
    assert re.search(r"[0-9a-f]{64}", page.locator("footer code").inner_text())
    assert page.evaluate("getComputedStyle(document.querySelector('li.mark')).backgroundColor") == "rgb(229, 233, 247)"
    axe.bring(page)
    assert axe.complaints(page) == []
