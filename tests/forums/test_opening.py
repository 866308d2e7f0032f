"""Making and changing forums: who reads what stands in one may become fewer, never more."""

from contextlib import nullcontext

import pytest
from django.core.exceptions import PermissionDenied

from cop_site.activity.models import Activity
from cop_site.forums import actions
from cop_site.forums.models import Forum
from cop_site.screening.refusing import NotReady
from tests import factories
from tests.forums.factories import forum, topic

pytestmark = pytest.mark.django_db

NAMED = {"name_id": "Kebijakan desa", "about_id": "Tentang perdes."}


def test_the_secretariat_makes_a_forum_at_a_free_address(cast):
    slugs = [
        actions.open_forum(by=cast["secretariat"], **NAMED | {"name_id": name}).slug
        for name in ("Kebijakan desa", "Kebijakan desa", "Waiting", "??")
    ]

    assert slugs == ["kebijakan-desa", "kebijakan-desa-2", "waiting-2", "forum"]
    assert Activity.objects.last().facts == {"level": "jaringan"}


@pytest.mark.parametrize(
    ("field", "fields"),
    [
        ("slug", {"slug": "balai"}),
        ("slug", {"slug": "waiting"}),
        ("visibility", {"visibility": "pribadi"}),
        ("circle", {"visibility": "kelompok"}),
        ("organisation", {"visibility": "organisasi"}),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(cast, field, fields):
    forum("Balai")

    with pytest.raises(NotReady) as refusal:
        actions.open_forum(by=cast["secretariat"], **NAMED | fields)

    assert [problem.field for problem in refusal.value.problems] == [field]


def test_names_pass_the_guard(cast):
    with pytest.raises(NotReady) as refusal:
        actions.open_forum(by=cast["secretariat"], **NAMED | {"about_id": "Telepon 0812 3456 7890"})

    assert [finding.field for finding in refusal.value.findings] == ["about_id"]


def test_none_but_the_secretariat_makes_changes_or_archives(cast):
    hall = forum()
    for part in ("visitor", "member", "convenor", "moderator", "suspended"):
        for deed in (
            lambda by: actions.open_forum(by=by, **NAMED),
            lambda by: actions.change_forum(hall, by=by, name_id="Lain"),
            lambda by: actions.archive_forum(hall, by=by),
            lambda by: actions.reopen_forum(hall, by=by),
        ):
            with pytest.raises(PermissionDenied):
                deed(cast[part])


def test_the_secretariat_changes_what_it_reads(cast, circle):
    hidden = forum("Lingkar", visibility="kelompok", circle=circle)

    with pytest.raises(PermissionDenied):
        actions.change_forum(hidden, by=cast["secretariat"], name_id="Lain")


@pytest.mark.parametrize(
    ("before", "after", "is_let"),
    [
        ("publik", "jaringan", True),
        ("publik", "organisasi", True),
        ("jaringan", "publik", False),
        ("jaringan", "organisasi", True),
        ("jaringan", "pengelola", True),
        ("pengelola", "jaringan", False),
        ("organisasi", "jaringan", False),
    ],
)
def test_what_stands_in_a_forum_is_never_read_by_more(cast, organisation, before, after, is_let):
    factories.membership(cast["secretariat"], organisation)
    hall = forum(visibility=before, organisation=organisation if before == "organisasi" else None)
    topic(hall, cast["secretariat"])

    with nullcontext() if is_let else pytest.raises(NotReady):
        actions.change_forum(hall, by=cast["secretariat"], visibility=after, organisation=organisation)

    assert Forum.objects.get(pk=hall.pk).visibility == (after if is_let else before)


@pytest.mark.parametrize("state", ["waits", "is deleted"])
def test_what_nobody_reads_at_present_counts_too(cast, state):
    hall = forum()
    if state == "waits":
        actions.start_topic(hall, by=cast["member"], title="Baru", source="Apa kabar semua?")
    else:
        actions.delete_topic(topic(hall, cast["member"]), by=cast["moderator"], reason="Bukan tempatnya.")

    with pytest.raises(NotReady):
        actions.change_forum(hall, by=cast["secretariat"], visibility="publik")


def test_an_empty_forum_gets_any_readers(cast):
    hall = forum()

    assert actions.change_forum(hall, by=cast["secretariat"], visibility="publik").visibility == "publik"


def test_a_forum_of_the_network_becomes_no_one_s_who_did_not_read_it(cast):
    hall = forum(author=cast["researcher"])  # whoever made a forum of the stewards reads it
    topic(hall, cast["member"])

    with pytest.raises(NotReady):
        actions.change_forum(hall, by=cast["secretariat"], visibility="pengelola")


def test_a_circle_is_forgotten_where_no_circle_reads(cast, circle):
    made = actions.open_forum(by=cast["secretariat"], visibility="jaringan", circle=circle, **NAMED)

    assert made.circle is None


def test_an_archived_forum_is_read_and_no_more_until_it_is_opened_again(cast):
    hall = forum()
    talk = topic(hall, cast["member"])
    for _time in range(2):
        actions.archive_forum(hall, by=cast["secretariat"])
    with pytest.raises(PermissionDenied):
        actions.reply_to(talk, by=cast["member"], source="Masih bisa?")
    actions.reopen_forum(hall, by=cast["secretariat"])

    assert actions.reply_to(talk, by=cast["member"], source="Masih bisa.").number == 2
    done = Activity.objects.exclude(verb__in=["started-topic", "replied"]).order_by("pk")
    assert list(done.values_list("verb", flat=True)) == ["archived-forum", "reopened-forum"]
