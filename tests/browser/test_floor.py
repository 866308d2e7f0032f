"""Questions, polls, the queue, groups and the wall, as people with and without scripts see them."""

import random
import re

import pytest
from playwright.sync_api import expect

from cop_site.events import log, ordering, state
from cop_site.events.models import Question, QuestionVote, Room
from tests.browser.test_room import ROOM, WIDE, enter, go_to, people, room  # noqa: F401
from tests.events.factories import frame, say

pytestmark = pytest.mark.slow
BACKSTAGE = f"{ROOM}backstage/"


def ask(page, words):
    page.locator(".ask-form summary").click()
    page.locator("[data-form=question] [name=text]").fill(words)
    page.locator("[data-form=question] button").click()


def test_questions_wait_are_let_in_voted_for_and_answered(enter, room):  # noqa: F811
    one, other, leader = enter("member"), enter("member2", f"/en{ROOM}", viewport=WIDE), enter("convenor", BACKSTAGE, viewport=WIDE)
    plain = enter("colleague", java_script_enabled=False)

    go_to(one, "tanya")
    ask(one, "Kapan <b>dana</b> cair?")
    expect(one.locator("[data-asked]")).to_be_visible()
    expect(leader.locator("[data-status=waiting] .said")).to_have_text("Kapan <b>dana</b> cair?")
    assert other.locator("[data-questions] .question").count() == 0
    leader.locator("[data-let-in] button").click()
    expect(other.locator("[data-questions] .said")).to_have_text(["Kapan <b>dana</b> cair?"])
    go_to(plain, "tanya")
    ask(plain, "Siapa yang menanggung?")
    expect(plain.locator("[data-asked]")).to_be_visible()
    leader.locator("#tanya-2 [data-let-in] button").click()
    expect(one.locator("[data-questions] .said")).to_have_text(["Kapan <b>dana</b> cair?", "Siapa yang menanggung?"])

    other.locator("#tanya-2 .vote").click()
    expect(one.locator("[data-questions] .said")).to_have_text(["Siapa yang menanggung?", "Kapan <b>dana</b> cair?"])
    expect(other.locator("#tanya-2 .vote")).to_have_attribute("aria-pressed", "true")
    other.reload()
    expect(other.locator("[data-reload]")).to_be_hidden()
    other.locator("#tanya-2 .vote").click()
    expect(one.locator("#tanya-2 .vote [data-votes]")).to_have_text("0")
    assert QuestionVote.objects.count() == 0

    leader.locator("#tanya-1 [data-answer] button").click()
    expect(one.locator("[data-answered] b")).to_have_text("1")
    leader.locator("#tanya-2 [data-decline] button").click()
    expect(one.locator("[data-questions] .question")).to_have_count(0)
    ask(other, "NIK 3471015503990004?")
    expect(other.locator("[data-form=question] [name=text]")).to_have_value("NIK 3471015503990004?")
    assert Question.objects.count() == 2
    assert one.went_wrong + other.went_wrong + leader.went_wrong == []


def test_polls_are_secret_until_they_close(enter, people, room):  # noqa: F811
    one, plain, leader = enter("member", viewport=WIDE), enter("colleague", java_script_enabled=False), enter("convenor", viewport=WIDE)
    options = {"options": ["Perdes", "<b>Posko</b>", "Dana"]}
    for kind in ("single", "rank", "words"):
        say(room, people["convenor"], "poll.open", kind=kind, question=f"Mana, {kind}?", **({} if kind == "words" else options))
    for who, first in (("reviewer", 0), ("editor", 1), ("moderator", 1)):
        say(room, people[who], "poll.vote", id=1, choice=[first])

    expect(one.locator("#jajak-1 .choice")).to_have_text(["Perdes", "<b>Posko</b>", "Dana"])
    one.locator("#jajak-1 [data-ballot] button").click()
    expect(one.locator("[data-refusal]")).to_be_visible()
    one.locator("#jajak-1 .choice").nth(1).click()
    one.locator("#jajak-1 [data-ballot] button").click()
    expect(one.locator("#jajak-1 [data-voted-note]")).to_be_visible()
    expect(one.locator("#jajak-1 [data-ballot]")).to_be_hidden()
    one.locator("#jajak-2 select").nth(0).select_option("3")
    one.locator("#jajak-2 [data-ballot] button").click()
    expect(one.locator("[data-refusal]")).to_be_visible()
    one.locator("#jajak-2 select").nth(2).select_option("1")
    one.locator("#jajak-2 [data-ballot] button").click()
    one.locator("#jajak-3 [name=word]").nth(0).fill("Berani")
    one.locator("#jajak-3 [data-ballot] button").click()
    expect(one.locator("[data-voted-note]:visible")).to_have_count(3)
    go_to(plain, "tanya")
    plain.reload()
    plain.locator("#jajak-1 .choice").nth(2).click()
    plain.locator("#jajak-1 [data-ballot] button").click()
    expect(plain.locator("#jajak-1 [data-voted-note]")).to_be_visible()
    assert one.locator("[data-result]:visible").count() == 0
    wall = enter("member2", f"{ROOM}screen/", viewport=WIDE)
    expect(wall.locator("[data-text]")).to_have_text("Mana, words?")
    say(room, people["member2"], "card.add", kind="praktik", text="Di <i>dinding</i>")
    say(room, people["convenor"], "broadcast", text="Lima menit lagi.")
    say(room, people["convenor"], "timer.start", seconds=60)
    expect(wall.locator("[data-column=praktik] .said")).to_have_text("Di <i>dinding</i>")
    expect(wall.locator("[data-announcement]")).to_have_text("Lima menit lagi.")
    expect(wall.locator("[data-clock]")).to_be_visible()
    one.reload()
    expect(one.locator("[data-voted-note]:visible")).to_have_count(3)

    say(room, people["convenor"], "poll.close", id=3)
    for number in (2, 1):
        leader.locator(f"#jajak-{number} [data-close-poll] button").click()
    expect(one.locator("#jajak-1 [data-result] tr")).to_have_text(["Perdes1", "<b>Posko</b>3", "Dana1"])
    expect(one.locator("#jajak-2 [data-too-few]")).to_be_visible()
    expect(wall.locator("[data-too-few]")).to_be_visible()
    assert wall.locator("button, input, form").count() == 0
    assert one.went_wrong + wall.went_wrong + leader.went_wrong == []


def test_the_queue_is_the_same_in_the_browser(enter, people, room):  # noqa: F811
    chance = random.Random(10)  # noqa: S311
    page, leader = enter("member"), enter("convenor", viewport=WIDE)
    scales, mandates = ["desa", "kabupaten", "nasional"], ["pencegahan", "advokasi", "pendampingan"]

    def turn(number):
        told = {"id": f"p{number}"}
        if chance.random() < 0.8:
            told["scale"] = chance.choice(scales)
        if chance.random() < 0.8:
            told["mandates"] = chance.sample(mandates, chance.randrange(4))
        return told

    courses = [
        {"heard": [turn(chance.randrange(9)) for _n in range(chance.randrange(12))], "hands": [turn(n) for n in range(chance.randrange(9))]}
        for _course in range(200)
    ]
    assert page.evaluate("(courses) => courses.map((one) => RoomState.queue(one))", courses) == [state.queue(one) for one in courses]

    for who in ("member", "member2"):
        say(room, people[who], "hand.raise")
    leader.locator("[data-hands] summary").click()
    leader.locator(f"[data-hand={people['member'].handle}] [name=heard]").click()
    expect(leader.locator("[data-hands] li")).to_have_count(1)
    say(room, people["member"], "hand.raise")
    expect(leader.locator("[data-hands] [data-name]")).to_have_text(["member2", "member"])
    leader.locator(f"[data-hand={people['member2'].handle}] button:not([name])").click()
    expect(leader.locator("[data-hands] [data-name]")).to_have_text(["member"])
    assert len(Room.objects.get(pk=room.pk).state["heard"]) == 1
    assert page.went_wrong + leader.went_wrong == []


def act(room, by, action, **data):  # noqa: F811
    return log.append([ordering.order_of(frame(action, **data), room=room.pk, by=by.pk)])[0]


def test_people_go_to_their_groups_and_come_back_with_their_cards(enter, people, room):  # noqa: F811
    for who in ("member", "member2", "colleague", "reviewer"):
        say(room, people[who], text="Saya di sini.")
    one, leader = enter("member"), enter("convenor", viewport=WIDE)
    expect(one.locator("[data-my-group]")).to_be_hidden()

    act(room, people["convenor"], "breakout.compose", groups=2)
    act(room, people["convenor"], "breakout.open")
    expect(leader.locator("[data-all-groups] a")).to_have_text(["1", "2"])
    expect(one.locator("[data-people]")).to_contain_text("member")
    one.locator("[data-my-group] a").click()
    one.wait_for_url(re.compile("/room/group/"))
    group = Room.objects.get(kind="group", seats__person=people["member"])
    say(group, people["member"], "card.add", kind="praktik", text="Dari kelompok")
    one.locator("[value='hand.raise'] + button").click()
    expect(one.locator("[data-hands] b")).to_have_text("1")
    act(room, people["convenor"], "breakout.close")
    expect(one.locator("[data-closed] a")).to_be_visible()
    one.locator("[data-closed] a").click()
    expect(one.locator("[data-my-group]")).to_be_hidden()
    expect(leader.locator("[data-origin]")).to_have_text(re.compile(rf"(Putaran|Ronde|Round) 1, (kelompok|group) {group.number}"))
    expect(leader.locator("[data-my-group]")).to_be_hidden()
    assert one.went_wrong + leader.went_wrong == []
