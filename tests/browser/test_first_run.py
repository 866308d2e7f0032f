"""The first day: three people without a programmer put a real site up, write on its first page, and the first member comes in."""

import re
import shutil
import subprocess
import time
from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from tests import databases
from tests.browser import real_start, written
from tests.browser.hands import Hands, agree, said

PASSWORD = "perahu layar empat warna"
STEWARD, SECOND, MEMBER = "ratna@steward.example", "kedua@steward.example", "wulan@serikat.example"
ABOUT = {"id": "Ruang belajar serikat dan kampus di pesisir.", "en": "A room for unions and campuses on the coast to learn in."}


@pytest.fixture
def site(tmp_path, django_db_setup):
    """The site as at its first start for real: production mode, SQLite, migrated from nothing, nobody there."""
    shutil.copy(databases.template(), tmp_path / "db.sqlite3")  # the migrations of every test run: a minute on two busy cores
    site = real_start.started(tmp_path, real_start.free_port())
    yield site
    site.process.terminate()
    try:
        site.process.wait(timeout=40)
    except subprocess.TimeoutExpired:
        site.process.kill()


@pytest.fixture
def sit_down(site, browser):
    """A person at a browser of their own, without scripts unless they need them."""
    made = []

    def sit(**wishes):
        proxied = {"ignore_https_errors": True, "extra_http_headers": {"X-Forwarded-Proto": "https"}}
        context = browser.new_context(base_url=site.url, locale="id-ID", **proxied, **{"java_script_enabled": False, **wishes})
        context.set_default_timeout(30_000)
        made.append(context)
        page = context.new_page()
        page.goto("/")
        return Hands(page, by_keys=False)

    yield sit
    for context in made:
        context.close()


@pytest.mark.slow
def test_from_the_code_in_the_terminal_to_the_first_page_and_the_first_draft_of_the_first_member(site, sit_down):
    code = site.code()
    steward = sit_down()
    _open_the_site(site, steward, code)
    _start_work(steward, STEWARD)

    second = sit_down()
    _come_in(site, second, SECOND, "Sari Pengelola")
    _start_work(second, SECOND)
    _make_an_editor(second, "Ratna Pengelola")

    _write_the_first_page(sit_down(java_script_enabled=True, storage_state=steward.page.context.storage_state()).page)
    visitor = sit_down().page
    assert _lede(visitor, "/about/") == ABOUT["id"]
    assert _lede(visitor, "/en/about/") == ABOUT["en"]

    _invite(steward, MEMBER)
    member = sit_down()
    _come_in(site, member, MEMBER, "Wulan Bahari")
    _sign_in(member, MEMBER)
    assert member.page.goto("/library/").status == 200
    member.page.goto("/library/share/")
    assert urlsplit(member.page.url).path == "/accounts/first-steps/"
    agree(member)
    _share(member)

    assert steward.page.goto("/setup/").status == 404


def _open_the_site(site, steward, code):
    """Every page has led here; a mail is tried first."""
    assert urlsplit(steward.page.url).path == "/setup/"
    steward.write(said("Code from the terminal"), code)
    steward.write(said("Name"), "Ratna Pengelola")
    steward.write(said("Your e-mail"), STEWARD)
    steward.send(said("Send a test mail to this address"))
    site.newest_letter(to=STEWARD)
    assert steward.page.get_by_label(said("Name"), exact=True).input_value() == "Ratna Pengelola"

    steward.write(said("Password"), PASSWORD)
    steward.write(said("E-mail of the second steward"), SECOND)
    steward.send(said("Open the site"))
    assert urlsplit(steward.page.url).path == "/accounts/login/"


def _start_work(steward, email):
    """The first steps, and the second factor without which no desk opens."""
    _sign_in(steward, email)
    agree(steward)
    steward.page.goto("/accounts/people/")
    assert urlsplit(steward.page.url).path == "/accounts/2fa/"
    steward.follow(said("Set up the app"))
    steward.write(said("Password"), PASSWORD)  # once more: is it you?
    steward.send(said("Confirm"))
    steward.write(said("Code"), _code_of(steward.page.locator("main code").text_content()))
    steward.send(said("Switch the app on"))
    assert steward.page.locator("main code").count() == 10  # for the day the phone is lost
    assert steward.page.goto("/accounts/people/").status == 200


def _code_of(key):
    """What the app on the phone shows; a code about to end is not worth typing."""
    if (left := 30 - time.time() % 30) < 5:
        time.sleep(left)
    return format_hotp_value(hotp_value(key, int(time.time()) // 30))


def _sign_in(person, email):
    person.write(said("E-mail"), email)
    person.write(said("Password"), PASSWORD)
    person.send(said("Sign in"))
    assert urlsplit(person.page.url).path == "/accounts/first-steps/"


def _make_an_editor(second, name):
    """Nobody trusts themselves with a task: the second steward does it."""
    second.follow(name)
    second.pick(said("Task"), said("Editor"))
    second.page.locator("form[data-form=task] input[type=date]").fill((date.today() + timedelta(days=90)).isoformat())
    second.page.locator("form[data-form=task] textarea").fill("Menulis halaman pertama.")
    second.send(said("Grant the task"))


def _write_the_first_page(page):
    """In Wagtail: what the site says about itself, in both languages, published at once."""
    page.goto("/admin/pages/")
    home = page.locator("td a[title][href$='/edit/']", has_text="Beranda").first.get_attribute("href")
    page.goto(home.removesuffix("edit/"))  # what stands below it
    page.locator("td a[title][href$='/edit/']", has_text="Tentang").first.click()
    for language, words in ABOUT.items():
        page.locator(f"[name=lede_{language}]").fill(words)
    page.locator("footer [data-w-dropdown-target=toggle]").click()
    with page.expect_navigation(wait_until="load"):
        page.locator("[name=action-publish]").click()


def _lede(visitor, path):
    visitor.goto(path)
    return visitor.locator("main .lede").text_content()


def _invite(steward, email):
    steward.page.goto("/accounts/first-steps/")
    steward.follow(said("Invite somebody"))
    steward.write(said("E-mail"), email)
    steward.pick(said("Role"), said("Member"))
    steward.write(said("Organisation"), "Serikat Bahari Tikar")
    steward.send(said("Send the invitation"))
    assert steward.page.locator("tbody tr").first.locator("b").text_content() == email


def _come_in(site, person, email, name):
    """By the link in the mail, which needs no other proof."""
    link = re.search(r"https?://\S+", site.newest_letter(to=email).get_content()).group()
    assert link.startswith(f"{site.url}/accounts/invited/")
    person.page.goto(link)
    person.write(said("Name"), name)
    person.write(said("Password"), PASSWORD)
    person.send(said("Open my account"))


def _share(member):
    member.page.goto("/library/share/")
    written.fill(member)
    member.send(said("Save draft"))
    assert member.page.goto("/library/mine/").status == 200
    assert member.page.get_by_text(written.TITLE, exact=True).count() == 1
