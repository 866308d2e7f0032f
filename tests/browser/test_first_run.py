"""The first day: three people without a programmer put a real site up, and the first member comes in."""

import re
from urllib.parse import urlsplit

import pytest
from django.urls import get_resolver

from cop_site.accounts import first_run
from cop_site.accounts.models import User
from cop_site.library.models import Practice
from tests.browser import written
from tests.browser.hands import Hands, agree, said

PASSWORD = "perahu layar empat warna"
STEWARD, MEMBER = "ratna@steward.example", "wulan@serikat.example"


@pytest.fixture
def real_site(site, settings):
    """The site as at its first start for real: no account but the system's own."""
    len(get_resolver().url_patterns)
    settings.IS_DEMO = False
    return site


@pytest.fixture
def sit_down(real_site, new_context):
    def sit():
        page = new_context(java_script_enabled=False).new_page()
        page.goto("/")
        return Hands(page, by_keys=False)

    return sit


@pytest.mark.slow
def test_from_the_code_in_the_terminal_to_the_first_draft_of_the_first_member(real_site, sit_down):
    steward = sit_down()
    _open_the_site(real_site, steward, first_run.make_code())
    _sign_in(steward, STEWARD)
    agree(steward)
    _invite(steward, MEMBER)

    member = sit_down()
    _come_in(real_site, member)
    _sign_in(member, MEMBER)
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
    assert len(site.letters(to=STEWARD)) == 1
    assert steward.page.get_by_label(said("Name"), exact=True).input_value() == "Ratna Pengelola"

    steward.write(said("Password"), PASSWORD)
    steward.write(said("E-mail of the second steward"), "kedua@steward.example")
    steward.send(said("Open the site"))
    assert urlsplit(steward.page.url).path == "/accounts/login/"
    assert _link_in(site.newest_letter(to="kedua@steward.example")).startswith(f"{site.url}/accounts/invited/")


def _sign_in(person, email):
    person.write(said("E-mail"), email)
    person.write(said("Password"), PASSWORD)
    person.send(said("Sign in"))
    assert urlsplit(person.page.url).path == "/accounts/first-steps/"


def _invite(steward, email):
    steward.follow(said("Invite somebody"))
    steward.write(said("E-mail"), email)
    steward.pick(said("Role"), said("Member"))
    steward.write(said("Organisation"), "Serikat Bahari Tikar")
    steward.send(said("Send the invitation"))
    assert steward.page.locator("tbody tr").first.locator("b").text_content() == email


def _come_in(site, member):
    member.page.goto(_link_in(site.newest_letter(to=MEMBER)))
    member.write(said("Name"), "Wulan Bahari")
    member.write(said("Password"), PASSWORD)
    member.send(said("Open my account"))
    wulan = User.objects.get(email=MEMBER)
    assert (wulan.role, [one.organisation.name for one in wulan.memberships.all()]) == ("member", ["Serikat Bahari Tikar"])


def _link_in(letter):
    return re.search(r"https?://\S+", letter.get_content()).group()


def _share(member):
    member.page.goto("/library/share/")
    written.fill(member)
    member.send(said("Save draft"))
    assert [(one.title, one.author.email) for one in Practice.objects.unscoped("read by a test")] == [(written.TITLE, MEMBER)]
