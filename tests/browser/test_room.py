"""Two people with browsers and one without scripts, in one room."""

import re

import pytest
from playwright.sync_api import expect

from cop_site.events.models import Entry
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
def enter(site, new_context, people, room):
    """Somebody's page of the room, and all that went wrong on it."""

    def come(who, **wishes):
        context = new_context(**wishes)
        site.sign_in(context, people[who])
        page = context.new_page()
        page.went_wrong = []
        page.on("pageerror", lambda error: page.went_wrong.append(str(error)))
        page.goto(ROOM)
        return page

    return come


def say_it(page, words):
    page.get_by_label("Pesan").or_(page.get_by_label("Message")).fill(words)
    page.locator("[value='chat.post']").click()


def lines(page):
    return page.locator("[data-lines] .line:not([data-state=unsent]) .said")


def test_two_browsers_and_one_without_scripts_talk_in_one_room(enter, people, room):
    one, other, plain = enter("member"), enter("member2"), enter("colleague", java_script_enabled=False)

    say_it(one, "Halo dari <b>desa</b>.")
    expect(lines(other)).to_have_text(["Halo dari <b>desa</b>."])
    say_it(other, "Halo kembali.")
    expect(lines(one)).to_have_text(["Halo dari <b>desa</b>.", "Halo kembali."])
    say_it(plain, "Saya tanpa skrip.")
    expect(lines(plain)).to_have_text(["Halo dari <b>desa</b>.", "Halo kembali.", "Saya tanpa skrip."])
    expect(lines(one)).to_have_count(3)
    say(room, people["moderator"], "chat.hide", id=1)
    expect(one.locator("#n1")).to_have_attribute("data-state", "hidden")
    expect(other.locator("#n1 .said")).not_to_contain_text("desa")

    assert one.locator("[data-state=unsent]").count() == 0
    assert one.went_wrong + other.went_wrong == []
    assert [entry.seq for entry in Entry.objects.order_by("seq")] == [1, 2, 3, 4]


def test_what_is_said_without_a_connection_waits_in_the_tab_and_is_said_once(enter, room):
    page = enter("member")
    expect(page.locator("[data-reload]")).to_be_hidden()
    page.context.set_offline(True)
    page.evaluate("() => document.querySelector('live-room').link.socket.close()")

    say_it(page, "Ditulis di jalan.")
    expect(page.locator("[data-state=unsent] .said")).to_have_text("Ditulis di jalan.")
    expect(page.locator("[data-link]")).to_be_visible(timeout=20_000)
    assert Entry.objects.count() == 0
    page.context.set_offline(False)

    expect(lines(page)).to_have_text(["Ditulis di jalan."], timeout=20_000)
    expect(page.locator("[data-state=unsent]")).to_have_count(0)
    expect(page.locator("[data-link]")).to_be_hidden()
    assert Entry.objects.count() == 1


def test_words_the_guard_refuses_come_back_into_the_box(enter):
    page = enter("member")

    say_it(page, "NIK 3471015503990004")

    expect(page.locator("[data-refusal]")).to_be_visible()
    expect(page.locator("#pesan")).to_have_value("NIK 3471015503990004")
    expect(page.locator("[data-lines] .line")).to_have_count(0)


def test_leading_is_seen_by_everybody(enter):
    leader, page = enter("convenor"), enter("member")

    page.locator("[value='hand.raise'] + button").click()
    expect(leader.locator("[data-hands] b")).to_have_text("member")
    leader.locator(".room-lead summary").click()
    leader.locator("[value='timer.start'] ~ button").click()
    expect(page.locator("[data-clock]")).to_have_text(re.compile(r"0\.\d\d|1\.00"))
    leader.locator("[value='room.close'] + button").click()
    expect(page.locator("[data-closed]")).to_be_visible()
    expect(page.locator("#pesan")).to_be_hidden()

    assert leader.went_wrong + page.went_wrong == []
