"""Sharing on a small phone whose line drops: nothing typed is lost, nothing is sent twice; the full form by the keys alone."""

import time

import pytest
from django.contrib.sessions.models import Session
from django.utils.translation import override

from cop_site.accounts.models import User
from cop_site.library import template
from cop_site.library.models import Practice, WorkingText
from tests.browser import written
from tests.browser.hands import Hands, said
from tests.library.factories import FULL, sentence


@pytest.fixture
def writer(site, new_context, cast, organisation):
    """A member's phone, signed in."""

    def sit_down(**wishes):
        context = new_context(reduced_motion="reduce", **wishes)
        site.sign_in(context, cast["member"])
        return context.new_page()

    return sit_down


def practices():
    return list(Practice.objects.unscoped("counted by a test"))


def wait_for_state(page, words):
    page.wait_for_function("words => document.querySelector('auto-save [role=status]').textContent.startsWith(words)", arg=str(words))


def wait_until(true):
    """For what the server does after an answer that no page waits for."""
    until = time.monotonic() + 10
    while not true() and time.monotonic() < until:
        time.sleep(0.1)
    assert true()


NOT_SENT = said("Not sent yet. Kept in this tab since #.").split("#")[0]
IS_SAVED = said("Saved #").split("#")[0]


@pytest.mark.slow
def test_the_line_drops_in_the_middle_of_the_form(site, writer):
    page = writer()
    context = page.context
    page.goto("/library/share/")
    page.locator("#id_title").fill(written.TITLE)
    page.locator("#id_summary").fill(written.SUMMARY)
    page.locator("#id_title").focus()
    wait_for_state(page, IS_SAVED)
    wait_until(lambda: WorkingText.objects.get().fields.get("summary") == [written.SUMMARY])  # each field left is saved
    kept = WorkingText.objects.get()

    context.set_offline(True)
    page.locator("details#bagian-konteks summary").first.click()
    page.locator("#id_problem").fill(written.PROBLEM)
    page.get_by_label("Studi kasus").check()
    wait_for_state(page, NOT_SENT)
    page.locator("[name=then][value=submit]").last.click()
    still_here = page.locator("#id_problem").input_value()
    only_before = WorkingText.objects.get().version == kept.version

    context.set_offline(False)
    wait_for_state(page, IS_SAVED)
    wait_until(lambda: WorkingText.objects.get().fields.get("problem") == [written.PROBLEM])
    assert (still_here, only_before) == (written.PROBLEM, True)
    assert WorkingText.objects.get().fields["document_kind"] == ["studi-kasus"]

    page.reload()
    page.wait_for_function("words => document.querySelector('#id_problem').value === words", arg=written.PROBLEM)
    assert page.locator("#id_title").input_value() == written.TITLE
    assert page.locator("[data-offer]").count() == 0
    page.locator("[name=then][value=draft]").last.dblclick()  # the second press ends the first one's way: only where it ends counts
    page.wait_for_url("**/edit/**")
    assert [(one.title, one.problem) for one in practices()] == [(written.TITLE, written.PROBLEM)]
    assert list(WorkingText.objects.exclude(has_ended=True)) == []


@pytest.mark.slow
def test_the_server_rests_and_the_session_ends_while_one_writes(site, writer):
    page = writer()
    page.goto("/library/share/")
    page.route("**/share/keep/", lambda route: route.abort())
    page.locator("#id_title").fill(written.TITLE)
    page.locator("#id_summary").focus()
    wait_for_state(page, NOT_SENT)
    page.unroute("**/share/keep/")
    page.locator("#id_summary").fill(written.SUMMARY)
    page.locator("#id_title").focus()
    wait_for_state(page, IS_SAVED)

    Session.objects.all().delete()
    page.locator("#id_problem").evaluate("one => { one.closest('details').open = true }")
    page.locator("#id_problem").fill(written.PROBLEM)
    page.locator("#id_title").focus()
    wait_for_state(page, said("Not sent yet: you are signed out. Your words wait in this tab; sign in again in another tab."))
    site.sign_in(page.context, User.objects.get(handle="member"))
    page.locator("#id_title").press("End")
    page.keyboard.type(" lagi")
    page.locator("#id_summary").focus()

    wait_for_state(page, IS_SAVED)
    [kept] = WorkingText.objects.all()
    assert (kept.title, kept.fields["problem"]) == (f"{written.TITLE} lagi", [written.PROBLEM])


@pytest.mark.slow
def test_the_line_drops_without_scripts(site, writer):
    """What was sent before is on the server; what was sent into nothing, the browser sends again when the page is loaded anew."""
    page = writer(java_script_enabled=False)
    fourth = "Langkah keempat yang diketik sebelum sambungan hilang."
    page.goto("/library/share/")
    page.locator("#id_title").fill(written.TITLE)
    page.locator("[name=document_kind][value=pelajaran]").check()
    page.locator("details#bagian-pelaksanaan > summary").click()
    for at, words in enumerate(written.STEPS):
        page.locator(f"#id_steps_{at}").fill(words)
    with page.expect_navigation():
        page.locator("button[name=more][value=steps]").click()
    page.locator("#id_steps_3").fill(fourth)
    on_the_server = WorkingText.objects.get().fields["steps"]

    page.context.set_offline(True)
    with page.expect_event("requestfailed"):
        page.locator("[name=then][value=draft]").last.click(no_wait_after=True)
    page.wait_for_timeout(300)
    page.context.set_offline(False)
    page.reload()

    assert on_the_server == written.STEPS
    assert [one.steps for one in practices()] == [[*written.STEPS, fourth]]
    assert list(WorkingText.objects.exclude(has_ended=True)) == []

    page.goto("/library/share/")
    page.locator("#id_title").fill("Judul kedua")
    with page.expect_navigation():
        page.locator("button[name=grow]").click()
    kept = WorkingText.objects.get()
    page.goto("/library/share/")
    page.locator(f"[data-offer='{kept.key}'] a").click()
    assert (page.locator("#id_title").input_value(), page.locator("[name=as]").get_attribute("value")) == ("Judul kedua", "full")
    page.goto("/library/share/")
    page.locator(f"[data-offer='{kept.key}'] button").click()
    page.wait_for_url("**/library/share/")
    assert list(WorkingText.objects.exclude(has_ended=True)) == []


@pytest.mark.slow
def test_words_stay_on_a_phone_only_where_its_owner_wishes(site, writer):
    page = writer()
    page.goto("/library/share/")
    page.locator("#id_title").fill(written.TITLE)
    before = page.evaluate("Object.keys(localStorage)")

    page.locator("#own-device").check()
    page.locator("#id_summary").fill(written.SUMMARY)
    page.locator("#id_summary").blur()
    page.locator("auto-save[data-state=saved]").wait_for()
    stays = page.evaluate("Object.keys(localStorage).sort()")
    another_tab = page.context.new_page()
    another_tab.goto("/library/share/")
    another_tab.wait_for_url("**/library/share/?working=*")  # what was saved goes on where it was saved
    another_tab.locator("#own-device:checked").wait_for()
    brought = another_tab.locator("#id_summary").input_value()
    another_tab.locator("#own-device").uncheck()
    after_untick = another_tab.evaluate("Object.keys(localStorage)")

    page.reload()
    page.wait_for_url("**/library/share/?working=*")
    page.locator("own-device:not([hidden]) #own-device").check()
    page.locator("#id_title").press("End")
    page.keyboard.type(" lagi")
    page.locator("[popovertarget=menu]").click()
    with page.expect_navigation():
        page.locator("#menu form[action*=logout] button").click()

    assert before == []
    assert stays == ["kept:share-new", "own-device"]
    assert brought == written.SUMMARY
    assert after_untick == []
    assert page.evaluate("Object.keys(localStorage)") == []


@pytest.mark.slow
def test_the_full_form_by_the_keys_alone(site, writer):
    page = writer()
    hands = Hands(page, by_keys=True)
    page.goto("/library/share/")
    hands.write(_label("title"), written.TITLE)
    hands.send(said("Fill in the full form"))
    assert page.locator("#id_title").input_value() == written.TITLE

    written.fill(hands)
    section = _sections()
    hands.unfold(section["identitas"])
    hands.choose(_label("document_kind"), "Praktik baik")
    hands.choose(_label("location_precision"), "Provinsi")
    _more(hands, "regencies", said("Show the districts of the provinces ticked above"))
    hands.tick(said("Districts and cities"), "Kabupaten Cilacap", under="Jawa Tengah")
    hands.unfold(section["konteks"])
    for name in ("context", "objective"):
        hands.write(_label(name), FULL[name])
    hands.tick(_label("process_stage"), "Perekrutan")
    hands.unfold(section["pelaksanaan"])
    _fill_tables(hands)
    hands.unfold(section["hasil"])
    hands.choose(_label("evidence_level"), "Menjanjikan")
    for name in ("evidence_basis", "unintended", "preconditions", "adaptation"):
        hands.unfold(section[template.fields()[name].section])
        hands.write(_label(name), FULL[name])
    page.locator("#id_success_factors_0").fill(sentence(6))
    hands.send(said("Hand in for review"))

    assert [error.text_content() for error in page.locator(".errors-summary li").all()] == []
    [practice] = practices()
    assert (practice.state, practice.document_kind, practice.regencies) == ("submitted", "praktik-baik", ["33.01"])
    assert [row["actor"] for row in practice.actors] == ["Kantor desa", "Serikat pekerja"]
    assert practice.resources == FULL["resources"]


def _label(key):
    with override("id"):
        return template.fields()[key].label


def _sections():
    with override("id"):
        return dict(template.sections())


def _more(hands, name, button):
    """One row, or the districts, brought by the script: the page stays."""
    target = hands.page.locator(f"button[name=more][value={name}]")
    hands.tab_to(target)
    with hands.page.expect_response(lambda answer: answer.request.method == "POST" and "keep" not in answer.url):
        hands.page.keyboard.press("Enter")
    assert str(button) in target.text_content()


def _fill_tables(hands):
    hands.page.locator("#id_actors_0_actor").fill("Kantor desa")
    hands.page.locator("#id_actors_0_role").fill("Menyediakan tempat")
    _more(hands, "actors", said("One more row"))
    hands.page.locator("#id_actors_1_actor").wait_for()
    hands.tab_to(hands.page.locator("#id_actors_1_actor"))
    hands.page.keyboard.type("Serikat pekerja")
    for column, words in FULL["resources"][0].items():
        hands.tab_to(hands.page.locator(f"#id_resources_0_{column}"))
        hands.page.keyboard.type(words)
