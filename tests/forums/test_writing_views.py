"""What members write, through the real forms."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from cop_site.activity.models import Activity
from cop_site.forums import urls
from cop_site.forums.actions.opening import TAKEN
from cop_site.forums.forms.writing import ReplyForm
from cop_site.forums.models import CallWish, Draft, Mention, Post, PostFile, PostVersion, Pseudonym, Reaction, Topic
from cop_site.forums.models.topic import RESERVED, slug_of
from cop_site.forums.selectors.reading import topic_page
from tests import factories as site
from tests.forums import factories

pytestmark = pytest.mark.django_db
ASKED = {"title": "Siapa punya contoh perdes?", "text": "Kami sedang **menyusun**.", "language": "id"}


@pytest.fixture
def hall(cast):
    return factories.forum("Ruang jaringan", allows_pseudonyms=True)


@pytest.fixture
def signed_in(client, cast):
    client.force_login(factories.known(cast["member"]))
    return client


def hidden_fields(response):
    """What the form carries along, as a browser would send it back."""
    found = re.findall(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)"', response.content.decode())
    return {name: value for name, value in found if name in {"deed_key", "about", "to"}}


def ask(client, forum, **said):
    address = reverse("topic-new", args=[forum.slug])
    return client.post(address, ASKED | hidden_fields(client.get(address)) | said)


def answer(client, topic, text="Kami punya satu.", **said):
    page = client.get(topic.get_absolute_url())
    return client.post(reverse("topic-reply", args=[topic.pk]), {"text": text} | hidden_fields(page) | said)


def test_a_question_becomes_a_topic_that_its_forum_counts(signed_in, hall, cast):
    response = ask(signed_in, hall, mandate="migrasi-aman", provinces="53")

    topic = Topic.objects.get(forum=hall)
    hall.refresh_from_db()
    assert response.url == topic.get_absolute_url() == f"/forums/t/{topic.pk}/siapa-punya-contoh-perdes/"
    assert (topic.starter, topic.mandate, topic.provinces, topic.held_at) == (cast["member"], ["migrasi-aman"], ["53"], None)
    assert topic.posts.get().html.strip() == "<p>Kami sedang <strong>menyusun</strong>.</p>"
    assert (hall.topic_count, hall.post_count, hall.last_topic) == (1, 1, topic)


def test_the_same_form_sent_twice_makes_one_topic(signed_in, hall):
    address = reverse("topic-new", args=[hall.slug])
    fields = ASKED | hidden_fields(signed_in.get(address))

    first, second = signed_in.post(address, fields), signed_in.post(address, fields)

    assert first.url == second.url
    assert Topic.objects.filter(forum=hall).count() == 1


def test_a_first_post_waits_and_says_why(client, cast, hall):
    client.force_login(cast["member2"])

    response = ask(client, hall)

    topic = Topic.objects.get(forum=hall)
    page = client.get(response.url).content.decode()
    assert topic.held_at is not None
    assert str(topic.posts.get().get_held_because_display()) in page
    hall.refresh_from_db()
    assert (hall.topic_count, hall.post_count) == (0, 0)


@pytest.mark.parametrize(
    ("text", "what"),
    [("", "empty"), ("Hubungi saya di 0812-3456-7890 malam ini.", "a phone number"), ("NIK 3471015503990004", "an identity number")],
)
def test_what_may_not_stand_is_refused_and_nothing_typed_is_lost(signed_in, cast, hall, text, what):
    topic = factories.topic(hall, cast["colleague"])

    response = answer(signed_in, topic, text=text, content_note="catatan saya")

    assert response.status_code == 422
    assert "catatan saya" in response.content.decode()
    assert text in response.content.decode()
    assert topic.posts.count() == 1


def test_a_visitor_signs_in_first_and_her_words_wait(client, cast):
    topic = factories.topic(factories.forum("Alun-alun", visibility="publik"), cast["colleague"])

    response = client.post(reverse("topic-reply", args=[topic.pk]), {"text": "Kata yang tidak boleh hilang", "about": topic.pk})
    client.force_login(factories.known(cast["member"]))

    assert "/accounts/login/" in response.url
    assert topic.posts.count() == 1
    assert "Kata yang tidak boleh hilang" in client.get(topic.get_absolute_url()).content.decode()


@pytest.mark.parametrize(("who", "status"), [("observer", 404), ("researcher", 404), ("applicant", 404), ("suspended", 302)])
def test_those_who_do_not_read_cannot_write(client, cast, hall, who, status):
    topic = factories.topic(hall, cast["colleague"])
    client.force_login(cast[who])

    response = client.post(reverse("topic-reply", args=[topic.pk]), {"text": "Halo"})

    assert response.status_code == status
    assert topic.posts.count() == 1


def test_a_researcher_reads_a_public_forum_and_writes_in_none(client, cast):
    topic = factories.topic(factories.forum("Alun-alun", visibility="publik"), cast["colleague"])
    client.force_login(cast["researcher"])

    assert client.get(topic.get_absolute_url()).status_code == 200
    assert client.post(reverse("topic-reply", args=[topic.pk]), {"text": "Halo"}).status_code == 403


def test_a_locked_topic_takes_no_answer(signed_in, hall, cast):
    topic = factories.topic(hall, cast["colleague"])
    Topic.objects.filter(pk=topic.pk).update(locked_at=timezone.now())

    response = signed_in.post(reverse("topic-reply", args=[topic.pk]), {"text": "Masih boleh?"})

    assert response.status_code == 403
    assert "Masih boleh?" in response.content.decode()
    assert topic.posts.count() == 1


def test_naming_reaches_only_those_who_may_read(signed_in, hall, cast):
    topic = factories.topic(hall, cast["colleague"])
    text = f"Coba tanya @{cast['member2'].handle}, bukan @{cast['observer'].handle}."

    answer(signed_in, topic, text=text)

    post = topic.posts.get(number=2)
    assert [mention.person for mention in Mention.objects.filter(post=post)] == [cast["member2"]]
    assert f"<b>@{cast['member2'].name}</b>" in post.html
    assert f"@{cast['observer'].handle}" in post.html


def test_a_province_alone_asks_nobody_and_is_refused_where_it_was_chosen(signed_in, hall):
    refused = signed_in.post(reverse("topic-new", args=[hall.slug]), ASKED | {"call_province": "31"})

    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["call_province"])
    assert (Topic.objects.filter(forum=hall).count(), 'class="fold" open' in refused.content.decode()) == (0, True)


def test_a_topic_that_names_a_province_alone_says_of_nobody_that_he_was_asked(cast, hall):
    topic = factories.topic(hall, cast["colleague"], call_mandate="bantuan-hukum", call_province="31")
    before = topic_page(topic, cast["member"]).asked
    topic.call_mandate = ""

    assert (", " in before, topic_page(topic, cast["member"]).asked) == (True, "")


def test_who_hides_her_name_is_warned_in_english_too():
    with override("en"):
        assert "may still give you away" in str(ReplyForm.base_fields["hides_name"].help_text)


def test_too_many_names_are_refused(signed_in, hall, cast):
    topic = factories.topic(hall, cast["colleague"])
    handles = [site.person(f"orang{number}", role="member").handle for number in range(21)]

    response = answer(signed_in, topic, text=" ".join(f"@{handle}" for handle in handles))

    assert response.status_code == 422
    assert topic.posts.count() == 1


def test_a_pseudonym_hides_who_writes_and_stays_the_same_in_one_topic(signed_in, hall, cast):
    topics = [factories.topic(hall, cast["colleague"], title=f"Topik {number}") for number in (1, 2)]
    for topic in (*topics, topics[0]):
        answer(signed_in, topic, hides_name="on")

    posts = list(Post.objects.filter(topic__in=topics, pseudonym__isnull=False).order_by("pk"))
    pages = "".join(signed_in.get(topic.get_absolute_url()).content.decode() for topic in topics)
    assert [post.author for post in posts] == [None, None, None]
    assert posts[0].pseudonym == posts[2].pseudonym != posts[1].pseudonym
    assert Pseudonym.objects.count() == 2
    assert {post.said_by for post in posts} <= set(re.findall(r'post-author" id="a\d+">([^<]+)<', pages))
    hers = Activity.objects.filter(verb="replied", subject_id__in=[post.pk for post in posts])
    assert {activity.actor.handle for activity in hers} == {"sistem"}


def test_nobody_hides_where_the_forum_does_not_allow_it(signed_in, cast):
    topic = factories.topic(factories.forum("Terbuka"), cast["colleague"])

    response = answer(signed_in, topic, hides_name="on")

    assert (response.status_code, topic.posts.count()) == (422, 1)
    assert "hides_name" in response.context["form"].errors


def test_other_words_keep_the_ones_before(signed_in, hall, cast):
    topic = factories.topic(hall, cast["colleague"])
    answer(signed_in, topic, text="Kata lama")
    post = topic.posts.get(number=2)
    address = reverse("post-edit", args=[post.pk])

    signed_in.post(address, {"text": "Kata baru"} | hidden_fields(signed_in.get(address)))

    post.refresh_from_db()
    history = signed_in.get(reverse("post-history", args=[post.pk])).content.decode()
    assert (post.source, [version.source for version in post.versions.all()]) == ("Kata baru", ["Kata lama"])
    assert "Kata lama" in history
    assert "Kata baru" in history


def test_earlier_words_that_todays_rules_refuse_are_not_shown(signed_in, hall, cast):
    post = factories.topic(hall, cast["colleague"]).posts.get()
    for source in ("Hubungi 0812-3456-7890.", "Kata yang boleh."):
        PostVersion.objects.create(post=post, source=source, html=f"<p>{source}</p>", said_at=post.created_at)

    history = signed_in.get(reverse("post-history", args=[post.pk])).content.decode()

    assert ("0812-3456-7890" in history, "Kata yang boleh." in history) == (False, True)
    assert "tidak boleh lagi ada di sini" in history


def test_nobody_edits_what_another_wrote_or_after_a_month(signed_in, hall, cast):
    topic = factories.topic(hall, cast["colleague"])
    answer(signed_in, topic)
    Post.objects.filter(number=2, topic=topic).update(created_at=timezone.now() - timedelta(days=31))

    statuses = [
        signed_in.post(reverse("post-edit", args=[post.pk]), {"text": "Lain"}).status_code for post in topic.posts.order_by("number")
    ]

    assert statuses == [403, 403]
    assert [post.source for post in topic.posts.order_by("number")] == ["Kami sedang menyusun.", "Kami punya satu."]


def test_what_one_deleted_one_can_put_back(signed_in, hall, cast):
    topic = factories.topic(hall, cast["colleague"])
    answer(signed_in, topic, text="Hanya sebentar")
    post = topic.posts.get(number=2)

    signed_in.post(reverse("post-delete", args=[post.pk]))
    gone = signed_in.get(topic.get_absolute_url()).content.decode()
    signed_in.post(reverse("post-restore", args=[post.pk]))

    assert "Hanya sebentar" not in gone
    assert "Hanya sebentar" in signed_in.get(topic.get_absolute_url()).content.decode()
    topic.refresh_from_db()
    assert topic.post_count == 2


def test_small_words_are_counted_once_and_taken_back(signed_in, hall, cast):
    post = factories.topic(hall, cast["colleague"]).posts.get()
    address = reverse("post-react", args=[post.pk])

    for wish in ({"say": "thanks"}, {"say": "thanks"}, {"say": "us-too"}, {"back": "us-too"}, {"say": "hate"}):
        signed_in.post(address, wish)

    post.refresh_from_db()
    assert (post.thanks, post.us_too, post.applied) == (1, 0, 0)
    assert list(Reaction.objects.values_list("kind", flat=True)) == ["thanks"]


def test_nobody_thanks_herself(signed_in, hall, cast):
    topic = factories.topic(hall, cast["colleague"])
    answer(signed_in, topic)

    response = signed_in.post(reverse("post-react", args=[topic.posts.get(number=2).pk]), {"say": "thanks"})

    assert response.status_code == 403
    assert Reaction.objects.count() == 0


def test_whoever_asked_marks_the_answer_and_writes_what_came_of_it(signed_in, hall, cast):
    topic = factories.topic(hall, cast["member"])
    post = factories.reply(topic, cast["colleague"])

    signed_in.post(reverse("post-answer", args=[post.pk]))
    signed_in.post(reverse("topic-outcome", args=[topic.pk]), {"outcome": "Kami memakai **pasal 9**."})

    topic.refresh_from_db()
    assert (topic.answer, topic.outcome_html.strip()) == (post, "<p>Kami memakai <strong>pasal 9</strong>.</p>")


def test_nobody_else_settles_a_topic(signed_in, hall, cast):
    topic = factories.topic(hall, cast["colleague"])
    post = factories.reply(topic, cast["member2"])

    statuses = [
        signed_in.post(reverse("post-answer", args=[post.pk])).status_code,
        signed_in.post(reverse("topic-outcome", args=[topic.pk])).status_code,
    ]

    topic.refresh_from_db()
    assert (statuses, topic.answer, topic.outcome) == ([403, 403], None, "")


def test_a_preview_shows_the_words_and_keeps_none(signed_in, hall, cast):
    topic = factories.topic(hall, cast["colleague"])

    response = answer(signed_in, topic, text="Ini **tebal**", then="preview")

    assert "<strong>tebal</strong>" in response.content.decode()
    assert topic.posts.count() == 1


def test_a_draft_waits_for_its_author_alone_and_goes_with_the_sending(signed_in, hall, cast):
    topic = factories.topic(hall, cast["colleague"])

    answer(signed_in, topic, text="Belum selesai", then="draft")
    kept = Draft.objects.get()
    shown = signed_in.get(reverse("my-posts")).content.decode()
    form = signed_in.get(topic.get_absolute_url()).content.decode()
    answer(signed_in, topic, text="Selesai")

    assert (kept.person, kept.fields["text"]) == (cast["member"], "Belum selesai")
    assert topic.title in shown
    assert "Belum selesai" in form
    assert not Draft.objects.exists()


def test_a_draft_names_no_topic_that_its_author_reads_no_longer(signed_in, hall, cast):
    topic = factories.topic(hall, cast["colleague"], title="Judul yang dipersempit")
    answer(signed_in, topic, text="Belum selesai", then="draft")
    before = signed_in.get(reverse("my-posts")).content.decode()
    closed = factories.forum("Ruang pengelola", visibility="pengelola", author=cast["secretariat"])
    Topic.objects.filter(pk=topic.pk).update(forum=closed)

    after = signed_in.get(reverse("my-posts")).content.decode()

    assert "Judul yang dipersempit" in before
    assert "Judul yang dipersempit" not in after


def test_nobody_throws_away_the_draft_of_another(signed_in, hall, cast):
    draft = Draft.objects.create(person=cast["colleague"], forum=hall, fields={"title": "Milik orang"})

    response = signed_in.post(reverse("my-posts"), {"then": "drop", "draft": draft.pk})

    assert response.status_code == 404
    assert Draft.objects.exists()


def test_a_file_hangs_on_the_post_and_goes_to_its_readers_alone(signed_in, hall, cast, client):
    topic = factories.topic(hall, cast["colleague"])
    upload = SimpleUploadedFile("contoh.txt", b"Pasal satu: pencatatan keberangkatan.\n", content_type="text/plain")

    answer(signed_in, topic, files=upload)

    kept = PostFile.objects.get()
    address = reverse("post-file", args=[kept.post_id, kept.file_id, "contoh.txt"])
    assert address in signed_in.get(topic.get_absolute_url()).content.decode()
    assert b"".join(signed_in.get(address).streaming_content) == b"Pasal satu: pencatatan keberangkatan.\n"
    signed_in.logout()
    assert signed_in.get(address).status_code == 404


def test_a_file_that_points_to_a_person_is_refused(signed_in, hall, cast):
    topic = factories.topic(hall, cast["colleague"])
    upload = SimpleUploadedFile("daftar.txt", b"NIK 3471015503990004\n", content_type="text/plain")

    response = answer(signed_in, topic, files=upload)

    assert response.status_code == 422
    assert not PostFile.objects.exists()
    assert topic.posts.count() == 1


def test_what_one_can_be_asked_about_is_kept(signed_in, cast):
    signed_in.post(reverse("my-posts"), {"mandates": ["migrasi-aman"], "provinces": ["53", "33"]})

    assert sorted(CallWish.objects.filter(person=cast["member"]).values_list("mandate", "province")) == [
        ("migrasi-aman", "33"),
        ("migrasi-aman", "53"),
    ]


def test_words_of_addresses_are_no_slugs():
    routes = [str(pattern.pattern) for pattern in urls.urlpatterns]

    assert {route.split("/")[2] for route in routes if route.startswith("t/<int:pk>/")} - {"<slug:slug>"} == RESERVED
    assert {route.split("/")[0] for route in routes if route and not route.startswith("<")} <= TAKEN
    assert {word: slug_of(word.title()) for word in RESERVED} == {word: f"topik-{word}" for word in RESERVED}


def test_whoever_writes_too_often_hears_when_to_try_again_and_loses_nothing(signed_in, settings, hall, cast):
    settings.ACCOUNT_RATE_LIMITS = {"first_posts": "2/h/key"}
    cache.clear()
    topic = factories.topic(hall, cast["colleague"])

    tries = [answer(signed_in, topic, text=f"Jawaban ke-{number}") for number in (1, 2, 3)]

    assert [one.status_code for one in tries] == [302, 302, 429]
    assert "Jawaban ke-3" in tries[2].content.decode()
    assert int(tries[2].headers["Retry-After"]) > 0
    assert topic.posts.count() == 3
