"""A question on a small phone: asked, let through by a moderator, answered by somebody who is told, and kept for the next one."""

import pytest

from cop_site.forums.models import Forum, Topic
from tests import factories
from tests.browser.hands import Hands, said
from tests.forums.factories import known

TITLE = "Siapa punya contoh perdes migrasi aman?"


@pytest.fixture
def people(site):
    """Somebody new who asks, somebody known who answers, and a moderator."""
    made = {"moderator": factories.person("Moderator Uji", role="moderator")}
    return made | {name: factories.person(name) for name in ("Wati", "Tono")}


@pytest.fixture
def sit_down(site, new_context, people):
    def sit(name, *, scripts=True):
        context = new_context(java_script_enabled=scripts)
        site.sign_in(context, people[name])
        return Hands(context.new_page(), by_keys=False)

    return sit


@pytest.mark.slow
def test_a_question_is_asked_let_through_answered_and_kept(site, sit_down, people):
    Forum.objects.create(slug="tanya", name_id="Tanya jawab", about_id="Untuk bertanya.", visibility="jaringan")
    known(people["Tono"])
    wati, tono, moderator = sit_down("Wati"), sit_down("Tono"), sit_down("moderator", scripts=False)

    _ask(wati)
    assert Topic.objects.get(title=TITLE).held_at is not None
    _let_through(moderator)
    topic = Topic.objects.get(title=TITLE)
    assert topic.held_at is None

    wati.page.goto(topic.get_absolute_url())
    _answer(tono, topic, people["Wati"])
    _hear(site, wati, people["Wati"])
    _keep(wati, topic)
    topic.refresh_from_db()
    assert (topic.answer.author, topic.outcome, topic.post_count) == (people["Tono"], "Kami memakai naskah dari Lontar.", 2)


def _ask(wati):
    wati.page.goto("/forums/")
    wati.follow("Tanya jawab")
    wati.follow(said("Ask something"))
    wati.write(said("Your question in one sentence"), TITLE)
    wati.page.locator("#id_text").fill("contoh naskah")
    wati.page.locator("#id_text").select_text()
    wati.page.get_by_role("button", name=said("Bold")).click()
    assert wati.page.locator("#id_text").input_value() == "**contoh naskah**"
    wati.send(said("Preview"))
    assert wati.page.locator("#pratinjau strong").text_content() == "contoh naskah"
    wati.send(said("Send the question"))


def _let_through(moderator):
    moderator.page.goto("/moderation/?tab=held")
    moderator.follow(TITLE)
    moderator.choose(said("Decision"), said("Let it through"))
    moderator.write(said("Reason for the author"), "Salam kenal.")
    moderator.send(said("Send the decision"))


def _answer(tono, topic, wati):
    tono.page.goto(topic.get_absolute_url())
    box = tono.page.locator("#id_text")
    box.press_sequentially("Ada. @Wat")
    tono.page.locator(".people button", has_text="Wati").click()
    assert box.input_value() == f"Ada. @{wati.handle} "
    tono.send(said("Send the answer"))


def _hear(site, wati, person):
    """The page that stands open says so, the bell counts it, and a mail says that there is something and nothing of it."""
    wati.page.evaluate("() => { const said = document.querySelector('new-answers'); said.askedAt = 0; said.handleEvent(); }")
    wati.page.locator("new-answers:not([hidden]) a", has_text=said("One new answer")).wait_for()
    letter = site.newest_letter(person.email)
    assert TITLE not in letter.as_string()
    wati.page.goto("/notifications/")
    assert wati.page.locator(".bell .counter").text_content().strip() == "2"  # let through, and answered
    wati.page.locator("main a", has_text=TITLE).first.click()
    wati.page.locator(".post-author", has_text="Tono").wait_for()


def _keep(wati, topic):
    wati.send(said("This helped"))
    wati.page.locator("[data-state=answer]").wait_for()
    wati.follow(said("Write what came of it"))
    wati.write(said("What came of it"), "Kami memakai naskah dari Lontar.")
    wati.send(said("Keep it"))
    assert wati.page.locator(".outcome").count() == 1
