"""Something is reported, decided and looked at again; a suspended member's open tab; two hundred rows by keyboard alone."""

import sys
import time

import pytest
from django.utils import timezone

from cop_site.forums.models import Post
from cop_site.moderation import kinds
from cop_site.moderation.models import Case, Decision, Snapshot
from tests import factories
from tests.browser.hands import Hands, said
from tests.moderation.factories import post, talk

ROWS = 200
WORDS = "Ada kerja di luar negeri, paspor kami yang simpan."


@pytest.fixture
def people(site):
    made = {"moderator": factories.person("Moderator Uji", role="moderator")}
    made["secretariat"] = factories.person("Sekretariat Uji", role="secretariat")
    return made | {name: factories.person(name) for name in ("Wati", "Tono")}


@pytest.fixture
def sit_down(site, new_context, people):
    def sit(name, **options):
        context = new_context(**options)
        site.sign_in(context, people[name])
        return Hands(context.new_page(), by_keys=False)

    return sit


def _row(row):
    return Post.objects.unscoped("read by a test").get(pk=row.pk)


@pytest.mark.slow
def test_a_report_is_decided_objected_to_and_looked_at_again(site, sit_down, people):
    row = post(people["Tono"], talk(people["Wati"]), WORDS)
    reader, author = sit_down("Wati"), sit_down("Tono")
    moderator, other = sit_down("moderator"), sit_down("secretariat", java_script_enabled=False)

    reader.page.goto(row.topic.get_absolute_url())
    reader.page.locator(f"#p{row.pk}").get_by_role("link", name=said("Report")).click()
    reader.choose(said("What is wrong with it"), said("It may be an offer made to exploit people"))
    reader.write(said("What a moderator should know"), "Kalimat kedua.")
    reader.send(said("Send the report"))

    _decide(moderator)
    assert _row(row).hidden_at is not None

    site.let_follow()
    author.page.goto("/notifications/")
    author.page.locator("main .entry a").first.click()
    assert author.page.get_by_text("Kami tidak memuat tawaran seperti ini.").count() == 1
    author.write(said("Why the decision should be looked at again"), "Itu contoh penipuan, bukan tawaran.")
    author.send(said("Send the objection"))

    moderator.page.goto("/moderation/appeals/")
    assert moderator.page.locator(".queue-row").count() == 0, "never one's own decision"
    other.page.goto("/moderation/appeals/")
    other.follow(said("Take it from readers"))
    other.choose(said("What you find"), said("The objection is right"))
    other.write(said("Answer to whoever objected"), "Benar, itu peringatan.")
    other.send(said("Send the answer"))
    assert _row(row).hidden_at is None

    author.page.reload()
    assert author.page.get_by_text("Benar, itu peringatan.").count() == 1


def _decide(moderator):
    page = moderator.page
    page.goto("/moderation/")
    page.locator(".queue-row").first.click()
    moderator.send(said("Take it"))
    assert not page.get_by_text(WORDS).is_visible()
    page.locator(".veil summary").click()
    assert page.get_by_text(WORDS).is_visible()
    moderator.choose(said("Decision"), said("Take it from readers"))
    moderator.write(said("Reason for the author"), "Kami tidak memuat tawaran seperti ini.")
    moderator.send(said("Send the decision"))


@pytest.mark.slow
def test_a_suspended_member_is_a_visitor_in_the_tab_that_stands_open(site, sit_down, people):
    row = post(people["Tono"], talk(people["Wati"]), WORDS)
    author, reader, moderator = sit_down("Tono"), sit_down("Wati"), sit_down("moderator")
    author.page.goto(row.topic.get_absolute_url())
    assert author.page.locator("#id_text").count() == 1
    reader.page.goto(f"/moderation/report/post/{row.pk}/")
    reader.choose(said("What is wrong with it"), said("Somebody may be in danger"))
    reader.send(said("Send the report"))

    moderator.page.goto(f"/moderation/{Case.objects.get().pk}/")
    moderator.choose(said("Decision"), said("Take it from readers"))
    moderator.page.locator("[name=author]").select_option("suspension:7")
    moderator.write(said("Reason for the author"), "Ini tawaran yang berbahaya.")
    moderator.send(said("Send the decision"))

    author.write(said("Your answer"), "Saya menulis lagi.")
    author.send(said("Send the answer"))
    assert "/accounts/login/" in author.page.url
    assert Post.objects.unscoped("read by a test").filter(source="Saya menulis lagi.").count() == 0
    author.page.goto(row.topic.get_absolute_url())
    assert author.page.get_by_text("Tono").count() == 0


@pytest.mark.slow
def test_two_hundred_rows_are_worked_through_by_keyboard_alone(sit_down, people, capsys):
    _two_hundred(talk(people["Wati"]), people["Tono"])
    moderator = sit_down("moderator", viewport={"width": 1280, "height": 800})
    page, keys = moderator.page, moderator.page.keyboard
    page.goto("/moderation/?tab=held")

    began = time.monotonic()
    keys.press("?")
    page.get_by_label(said("Use no keys of one letter in this browser")).click()
    keys.press("j")
    assert page.locator("a.queue-row:focus").count() == 0
    page.get_by_label(said("Use no keys of one letter in this browser")).click()
    keys.press("j")
    with page.expect_navigation():
        keys.press("Enter")
    for _case in range(3):  # one by one: look, choose, say why; the next opens by itself
        keys.press("o")
        assert page.locator(".veil").get_attribute("open") is not None
        keys.press("1")
        _say(page, "Salam kenal.")
    with page.expect_navigation():
        page.goto("/moderation/?tab=held")
    while Case.objects.open().count():
        keys.press("a")
        keys.press("1")
        _say(page, "Salam kenal, selamat datang.")
    took = time.monotonic() - began

    with capsys.disabled():
        sys.stdout.write(f"\n{ROWS} waiting rows by keyboard alone: {took:.1f} s, the typing of a machine included\n")
    assert Decision.objects.filter(outcome="release").count() == ROWS
    assert page.locator(".queue").count() == 0


def _say(page, words):
    page.keyboard.press("r")
    page.keyboard.type(words)
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")


def _two_hundred(topic, author):
    now = timezone.now()
    said_so = [f"Salam kenal, saya relawan nomor {number}." for number in range(ROWS)]
    Post.objects.bulk_create(
        Post(topic=topic, author=author, source=one, html=f"<p>{one}</p>", held_at=now, held_because="first-posts") for one in said_so
    )
    rows = list(Post.objects.unscoped("made by a test").filter(held_at=now).select_related("topic__forum", "author", "pseudonym"))
    kind = kinds.kind_of(rows[0])
    told = {"kind": kind.name, "origin": "held", "held_because": "first-posts", "author": author, "forum": topic.forum}
    subject_type = Case(subject=rows[0]).subject_type
    cases = Case.objects.bulk_create(Case(subject_type=subject_type, subject_id=row.pk, **told) for row in rows)
    seen = [(case, kind.seen(row)) for case, row in zip(cases, rows, strict=True)]
    Snapshot.objects.bulk_create(Snapshot(case=case, digest=one.digest, title=one.title, html=one.html) for case, one in seen)
