"""Take-down: what was withdrawn is nowhere any more, neither shown nor kept."""

from uuid import uuid4

import pytest
from django.core import mail
from django.db import connection, models
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision

from cop_site.activity.models import Activity
from cop_site.activity.runner import run_pending
from cop_site.files.models import StoredFile
from cop_site.library import actions, rules
from cop_site.library.actions.withdrawing import KEPT
from cop_site.library.models import (
    AdaptationReport,
    FieldComment,
    GuardOverride,
    ImportLine,
    ImportRun,
    Practice,
    PracticeFile,
    ReadingList,
    ReadingListEntry,
    Review,
    WorkingText,
)
from cop_site.search import indexing
from tests import factories
from tests.library.factories import published

pytestmark = pytest.mark.django_db

CANARY = "zqxkanariwvk"
CHOSEN = {"language", "state", "visibility", "sensitivity", "location_precision", "contact_route", "document_kind", "evidence_level_set"}


@pytest.fixture
def planted(cast):
    """A practice with the canary in every column, revision, file, note, comment, report, list and translation."""
    practice = published(cast["member"], cast["reviewer"])
    for field in Practice._meta.concrete_fields:
        if field.name not in KEPT | CHOSEN | {"withdrawal_kind", "legal_status", "licence"}:
            _plant(practice, field)
    practice.document_kind, practice.html = "studi-kasus", {"summary": f"<p>{CANARY}</p>"}
    practice.save()
    practice.save_revision(user=cast["member"])
    _plant_around(practice, cast)
    indexing.refresh("practice", [practice.pk])
    practice.refresh_from_db()
    return practice


def _plant(practice, field):
    if isinstance(field, models.JSONField) and field.name not in {"html", "attachments"}:
        setattr(practice, field.name, [CANARY])
    elif isinstance(field, models.TextField | models.CharField) and not field.choices:
        setattr(practice, field.name, CANARY)


def _plant_around(practice, cast):
    review = Review.objects.create(practice=practice, reviewer=cast["reviewer"], decision="approved", note=CANARY)
    FieldComment.objects.create(review=review, field="summary", note=CANARY)
    GuardOverride.objects.create(practice=practice, types=["case_number"], reason=CANARY, by=cast["moderator"])
    of = factories.organisation()
    told = {"service_scale": "desa-kelurahan", "province": "33", "year": 2025, "outcome": "berhasil"}
    AdaptationReport.objects.create(
        practice=practice, author=cast["member2"], organisation=of, text=CANARY, html=CANARY, note=CANARY, **told
    )
    WorkingText.objects.create(author=cast["member"], practice=practice, key=uuid4(), fields={"summary": [CANARY]})
    ImportLine.objects.create(run=ImportRun.objects.create(by=cast["secretariat"]), number=1, practice=practice, told=CANARY, said=CANARY)
    listed = ReadingList.objects.create(author=cast["member2"], slug="daftar-uji", title="Daftar")
    ReadingListEntry.objects.create(reading_list=listed, practice=practice, note=CANARY)
    file = StoredFile.objects.create(name=f"{CANARY}.pdf", media_type="application/pdf", size=1, text=CANARY)
    PracticeFile.objects.create(practice=practice, file=file)
    _translated(practice, cast)


def _translated(practice, cast, *, title=CANARY, **fields):
    told = {"language": "en", "visibility": practice.visibility, "first_published_at": timezone.now(), "translated_at": timezone.now()}
    made = factories.practice(cast["member2"], title=title, summary=title, translation_of=practice, **told | fields)
    made.save_revision(user=cast["member2"])
    return made


def tables_with(word):
    """Every table of the database, read whole, the index of words included."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            if any(word in _said(cell) for row in cursor.fetchall() for cell in row):
                found.add(table)
    return found


def _said(cell):
    return cell.decode("utf-8", "replace") if isinstance(cell, bytes | memoryview) else str(cell)


def test_nothing_of_it_is_left_in_any_table_or_index(planted, cast):
    before = tables_with(CANARY)

    actions.withdraw_practice(planted, by=cast["member"], reason="Persetujuan berakhir", kind="consent")
    run_pending()

    assert {"library_practice", "wagtailcore_revision", "library_review", "files_storedfile", "search_entry", "search_saidword"} <= before
    assert {
        "library_fieldcomment",
        "library_importline",
        "library_adaptationreport",
        "library_workingtext",
        "library_readinglistentry",
    } <= before
    assert tables_with(CANARY) == set()


def test_what_stays_is_whose_it_was_who_could_read_it_when_and_why(planted, cast):
    actions.withdraw_practice(planted, by=cast["member"], reason="Persetujuan berakhir", kind="consent")

    stays = Practice.objects.get(pk=planted.pk)
    assert (stays.slug, stays.author, stays.organisation, stays.visibility) == (
        planted.slug,
        planted.author,
        planted.organisation,
        planted.visibility,
    )
    assert (stays.state, stays.withdrawal_kind, stays.withdrawal_reason) == ("withdrawn", "consent", "Persetujuan berakhir")
    assert stays.withdrawn_at == stays.shelf_changed_at or stays.withdrawn_at < stays.shelf_changed_at
    assert (stays.title, stays.html, stays.live, stays.latest_revision) == ("", {}, False, None)
    assert not Revision.objects.for_instance(stays).exists()


def test_the_tombstone_says_the_kind_of_reason_and_the_sentence_in_both_languages(client, planted, cast):
    actions.withdraw_practice(planted, by=cast["member"], reason="Persetujuan berakhir", kind="consent")
    client.force_login(cast["member2"])

    indonesian, english = client.get(planted.get_absolute_url()), client.get(f"/en{planted.get_absolute_url()}")

    assert (indonesian.status_code, english.status_code) == (410, 410)
    assert "Persetujuan berakhir" in indonesian.content.decode()
    assert "Consent was withdrawn: Persetujuan berakhir" in english.content.decode()


def test_its_author_finds_the_tombstone_too(client, planted, cast):
    actions.withdraw_practice(planted, by=cast["member"], reason="Persetujuan berakhir")
    client.force_login(cast["member"])

    assert client.get(planted.get_absolute_url()).status_code == 410
    assert client.get(reverse("practice-copy", args=[planted.slug])).status_code == 403
    assert client.get(reverse("my-texts")).status_code == 200


def test_published_translations_go_with_it_and_drafts_are_deleted(cast):
    original = published(cast["member"], cast["reviewer"])
    shown = _translated(original, cast, title="Published translation")
    draft = actions.start_translation(original, by=cast["convenor"])

    actions.withdraw_practice(original, by=cast["member"], reason="Persetujuan berakhir", kind="consent")
    run_pending()

    shown.refresh_from_db()
    assert (shown.state, shown.withdrawal_kind, shown.title) == ("withdrawn", "consent", "")
    assert not Practice.objects.filter(pk=draft.pk).exists()
    assert {address for letter in mail.outbox for address in letter.to} >= {cast["member2"].email}


def test_withdrawing_a_translation_leaves_the_original(cast):
    original = published(cast["member"], cast["reviewer"])
    translation = _translated(original, cast, title="Published translation")

    actions.withdraw_practice(translation, by=cast["member2"], reason="Terjemahan keliru", kind="mistake")

    original.refresh_from_db()
    assert (original.state, bool(original.title)) == ("published", True)


def test_the_page_that_asks_says_that_nothing_comes_back_and_offers_a_copy_to_the_author_alone(client, cast):
    practice = published(cast["member"], cast["reviewer"])
    address, copy = reverse("practice-withdraw", args=[practice.slug]), reverse("practice-copy", args=[practice.slug])

    client.force_login(cast["secretariat"])
    offices = client.get(address).content.decode()
    offices_copy = client.get(copy)
    client.force_login(cast["member"])
    hers = client.get(address).content.decode()
    her_copy = client.get(copy)

    assert (copy in hers, copy in offices) == (True, False)
    assert (her_copy.status_code, offices_copy.status_code) == (200, 403)
    assert her_copy["Content-Disposition"] == f'attachment; filename="{practice.slug}.txt"'
    assert practice.what_failed in her_copy.content.decode()


def test_the_form_asks_for_the_kind_of_reason(client, cast):
    practice = published(cast["member"], cast["reviewer"])
    client.force_login(cast["member"])
    address = reverse("practice-withdraw", args=[practice.slug])

    without = client.post(address, {"text": "Persetujuan berakhir"})
    whole = client.post(address, {"text": "Persetujuan berakhir", "kind": "consent"})

    practice.refresh_from_db()
    assert (without.status_code, whole.status_code) == (422, 302)
    assert practice.withdrawal_kind == "consent"


def test_a_reason_with_personal_data_withdraws_nothing(cast):
    practice = published(cast["member"], cast["reviewer"])

    with pytest.raises(rules.NotReady):
        actions.withdraw_practice(practice, by=cast["member"], reason="Hubungi 0812-3456-7890 untuk penjelasan")

    practice.refresh_from_db()
    assert practice.state == "published"


def test_a_second_sending_with_one_key_withdraws_once(cast):
    practice, key = published(cast["member"], cast["reviewer"]), "1f2e3d4c-0000-4000-8000-000000000001"

    actions.withdraw_practice(practice, by=cast["member"], reason="Usang", kind="outdated", key=key)
    actions.withdraw_practice(practice, by=cast["member"], reason="Usang", kind="outdated", key=key)

    assert Activity.objects.filter(verb="withdrew-practice").count() == 1


def test_harvesters_go_on_knowing_that_it_was_public(cast):
    practice = published(cast["member"], cast["reviewer"])
    actions.ask_for_public(practice, by=cast["member"])
    public = actions.approve_public(practice, by=cast["safety_reviewer"])

    gone = actions.withdraw_practice(public, by=cast["member"], reason="Usang", kind="outdated")

    assert gone.was_public_at == gone.shelf_changed_at
    assert gone.was_public_at > public.submitted_at


def test_an_author_who_says_that_consent_was_withdrawn_is_led_to_take_the_text_down(client, cast):
    practice = published(cast["member"], cast["reviewer"])
    draft = actions.start_practice(by=cast["member"], title="Draf", document_kind="studi-kasus", visibility="pribadi")
    client.force_login(cast["member"])
    edit, draft_edit = (reverse("practice-edit", args=[one.slug]) for one in (practice, draft))

    offered, on_a_draft = client.get(edit).content.decode(), client.get(draft_edit).content.decode()
    response = client.post(edit, {"consent_status": "ditarik", "title": practice.title})

    assert ('value="ditarik"' in offered, 'value="ditarik"' in on_a_draft) == (True, False)
    assert response["Location"] == f"{reverse('practice-withdraw', args=[practice.slug])}?kind=consent"
    assert 'value="consent" id="id_kind_0" checked' in client.get(response["Location"]).content.decode().replace("required ", "")
