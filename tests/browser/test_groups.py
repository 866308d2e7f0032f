"""Twelve people are composed into groups, moved by keyboard, and find their way into the rooms."""

import re

import pytest
from playwright.sync_api import expect

from cop_site.events.models import Room, Seat
from tests import actors, factories
from tests.events.factories import hall, say

pytestmark = pytest.mark.slow
GROUPS = "/events/acara-uji/desk/groups/"


@pytest.fixture
def people(site):
    return actors.everybody(factories.organisation("Lembaga Tikar", is_listed=True))


@pytest.fixture
def crowd(people):
    room = hall(people["convenor"])
    crowd = [factories.person(f"Peserta {number:02}") for number in range(1, 13)]
    for person in crowd:
        say(room, person, text="Saya di sini.")
    return crowd


def groups(page):
    return [group.get_by_role("radio").count() for group in page.locator("[data-group]").all()]


def test_groups_are_composed_moved_by_keyboard_and_opened(enter_as, people, crowd):
    page = enter_as(people["convenor"], GROUPS, java_script_enabled=False)
    page.locator("[name=mode][value=silang]").check()
    page.locator("[name=groups]").fill("3")
    with page.expect_navigation():
        page.locator("[data-form=compose] button").first.click()
    assert groups(page) == [4, 4, 4]

    _move_by_keyboard(page)
    assert groups(page) == [3, 5, 4]
    assert page.locator("[data-tone=stop]").count() == 1

    page.locator(f"a[href='{GROUPS}open/']").click()
    with page.expect_navigation():
        page.locator("main form button").click()
    rows = page.locator("tbody tr")
    expect(rows).to_have_count(3)
    assert page.went_wrong == []
    _find_the_way_in(enter_as, page)


def _move_by_keyboard(page):
    """The first of the first group goes to the second: an arrow chooses, a letter selects, Enter moves."""
    first = page.locator("[data-group='1'] [type=radio]").first
    first.focus()
    page.keyboard.press("Space")
    page.locator("#ke-kelompok").focus()
    page.keyboard.press("2")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_people_are_dragged_from_group_to_group(enter_as, people, crowd):
    page = enter_as(people["convenor"], GROUPS, viewport={"width": 1280, "height": 900})
    page.locator("[name=groups]").fill("3")
    with page.expect_navigation():
        page.locator("[data-form=compose] button").first.click()
    dragged = page.locator("[data-group='1'] li").first
    handle = dragged.locator("[name=person]").get_attribute("value")

    with page.expect_navigation():
        dragged.drag_to(page.locator("[data-group='3'] legend"))

    expect(page.locator(f"[data-group='3'] [name=person][value={handle}]")).to_have_count(1)
    assert (groups(page), page.url.rpartition("#")[2]) == ([3, 4, 5], "kelompok-3")
    assert Seat.objects.get(person__handle=handle).group == 3
    assert page.went_wrong == []


def _find_the_way_in(enter_as, page):
    room = Room.objects.get(kind="group", number=1)
    person = Seat.objects.filter(room=room).first().person
    there = f"/events/acara-uji/room/group/{room.pk}/"
    assert page.locator("tbody a").first.get_attribute("href") == there

    inside = enter_as(person, f"{there}why/")
    expect(inside.get_by_role("heading", level=1)).to_have_text(re.compile("^(Mengapa saya di sini|Why am I here)$"))
    inside.locator(f"main a[href='{there}']").click()
    inside.wait_for_url(f"**{there}")
    assert inside.went_wrong == []
