"""A page that stands open: an answer shows by itself, and what was read in one tab counts no more in the other."""

import pytest

from cop_site.forums.models import Topic
from tests import factories
from tests.browser.hands import said
from tests.forums.factories import forum, reply, topic

# So that nothing but a ring can make the page ask: the clocks stop, and no ring may be waited for longer than a test waits.
STOP_CLOCKS = """async () => {
  for (const one of document.querySelectorAll("new-answers, unread-count")) clearInterval(one.clock);
  const line = document.querySelector("ring-line");
  while (line.openSince === Infinity) await new Promise((done) => setTimeout(done, 20));
}"""
# As when another tab is chosen, and this one again.
TURN_AWAY = """() => {
  for (const one of document.querySelectorAll("new-answers, unread-count")) one.askedAt = Date.now() - 10_000;
  for (const hidden of [true, false]) {
    Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
    if (hidden && document.querySelector("ring-line").socket) throw new Error("nobody looks, and it listens");
  }
}"""
COUNT = ".bell .counter"


@pytest.fixture
def asked(site):
    return topic(forum(), factories.person("Wati"))


@pytest.fixture
def open_tab(site, new_context, asked):
    context = new_context()
    site.sign_in(context, asked.starter)

    def go(path):
        tab = context.new_page()
        tab.goto(path)
        tab.evaluate(STOP_CLOCKS)
        return tab

    return go


@pytest.mark.slow
def test_an_answer_shows_on_a_page_that_stands_open_and_counts_until_it_is_read_in_another_tab(site, open_tab, asked):
    tab = open_tab(asked.get_absolute_url())
    height = tab.evaluate("document.querySelector('.posts').offsetHeight")

    reply(asked, factories.person("Tono"), "Kami punya satu.")
    site.let_follow()

    tab.locator("new-answers:not([hidden]) a", has_text=said("One new answer")).wait_for()
    tab.locator(COUNT, has_text="1").wait_for()
    assert tab.evaluate("document.querySelector('.posts').offsetHeight") == height
    assert "Kami punya satu." not in tab.content()

    open_tab("/notifications/")
    open_tab(asked.get_absolute_url())
    tab.locator(COUNT).wait_for(state="detached")


@pytest.mark.slow
def test_nobody_listens_for_a_page_that_is_not_looked_at_and_once_it_is_it_asks(open_tab, asked):
    tab = open_tab(asked.get_absolute_url())

    with tab.expect_request("**/latest/"), tab.expect_request("**/unread/"):
        tab.evaluate(TURN_AWAY)


@pytest.mark.slow
def test_a_page_that_may_hear_no_more_asks_as_if_there_were_no_rings(site, open_tab, asked):
    tab = open_tab(asked.get_absolute_url())

    Topic.objects.filter(pk=asked.pk).update(forum=forum("Pengelola", visibility="pengelola"))

    tab.locator("ring-line").wait_for(state="detached")
    assert tab.evaluate("document.querySelector('unread-count').pause()") == 60_000
