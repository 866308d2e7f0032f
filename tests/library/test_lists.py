"""Reading lists: put together by one, read by those who may, each finding only what she may see."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cop_site.activity.models import Activity
from cop_site.library import actions, rules
from cop_site.library.models import ReadingList
from cop_site.library.selectors import listing
from cop_site.library.urls import RESERVED
from tests import factories
from tests.library.factories import public

pytestmark = pytest.mark.django_db


@pytest.fixture
def texts(cast):
    """One for everybody, one for the network, one for member's organisation."""
    return {
        "publik": factories.practice(cast["member"], title="Untuk umum", visibility="publik"),
        "jaringan": factories.practice(cast["member"], title="Untuk jaringan", visibility="jaringan"),
        "organisasi": factories.practice(
            cast["member"], title="Untuk lembaga", visibility="organisasi", organisation=cast["member"].memberships.get().organisation
        ),
    }


@pytest.fixture
def made(cast, texts):
    """A list of the network with all three in it."""
    reading_list = actions.make_list(by=cast["member"], title="Untuk pelatihan", intro="Mulai **di sini**.", visibility="jaringan")
    for level, text in texts.items():
        actions.add_to_list(reading_list, text, by=cast["member"], note=f"Catatan {level}")
    return reading_list


def titles(reading_list, viewer):
    return [entry.shown.title for entry in listing.list_page(reading_list, viewer=viewer).entries]


@pytest.mark.parametrize(
    ("who", "finds"),
    [
        ("member", ["Untuk umum", "Untuk jaringan", "Untuk lembaga"]),
        ("colleague", ["Untuk umum", "Untuk jaringan", "Untuk lembaga"]),
        ("member2", ["Untuk umum", "Untuk jaringan"]),
        ("observer", ["Untuk umum", "Untuk jaringan"]),
        ("secretariat", ["Untuk umum", "Untuk jaringan"]),
    ],
)
def test_each_finds_in_a_list_what_she_may_see_and_is_told_of_no_more(client, cast, made, who, finds):
    client.force_login(cast[who])

    page, lists = client.get(made.get_absolute_url()).content.decode(), listing.lists_page(cast[who])

    assert titles(made, cast[who]) == finds
    assert [row.number for row in lists.rows] == [len(finds)]
    assert ("Catatan organisasi" in page) == ("Untuk lembaga" in finds)


def test_a_list_that_one_may_not_see_does_not_exist(client, cast, made):
    assert client.get(made.get_absolute_url()).status_code == 404
    assert made.title not in client.get(reverse("reading-lists")).content.decode()

    ReadingList.objects.filter(pk=made.pk).update(visibility="pribadi")
    client.force_login(cast["secretariat"])

    assert client.get(made.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("who", ["observer", "applicant", "suspended"])
def test_only_who_shares_texts_makes_lists(cast, who):
    with pytest.raises(PermissionDenied):
        actions.make_list(by=cast[who], title="Daftar", intro="", visibility="jaringan")


def test_a_list_is_shared_with_ones_own_organisation_and_circles_only(cast, circle, organisation):
    told = {"title": "Daftar", "intro": ""}
    of_circle = actions.make_list(by=cast["member"], visibility="kelompok", circle=circle, **told)
    assert (of_circle.visibility, of_circle.circle) == ("kelompok", circle)

    for by, chosen in (
        ("member2", {"visibility": "kelompok", "circle": circle}),
        ("member2", {"visibility": "organisasi", "organisation": organisation}),
    ):
        with pytest.raises(PermissionDenied):
            actions.make_list(by=cast[by], **told, **chosen)


def test_nobody_makes_a_list_public_by_choosing_so(cast):
    with pytest.raises(PermissionDenied):
        actions.make_list(by=cast["member"], title="Daftar", intro="", visibility="publik")


@pytest.mark.parametrize(
    ("who", "may"),
    [("safety_reviewer", True), ("secretariat", True), ("member", False), ("member2", False), ("reviewer", False), ("moderator", False)],
)
def test_going_public_is_decided_by_a_safety_reviewer_or_the_secretariat_never_by_who_made_it(cast, made, who, may):
    with pytest.raises(PermissionDenied):
        actions.make_list_public(made, by=cast[who])  # nobody has asked
    actions.ask_for_public_list(made, by=cast["member"])

    if not may:
        with pytest.raises(PermissionDenied):
            actions.make_list_public(made, by=cast[who])
    else:
        assert actions.make_list_public(made, by=cast[who]).visibility == "publik"


def test_a_public_list_shows_the_public_its_public_texts_alone(client, cast, made):
    actions.ask_for_public_list(made, by=cast["member"])
    actions.make_list_public(made, by=cast["safety_reviewer"])

    page = client.get(made.get_absolute_url()).content.decode()

    assert ("Untuk umum" in page, "Untuk jaringan" in page, "Catatan jaringan" in page) == (True, False, False)
    assert "noindex" not in page


def test_new_words_of_a_public_list_put_it_back_into_the_network_and_a_new_order_does_not(cast, made):
    actions.ask_for_public_list(made, by=cast["member"])
    actions.make_list_public(made, by=cast["safety_reviewer"])
    same = {"title": made.title, "intro": made.intro, "visibility": "publik", "circle": None, "organisation": None}
    entries = list(made.entries.values_list("pk", "note"))

    turned = actions.change_list(made, by=cast["member"], entries=entries[::-1], **same)
    assert turned.visibility == "publik"
    reworded = actions.change_list(made, by=cast["member"], entries=[(entries[0][0], "Kata baru"), *entries[1:]], **same)

    assert reworded.visibility == "jaringan"
    assert list(made.entries.values_list("note", flat=True)) == ["Kata baru", "Catatan jaringan", "Catatan organisasi"]


@pytest.mark.parametrize("where", ["title", "intro", "note"])
def test_the_guard_reads_title_introduction_and_notes(cast, made, texts, where):
    number = "Hubungi 0812-3456-7890"
    words = {"title": "Daftar", "intro": "", "visibility": "jaringan", "language": "id"}

    def say():
        if where == "note":
            return actions.add_to_list(made, texts["publik"], by=cast["member"], note=number)
        return actions.make_list(by=cast["member"], **words | {where: number})

    with pytest.raises(rules.NotReady):
        say()


def test_only_what_one_sees_is_put_in_and_only_into_ones_own_list(cast, made, texts):
    hers = actions.make_list(by=cast["member2"], title="Daftar", intro="", visibility="jaringan")

    with pytest.raises(PermissionDenied):
        actions.add_to_list(hers, texts["organisasi"], by=cast["member2"])
    with pytest.raises(PermissionDenied):
        actions.add_to_list(made, texts["publik"], by=cast["member2"])


def test_entries_that_their_list_maker_no_longer_sees_are_kept_and_not_shown(cast, made, texts):
    hers = actions.make_list(by=cast["member2"], title="Daftar", intro="", visibility="jaringan")
    for level in ("publik", "jaringan"):
        actions.add_to_list(hers, texts[level], by=cast["member2"])
    type(texts["jaringan"]).objects.filter(pk=texts["jaringan"].pk).update(visibility="pribadi")
    shown = list(listing.entries_of(hers, viewer=cast["member2"]).values_list("pk", "note"))

    actions.change_list(
        hers, by=cast["member2"], entries=shown, title="Daftar", intro="", visibility="jaringan", circle=None, organisation=None
    )

    assert hers.entries.count() == 2
    assert titles(hers, cast["member2"]) == ["Untuk umum"]


def test_a_list_is_made_filled_arranged_and_deleted_on_its_pages(client, cast, texts):
    client.force_login(cast["member"])
    words = {"title": "Bacaan kader", "intro": "Untuk kader baru.", "visibility": "jaringan", "language": "id"}

    client.post(reverse("reading-list-new"), words)
    made = ReadingList.objects.get()
    for level in ("publik", "jaringan"):
        client.post(reverse("practice-add-to-list", args=[texts[level].slug]), {"reading_list": made.slug, "note": "Baca dulu"})
    first, second = made.entries.values_list("pk", flat=True)
    edit = reverse("reading-list-edit", args=[made.slug])
    client.post(
        edit, words | {"entry": [first, second], f"note-{first}": "Baca dulu", f"note-{second}": "Lalu ini", "then": f"up:{second}"}
    )
    assert list(made.entries.values_list("pk", "note")) == [(second, "Lalu ini"), (first, "Baca dulu")]
    client.post(edit, words | {"entry": [second, first], "then": f"off:{first}"})

    assert titles(made, cast["member"]) == ["Untuk jaringan"]
    assert client.post(reverse("reading-list-delete", args=[made.slug])).status_code == 302
    assert not ReadingList.objects.exists()
    assert set(Activity.objects.values_list("verb", flat=True)) >= {"made-list", "changed-list", "deleted-list"}


def test_a_form_with_personal_data_comes_back_with_its_words(client, cast, made):
    client.force_login(cast["member"])
    entry = made.entries.first()
    number = "Hubungi 0812-3456-7890"

    new = client.post(reverse("reading-list-new"), {"title": number, "intro": "", "visibility": "jaringan", "language": "id"})
    note = client.post(
        reverse("reading-list-edit", args=[made.slug]),
        {"title": "Daftar", "intro": "", "visibility": "jaringan", "language": "id", "entry": [entry.pk], f"note-{entry.pk}": number},
    )

    for response in (new, note):
        assert response.status_code == 422
        assert 'class="finding"' in response.content.decode()
    assert made.entries.first().note != number


def test_a_list_costs_the_same_for_one_text_and_for_twenty(client, cast):
    made = actions.make_list(by=cast["member"], title="Daftar", intro="", visibility="jaringan")
    actions.add_to_list(made, factories.practice(cast["member"]), by=cast["member"])
    client.force_login(cast["member2"])
    paths = [made.get_absolute_url(), reverse("reading-lists")]
    [client.get(path) for path in paths * 2]
    with CaptureQueriesContext(connection) as one:
        [client.get(path) for path in paths]
    for _number in range(19):
        other = actions.make_list(by=cast["member"], title="Daftar", intro="", visibility="jaringan")
        actions.add_to_list(made, factories.practice(cast["member"]), by=cast["member"])
        actions.add_to_list(other, factories.practice(cast["member"]), by=cast["member"])

    with CaptureQueriesContext(connection) as twenty:
        [client.get(path) for path in paths]

    assert len(twenty) == len(one)


def test_what_was_withdrawn_leaves_the_list(cast):
    practice = public(cast["member"], cast["reviewer"], cast["safety_reviewer"])
    made = actions.make_list(by=cast["member2"], title="Daftar", intro="", visibility="jaringan")
    actions.add_to_list(made, practice, by=cast["member2"], note="Kutipan dari praktik ini")

    actions.withdraw_practice(practice, by=cast["member"], reason="Persetujuan berakhir", kind="consent")

    assert titles(made, cast["member2"]) == []
    assert not made.entries.exists()


def test_the_word_of_its_path_is_no_slug_of_a_text():
    assert "lists" in RESERVED


def test_only_what_stands_on_the_shelf_is_put_into_a_list(client, cast):
    practice = factories.practice(cast["member"], live=False, state="draft")
    client.force_login(cast["member"])

    assert client.get(reverse("practice-add-to-list", args=[practice.slug])).status_code == 404
