"""A practice, or a province of organisations, on paper: black on white whatever the theme, without what only a screen can do, and saying for whom it is."""

import re

import pytest
from django.urls import reverse

from cop_site.search import indexing
from tests import actors, factories
from tests.browser import entries, world
from tests.browser.hands import said

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

SCREEN_ALONE = ".masthead, .channels, .foot, .rail, .crumbs, .button"
COLOURS = """() => [getComputedStyle(document.body).backgroundColor, getComputedStyle(document.querySelector("h1")).color]"""
SHEETS = re.compile(rb"/Type\s*/Page\b(?!s)")


@pytest.mark.slow
def test_a_practice_prints_on_one_sheet_and_says_for_whom_it_is(site, new_context):
    cast, samples = world.make(site)
    context = new_context(color_scheme="dark", viewport={"width": 680, "height": 1000})
    site.sign_in(context, cast["member"])
    page = context.new_page()
    page.goto(reverse("practice", args=samples["published"]))
    on_screen = page.locator(".print-level").is_visible()

    page.emulate_media(media="print", color_scheme="dark")
    shown = [one for one in page.locator(SCREEN_ALONE).all() if one.is_visible()]
    colours = page.evaluate(COLOURS)
    level = page.locator(".print-level").inner_text()

    assert on_screen is False
    assert shown == []
    assert colours == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]
    assert level.endswith(("Anggota jaringan", "Lembaga sendiri", "Kelompok kerja", "Moderator"))
    assert len(SHEETS.findall(page.pdf(prefer_css_page_size=True))) == 1


@pytest.mark.slow
def test_a_whole_practice_prints_as_a_brief_of_one_sheet_that_says_where_the_rest_is(site, new_context):
    cast, samples = world.make(site)
    context = new_context(viewport={"width": 680, "height": 1000})
    site.sign_in(context, cast["member2"])
    page = context.new_page()
    page.goto(reverse("practice", args=samples["whole"]))
    assert not page.locator(".brief").is_visible()

    page.emulate_media(media="print")
    told = page.locator(".brief").inner_text() + page.locator(".on-paper").inner_text()
    shown = [one for one in page.locator(f"{SCREEN_ALONE}, .related, .prose:not(.brief)").all() if one.is_visible()]

    assert shown == []
    for heading in (
        "Masalah",
        "Yang berhasil",
        "Yang tidak berhasil",
        "Langkah",
        "CC BY-SA 4.0",
        reverse("practice", args=samples["whole"]),
    ):
        assert heading in told
    assert said("In full at") in told
    assert len(SHEETS.findall(page.pdf(prefer_css_page_size=True))) == 1


@pytest.mark.slow
def test_a_referral_sheet_is_asked_for_and_printed_with_what_its_reader_may_call(site, new_context):
    organisation = factories.organisation("Lembaga Tikar", slug="lembaga-tikar", is_listed=True)
    cast = actors.everybody(organisation)
    entries.plant(cast, organisation)
    indexing.rebuild()
    called = {}

    for who in ("visitor", "member2"):
        context = new_context(color_scheme="dark", viewport={"width": 680, "height": 1000})
        if who != "visitor":
            site.sign_in(context, cast[who])
        page = context.new_page()
        page.goto(reverse("directory"))
        page.get_by_role("link", name=said("Referral sheet")).click()
        page.locator("select[name=province]").select_option("53")
        with page.expect_navigation():
            page.locator("main form button").first.click()
        page.emulate_media(media="print", color_scheme="dark")
        told = page.locator("main").inner_text()
        called[who] = "sapa@tikar.example" in told

        assert [one for one in page.locator(".masthead, .foot, .button, .tabs").all() if one.is_visible()] == []
        assert page.evaluate(COLOURS) == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]
        for words in ("Lembaga Tikar", "Posko Bukit Garam", "Nusa Tenggara Timur", "SAPA", said("Full at the moment")):
            assert words in told
        assert 1 <= len(SHEETS.findall(page.pdf(prefer_css_page_size=True))) <= 2

    assert called == {"visitor": False, "member2": True}
