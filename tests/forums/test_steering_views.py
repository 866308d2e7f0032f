"""Pages on which moderators keep the forums in order."""

from uuid import uuid4

import pytest
from django.urls import reverse

from cop_site.forums import actions
from cop_site.forums.models import Forum, Topic, Unsealing
from tests import factories
from tests.forums.factories import forum, held, reply, topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def hall(cast):
    return forum(allows_pseudonyms=True)


@pytest.fixture
def talk(cast, hall):
    made = topic(hall, cast["member"])
    reply(made, cast["member2"], "Kami punya satu.")
    reply(made, cast["colleague"], "Kami juga.")
    made.refresh_from_db()
    return made


@pytest.fixture
def as_moderator(client, cast):
    client.force_login(cast["moderator"])
    return client


def sent(**fields):
    return {"deed_key": str(uuid4()), **fields}


def addresses(talk, hidden, sealed_post, wish):
    return {
        "steer": reverse("topic-steer", args=[talk.pk]),
        "split": reverse("topic-split", args=[talk.pk]),
        "merge": reverse("topic-merge", args=[talk.pk]),
        "restore": reverse("topic-restore", args=[hidden.pk]),
        "unsealings": reverse("unsealings"),
        "unsealing": reverse("unsealing", args=[wish.pk]),
        "unseal": reverse("post-unseal", args=[sealed_post.pk]),
    }


@pytest.fixture
def pages(cast, hall, talk):
    gone = actions.delete_topic(topic(hall, cast["member"], "Dihapus"), by=cast["moderator"], reason="Bukan tempatnya.")
    sealed_post = reply(talk, cast["editor"], "Di bawah nama lain.", hides_name=True)
    wish = actions.ask_to_unseal(sealed_post.pseudonym, by=cast["secretariat"], reason="Ada ancaman.")
    return addresses(talk, gone, sealed_post, wish)


def test_moderators_open_every_page_in_both_languages(as_moderator, pages):
    answers = {name: as_moderator.get(at + path).status_code for name, path in pages.items() for at in ("", "/en")}

    assert answers == dict.fromkeys(pages, 200)


def test_members_are_told_no_and_visitors_sign_in_first(client, cast, pages):
    visitors = {client.get(path).status_code for path in pages.values()}
    client.force_login(cast["member"])
    members = {name: client.get(path).status_code for name, path in pages.items()}

    assert visitors == {302}
    assert members == dict.fromkeys(pages, 403)


def test_what_a_moderator_does_not_see_is_not_there(as_moderator, cast, pages, talk, circle):
    Forum.objects.filter(pk=talk.forum_id).update(visibility="kelompok", circle=circle)

    answers = {name: as_moderator.get(path).status_code for name, path in pages.items()}

    seen = {"unsealings": 200}
    assert answers == dict.fromkeys(pages, 404) | seen


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"then": "pin"}, {"is_pinned": True}),
        ({"then": "lock", "reason": "Sudah dijawab."}, {"is_locked": True}),
        ({"then": "retitle", "title": "Perdes  migrasi"}, {"title": "Perdes migrasi", "slug": "perdes-migrasi"}),
    ],
)
def test_a_topic_is_steered_from_one_page(as_moderator, talk, fields, expected):
    answer = as_moderator.post(reverse("topic-steer", args=[talk.pk]), sent(**fields))

    talk.refresh_from_db()
    assert answer.status_code == 302
    assert {name: getattr(talk, name) for name in expected} == expected


@pytest.mark.parametrize("fields", [{"then": "lock"}, {"then": "retitle"}, {"then": "move"}, {"then": "delete"}, {"then": "else"}, {}])
def test_what_is_missing_is_asked_for(as_moderator, talk, fields):
    assert as_moderator.post(reverse("topic-steer", args=[talk.pk]), sent(**fields)).status_code == 422


def test_a_topic_is_moved_only_where_no_others_read(as_moderator, talk):
    same, wider = forum("Lain"), forum("Umum", visibility="publik")
    path = reverse("topic-steer", args=[talk.pk])

    refused = as_moderator.post(path, sent(then="move", forum=wider.pk))
    moved = as_moderator.post(path, sent(then="move", forum=same.pk))

    talk.refresh_from_db()
    assert (refused.status_code, moved.status_code, talk.forum) == (422, 302, same)


def test_a_topic_is_deleted_and_given_back(as_moderator, talk):
    answer = as_moderator.post(reverse("topic-steer", args=[talk.pk]), sent(then="delete", reason="Bukan tempatnya."))
    gone = as_moderator.get(talk.get_absolute_url()).status_code
    back = as_moderator.post(reverse("topic-restore", args=[talk.pk]), sent())

    assert (answer.url, gone, back.url) == (talk.forum.get_absolute_url(), 404, talk.get_absolute_url())
    assert as_moderator.get(talk.get_absolute_url()).status_code == 200


def test_posts_are_ticked_page_by_page(as_moderator, monkeypatch, talk):
    monkeypatch.setattr("cop_site.forums.selectors.steering.ROWS_ON_A_PAGE", 2)
    _first, second, third = talk.posts.unscoped("a test").order_by("number")
    path = reverse("topic-split", args=[talk.pk])

    leafed = as_moderator.post(path, sent(title="Bagian kedua", posts=[second.pk], here=1, page=2))
    answer = as_moderator.post(path, sent(title="Bagian kedua", posts=[second.pk, third.pk], here=2, then="split"))

    made = Topic.objects.get(title="Bagian kedua")
    page = leafed.content.decode()
    assert leafed.status_code == 200
    assert f'type="hidden" name="posts" value="{second.pk}"' in page
    assert 'value="Bagian kedua"' in page
    assert answer.url == made.get_absolute_url()
    assert list(made.posts.unscoped("a test").order_by("number").values_list("pk", flat=True)) == [second.pk, third.pk]


@pytest.mark.parametrize("fields", [{"title": "Ada"}, {"posts": ["1", "x"], "title": "Ada"}])
def test_a_split_needs_posts_and_a_title(as_moderator, talk, fields):
    assert as_moderator.post(reverse("topic-split", args=[talk.pk]), sent(**fields)).status_code == 422


def test_all_posts_are_no_split(as_moderator, talk):
    pks = list(talk.posts.unscoped("a test").values_list("pk", flat=True))

    assert as_moderator.post(reverse("topic-split", args=[talk.pk]), sent(title="Semua", posts=pks)).status_code == 422


@pytest.mark.parametrize("by", ["number", "address"])
def test_two_topics_become_one_once_it_is_confirmed(as_moderator, cast, hall, talk, by):
    other = topic(hall, cast["member2"], "Contoh perdes")
    path, into = (
        reverse("topic-merge", args=[talk.pk]),
        other.pk if by == "number" else f"https://anyam.example{other.get_absolute_url()}?page=1",
    )

    looked = as_moderator.post(path, sent(into=into, then="look"))
    talk.refresh_from_db()
    before = talk.merged_into
    answer = as_moderator.post(path, sent(into=into, then="merge"))

    talk.refresh_from_db()
    assert (looked.status_code, before, answer.url, talk.merged_into) == (200, None, other.get_absolute_url(), other)


@pytest.mark.parametrize("into", ["", "0", "perdes", "99999999"])
def test_a_topic_that_is_not_there_takes_nothing_in(as_moderator, talk, into):
    assert as_moderator.post(reverse("topic-merge", args=[talk.pk]), sent(into=into)).status_code == 422


def test_the_name_behind_a_pseudonym_is_read_by_two_on_one_page_alone(client, cast, talk):
    post = reply(talk, cast["editor"], "Di bawah nama lain.", hides_name=True)
    client.force_login(cast["moderator"])
    asked = client.post(reverse("post-unseal", args=[post.pk]), sent(reason="Ada ancaman."))
    wish = Unsealing.objects.get()
    before = client.get(asked.url).content.decode()

    client.force_login(cast["secretariat"])
    client.post(asked.url, sent(then="agree"))
    third = factories.person("Moderator ketiga", role="moderator")
    pages = {}
    for person in (cast["moderator"], cast["secretariat"], third):
        client.force_login(person)
        pages[person.name] = client.get(reverse("unsealing", args=[wish.pk]))

    name = f"<strong>{cast['editor'].name}</strong>"
    assert [name in page.content.decode() for page in pages.values()] == [True, True, False]
    assert name not in before
    assert all("no-store" in page.headers["Cache-Control"] for page in pages.values())


def test_nobody_decides_alone_and_a_name_can_stay_closed(client, cast, talk):
    post = reply(talk, cast["editor"], "Di bawah nama lain.", hides_name=True)
    wish = actions.ask_to_unseal(post.pseudonym, by=cast["moderator"], reason="Ada ancaman.")
    path = reverse("unsealing", args=[wish.pk])

    client.force_login(cast["moderator"])
    own = client.post(path, sent(then="agree")).status_code
    client.force_login(cast["secretariat"])
    closed = client.post(path, sent(then="refuse")).status_code

    wish.refresh_from_db()
    assert (own, closed, wish.refused_at is not None, wish.agreed_at) == (403, 302, True, None)


def test_a_post_under_ones_own_name_has_nothing_to_open(as_moderator, talk):
    first = talk.posts.unscoped("a test").get(number=1)

    assert as_moderator.get(reverse("post-unseal", args=[first.pk])).status_code == 404


def forum_fields(**fields):
    told = {"name_id": "Kebijakan desa", "about_id": "Tentang perdes.", "visibility": "jaringan", "starters": "members", "position": "10"}
    return sent(**told | fields)


def test_the_secretariat_makes_and_changes_a_forum(client, cast):
    client.force_login(cast["secretariat"])
    made = client.post(reverse("forum-new"), forum_fields(allows_pseudonyms="on"))
    changed = client.post(reverse("forum-edit", args=["kebijakan-desa"]), forum_fields(name_en="Village policy"))
    archived = client.post(reverse("forum-archive", args=["kebijakan-desa"]), sent(then="archive"))

    one = Forum.objects.get()
    assert (made.url, changed.url, archived.url) == (one.get_absolute_url(),) * 3
    assert (one.slug, one.name_en, one.allows_pseudonyms, one.is_archived) == ("kebijakan-desa", "Village policy", False, True)
    client.post(reverse("forum-archive", args=["kebijakan-desa"]), sent(then="reopen"))
    assert not Forum.objects.get().is_archived


@pytest.mark.parametrize(
    "fields",
    [
        {"name_id": ""},
        {"visibility": "pribadi"},
        {"visibility": "kelompok"},
        {"visibility": "organisasi"},
        {"visibility": "organisasi", "organisation": "tidak-ada"},
        {"about_id": "Telepon 0812 3456 7890"},
        {"starters": ""},
        {"position": "-1"},
    ],
)
def test_a_forum_that_is_not_whole_is_not_made(client, cast, fields):
    client.force_login(cast["secretariat"])

    assert client.post(reverse("forum-new"), forum_fields(**fields)).status_code == 422


def test_a_forum_of_an_organisation_is_made_for_its_people(client, cast, organisation):
    client.force_login(cast["secretariat"])

    answer = client.post(reverse("forum-new"), forum_fields(visibility="organisasi", organisation=organisation.slug, circle="99"))

    assert (answer.url, Forum.objects.get().organisation) == (reverse("forums"), organisation)
    assert client.get(reverse("forum-edit", args=["kebijakan-desa"])).status_code == 404


@pytest.mark.parametrize("who", ["member", "convenor", "moderator"])
def test_others_make_no_forums(client, cast, hall, who):
    client.force_login(cast[who])

    paths = [reverse("forum-new"), reverse("forum-edit", args=[hall.slug])]
    assert [client.get(path).status_code for path in paths] == [403, 403]
    assert client.post(reverse("forum-archive", args=[hall.slug]), sent()).status_code == 403


@pytest.mark.parametrize("name", ["unsealings", "split"])
def test_long_lists_cost_as_many_questions_as_short_ones(as_moderator, cast, talk, pages, name, django_assert_max_num_queries):
    with django_assert_max_num_queries(30) as short:
        as_moderator.get(pages[name])
    for number in range(4):
        held(talk, factories.person())
        post = reply(talk, factories.person(), f"Nama lain {number}.", hides_name=True)
        actions.ask_to_unseal(post.pseudonym, by=cast["secretariat"], reason="Ada ancaman.")

    with django_assert_max_num_queries(len(short)):
        as_moderator.get(pages[name])


def test_only_moderators_find_the_page_in_their_menu(client, cast):
    found = {}
    for who in ("member", "moderator", "secretariat"):
        client.force_login(cast[who])
        found[who] = f'href="{reverse("moderation")}"' in client.get("/accounts/security/", follow=True).content.decode()

    assert found == {"member": False, "moderator": True, "secretariat": True}


def test_the_way_to_open_a_name_stands_beside_it_for_other_moderators_alone(client, cast, talk):
    post = reply(talk, cast["secretariat"], "Di bawah nama lain.", hides_name=True)
    found = {}
    for who in ("member", "moderator", "secretariat"):
        client.force_login(cast[who])
        found[who] = reverse("post-unseal", args=[post.pk]) in client.get(talk.get_absolute_url()).content.decode()

    assert found == {"member": False, "moderator": True, "secretariat": False}
