"""One thread through the house, in a real browser on a small phone: by the keys alone, and without scripts."""

import re
from urllib.parse import urlsplit

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils.translation import override
from wagtail.models import Revision

from cop_site.accounts.models import User
from cop_site.library import template
from cop_site.library.models import Practice
from tests import factories
from tests.browser import written
from tests.browser.hands import Hands, agree, said

EMAIL, PASSWORD = "dewi@serikat-bahari.example", "perahu layar empat warna"
REASON = "Kami mendampingi pekerja migran yang pulang dan ingin belajar dari desa lain."


@pytest.fixture
def people(site):
    """Who meets the newcomer: the secretariat, a member, and two reviewers of two other organisations."""
    secretariat = factories.person("Sekretariat Uji", role="secretariat")
    made = {name: factories.person(name) for name in ("Anggota Uji", "Penelaah Uji", "Penelaah Keamanan")}
    for name, kind in (("Penelaah Uji", "reviewer"), ("Penelaah Keamanan", "safety-reviewer")):
        factories.task(made[name], kind, by=secretariat)
    for one in made.values():
        factories.membership(one, factories.organisation())
    return made | {"Sekretariat Uji": secretariat}


@pytest.fixture
def sit_down(site, new_context, people, by_keys):
    """Brings a person to the home page: in a browser of their own, signed in, with the hands that this walk is about."""

    def sit(name=""):
        context = new_context(java_script_enabled=by_keys, reduced_motion="reduce")
        if name:
            site.sign_in(context, people[name])
        page = context.new_page()
        page.goto("/")
        return Hands(page, by_keys=by_keys)

    return sit


@pytest.mark.slow
@pytest.mark.parametrize("by_keys", [True, False], ids=["by the keys alone", "without scripts"])
def test_a_stranger_becomes_a_member_and_what_she_shares_is_reviewed_and_found(site, sit_down):
    newcomer = sit_down()
    _apply(site, newcomer)
    _admit(sit_down("Sekretariat Uji"))

    newcomer.page.goto("/accounts/first-steps/")
    agree(newcomer)
    _share(newcomer)
    _review(sit_down("Penelaah Uji"), "Waiting", said("Approve revision %(number)s") % {"number": _newest_revision()})
    site.let_follow()

    member, visitor = sit_down("Anggota Uji"), sit_down()
    assert [_finds(member, words) for words in ("menjemput", "peraturan desa", "jemputan buruh migran")] == [True, True, True]
    assert _finds(visitor, "menjemput") is False

    _ask_for_public(newcomer)
    _review(sit_down("Penelaah Keamanan"), "Safety review", said("Let everybody read it"))
    site.let_follow()

    assert _finds(visitor, "menjemput") is True
    _read_in_english(visitor)


# --- the newcomer


def _apply(site, newcomer):
    """From the home page to an application that waits; the address is confirmed by a form, not by opening the link."""
    newcomer.open_menu()
    newcomer.follow(said("Apply for membership"))
    newcomer.write(said("Name"), "Dewi Bahari")
    newcomer.write(said("E-mail"), EMAIL)
    newcomer.write(said("Password"), PASSWORD)
    newcomer.write(said("Organisation"), "Serikat Bahari Tikar")
    newcomer.pick(said("I join as"), str(said("Member")))
    newcomer.write(said("Why do you want to join?"), REASON)
    newcomer.send(said("Send the application"))
    assert newcomer.page.locator("h1").text_content() == said("Check your e-mail")

    newcomer.page.goto(_link_in(site.newest_letter(to=EMAIL)))
    assert User.objects.get(email=EMAIL).emailaddress_set.filter(verified=True).count() == 0
    newcomer.send(said("Confirm this address"))

    newcomer.write(said("E-mail"), EMAIL)
    newcomer.write(said("Password"), PASSWORD)
    newcomer.send(said("Sign in"))
    assert urlsplit(newcomer.page.url).path == "/accounts/application/"
    assert newcomer.page.locator("[aria-current=step] b").text_content() == said("The secretariat reads it")


def _link_in(letter):
    return re.search(r"https?://\S+", letter.get_content()).group()


def _share(newcomer):
    """The form, first with a number that must not be written down; then as it should be."""
    newcomer.page.goto("/")
    newcomer.follow(said("Share a practice"))
    written.fill(newcomer, problem=written.PROBLEM_WITH_NIK)
    newcomer.send(said("Save draft"))

    _is_refused_and_kept(newcomer.page)
    assert Practice.objects.unscoped("counted by a test").count() == 0
    assert _places_in_the_database(written.NIK) == ["library_workingtext"]  # her own unsaved typing, which nobody else reads

    newcomer.write(_label("problem"), written.PROBLEM)
    newcomer.send(said("Hand in for review"))
    assert urlsplit(newcomer.page.url).path == "/library/mine/"
    practice = Practice.objects.unscoped("read by a test").get()
    assert (practice.state, practice.visibility, practice.problem) == ("submitted", "jaringan", written.PROBLEM)
    assert (practice.steps, practice.provinces, str(practice.period_start)) == (written.STEPS, ["33"], "2025-02-01")
    assert _places_in_the_database(written.NIK) == []


def _label(key):
    with override("id"):
        return template.fields()[key].label


def _is_refused_and_kept(page):
    """The place is shown without the number, in its field and above; every other word stands where it was typed."""
    place = page.locator(".field[data-state=stop]", has=page.locator("#id_problem"))
    shown, mask = place.locator(".finding q").text_content(), place.locator(".finding i").text_content()
    assert (mask, f"dengan NIK {mask} bahkan" in shown) == (mask[0] * len(mask), True)
    assert written.NIK not in " ".join(page.locator(".findings, .errors-summary").all_text_contents())
    assert page.locator(".errors-summary a").get_attribute("href") == "#id_problem"
    kept = {name: page.locator(f"#id_{name}").input_value() for name in written.TYPED}
    assert kept == written.TYPED
    assert page.locator("#id_problem").input_value() == written.PROBLEM_WITH_NIK
    assert [box.input_value() for box in page.locator("textarea[name=steps]").all()] == written.STEPS
    assert [box.get_attribute("value") for box in page.locator("[name=mandate]:checked").all()] == ["migrasi-aman", "kebijakan-desa"]
    assert page.locator("#id_period_start").input_value() == "2025-02"
    assert page.locator("[name=children_involved]:checked").get_attribute("value") == "no"


def _places_in_the_database(words):
    """Tables with a row that holds ``words``; sessions are read as the site reads them."""
    found = [f"session {one.pk}" for one in Session.objects.all() if words in str(one.get_decoded())]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found += [table for row in cursor.fetchall() if any(words in str(value) for value in row)][:1]
    return found


def _ask_for_public(newcomer):
    newcomer.page.goto("/library/mine/")
    newcomer.follow(said("Ask to make it public"))
    newcomer.send(said("Ask for the safety review"))
    assert Practice.objects.unscoped("read by a test").get().public_asked_at is not None


# --- the others


def _admit(secretariat):
    secretariat.open_menu()
    secretariat.follow(said("Applications"))
    secretariat.follow("Dewi Bahari")
    secretariat.send(said("Admit as %(role)s") % {"role": said("Member")})
    assert User.objects.get(email=EMAIL).role == "member"


def _review(reviewer, queue, verdict):
    reviewer.open_menu()
    reviewer.follow(said("Review desk"))
    assert reviewer.page.locator(".tabs [aria-current]").text_content().startswith(said(queue))
    reviewer.follow(written.TITLE)
    reviewer.send(verdict)
    assert reviewer.page.locator(".queue-row").count() == 0


def _newest_revision():
    return Revision.objects.count()


def _finds(reader, words):
    """Whether the site's search leads to the practice."""
    reader.page.goto("/")
    reader.follow(said("Search"))
    reader.write(said("The whole site"), words)
    reader.send(said("Search"))
    return reader.page.get_by_role("link", name=written.TITLE, exact=True).count() == 1


def _read_in_english(visitor):
    """The practice under /en/: the page speaks English, the words stay marked as Indonesian."""
    visitor.follow(written.TITLE)
    visitor.open_menu()
    visitor.follow("English")
    page = visitor.page
    assert urlsplit(page.url).path.startswith("/en/library/")
    assert page.locator("html").get_attribute("lang") == "en"
    assert (page.locator("h1").get_attribute("lang"), page.locator("h1").text_content()) == ("id", written.TITLE)
    assert "Steps" in page.locator(".prose h2[lang=en]").all_text_contents()
    assert "Risks and safeguards" not in page.locator("h2").all_text_contents()
