"""What a person has typed comes back whole: as a draft, after the door, and where the topic changed meanwhile."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from cop_site.forums import actions
from cop_site.forums.models import Draft, Post, Topic
from tests.forums import factories

pytestmark = pytest.mark.django_db
TICKED = re.compile(r'<input[^>]*name="hides_name"[^>]*\schecked')
OPEN_FOLD = '<details class="fold" open>'


@pytest.fixture
def hall(cast):
    return factories.forum("Ruang jaringan", allows_pseudonyms=True)


@pytest.fixture
def talk(cast, hall):
    return factories.topic(hall, cast["colleague"])


@pytest.fixture
def signed_in(client, cast):
    client.force_login(factories.known(cast["member"]))
    return client


def reply_of(topic):
    return reverse("topic-reply", args=[topic.pk])


def read(client, address):
    return client.get(address, follow=True).content.decode()


def text_in(page):
    return re.search(r'<textarea name="text"[^>]*>\s*([^<]*)</textarea>', page)[1].strip()


def test_a_draft_keeps_the_wish_for_a_pseudonym_and_shows_it(signed_in, talk):
    signed_in.post(reply_of(talk), {"text": "Belum selesai", "hides_name": "on", "then": "draft"})

    for page in (read(signed_in, reply_of(talk)), read(signed_in, talk.get_absolute_url())):
        assert (text_in(page), bool(TICKED.search(page)), OPEN_FOLD in page) == ("Belum selesai", True, True)
        assert f'<keep-text key="reply-{talk.pk}" choices>' in page


def test_a_draft_of_a_topic_keeps_every_choice(signed_in, hall, cast):
    address = reverse("topic-new", args=[hall.slug])
    chosen = {"language": "en", "call_mandate": "migrasi-aman", "call_province": "53"}
    listed = {"mandate": ["migrasi-aman"], "provinces": ["53", "33"]}

    signed_in.post(address, {"title": "Siapa?", "text": "Baru mulai", "hides_name": "on", "then": "draft"} | chosen | listed)
    form = signed_in.get(address).context["form"]

    assert {key: form[key].value() for key in (*chosen, *listed, "title", "hides_name")} == {
        **chosen, **listed, "title": "Siapa?", "hides_name": True
    }  # fmt: skip


def test_the_wish_for_a_pseudonym_comes_back_after_the_door(client, cast):
    topic = factories.topic(factories.forum("Alun-alun", visibility="publik", allows_pseudonyms=True), cast["colleague"])

    client.post(reply_of(topic), {"text": "Kata saya", "about": topic.pk, "hides_name": "on"})
    client.force_login(factories.known(cast["member"]))

    for address in (reply_of(topic), topic.get_absolute_url()):
        page = read(client, address)
        assert (text_in(page), bool(TICKED.search(page))) == ("Kata saya", True)


def test_whoever_has_a_pseudonym_in_a_topic_finds_it_ticked_unless_she_chose_otherwise(signed_in, talk, cast):
    before = read(signed_in, talk.get_absolute_url())
    factories.reply(talk, cast["member"], hides_name=True)
    after = read(signed_in, talk.get_absolute_url())
    signed_in.post(reply_of(talk), {"text": "Dengan nama saya", "then": "draft"})

    assert [bool(TICKED.search(page)) for page in (before, after, read(signed_in, reply_of(talk)))] == [False, True, False]


def test_nothing_goes_out_in_her_name_that_she_wrote_under_a_pseudonym(signed_in, talk, hall):
    signed_in.post(reply_of(talk), {"text": "Jangan sebut saya", "hides_name": "on", "then": "draft"})
    type(hall).objects.filter(pk=hall.pk).update(allows_pseudonyms=False)

    page = read(signed_in, reply_of(talk))
    response = signed_in.post(reply_of(talk), {"text": "Jangan sebut saya", "hides_name": "on"})

    assert TICKED.search(page)
    assert (response.status_code, response.context["form"].errors.get("hides_name") is not None) == (422, True)
    assert talk.posts.count() == 1


def test_an_answer_written_beside_a_quotation_comes_back_after_the_door(client, cast):
    topic = factories.topic(factories.forum("Alun-alun", visibility="publik"), cast["colleague"])
    quoted = topic.posts.get()
    page = f"{reply_of(topic)}?to={quoted.pk}"
    Draft.objects.create(person=cast["member"], forum=topic.forum, topic=topic, fields={"text": "Draf lama"})

    sent = {"text": "Kata yang tidak boleh hilang", "about": topic.pk, "to": quoted.pk}
    client.post(reply_of(topic), sent, headers={"referer": f"http://testserver{page}"})
    client.force_login(factories.known(cast["member"]))
    shown = read(client, reply_of(topic))

    assert [text_in(one) for one in (shown, read(client, page))] == ["Kata yang tidak boleh hilang"] * 2
    assert f'name="to" value="{quoted.pk}"' in shown


def test_a_quotation_stands_below_what_was_begun(signed_in, talk):
    signed_in.post(reply_of(talk), {"text": "Draf saya", "hides_name": "on", "then": "draft"})

    page = read(signed_in, f"{reply_of(talk)}?to={talk.posts.get().pk}")

    assert text_in(page).startswith("Draf saya\n\n&gt; **")
    assert TICKED.search(page)


def test_a_newer_draft_takes_the_place_of_what_was_kept_at_the_door(client, cast):
    topic = factories.topic(factories.forum("Alun-alun", visibility="publik"), cast["colleague"])
    client.post(reply_of(topic), {"text": "Yang di pintu", "about": topic.pk})
    client.force_login(factories.known(cast["member"]))

    client.post(reply_of(topic), {"text": "Yang lebih baru", "about": topic.pk, "then": "draft"})

    assert text_in(read(client, reply_of(topic))) == "Yang lebih baru"


def test_a_draft_goes_with_its_topic_to_another_forum_and_with_the_sending(talk, cast):
    by, other = factories.known(cast["member"]), factories.forum("Forum lain")
    actions.keep_draft(by=by, forum=talk.forum, topic=talk, text="Lama")
    talk = actions.move_topic(talk, other, by=cast["moderator"])

    kept = actions.keep_draft(by=by, forum=other, topic=talk, text="Baru")
    found = [(draft.forum, draft.fields["text"]) for draft in Draft.objects.all()]
    actions.reply_to(talk, by=by, source="Selesai.")

    assert (found, kept.topic) == ([(other, "Baru")], talk)
    assert not Draft.objects.exists()


def test_drafts_go_along_when_topics_become_one(talk, hall, cast):
    into = factories.topic(hall, cast["member2"], title="Yang tinggal")
    for person, topic, text in (("member", talk, "Lama"), ("member", into, "Ada"), ("member2", talk, "Sendiri")):
        actions.keep_draft(by=cast[person], forum=hall, topic=topic, text=text, hides_name=topic == talk)

    actions.merge_topics(talk, into, by=cast["moderator"])

    kept = {draft.person: (draft.topic, draft.fields["text"], draft.fields["hides_name"]) for draft in Draft.objects.all()}
    assert kept == {cast["member"]: (into, "Ada\n\nLama", True), cast["member2"]: (into, "Sendiri", True)}
    assert Draft.objects.count() == 2


@pytest.mark.parametrize(
    ("change", "status"),
    [({"locked_at": timezone.now()}, 403), ({"hidden_at": timezone.now()}, 404)],
)
def test_what_is_refused_stays_with_whoever_typed_it(signed_in, talk, change, status):
    signed_in.post(reply_of(talk), {"text": "Draf saya", "then": "draft"})
    Topic.objects.filter(pk=talk.pk).update(**change)

    sent = signed_in.post(reply_of(talk), {"text": "Masih boleh?", "content_note": "catatan saya", "about": "lain"})
    begun = signed_in.get(reply_of(talk))

    assert (sent.status_code, begun.status_code, talk.posts.count()) == (status, status, 1)
    assert all(words in sent.content.decode() for words in ("Masih boleh?", "catatan saya"))
    assert "Draf saya" in begun.content.decode()
    assert (sent.context["topic"] is None) == (status == 404)


def test_a_refused_page_without_words_is_the_one_for_everybody(signed_in, talk):
    Topic.objects.filter(pk=talk.pk).update(locked_at=timezone.now())

    response = signed_in.get(reply_of(talk))

    assert (response.status_code, "forums/unsent.html" in [one.name for one in response.templates]) == (403, False)


def test_other_words_for_a_post_are_not_lost_where_its_topic_was_closed(signed_in, talk, cast):
    post = factories.reply(talk, cast["member"])
    Topic.objects.filter(pk=talk.pk).update(locked_at=timezone.now())

    response = signed_in.post(reverse("post-edit", args=[post.pk]), {"text": "Kata yang lebih baik"})

    post.refresh_from_db()
    assert (response.status_code, post.source) == (403, "Kami punya satu.")
    assert "Kata yang lebih baik" in response.content.decode()


def test_words_for_an_archived_forum_are_not_lost(signed_in, hall, talk):
    type(hall).objects.filter(pk=hall.pk).update(archived_at=timezone.now())

    response = signed_in.post(reverse("topic-new", args=[hall.slug]), {"title": "Judul saya", "text": "Isi saya"})

    assert (response.status_code, Topic.objects.filter(forum=hall).count()) == (403, 1)
    assert all(words in response.content.decode() for words in ("Judul saya", "Isi saya"))


def test_an_answer_to_a_topic_that_went_into_another_waits_in_its_form(signed_in, talk, hall, cast):
    into = factories.topic(hall, cast["member2"], title="Yang tinggal")
    actions.merge_topics(talk, into, by=cast["moderator"])

    sent = signed_in.post(reply_of(talk), {"text": "Jawaban saya", "hides_name": "on", "about": talk.pk})
    opened = signed_in.get(reply_of(talk) + "?to=1")
    page = sent.content.decode()

    assert (sent.status_code, text_in(page), bool(TICKED.search(page))) == (409, "Jawaban saya", True)
    assert f'action="{reply_of(into)}"' in page
    assert opened.url == reply_of(into) + "?to=1"
    assert Post.objects.filter(topic__in=[talk, into]).count() == 2


def test_a_draft_can_be_found_again_where_its_topic_cannot(signed_in, talk):
    signed_in.post(reply_of(talk), {"text": "Draf saya", "then": "draft"})
    Topic.objects.filter(pk=talk.pk).update(hidden_at=timezone.now())

    page = read(signed_in, reverse("my-posts"))

    assert (reply_of(talk) in page, talk.title in page) == (True, False)


def test_an_answer_has_the_language_of_its_topic_or_the_one_chosen(signed_in, hall, cast):
    topic = factories.topic(hall, cast["colleague"], language="en")

    for said in ({"text": "In English."}, {"text": "Dalam bahasa Indonesia.", "language": "id"}):
        signed_in.post(reply_of(topic), said)
    factories.reply(topic, cast["member2"], "By a deed.")
    read(signed_in, factories.topic(hall, cast["colleague"]).get_absolute_url())  # whose form is drawn first, and kept
    page = read(signed_in, topic.get_absolute_url())

    assert [post.language for post in topic.posts.order_by("number")] == ["en", "en", "id", "en"]
    assert page.count('<span class="meta" data-language="en">Inggris</span>') == 3
    assert 'data-language="id"' not in page
    assert '<option value="en" selected>' in page


def test_characters_that_a_database_does_not_take_are_left_out(signed_in, talk, cast):
    begun = cast["member2"].name[:4]

    signed_in.post(reply_of(talk), {"text": "Satu\x00dua", "then": "draft"})
    found = signed_in.get(reverse("topic-people", args=[talk.pk]), {"q": f"\x00{begun}"}).json()["people"]

    assert Draft.objects.get().fields["text"] == "Satudua"
    assert cast["member2"].handle in [one["handle"] for one in found]
