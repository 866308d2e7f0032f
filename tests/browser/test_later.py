"""After the live part: what goes away before everybody's eyes, and how somebody who comes later answers."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from cop_site.events import log
from cop_site.events.models import AgendaStep, Card, PollVoters, Room
from cop_site.events.refusing import DETAILS
from tests.browser.hands import said
from tests.browser.test_room import ROOM, WIDE, cards, enter, go_to, people, put_on_the_board, room  # noqa: F401
from tests.events.factories import say

pytestmark = pytest.mark.slow


def test_the_live_part_ends_and_who_comes_later_still_votes_and_writes(enter, people, room):  # noqa: F811
    AgendaStep.objects.create(event=room.event, place=1, name_id="Pembukaan")
    say(room, people["member"], "card.add", kind="praktik", text="Sebelum")
    say(room, people["convenor"], "poll.open", question="Mana?", options=["Perdes", "Posko"])
    leader, here = enter("convenor", viewport=WIDE), enter("member", viewport=WIDE)
    expect(leader.locator("[data-reload]")).to_be_hidden()
    expect(here.locator("[data-reload]")).to_be_hidden()

    leader.locator(".room-lead summary").click()
    leader.locator("[name=later] ~ button").click()
    expect(here.locator("[data-later]").first).to_be_visible()
    _words_that_missed_it(here)
    gone = ["#pesan", ".room-acts", ".ask-form", "#kartu-1 form[data-open]"]
    assert [place for place in gone if here.locator(place).is_visible()] == []
    expect(leader.locator("[value='timer.start'] ~ button")).to_be_hidden()
    expect(leader.locator("[data-agenda] button")).to_be_disabled()
    expect(leader.locator("[value='room.close'] + button")).to_be_visible()
    expect(here.locator("#kartu-1 [data-open-desk]")).to_be_visible()  # her own
    expect(here.locator("#n3 .said")).to_contain_text(said("The live part is over. One still answers until"))
    live = here.locator("[data-later] time").inner_text()

    late = enter("member2")
    assert late.locator("[data-later] time").inner_text() == live  # as the page itself writes it
    assert re.fullmatch(r"[A-Z]\w+ \d{1,2} \w+, \d\d\.\d\d WIB", live)
    expect(late.locator("#kartu-1 [data-open-desk]")).to_be_hidden()
    go_to(late, "tanya")
    expect(late.locator("#jajak-1 [data-later-note]")).to_contain_text(live)
    late.locator("#jajak-1 .choice").nth(1).click()
    late.locator("#jajak-1 [data-ballot] button").click()
    expect(late.locator("#jajak-1 [data-voted-note]")).to_be_visible()
    go_to(late, "papan")
    put_on_the_board(late, "Sesudah")
    expect(cards(here, "praktik")).to_have_text(["Sebelum", "Sesudah"])
    expect(here.locator("[data-card-later]:visible")).to_have_text([f"· {said('asynchronous')}"])
    assert (PollVoters.objects.get().poll.number, Card.objects.count()) == (1, 2)
    _the_time_is_over(room, here, late)
    assert leader.went_wrong + here.went_wrong + late.went_wrong == []


def _words_that_missed_it(page):
    page.evaluate("""() => {
      const room = document.querySelector("live-room");
      const frame = { action: "chat.post", client_id: RoomOutbox.newId(), data: { text: "Tadi listrik padam." } };
      room.outbox.keep(frame);
      room.link.send(frame);
    }""")
    expect(page.locator("[data-refusal]")).to_have_text(str(DETAILS["live_over"]))
    expect(page.locator(".add-card [name=text]")).to_have_value("Tadi listrik padam.")


def _the_time_is_over(room, here, late):  # noqa: F811
    Room.objects.filter(pk=room.pk).update(later_until=timezone.now())
    log.end_later(room.pk, timezone.now())
    expect(here.locator("[data-closed]")).to_be_visible()
    expect(here.locator("[data-later]").first).to_be_hidden()
    expect(here.locator("#jajak-1 [data-too-few]")).to_be_visible()
    expect(here.locator("#jajak-1 [data-still]")).to_be_hidden()
    expect(late.locator(".add-card")).to_be_hidden()
    expect(late.locator("#kartu-1 [data-tools]")).to_be_hidden()
