"""Who is in the room, and a page that was away too long."""

import re

import pytest
from playwright.sync_api import expect

from cop_site.events import selectors
from cop_site.live import presence
from tests import actors, factories
from tests.events.factories import hall, say

pytestmark = pytest.mark.slow
ROOM = "/events/acara-uji/room/"


@pytest.fixture
def people(site):
    return actors.everybody(factories.organisation("Lembaga Tikar", is_listed=True))


@pytest.fixture
def room(people):
    return hall(people["convenor"])


@pytest.fixture
def enter(enter_as, people, room):
    return lambda who: enter_as(people[who], ROOM)


def test_a_page_says_who_is_there_and_shows_names_to_those_who_ask(enter, monkeypatch):
    monkeypatch.setattr(presence, "EVERY", 0.2)
    page = enter("member")
    expect(page.locator("[data-presence] summary")).to_have_text(re.compile("^1 (orang di sini|person here)$"))

    other = enter("colleague")

    expect(page.locator("[data-presence] summary")).to_have_text(re.compile("^2 (orang di sini|people here)$"), timeout=8000)
    expect(page.locator("[data-presence] li").first).to_be_hidden()
    page.locator("[data-presence] summary").click()
    expect(page.locator("[data-presence] li")).to_have_text(["colleague", "member"])
    assert page.went_wrong + other.went_wrong == []


def test_a_page_that_was_away_too_long_begins_anew_and_keeps_what_was_not_sent(enter, people, room, monkeypatch):
    monkeypatch.setattr(selectors, "MOST_REPLAYED", 4)
    say(room, people["member2"], text="Kata 1.")
    page = enter("member")
    expect(page.locator("[data-presence] summary")).to_be_visible()
    page.context.set_offline(True)
    page.get_by_label("Pesan").or_(page.get_by_label("Message")).fill("Ditulis di jalan.")
    page.locator("[value='chat.post']").first.click()
    for number in range(2, 10):
        say(room, people["member2"], text=f"Kata {number}.")
    say(room, people["moderator"], "chat.hide", id=1)

    page.context.set_offline(False)

    said = page.locator("[data-lines] .line:not([data-state=unsent]) .said")
    expect(said).to_have_count(10, timeout=20_000)
    expect(said.last).to_have_text("Ditulis di jalan.")
    expect(page.locator("#n1")).to_have_attribute("data-state", "hidden")
    expect(page.locator("[data-lines] .line[data-seq='9']")).to_have_count(1)
    expect(page.locator("[data-state=unsent]")).to_have_count(0)
    assert "Kata 1." not in page.locator("[data-lines]").inner_text()
    assert page.went_wrong == []
