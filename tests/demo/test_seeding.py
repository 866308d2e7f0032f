"""The demo network: planted once, by the people it tells of, and left alone afterwards."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from cop_site.accounts.models import Application, Circle, Organisation, Role, Task, User
from cop_site.activity.models import Activity, Delivery
from cop_site.activity.runner import run_pending
from cop_site.demo import seeding
from cop_site.demo.models import Planted
from cop_site.directory.models import ContactChannel, Coverage, Listing, Stewardship
from cop_site.forums.models import Forum, Post, Topic
from cop_site.library.actions import change_practice, discard_practice, withdraw_practice
from cop_site.library.models import AdaptationReport, Practice, PracticeFile, ReadingList, Review
from cop_site.search.models import Entry

pytestmark = pytest.mark.django_db
EVERYTHING = (
    "28 organisations, 28 entries, 57 statements about regions, 20 people, 2 circles, 60 practices, 15 documents,"
    " 1 translations, 3 adaptations, 2 reading lists, 3 saved searches, 6 forums, 14 topics, 4 cases, 2 events"
)
SIGN_INS = "secretariat convenor moderator member member2 reviewer researcher observer applicant editor auditor".split()


def seed_demo() -> str:
    said = StringIO()
    call_command("seed_demo", stdout=said)
    return said.getvalue()


@dataclass(frozen=True)
class Seeding:
    """What the command said the first time, and how many mails lay in the box after it."""

    said: str
    mails: int


@pytest.fixture(scope="module")
def seeded(django_db_setup, django_db_blocker):
    """The demo's network, planted once for all tests of this module (it takes half a minute) and rolled back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        before = len(mail.outbox)
        yield Seeding(seed_demo(), len(mail.outbox) - before)
        transaction.set_rollback(True)


def counts() -> dict[str, int]:
    return {model.__name__: model._base_manager.count() for model in (User, Organisation, Practice, Review, Activity, Delivery, Planted)}


def practices() -> dict[str, Practice]:
    """The demo's practices by their key in the files."""
    numbers = Planted.objects.filter(key__startswith="practice:").values_list("key", "row")
    rows = Practice.objects.unscoped("a test").in_bulk([row for _key, row in numbers])
    return {key.removeprefix("practice:"): rows[row] for key, row in numbers if row in rows}


def documents() -> dict[str, Practice]:
    """The demo's documents by their key in the files."""
    numbers = Planted.objects.filter(key__startswith="document:").values_list("key", "row")
    rows = Practice.objects.unscoped("a test").in_bulk([row for _key, row in numbers])
    return {key.removeprefix("document:"): rows[row] for key, row in numbers}


def test_a_first_run_brings_the_whole_network_and_a_second_one_changes_nothing(seeded):
    first = counts()
    second_said = seed_demo()

    assert seeded == Seeding(f"The demo network: planted {EVERYTHING}.\n", mails=0)
    assert second_said == "The demo network is there already; nothing was changed.\n"
    assert counts() == first
    they_can_sign_in()
    everybody_has_their_place()
    entries_stand_where_the_files_say()
    practices_stand_where_the_files_say()
    documents_stand_where_the_files_say()
    others_have_used_them()
    they_talk_in_the_forums()
    each_deed_was_done_by_someone_who_might()
    dates_lie_within_two_years()
    search_knows_them_and_nobody_waits_to_be_told()


def they_can_sign_in():
    people = {person.email: person for person in User.objects.exclude(role=Role.SECRETARIAT, is_active=False)}
    assert {f"{name}@demo.example" for name in SIGN_INS} <= set(people)
    assert all(person.check_password("demo-tppo-yogya") for person in people.values())
    assert set(EmailAddress.objects.filter(verified=True, primary=True).values_list("email", flat=True)) == set(people)


def everybody_has_their_place():
    organisations = {
        person.email: list(person.memberships.current().values_list("organisation", flat=True)) for person in User.objects.all()
    }
    three = [organisations[f"{name}@demo.example"] for name in ("member", "member2", "reviewer")]
    assert [len(one) for one in three] == [1, 1, 1]
    assert len({one[0] for one in three}) == 3
    in_force = set(Task.objects.filter(ended_at=None).values_list("person__email", "kind"))
    assert {("reviewer@demo.example", "reviewer"), ("reviewer@demo.example", "safety-reviewer")} <= in_force
    assert {kind for email, kind in in_force if email == "moderator@demo.example"} == set()
    assert set(Task.objects.values_list("granted_by__email", flat=True)) == {"secretariat@demo.example"}
    assert set(Application.objects.values_list("state", flat=True)) == {Application.State.WAITING}
    assert Application.objects.count() == User.objects.filter(role=Role.APPLICANT).count() == 3
    assert sorted(circle.circle_memberships.count() for circle in Circle.objects.filter(gathering=None)) == [6, 7]


def entries_stand_where_the_files_say():
    """Each with its level; some unconfirmed for long, one full, most with stewards of their own organisation; nothing about regions without a source."""
    told = {one["name"]: one for one in seeding.told("organisations")}
    entries = {entry.organisation.name: entry for entry in Listing.objects.select_related("organisation")}
    assert {name: entry.organisation.visibility for name, entry in entries.items()} == {
        name: one["visibility"] for name, one in told.items()
    }
    stale = {name for name, one in told.items() if (one["confirmed_days_ago"] or 999) >= 210}
    assert {name for name, entry in entries.items() if entry.is_stale} == stale
    assert len(stale) == 4
    assert all(one.person.memberships.filter(organisation=one.organisation).exists() for one in Stewardship.objects.all())
    assert Stewardship.objects.count() == sum(len(one["stewards"]) for one in told.values()) == 13
    assert not Coverage.objects.filter(source="").exists()


def test_organisations_that_reports_name_come_on_request_alone(seeded):
    before = Listing.objects.filter(verification="demo").count()

    call_command("seed_demo", "--named", stdout=StringIO())
    call_command("seed_demo", "--named", stdout=StringIO())

    named = Listing.objects.filter(verification="demo").select_related("organisation")
    assert (before, named.count()) == (0, 27)
    assert {entry.organisation.visibility for entry in named} == {"jaringan"}
    assert ContactChannel.objects.filter(listing__in=named).count() == 0
    assert all(entry.is_stale for entry in named)


def practices_stand_where_the_files_say():
    state = {"asks-public": "published"}
    found = {key: practice.state for key, practice in practices().items()}
    assert found == {told["key"]: state.get(told["state"], told["state"]) for told in seeding.told("practices")}
    public = {key for key, practice in practices().items() if practice.visibility == "publik"}
    assert public == {told["key"] for told in seeding.told("practices") if (told["state"], told["visibility"]) == ("published", "publik")}
    asking = {key for key, practice in practices().items() if practice.public_asked_at}
    assert asking == {"magang-kampus-diuji-dulu"}
    assert practices()["rights-leaflets-read-by-survivors"].wants_public
    assert Counter(practice.visibility for practice in practices().values())["kelompok"] == 2


def documents_stand_where_the_files_say():
    found = {key: (document.state, document.visibility) for key, document in documents().items()}
    reached = {
        told["key"]: (told["state"], told["visibility"] if told["state"] == "published" else "jaringan")
        for told in seeding.told("documents")
    }
    assert found == reached
    assert all(document.is_document for document in documents().values())
    listed = {file.practice_id: file.file.name for file in PracticeFile.objects.select_related("file")}
    named = {told["key"]: f"{told['file']['name']}.{told['file']['ending']}" for told in seeding.told("documents") if "file" in told}
    assert {key: listed.get(documents()[key].pk) for key in named} == named


def others_have_used_them():
    """Two accepted reports from two provinces carry the level; a translation and lists stand beside it."""
    replicated = practices()["kartu-serah-terima-kepulangan"]
    accepted = AdaptationReport.objects.that_support(replicated)
    assert replicated.evidence_level_set == "tereplikasi"
    assert set(accepted.values_list("province", "organisation__name")) == {
        ("52", "Paguyuban Keluarga Perantau Seribu Lumbung"),
        ("21", "Pelayanan Perantau Bahtera Selat"),
    }
    original = practices()["kebun-cabai-yang-bubar"]
    assert [(one.language, one.visibility, one.is_outdated_translation) for one in original.translations.all()] == [("en", "publik", False)]
    lists = {made.title.split(":")[0]: (made.visibility, made.entries.count()) for made in ReadingList.objects.all()}
    assert lists == {"Mulai dari desa": ("publik", 5), "Before you meet the ferry": ("jaringan", 4)}


def they_talk_in_the_forums():
    """Forums of several levels, and a topic of every kind that readers meet; one answer waits for a moderator."""
    levels = Counter(Forum.objects.values_list("visibility", flat=True))
    assert levels == {"publik": 1, "jaringan": 4, "kelompok": 1}
    shown = Topic.objects.unscoped("a test").shown()
    assert shown.count() == 14
    for has in ({"answer__isnull": False}, {"locked_at__isnull": False}, {"is_pinned": True}, {"starter": None}):
        assert shown.filter(**has).exists()
    assert shown.exclude(outcome="").count() >= 3
    assert shown.exclude(call_mandate="").exists()
    waiting = Post.objects.unscoped("a test").exclude(held_at=None)
    assert [(post.author.email, post.number) for post in waiting] == [("auditor@demo.example", None)]
    for forum in Forum.objects.all():
        rows = Post.objects.unscoped("a test").shown().filter(topic__forum=forum)
        assert forum.post_count == rows.count() > 0
        assert forum.last_topic == forum.topics.unscoped("a test").order_by("-last_post_at")[0]
    assert max(shown.values_list("last_post_at", flat=True)) < timezone.now()
    assert Entry.objects.filter(kind="topic").count() == Post.objects.unscoped("a test").shown().count() == 51


def each_deed_was_done_by_someone_who_might():
    """What the desk shows to each of them is what waits for them."""
    reviewer = User.objects.get(email="reviewer@demo.example")
    for review in Review.objects.select_related("practice", "reviewer"):
        assert review.reviewer != review.practice.author
        if review.decision == Review.Decision.PUBLIC_APPROVED:
            assert not set(review.reviewer.memberships.values_list("organisation", flat=True)) & {review.practice.organisation_id}
    assert Practice.objects.on_the_desk_of(reviewer).count() == 5
    assert Practice.objects.on_the_safety_desk_of(reviewer).count() == 1


def dates_lie_within_two_years():
    now = timezone.now()
    oldest = now - timedelta(days=730)
    for practice in practices().values():
        dates = [practice.created_at, practice.submitted_at, practice.first_published_at, practice.changed_at, practice.withdrawn_at]
        told = [date for date in dates if date]
        assert oldest < min(told)
        assert max(told) < now
        assert told == sorted(told)


def search_knows_them_and_nobody_waits_to_be_told():
    rows = Practice.objects.unscoped("a test").published()
    for kind, on_the_shelf in (("practice", rows.practices()), ("document", rows.documents())):
        in_the_index = set(Entry.objects.filter(kind=kind).values_list("object_id", flat=True))
        assert in_the_index == set(on_the_shelf.values_list("pk", flat=True))
    assert (rows.practices().count(), rows.documents().count()) == (47, 14)
    assert set(Delivery.objects.values_list("state", flat=True)) == {Delivery.State.DONE}
    assert run_pending() == 0


def test_a_run_after_people_changed_the_demo_brings_back_and_overwrites_nothing(seeded):
    member = User.objects.get(email="member@demo.example")
    draft, thrown_away = practices()["kelas-bapak-di-rumah"], practices()["prt-rumahan-arisan-hak"]
    change_practice(draft, by=member, title="Kelas bapak yang saya sunting sendiri")
    discard_practice(thrown_away, by=member)
    withdraw_practice(practices()["cek-lowongan-sebelum-bayar"], by=member, reason="Sedang kami perbarui.")
    member.set_password("kata sandi yang saya ganti")
    member.save(update_fields=["password"])
    before = counts()
    Planted.objects.filter(key=seeding.content_key()).delete()

    said = seed_demo()

    draft.refresh_from_db()
    member.refresh_from_db()
    nothing = re.sub(r"\d+", "0", EVERYTHING)
    assert said == f"The demo network: planted {nothing}.\n"
    assert counts() == before
    assert draft.title == "Kelas bapak yang saya sunting sendiri"
    assert practices()["cek-lowongan-sebelum-bayar"].state == "withdrawn"
    assert member.check_password("kata sandi yang saya ganti")
