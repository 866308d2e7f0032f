"""The files of practices: who may add them, who may have them, when they are gone."""

import re
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from cop_site.activity.models import Activity
from cop_site.core.bodies import LARGEST_FILE
from cop_site.files import keeping
from cop_site.files.intake import received
from cop_site.files.models import StoredFile
from cop_site.files.selectors import MOST_BYTES_A_DAY, has_room_for
from cop_site.library import actions, documents, policy, rules
from cop_site.library.models import Practice
from cop_site.library.selectors import attaching
from tests import actors
from tests.files import fixtures as made
from tests.library import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def file_root(settings, tmp_path):
    settings.FILE_ROOT = tmp_path / "files"
    return settings.FILE_ROOT


@pytest.fixture
def draft(cast):
    return factories.make_practice(cast["member"])


@pytest.fixture
def published(cast):
    return factories.published(cast["member"], cast["reviewer"])


@pytest.fixture
def with_file(cast, draft):
    """A practice on the shelf, with one file."""
    attach(draft, cast["member"])
    return actions.publish_practice(actions.submit_practice(draft, by=cast["member"]), by=cast["reviewer"])


def attach(practice, by, *, name="catatan.txt", data=b"Langkah pertama: dengar dulu.", caption="Catatan kerja", reason="", accept=("txt",)):
    with received(made.upload(name, data), accept=[*attaching.accepted_kinds(), *accept]) as incoming:
        offer = actions.Offer.of(incoming, caption=caption, reason=reason)
        return actions.attach_file(practice, by=by, offer=offer)


def newest(practice):
    practice.refresh_from_db()
    return practice.get_latest_revision_as_object()


def only_file():
    return StoredFile.objects.get()


def client_of(person):
    client = Client()
    if person.is_authenticated:
        client.force_login(person, backend="cop_site.accounts.backends.PeopleBackend")
    return client


def address_of(file):
    return reverse("practice-file", args=[file.pk, file.name])


def bytes_left(root):
    return [place for place in root.rglob("*") if place.is_file()]


def on_commit(django_capture_on_commit_callbacks, do):
    with django_capture_on_commit_callbacks(execute=True):
        return do()


# --- adding


def test_a_file_goes_with_the_draft_of_its_author(cast, draft):
    attach(draft, cast["member"])

    file = only_file()
    assert newest(draft).attachments == draft.attachments == [{"file": str(file.pk), "caption": "Catatan kerja"}]
    assert draft.files.get().file == file
    assert file.uploaded_by == cast["member"]
    assert Activity.objects.filter(verb="attached-file", actor=cast["member"]).get().facts == {"file": str(file.pk)}


@pytest.mark.parametrize("part", [part for part in actors.EVERYBODY if part != "member"])
def test_nobody_but_its_author_adds_a_file(part, cast, draft):
    with pytest.raises(PermissionDenied):
        attach(draft, cast[part])

    assert StoredFile.objects.count() == 0


def test_what_lies_at_the_desk_takes_no_file(cast, draft):
    actions.submit_practice(draft, by=cast["member"])

    with pytest.raises(PermissionDenied):
        attach(draft, cast["member"])


def test_sent_twice_it_is_one_file(cast, draft):
    key = uuid4()
    for _time in range(2):
        with received(made.upload("a.pdf", made.pdf())) as incoming:
            offer = actions.Offer.of(incoming, caption="")
            actions.attach_file(draft, by=cast["member"], key=key, offer=offer)

    assert StoredFile.objects.count() == 1


def test_ten_files_are_all(cast, draft):
    rows = [StoredFile.objects.create(name="a.txt", media_type="text/plain; charset=utf-8", size=1) for _number in range(10)]
    draft.files.bulk_create(draft.files.model(practice=draft, file=row) for row in rows)
    draft.attachments = [{"file": str(row.pk), "caption": ""} for row in rows]
    draft.save()
    draft.save_revision()

    with pytest.raises(rules.NotReady) as refusal:
        attach(draft, cast["member"])

    assert [problem.field for problem in refusal.value.problems] == ["upload"]


GUARDED = {
    "text": {"data": b"Nomor KTP 3374011455600001 milik korban."},
    "name": {"name": "KTP_3374011455600001_depan.txt"},
    "caption": {"caption": "KTP 3374011455600001"},
}


@pytest.mark.parametrize("place", GUARDED)
def test_personal_data_is_refused_wherever_it_stands(place, cast, draft, file_root):
    with pytest.raises(rules.NotReady) as refusal:
        attach(draft, cast["member"], **GUARDED[place])

    assert {(finding.field, finding.type) for finding in refusal.value.findings} == {(place, "nik")}
    assert StoredFile.objects.count() == 0
    assert bytes_left(file_root) == []


def test_what_the_guard_only_warns_of_needs_a_reason(cast, draft):
    told = {"data": b"Positif HIV, ia dirawat."}
    with pytest.raises(rules.NotReady) as refusal:
        attach(draft, cast["member"], **told)

    attach(draft, cast["member"], reason="Contoh karangan untuk latihan.", **told)

    assert [problem.field for problem in refusal.value.problems] == ["reason"]
    assert {finding.action for finding in refusal.value.findings} == {"warn"}
    assert newest(draft).warn_reason == "Contoh karangan untuk latihan."
    assert StoredFile.objects.count() == 1


# --- who may have it


def readers(file):
    def get(person):
        return client_of(person).get(address_of(file)).status_code

    return get


def test_a_draft_s_file_is_its_author_s_alone(cast, draft):
    attach(draft, cast["member"])
    get = readers(only_file())

    found = {part: get(cast[part]) for part in actors.EVERYBODY}

    assert {part for part, status in found.items() if status == 200} == {"member"}
    assert set(found.values()) == {200, 404}


def test_at_the_desk_reviewers_have_it_too(cast, draft):
    attach(draft, cast["member"])
    actions.submit_practice(draft, by=cast["member"])
    get = readers(only_file())

    assert {part for part in actors.EVERYBODY if get(cast[part]) == 200} == {"member", "reviewer"}


def test_of_a_published_practice_its_readers_have_it(cast, with_file):
    get = readers(only_file())
    may = {part for part in actors.EVERYBODY if Practice.objects.visible_to(cast[part]).filter(pk=with_file.pk).exists()}

    found = {part for part in actors.EVERYBODY if get(cast[part]) == 200}

    assert found == may
    assert {"member2", "observer"} <= found
    assert {"visitor", "applicant", "suspended"} & found == set()


def test_a_file_added_to_a_published_practice_waits_for_its_review(cast, published):
    attach(published, cast["member"])
    get = readers(only_file())

    assert [get(cast[part]) for part in ("member", "member2", "reviewer")] == [200, 404, 404]

    actions.submit_practice(published, by=cast["member"])
    assert [get(cast[part]) for part in ("member", "member2", "reviewer")] == [200, 404, 200]

    actions.publish_practice(published, by=cast["reviewer"])
    assert [get(cast[part]) for part in ("member", "member2", "reviewer")] == [200, 200, 200]


def test_narrowed_it_is_had_by_fewer_at_once(cast, with_file):
    get = readers(only_file())
    assert get(cast["member2"]) == 200

    actions.narrow_practice(with_file, by=cast["member"], visibility="pribadi")

    assert [get(cast[part]) for part in ("member", "member2", "secretariat")] == [200, 404, 404]


def test_held_back_it_is_had_by_nobody_but_its_author(cast, with_file):
    Practice.objects.filter(pk=with_file.pk).update(held_at="2026-11-01T00:00Z")
    get = readers(only_file())

    assert [get(cast[part]) for part in ("member", "member2", "secretariat")] == [200, 404, 404]


SIDEWAYS = {
    "a range": {"HTTP_RANGE": "bytes=0-10"},
    "what it has already": {"HTTP_IF_NONE_MATCH": "*"},
    "since when": {"HTTP_IF_MODIFIED_SINCE": "Wed, 21 Oct 2037 07:28:00 GMT"},
    "if it matches": {"HTTP_IF_MATCH": '"abc"'},
    "both": {"HTTP_RANGE": "bytes=0-", "HTTP_IF_RANGE": "Wed, 21 Oct 2015 07:28:00 GMT"},
}


@pytest.mark.parametrize("how", SIDEWAYS)
def test_no_way_of_asking_gets_around_the_policy_or_half_a_file(how, cast, with_file):
    file = only_file()
    address = address_of(file)

    refused = client_of(cast["visitor"]).get(address, **SIDEWAYS[how])
    given = client_of(cast["member2"]).get(address, **SIDEWAYS[how])

    assert refused.status_code == 404
    assert given.status_code == 200
    assert b"".join(given.streaming_content) == b"Langkah pertama: dengar dulu."


def test_a_file_is_a_download_that_runs_nothing_and_is_kept_by_nobody(cast, with_file):
    response = client_of(cast["member2"]).get(address_of(only_file()))

    assert response.status_code == 200
    told = {name.lower(): value for name, value in response.headers.items()}
    wanted = {
        "content-type": "text/plain; charset=utf-8",
        "content-length": "29",
        "content-disposition": "attachment; filename=\"catatan.txt\"; filename*=UTF-8''catatan.txt",
        "content-security-policy": "sandbox; default-src 'none'",
        "x-content-type-options": "nosniff",
        "cross-origin-resource-policy": "same-origin",
    }
    assert {name: told.get(name) for name in wanted} == wanted
    assert {"private", "no-store"} <= set(told["cache-control"].split(", "))
    assert {"etag", "last-modified"} & set(told) == set()


def test_the_name_in_the_address_is_for_people_alone(cast, with_file):
    file = only_file()

    response = client_of(cast["member2"]).get(reverse("practice-file", args=[file.pk, "lain.html"]))

    assert response.status_code == 200
    assert response["Content-Disposition"].startswith('attachment; filename="catatan.txt"')


def without_numbers(response):
    return re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|csrfmiddlewaretoken\S* value=\S*", "", response.content.decode())


def test_what_is_not_there_answers_like_what_one_may_not_have(cast, draft):
    attach(draft, cast["member"])
    file = only_file()
    client = client_of(cast["member2"])

    hidden = client.get(address_of(file))
    absent = client.get(reverse("practice-file", args=[uuid4(), file.name]))

    assert hidden.status_code == absent.status_code == 404
    assert without_numbers(hidden) == without_numbers(absent)


def test_the_page_of_a_practice_lists_its_files_for_its_readers(cast, with_file):
    file = only_file()

    pages = {part: client_of(cast[part]).get(f"/library/{with_file.slug}/").content.decode() for part in ("member2", "visitor")}

    assert f"/library/files/{file.pk}/catatan.txt" in pages["member2"]
    assert "Catatan kerja" in pages["member2"]
    assert str(file.pk) not in pages["visitor"]


def test_the_desk_lists_the_files_that_were_handed_in_and_marks_what_no_machine_read(cast, draft):
    attach(draft, cast["member"])
    attach(draft, cast["member"], name="foto.jpg", data=made.jpg(), caption="Papan informasi")
    actions.submit_practice(draft, by=cast["member"])

    page = client_of(cast["reviewer"]).get(f"/en/library/review/{draft.pk}/").content.decode()

    assert all(f"/en/library/files/{file.pk}/{file.name}" in page for file in StoredFile.objects.all())
    assert page.count("No machine could read this one.") == 1


def test_files_stay_when_the_words_change(cast, draft):
    attach(draft, cast["member"])

    actions.change_practice(draft, by=cast["member"], title="Meja informasi migrasi aman di kantor kelurahan")

    assert [one.file for one in attaching.attached(newest(draft))] == [only_file()]


# --- gone


def test_removed_from_a_draft_it_is_gone_at_once(cast, draft, file_root, django_capture_on_commit_callbacks):
    attach(draft, cast["member"])
    file = only_file()
    assert keeping.place_of(file.pk).exists()

    on_commit(django_capture_on_commit_callbacks, lambda: actions.detach_file(draft, by=cast["member"], file=file.pk))

    assert newest(draft).attachments == []
    assert StoredFile.objects.count() == 0
    assert bytes_left(file_root) == []


def test_a_deed_that_failed_takes_no_bytes(cast, draft, django_capture_on_commit_callbacks):
    attach(draft, cast["member"])
    file = only_file()

    with pytest.raises(PermissionDenied):
        on_commit(django_capture_on_commit_callbacks, lambda: actions.detach_file(draft, by=cast["member2"], file=file.pk))

    assert keeping.place_of(file.pk).exists()


def test_removed_from_a_published_practice_it_stays_until_the_review(cast, with_file, file_root, django_capture_on_commit_callbacks):
    file = only_file()
    get = readers(file)

    on_commit(django_capture_on_commit_callbacks, lambda: actions.detach_file(with_file, by=cast["member"], file=file.pk))
    assert get(cast["member2"]) == 200

    actions.submit_practice(with_file, by=cast["member"])
    on_commit(django_capture_on_commit_callbacks, lambda: actions.publish_practice(with_file, by=cast["reviewer"]))
    assert get(cast["member2"]) == 404
    assert bytes_left(file_root) == []


def test_an_addition_that_was_taken_back_is_gone(cast, with_file, file_root, django_capture_on_commit_callbacks):
    first = only_file()
    attach(with_file, cast["member"], name="kedua.txt")
    second = StoredFile.objects.exclude(pk=first.pk).get()

    on_commit(django_capture_on_commit_callbacks, lambda: actions.detach_file(with_file, by=cast["member"], file=second.pk))

    assert [file.pk for file in StoredFile.objects.all()] == [first.pk]
    assert bytes_left(file_root) == [keeping.place_of(first.pk)]


def test_withdrawn_its_files_are_gone(cast, with_file, file_root, django_capture_on_commit_callbacks):
    address = address_of(only_file())

    on_commit(
        django_capture_on_commit_callbacks,
        lambda: actions.withdraw_practice(with_file, by=cast["member"], reason="Persetujuan ditarik."),
    )

    assert {part: client_of(cast[part]).get(address).status_code for part in ("member", "member2", "secretariat")} == dict.fromkeys(
        ("member", "member2", "secretariat"), 404
    )
    assert bytes_left(file_root) == []


def test_a_draft_that_is_thrown_away_takes_its_files_along(cast, draft, file_root, django_capture_on_commit_callbacks):
    attach(draft, cast["member"])

    on_commit(django_capture_on_commit_callbacks, lambda: actions.discard_practice(draft, by=cast["member"]))

    assert StoredFile.objects.count() == 0
    assert bytes_left(file_root) == []


# --- search


def test_search_knows_what_published_files_say_and_no_others(cast, with_file):
    attach(with_file, cast["member"], name="kedua.txt", data=b"Kata yang masih menunggu")
    with_file.refresh_from_db()

    body = documents.document_of(with_file).body

    assert "Langkah pertama: dengar dulu." in body
    assert "menunggu" not in body


# --- the page


def post(client, practice, name="", data=b"", **fields):
    sent = {"caption": "Panduan singkat", "deed_key": str(uuid4()), "about": practice.slug, **fields}
    if name:
        sent["upload"] = SimpleUploadedFile(name, data)
    return client.post(reverse("practice-files", args=[practice.slug]), sent)


def test_the_page_takes_a_file_and_lists_it(cast, draft):
    client = client_of(cast["member"])

    sent = post(client, draft, "panduan.pdf", made.pdf())
    page = client.get(sent.url).content.decode()

    assert sent.status_code == 302
    assert address_of(only_file()) in page
    assert "Panduan singkat" in page


def test_the_page_removes_a_file(cast, draft):
    attach(draft, cast["member"])
    client = client_of(cast["member"])

    sent = client.post(reverse("practice-file-remove", args=[draft.slug, only_file().pk]), {"deed_key": str(uuid4())})

    assert sent.status_code == 302
    assert StoredFile.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "data", "status", "sentence"),
    [
        ("", b"", 422, "No file arrived."),
        ("kosong.pdf", b"", 422, "The file is empty."),
        ("gambar.svg", b"<svg onload='alert(1)'/>", 422, "This is a web page or a drawing that can carry programs"),
        ("catatan.txt", b"Halo", 422, "Files of this kind are not taken here."),
        ("besar.pdf", b"%PDF-" + b"a" * (LARGEST_FILE + 5_000_000), 413, "The file is larger than 20 MB."),
    ],
    ids=["none", "empty", "svg", "kind", "large"],
)
def test_what_is_not_taken_is_said_beside_it_and_the_words_stay(name, data, status, sentence, cast, draft):
    client = client_of(cast["member"])

    answer = client.post(
        f"/en/library/{draft.slug}/files/",
        {"caption": "Panduan singkat", "deed_key": str(uuid4()), **({"upload": SimpleUploadedFile(name, data)} if name else {})},
    )

    assert answer.status_code == status
    assert sentence in answer.content.decode()
    assert 'value="Panduan singkat"' in answer.content.decode()


def test_the_page_shows_where_the_guard_found_what_and_never_the_value(cast, draft):
    data = made.docx("Nomor KTP 3374011455600001 tercatat di buku kantor desa sejak tahun lalu")

    answer = post(client_of(cast["member"]), draft, "panduan.docx", data)
    page = answer.content.decode()

    assert answer.status_code == 422
    assert "••••••••••••••••" in page
    assert "3374011455600001" not in page
    assert 'value="Panduan singkat"' in page


def test_the_page_asks_why_a_warning_may_stay(cast, draft):
    client = client_of(cast["member"])
    data = made.docx("Positif HIV, ia dirawat")
    asked = client.post(reverse("practice-files", args=[draft.slug]), {"upload": SimpleUploadedFile("a.docx", data)})

    kept = post(client, draft, "a.docx", data, reason="Tokoh umum.")

    assert asked.status_code == 422
    assert 'name="reason"' in asked.content.decode()
    assert kept.status_code == 302


def test_thirty_uploads_an_hour_are_all_and_the_words_stay(cast, draft, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.LIMITS
    cache.clear()
    client = client_of(cast["member"])

    tries = [post(client, draft) for _number in range(31)]
    cache.clear()

    assert [answer.status_code for answer in tries] == [422] * 30 + [429]
    assert 3500 <= int(tries[30]["Retry-After"]) <= 3600
    assert 'value="Panduan singkat"' in tries[30].content.decode()


def test_five_hundred_megabytes_a_day_are_all(cast, draft):
    by = cast["member"]
    StoredFile.objects.create(name="a.pdf", media_type="application/pdf", size=MOST_BYTES_A_DAY - 5, uploaded_by=by)

    refused = post(client_of(by), draft, "a.docx", b"PK kecil")

    assert (has_room_for(5, by=by), has_room_for(6, by=by), has_room_for(6, by=cast["member2"])) == (True, False, True)
    assert refused.status_code == 429
    assert 86_390 <= int(refused["Retry-After"]) <= 86_400
    assert 'value="Panduan singkat"' in refused.content.decode()


@pytest.mark.parametrize(("part", "status"), [("visitor", 302), ("member2", 404), ("reviewer", 404), ("secretariat", 404)])
def test_the_page_is_its_author_s(part, status, cast, draft):
    assert client_of(cast[part]).get(reverse("practice-files", args=[draft.slug])).status_code == status


def test_a_reader_of_a_published_practice_cannot_open_its_page_of_files(cast, with_file):
    assert client_of(cast["member2"]).get(reverse("practice-files", args=[with_file.slug])).status_code == 403


def test_words_typed_after_the_session_ended_wait_in_the_form(cast, draft):
    client = Client()
    client.post(reverse("practice-files", args=[draft.slug]), {"caption": "Yang sudah diketik", "about": draft.slug})
    client.force_login(cast["member"], backend="cop_site.accounts.backends.PeopleBackend")

    page = client.get(reverse("practice-files", args=[draft.slug])).content.decode()

    assert policy.can_change(cast["member"], draft)
    assert 'value="Yang sudah diketik"' in page
