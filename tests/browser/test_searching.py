"""Searching as people do: suggestions by keyboard on a phone, filters, a search that is kept; with a script and without."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from cop_site.search import indexing
from cop_site.search.models import SavedSearch
from tests import actors, factories
from tests.browser.hands import said
from tests.library.factories import public, published

NARROW, WIDE = {"width": 360, "height": 740}, {"width": 1280, "height": 800}
OPTIONS = "[role=option]"


@pytest.fixture
def cast(site):
    people = actors.everybody(factories.organisation("Lembaga Tikar", slug="lembaga-tikar", is_listed=True))
    author, reviewer, safety = (people[name] for name in ("member", "reviewer", "safety_reviewer"))
    public(author, reviewer, safety, title="Migrasi aman dari desa")
    public(author, reviewer, safety, title="Migran pulang ke desa")
    published(author, reviewer, title="Migrasi laut di pesisir")
    indexing.rebuild()
    site.let_follow()
    return people


def marked(box):
    """The words of the option on which the keyboard stands."""
    chosen = box.get_attribute("aria-activedescendant")
    return box.page.locator(f"[id='{chosen}']").text_content() if chosen else ""


def test_suggestions_are_walked_by_keyboard_on_a_phone(page, cast):
    page.goto("/search/")
    box = page.locator("#q")
    box.press_sequentially("mig")
    page.locator(OPTIONS).first.wait_for()
    options = page.locator(OPTIONS).all_text_contents()
    group = page.locator("#q-saran [role=group]").get_attribute("aria-label")

    walked = []
    for key in ("ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp"):
        box.press(key)
        walked.append(marked(box))
    is_expanded, width = box.get_attribute("aria-expanded"), page.evaluate("document.documentElement.scrollWidth")
    box.press("Escape")
    is_closed, still_typed = box.get_attribute("aria-expanded"), box.input_value()
    box.press_sequentially("r")
    page.locator(OPTIONS).first.wait_for()
    box.press("ArrowDown")
    wanted = marked(box)
    with page.expect_navigation():
        box.press("Enter")

    assert sorted(options) == ["Migran pulang ke desa", "Migrasi aman dari desa"]  # the third is not for visitors
    assert group == said("Practices")
    assert walked == [options[0], options[1], "", options[1]]
    assert (is_expanded, width, is_closed, still_typed) == ("true", 360, "false", "mig")
    assert page.locator("h1").text_content().strip() == wanted


def test_esc_three_times_leaves_from_a_list_of_suggestions_too(page, cast, settings):
    settings.QUICK_EXIT_URL = "https://cuaca.example/"
    page.route("https://cuaca.example/**", lambda route: route.fulfill(body="cuaca"))
    page.goto("/search/")
    page.locator("#q").press_sequentially("mig")
    page.locator(OPTIONS).first.wait_for()

    for _time in range(3):
        page.keyboard.press("Escape")

    page.wait_for_url("https://cuaca.example/")


def test_enter_without_a_choice_searches_and_english_stays_english(page, cast):
    page.goto("/en/search/")
    box = page.locator("#q")
    box.press_sequentially("mig")
    page.locator(OPTIONS).first.wait_for()
    addresses = [urlsplit(one.get_attribute("href")).path for one in page.locator(OPTIONS).all()]
    with page.expect_navigation():
        box.press("Enter")

    assert all(address.startswith("/en/library/") for address in addresses)
    assert urlsplit(page.url).path == "/en/search/"
    assert parse_qs(urlsplit(page.url).query) == {"q": ["mig"]}


def test_whoever_saves_data_or_meets_a_refusal_just_types(new_context, cast):
    saving = new_context(extra_http_headers={"Save-Data": "on"}).new_page()
    asked = []
    saving.on("request", lambda request: asked.append(request.url) if "suggest" in urlsplit(request.url).path else None)
    saving.goto("/search/")
    saving.locator("#q").press_sequentially("migrasi")
    refused = new_context().new_page()
    errors = []
    refused.on("pageerror", lambda error: errors.append(str(error)))
    refused.route("**/api/v1/suggest**", lambda route: route.fulfill(status=429, body="{}"))
    refused.goto("/search/")
    with refused.expect_response("**/api/v1/suggest**"):
        refused.locator("#q").press_sequentially("migrasi")

    assert saving.locator("#q").get_attribute("role") is None
    assert asked == []
    assert refused.locator("#q-saran").is_hidden()
    assert errors == []


def test_the_box_in_the_header_suggests_what_its_reader_may_see(site, new_context, cast):
    context = new_context(viewport=WIDE)
    site.sign_in(context, cast["member2"])
    page = context.new_page()
    page.goto("/library/")

    page.locator("#cari-atas").press_sequentially("migrasi la")
    page.locator(OPTIONS).first.wait_for()

    assert page.locator("#cari-atas-saran a").all_text_contents() == ["Migrasi laut di pesisir"]


@pytest.mark.parametrize("has_script", [True, False])
def test_a_search_is_narrowed_kept_opened_and_thrown_away(site, new_context, cast, has_script):
    page = new_context(viewport=WIDE, java_script_enabled=has_script).new_page()
    page.goto("/search/")
    page.locator("#q").fill("migrasi")
    page.get_by_role("search").get_by_role("button").click()
    page.locator("input[name=year_from]").evaluate("box => box.closest('details').open = true") if has_script else None
    page.locator("#saring input[type=checkbox]").first.check()
    page.get_by_role("button", name=said("Show results")).click()
    narrowed = page.url
    page.get_by_role("link", name=said("Save this search")).click()
    sign_in = page.url
    site.sign_in(page.context, cast["member2"])
    page.goto(parse_qs(urlsplit(sign_in).query)["next"][0])
    page.locator("#id_name").fill("Laut dan desa")
    page.get_by_role("button", name=said("Save the search")).click()
    kept = page.locator("h2", has_text="Laut dan desa").count()
    page.get_by_role("button", name=re.compile(said("Open"))).click()
    opened = page.url
    page.get_by_role("link", name=re.compile(said("Remove the filter %(label)s").split("%")[0])).click()
    widened = page.url
    page.goto("/search/saved/")
    page.get_by_role("link", name=re.compile(said("Delete"))).click()
    page.get_by_role("button", name=said("Delete the search")).click()

    assert urlsplit(sign_in).path == "/accounts/login/"
    assert kept == 1
    assert parse_qs(urlsplit(opened).query) == {k: v for k, v in parse_qs(urlsplit(narrowed).query).items() if v != [""]}
    assert parse_qs(urlsplit(widened).query) == {"q": ["migrasi"]}
    assert not SavedSearch.objects.exists()
