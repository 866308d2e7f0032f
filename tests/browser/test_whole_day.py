"""A day with twelve people: they register, talk, work in two rounds of groups and go home with practice drafts; meanwhile the convenor's link dies."""

import re
from collections import Counter, defaultdict

import pytest
from playwright.sync_api import expect

from cop_site.directory.models import Listing
from cop_site.events.models import Card, Entry, Registration, Room, Seat
from cop_site.library.models import Practice
from cop_site.network.models import Provenance
from cop_site.vocabulary import selectors as words
from tests import actors, factories
from tests.browser.test_room import cards, go_to, lines, put_on_the_board, say_it
from tests.events.factories import event

pytestmark = pytest.mark.slow
EVENT = "/events/acara-uji/"
ROOM, DESK, GROUPS = f"{EVENT}room/", f"{EVENT}desk/", f"{EVENT}desk/groups/"
WIDE = {"width": 1280, "height": 900}
WITHOUT_SCRIPTS = {10, 11}


@pytest.fixture
def day(site):
    """Twelve people of four organisations: two of districts that prevent, two of provinces that stand by."""
    convenor = actors.everybody(factories.organisation("Lembaga Tikar", is_listed=True))["convenor"]
    scales, mandates = list(words.terms("service_scale"))[1:3], list(words.terms("mandate"))[:2]
    people = []
    for at in range(4):
        organisation = factories.organisation(f"Lembaga {'ABCD'[at]}", is_listed=True, visibility="jaringan")
        told = {"service_scale": [scales[at // 2]], "mandate": [mandates[at // 2]]}
        Listing.objects.update_or_create(organisation=organisation, defaults=told)
        staff = [factories.person(f"Peserta {at * 3 + number + 1:02}") for number in range(3)]
        factories.memberships([(one, organisation) for one in staff])
        people += staff
    return event(convenor, capacity=12), convenor, people


def test_from_the_registration_to_the_drafts(enter_as, day):
    gathering, convenor, people = day
    pages = [enter_as(person, EVENT, java_script_enabled=at not in WITHOUT_SCRIPTS) for at, person in enumerate(people)]
    for page in pages:
        register(page)
    assert Registration.objects.filter(event=gathering, is_waiting=False).count() == 12

    desk = enter_as(convenor, GROUPS, viewport=WIDE)
    stage = desk.context.new_page()
    stage.clock.install()
    stage.goto(ROOM)
    talk(pages, stage)

    first = hold_a_round(desk, pages, people, mode="sejenis")
    assert all(len({one.id <= people[5].id for one in group}) == 1 for group in first)  # like with like

    open_round(desk, mode="jigsaw")
    lose_the_link_for_five_minutes(desk, stage, pages)
    second = work_in_groups(pages, people, number=2)
    call_back(desk)
    for group in second:  # somebody of every group of the first round sits in each
        assert all(set(group) & set(earlier) for earlier in first)

    end_in_the_hall(desk, stage, pages)
    assert [page.went_wrong for page in [*pages, desk]] == [[]] * 13
    for room in Room.objects.all():
        assert list(Entry.objects.filter(room=room).order_by("seq").values_list("seq", flat=True)) == [*range(1, room.last_seq + 1)]


def register(page):
    page.locator("[data-form=rsvp] [name=consent]").check()
    with page.expect_navigation():
        page.locator("[data-form=rsvp] button").click()
    expect(page.locator("[data-form=step] button")).to_be_visible()
    page.goto(ROOM)


def talk(pages, stage):
    say_it(stage, "Selamat datang.")
    for page in (pages[0], pages[7]):
        expect(lines(page)).to_have_text(["Selamat datang."])
    say_it(pages[11], "Saya tanpa skrip.")
    say_it(pages[4], "Saya dari dinas.")
    expect(lines(stage)).to_have_text(["Selamat datang.", "Saya tanpa skrip.", "Saya dari dinas."])


def hold_a_round(desk, pages, people, *, mode):
    open_round(desk, mode=mode)
    groups = work_in_groups(pages, people, number=1)
    call_back(desk)
    return groups


def open_round(desk, *, mode):
    desk.goto(GROUPS)
    desk.locator(f"[name=mode][value={mode}]").check()
    desk.locator("[name=groups]").fill("3" if mode == "jigsaw" else "4")
    with desk.expect_navigation():
        desk.locator("[data-form=compose] button").first.click()
    desk.locator(f"a[href='{GROUPS}open/']").click()
    confirm(desk, f"**{GROUPS}open/")


def call_back(desk):
    desk.goto(f"{GROUPS}close/")
    confirm(desk, f"**{GROUPS}close/")


def confirm(desk, here):
    desk.wait_for_url(here)
    desk.locator("main form button").click()
    desk.wait_for_url(f"**{GROUPS}")


def work_in_groups(pages, people, *, number):
    """Everybody goes where the hall sends them and leaves a card; who sits where comes back."""
    for at, page in enumerate(pages):
        if at in WITHOUT_SCRIPTS:
            page.goto(ROOM)
        page.locator("[data-mine] a").click()
        page.wait_for_url("**/room/group/**")
        go_to(page, "papan")
        put_on_the_board(page, f"Putaran {number}, kartu {at + 1}")
        expect(cards(page, "praktik").filter(has_text=re.compile(f"kartu {at + 1}$"))).to_be_visible()
    seated = defaultdict(list)
    for seat in Seat.objects.filter(round__number=number).select_related("person"):
        seated[seat.group].append(seat.person)
    assert sorted(one.pk for group in seated.values() for one in group) == sorted(one.pk for one in people)
    for page in pages:
        page.goto(ROOM)
    return list(seated.values())


def lose_the_link_for_five_minutes(desk, stage, pages):
    """What the convenor wrote stays on her page, what the others said meanwhile comes when she is back; nobody else notices."""
    stage.context.set_offline(True)
    say_it(stage, "Sepuluh menit lagi.")
    expect(stage.locator("[data-state=unsent] .said")).to_have_text("Sepuluh menit lagi.")
    for minute in range(1, 6):
        stage.clock.fast_forward("01:00")
        say_it(pages[minute], f"Menit {minute}.")
    expect(lines(pages[6])).to_have_count(8)
    assert Entry.objects.filter(data__text="Sepuluh menit lagi.").count() == 0

    stage.context.set_offline(False)

    said = [f"Menit {minute}." for minute in range(1, 6)] + ["Sepuluh menit lagi."]
    expect(lines(stage)).to_have_text(["Selamat datang.", "Saya tanpa skrip.", "Saya dari dinas.", *said], timeout=20_000)
    expect(lines(pages[6]).last).to_have_text("Sepuluh menit lagi.")
    expect(stage.locator("[data-state=unsent]")).to_have_count(0)


def end_in_the_hall(desk, stage, pages):
    """24 cards stand on the board with where they are from; the most voted one becomes a draft."""
    go_to(pages[0], "papan")
    expect(cards(pages[0], "praktik")).to_have_count(24)
    origins = Counter((card.origin["round"], card.origin["group"]) for card in Card.objects.filter(room__kind="hall"))
    assert origins == {(number, group): size for number, groups, size in ((1, 4, 3), (2, 3, 4)) for group in range(1, groups + 1)}
    chosen = Card.objects.get(room__kind="hall", text="Putaran 2, kartu 5")
    for page in pages[:2]:
        go_to(page, "papan")
        page.locator(f"#kartu-{chosen.seq} .vote").click()
        expect(page.locator(f"#kartu-{chosen.seq} .vote")).to_have_attribute("aria-pressed", "true")

    desk.goto(DESK)
    desk.locator(f"form[action$='/card/acara-uji/{chosen.seq}/'] button").click()
    expect(desk.locator("[name=title]")).to_have_value("Putaran 2, kartu 5")
    draft = Practice.objects.get()
    assert (draft.title, draft.live, Provenance.objects.count()) == ("Putaran 2, kartu 5", False, 1)
