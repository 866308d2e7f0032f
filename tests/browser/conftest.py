"""A live site and a real Chromium. Every test here is marked ``browser``."""

import os
import shutil
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test.utils import override_settings

from cop_site.accounts.models import User
from cop_site.cms import foot
from cop_site.cms.actions import ensure_home

HERE = Path(__file__).parent
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]


def pytest_collection_modifyitems(items):
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def live_server_thread(django_db_setup):
    """One server for the whole run; ``site`` lends it to one test after the other."""
    from tests.browser.site import Server

    server = Server()
    with override_settings(IS_EMBEDDED=False):  # the runner would look into the database between the tests
        server.start()
    yield server
    server.stop()


@pytest.fixture
def site(live_server_thread, transactional_db, settings, tmp_path, monkeypatch):
    """The running site with its home page, an empty mail folder and links that lead to it. ``site.url`` is where it is."""
    from tests.browser.site import Site

    settings.SITE_URL = live_server_thread.url
    settings.EMAIL_BACKEND = "cop_site.core.mail.EmlBackend"
    settings.MAIL_FOLDER = tmp_path / "mail"
    settings.MAIL_FOLDER.mkdir()
    settings.MEDIA_ROOT = tmp_path / "media"
    cache.clear()  # Wagtail keeps where its root page is
    ensure_home(by=User.objects.system())
    foot.forget()
    monkeypatch.setattr(foot, "KEPT_FOR", 30.0)  # as on the real site
    return Site(live_server_thread.url, settings.MAIL_FOLDER)


@pytest.fixture(scope="session")
def browser():
    """Chromium: ``$CHROMIUM``, else what the path has. Without one the browser tests fail, they are not skipped."""
    from playwright.sync_api import sync_playwright

    names = [os.environ.get("CHROMIUM"), "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
    path = next((found for name in names if name and (found := shutil.which(name))), None)
    if path is None:
        pytest.fail("There is no Chromium. Set CHROMIUM to one, or leave these tests out: -m 'not browser'.")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture
def new_context(browser, site):
    """Makes browser contexts (one per person) that know where the site is; all are closed before the tables are emptied."""
    made = []

    def make(**wishes):
        context = browser.new_context(**{"base_url": site.url, "locale": "id-ID", "viewport": {"width": 360, "height": 740}, **wishes})
        context.set_default_timeout(10_000)
        made.append(context)
        return context

    yield make
    for context in made:
        context.close()


@pytest.fixture
def enter_as(site, new_context):
    """Somebody's page at an address, in a browser context of its own; ``went_wrong`` holds what its scripts and policy complained of."""

    def come(person, path, **wishes):
        context = new_context(**wishes)
        site.sign_in(context, person)
        page = context.new_page()
        page.went_wrong = []
        page.on("pageerror", lambda error: page.went_wrong.append(str(error)))
        page.on("console", lambda said: page.went_wrong.append(said.text) if "Content Security" in said.text else None)
        page.goto(path)
        return page

    return come


@pytest.fixture
def page(new_context):
    """A visitor's page, 360 pixels wide, in Indonesian."""
    return new_context().new_page()
