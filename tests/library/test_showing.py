"""The page of a practice or document: what it says, to whom, and what is near it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from cop_site.activity.models import Activity
from cop_site.activity.runner import run_pending
from cop_site.core import clock
from cop_site.library import actions
from cop_site.library.models import Practice
from cop_site.library.selectors import nearby, showing
from tests import factories
from tests.library.factories import document_content, long_content, public, published

pytestmark = pytest.mark.django_db


def page_of(client, practice, language="id"):
    with translation.override(language):  # a request leaves its language behind
        return client.get(practice.get_absolute_url()).content.decode()


def test_all_that_a_full_practice_says_stands_on_its_page(client, cast):
    practice = published(cast["member"], cast["reviewer"], **long_content(funding="Iuran warga", legal_basis="Perdes tentang migrasi aman"))
    client.force_login(cast["member2"])

    page = page_of(client, practice)

    texts = [words for words in practice.html.values() if isinstance(words, str)]
    assert [words for words in texts if words not in page] == []
    assert "Kantor desa" in page  # a cell of a table
    assert 'data-label="Pihak"' in page
    assert "Perdes tentang migrasi aman" in page
    assert "Iuran warga" in page


def test_fields_that_say_nothing_are_left_out(client, cast):
    practice = published(cast["member"], cast["reviewer"])
    client.force_login(cast["member2"])

    page = page_of(client, practice, "en")

    assert "Supporting figures" not in page
    assert "Minimum version" not in page


def test_what_an_import_lacks_is_said_to_be_missing(client, cast):
    practice = published(cast["member"], cast["reviewer"])
    Practice.objects.filter(pk=practice.pk).update(is_imported=True, problem="", html={"summary": "<p>Isi</p>"}, steps=[], lessons=[])
    client.force_login(cast["member2"])

    page = page_of(client, practice, "en")

    assert page.count("Not filled in yet.") == 5  # problem, results, what failed, steps, lessons


@pytest.mark.parametrize(
    ("who", "finds"), [("member", True), ("moderator", True), ("secretariat", True), ("member2", False), ("reviewer", False)]
)
def test_how_a_story_was_made_anonymous_is_for_its_author_and_stewards(client, cast, who, finds):
    practice = published(cast["member"], cast["reviewer"], consent_status="komposit", anonymisation="Tiga peristiwa dilebur menjadi satu.")
    client.force_login(cast[who])

    assert ("Tiga peristiwa dilebur" in page_of(client, practice)) == finds


def test_a_document_tells_its_own_facts_and_its_text(client, cast):
    document = published(cast["member"], cast["reviewer"], **document_content())
    client.force_login(cast["member2"])

    page = page_of(client, document, "en")

    assert document.html["body"] in page
    for fact in ("Pemerintah Desa Tikar", "Nomor 3 Tahun 2024", "In force", "checked on 31 March 2026", "2024"):
        assert fact in page
    assert "What did not work" not in page


def test_the_list_tells_documents_from_practices_and_can_be_narrowed_to_either(client, cast):
    practice = published(cast["member"], cast["reviewer"])
    document = published(cast["member"], cast["reviewer"], **document_content())
    run_pending()
    client.force_login(cast["member2"])

    def found(query):
        return client.get(reverse("library") + query).context["list"]

    both, documents = found(""), found("?kind=document")
    assert {(option.slug, option.count) for option in both.kinds} == {("practice", 1), ("document", 1)}
    assert {shown.row for shown in both.page.object_list} == {practice, document}
    assert [shown.row for shown in documents.page.object_list] == [document]
    assert {(option.slug, option.count) for option in documents.kinds} == {("practice", 1), ("document", 1)}
    assert len(found("?kind=nonsense").page.object_list) == 2


def test_a_document_in_a_list_names_its_issuer_year_and_legal_status(client, cast):
    published(cast["member"], cast["reviewer"], **document_content())
    run_pending()
    client.force_login(cast["member2"])

    library, search = client.get("/en/library/").content.decode(), client.get("/en/search/?q=pelindungan").content.decode()

    for page in (library, search):
        assert "Pemerintah Desa Tikar" in page
        assert "In force" in page


def test_related_texts_share_a_mandate_closest_first_and_are_visible_ones_only(cast):
    one = published(cast["member"], cast["reviewer"])
    far = published(cast["member"], cast["reviewer"], mandate=["migrasi-aman"], service_scale=["nasional"])
    near = published(cast["member"], cast["reviewer"])
    other = published(cast["member"], cast["reviewer"], mandate=["bantuan-hukum"])
    run_pending()

    found = [shown.row for shown in nearby.related(one, viewer=cast["member2"])]

    assert found == [near, far]
    assert other not in found
    assert nearby.related(one, viewer=cast["visitor"]) == []


def test_a_page_costs_the_same_beside_one_text_and_beside_twenty(client, cast):
    practice = published(cast["member"], cast["reviewer"])
    published(cast["member"], cast["reviewer"])
    run_pending()
    client.force_login(cast["member2"])
    page_of(client, practice)
    with CaptureQueriesContext(connection) as one:
        page_of(client, practice)
    for _number in range(19):
        published(cast["member"], cast["reviewer"])
    run_pending()
    page_of(client, practice)  # what search keeps in memory is read again once after a change

    with CaptureQueriesContext(connection) as twenty:
        page = page_of(client, practice)

    assert page.count('class="entry"') == 4
    assert len(twenty) == len(one)


def test_one_sheet_gives_what_worked_and_what_did_not_the_same_room(cast):
    practice = published(cast["member"], cast["reviewer"], **long_content())

    page = showing.practice_page(practice, viewer=cast["member2"])

    assert page.is_long
    assert len(page.brief.results.split()) == len(page.brief.what_failed.split())
    assert not showing.practice_page(published(cast["member"], cast["reviewer"]), viewer=cast["member2"]).is_long


# --- whether it still holds


def test_what_nobody_looked_at_for_two_years_says_so_on_page_and_list(client, cast):
    practice = published(cast["member"], cast["reviewer"])
    run_pending()
    assert practice.review_date.year == timezone.localdate().year + 2
    client.force_login(cast["member2"])
    assert "To be looked at again</span>" not in client.get("/en/library/").content.decode()

    Practice.objects.filter(pk=practice.pk).update(review_date=timezone.localdate())

    assert "Check whether it still holds" in page_of(client, practice, "en")
    assert "To be looked at again</span>" in client.get("/en/library/").content.decode()


def test_its_author_is_asked_once_without_a_word_of_what_it_is_about(cast):
    practice = published(cast["member"], cast["reviewer"])
    in_two_years = timezone.now() + timedelta(days=740)
    run_pending()
    mail.outbox.clear()

    clock.run_due(at=timezone.now(), only="ask-whether-texts-still-hold")
    assert mail.outbox == []
    for _again in range(2):
        clock.run_due(at=in_two_years, only="ask-whether-texts-still-hold")

    assert [letter.to for letter in mail.outbox] == [[cast["member"].email]]
    assert practice.title not in mail.outbox[0].subject + mail.outbox[0].body


@pytest.mark.parametrize("who", ["member", "reviewer", "member2", "visitor", "secretariat", "suspended"])
def test_its_author_or_a_reviewer_confirms_that_it_still_holds(client, cast, who):
    practice = published(cast["member"], cast["reviewer"])
    Practice.objects.filter(pk=practice.pk).update(review_date=timezone.localdate())
    if who != "visitor":
        client.force_login(cast[who])

    status = client.post(reverse("practice-still-right", args=[practice.slug])).status_code

    practice.refresh_from_db()
    may = who in {"member", "reviewer"}
    assert practice.is_stale != may
    assert Activity.objects.filter(verb="confirmed-still-right").count() == may
    assert status in ({302} if may or who == "visitor" else {302, 403, 404})


# --- what feeds and harvesters go by


def test_every_deed_that_changes_what_readers_find_notes_when(cast):
    practice = published(cast["member"], cast["reviewer"])
    seen = [practice.shelf_changed_at]
    assert practice.was_public_at is None

    actions.ask_for_public(practice, by=cast["member"])
    public_one = actions.approve_public(practice, by=cast["safety_reviewer"])
    seen.append(public_one.shelf_changed_at)
    narrowed = actions.narrow_practice(practice, by=cast["member"], visibility="jaringan")
    seen.append(narrowed.shelf_changed_at)

    assert public_one.was_public_at == seen[1]
    assert narrowed.was_public_at == seen[2]  # harvesters have to hear that it is gone
    assert seen == sorted(set(seen))


def test_each_public_language_version_names_the_other(client, cast):
    original = public(cast["member"], cast["reviewer"], cast["safety_reviewer"])
    factories.practice(cast["member2"], slug="counter", language="en", visibility="publik", translation_of=original)

    page = page_of(client, original)

    assert 'hreflang="en" href="http://testserver/en/library/counter/"' in page
    assert f'hreflang="id" href="http://testserver/library/{original.slug}/"' in page
