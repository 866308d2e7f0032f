"""What a page does when things go wrong or somebody must go: no connection, a quick exit, words in a tab; and small wishes kept."""

import re

import pytest
from django.urls import reverse

from tests import actors, factories
from tests.browser.hands import said
from tests.library.factories import make_practice, public, sentence

WORDS = "Kami ingin belajar dari pengalaman lembaga lain."
OFFLINE = ".offline"
EXIT = "https://cuaca.example/"


@pytest.fixture
def cast(site):
    return actors.everybody(factories.organisation("Lembaga Tikar", slug="lembaga-tikar", is_listed=True))


@pytest.fixture
def exit_page(settings):
    settings.QUICK_EXIT_URL = EXIT

    def stand_in(page):
        """The other site, which answers only when it is let: what the tab shows meanwhile can be looked at."""
        waiting = []
        page.route(f"{EXIT}**", lambda route: waiting.append(route))
        return waiting

    return stand_in


# --- without a connection


def test_a_lost_connection_is_said_at_once_and_nothing_is_sent_into_nothing(page):
    page.goto("/accounts/signup/")
    page.locator("#id_reason").fill(WORDS)
    assert page.locator(OFFLINE).is_hidden()
    assert page.locator("offline-note").get_attribute("role") == "status"

    page.context.set_offline(True)
    page.locator(OFFLINE).wait_for(state="visible", timeout=5_000)
    page.evaluate("document.querySelector('main form').noValidate = true")
    page.locator("main form button[type=submit]").click()

    assert page.locator(OFFLINE).text_content().strip() == said("No connection. Your words wait in this tab. Keep it open.")
    assert page.locator("#id_reason").input_value() == WORDS
    page.context.set_offline(False)
    page.locator(OFFLINE).wait_for(state="hidden", timeout=5_000)


# --- leaving quickly


def test_esc_three_times_empties_the_page_at_once_and_back_does_not_lead_here(page, exit_page):
    waiting = exit_page(page)
    page.goto("/")
    page.goto("/library/")
    page.evaluate("sessionStorage.setItem('kept:share-new', 'kata')")

    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    still_here = page.locator("h1").count()
    took = page.evaluate("""() => {
      const started = performance.now();
      document.dispatchEvent(new KeyboardEvent("keydown", {key: "Escape", bubbles: true}));
      return [performance.now() - started, document.documentElement.childElementCount, document.title, sessionStorage.length];
    }""")

    assert still_here == 1
    assert took[0] < 300
    assert took[1:] == [0, "", 0]
    page.wait_for_timeout(200)
    waiting[0].fulfill(body="cuaca", content_type="text/plain")
    page.wait_for_url(EXIT)
    page.go_back()
    assert page.url.endswith("/")
    assert "/library/" not in page.url


def test_the_button_leaves_the_same_way(page, exit_page):
    waiting = exit_page(page)
    page.goto("/")
    page.goto("/library/")

    page.locator("a.quick-exit").click(no_wait_after=True)
    page.wait_for_timeout(200)

    waiting[0].fulfill(body="cuaca", content_type="text/plain")
    page.wait_for_url(EXIT)
    page.go_back()
    assert "/library/" not in page.url


def test_esc_closes_the_menu_and_slow_presses_leave_nobody(page, exit_page):
    waiting = exit_page(page)
    page.goto("/library/")
    page.locator("[popovertarget=menu]").click()

    page.keyboard.press("Escape")
    page.locator("#menu").wait_for(state="hidden")
    page.keyboard.press("Escape")
    page.wait_for_timeout(1_600)
    page.keyboard.press("Escape")

    assert (page.locator("h1").count(), waiting) == (1, [])


def test_esc_can_be_kept_from_leaving(page, exit_page):
    waiting = exit_page(page)
    page.goto("/library/")
    page.locator("[popovertarget=menu]").click()
    page.locator("button[name=escape][value=off]").click()
    page.wait_for_url("**/library/")

    for _press in range(4):
        page.keyboard.press("Escape")

    assert (page.locator("h1").count(), waiting) == (1, [])
    assert said("Pressing Esc three times does the same.") not in page.locator("footer").text_content()


WORK = ["/library/share/", "/library/review/", "/accounts/circles/"]


def test_pages_of_work_are_left_the_same_way_and_their_unsent_words_wait_in_the_tab(site, new_context, cast, exit_page):
    context, left = new_context(), {}
    site.sign_in(context, cast["reviewer"])
    page = context.new_page()
    waiting = exit_page(page)
    page.goto("/library/share/")
    page.locator("#id_title").fill(WORDS)

    for path in WORK:
        page.goto(path)
        left[path] = page.evaluate("""() => {
          const press = () => document.dispatchEvent(new KeyboardEvent("keydown", {key: "Escape", bubbles: true}));
          const started = performance.now();
          [press, press, press].forEach((one) => one());
          return [document.documentElement.childElementCount, document.title, performance.now() - started < 300];
        }""")
        page.wait_for_timeout(200)
        waiting.pop().fulfill(body="cuaca", content_type="text/plain")
        page.wait_for_url(EXIT)
    page.goto("/library/share/")

    assert left == {key: [0, "", True] for key in WORK}
    assert page.locator("#id_title").input_value() == WORDS


# --- small wishes, without scripts


def test_zone_and_colours_are_kept_without_scripts(site, new_context, cast):
    make_practice(cast["member"])
    context = new_context(java_script_enabled=False)
    site.sign_in(context, cast["member"])
    page = context.new_page()
    page.goto("/library/mine/")
    assert re.search(r"\d\d\.\d\d WIB", page.locator("main").text_content())

    for name, value in (("zone", "Asia/Jayapura"), ("theme", "dark")):
        page.locator("[popovertarget=menu]").click()
        page.locator(f"button[name={name}][value='{value}']").click()

    assert re.search(r"\d\d\.\d\d WIT\b", page.locator("main time").first.text_content())
    assert page.locator("html").get_attribute("data-theme") == "dark"
    page.goto("/en/library/mine/")
    assert page.locator("html").get_attribute("data-theme") == "dark"
    assert "WIT" in page.locator("main time").first.text_content()


# --- words in a tab


def test_words_outlive_a_reload_and_an_answer_that_never_came(page):
    page.goto("/accounts/signup/")
    page.locator("#id_reason").fill(WORDS)

    page.reload()
    assert page.locator("#id_reason").input_value() == WORDS

    page.route("**/accounts/signup/", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    page.evaluate("document.querySelector('main form').noValidate = true")
    page.evaluate("document.querySelector('main form').requestSubmit()")
    page.wait_for_function("!document.querySelector('#id_reason')")
    page.unroute("**/accounts/signup/")
    page.wait_for_timeout(1_100)  # nobody is back within a second
    page.goto("/accounts/signup/")

    page.wait_for_function("words => document.querySelector('#id_reason')?.value === words", arg=WORDS)


def test_words_outlive_a_page_that_said_they_were_too_many(page, settings):
    page.goto("/accounts/signup/")
    page.locator("#id_reason").fill(WORDS)
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 50
    page.evaluate("document.querySelector('main form').noValidate = true")

    with page.expect_navigation() as sent:
        page.evaluate("document.querySelector('main form').requestSubmit()")
    refused = sent.value.status
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
    page.wait_for_timeout(1_100)
    page.goto("/accounts/signup/")

    assert refused == 413
    page.wait_for_function("words => document.querySelector('#id_reason').value === words", arg=WORDS)


def test_words_that_were_taken_do_not_come_back(site, new_context, cast):
    context = new_context()
    site.sign_in(context, cast["convenor"])
    page = context.new_page()
    page.goto("/accounts/circles/")
    for name, words in (("name_id", "Lingkar Kapal"), ("purpose_id", WORDS), ("ends_on", "2027-01-31")):
        page.locator(f"#id_{name}").fill(words)

    with page.expect_navigation():
        page.locator("form[data-form=circle] button").click()
    page.goto("/accounts/circles/")

    assert page.locator("#id_purpose_id").input_value() == ""


def test_two_tabs_keep_their_words_apart(new_context):
    context = new_context()
    one, other = context.new_page(), context.new_page()
    one.goto("/accounts/signup/")
    one.locator("#id_reason").fill(WORDS)

    other.goto("/accounts/signup/")
    other.locator("#id_reason").fill("Kata di tab kedua.")
    one.reload()

    assert one.locator("#id_reason").input_value() == WORDS
    assert other.locator("#id_reason").input_value() == "Kata di tab kedua."


# --- on paper


@pytest.mark.parametrize("words", [250, 500])
def test_a_practice_of_usual_length_is_one_sheet_of_paper(new_context, cast, words):
    part = words // 8
    practice = public(
        cast["member"],
        cast["reviewer"],
        cast["safety_reviewer"],
        summary=sentence(max(40, part // 2)),
        problem=sentence(max(50, part)),
        results=sentence(max(50, part)),
        what_failed=sentence(part),
        steps=[sentence(part // 2), sentence(part // 2), sentence(part // 2), sentence(part // 2)],
        lessons=[sentence(part // 2), sentence(part // 2)],
    )
    page = new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.goto(reverse("practice", args=[practice.slug]))

    length = len(page.locator("article").text_content().split())
    sheets = re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))

    assert length >= words
    assert len(sheets) == 1
