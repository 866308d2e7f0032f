"""Posts in the index: what it may know of them, and that it follows them from deed to deed."""

import pytest

from cop_site.activity.runner import run_pending
from cop_site.forums import actions, documents
from cop_site.forums.models import Forum
from cop_site.search import indexing, selectors
from cop_site.search.models import Entry, EntryAudience
from tests.forums import factories

pytestmark = pytest.mark.django_db


def settled():
    while run_pending():
        pass


def found(viewer, words, **filters):
    """The numbers of the posts that ``viewer`` finds."""
    results = selectors.find(viewer, text=words, kinds=("topic",), filters=filters).results
    return sorted(shown.row.number for shown in results)


def indexed():
    return set(Entry.objects.filter(kind="topic").values_list("object_id", flat=True))


def audiences(post):
    return set(EntryAudience.objects.filter(entry__kind="topic", entry__object_id=post.pk).values_list("audience", flat=True))


@pytest.fixture
def talk(cast):
    """A topic of the network about a village rule, with one answer that talks of a coconut."""
    forum = factories.forum()
    topic = factories.topic(forum, cast["member"], provinces=["53"])
    answer = factories.reply(topic, cast["member2"], "Kami punya satu tentang kelapa.")
    settled()
    return topic, answer


def test_the_first_post_is_found_by_the_title_and_all_by_their_words(cast, talk):
    assert found(cast["member"], "perdes") == [1]
    assert found(cast["member"], "kelapa") == [2]
    assert found(cast["member"], "perdes", province=["53"]) == [1]
    assert found(cast["member"], "kelapa", province=["53"]) == [2]
    assert found(cast["member"], "Nusa Tenggara Timur") == [1]


def test_an_answer_is_shown_under_the_title_of_its_topic_and_leads_to_itself(cast, talk):
    [shown] = selectors.find(cast["member"], text="kelapa", kinds=("topic",)).results

    assert (shown.title, shown.url) == ("Siapa punya contoh perdes?", f"/forums/p/{talk[1].pk}/")
    assert "kelapa" in shown.snippet


@pytest.mark.parametrize(
    ("level", "seen_by"), [("publik", {"publik"}), ("jaringan", {"jaringan:topic"}), ("pengelola", {"pengelola", "penulis:None"})]
)
def test_posts_have_the_audience_of_their_forum(cast, level, seen_by):
    forum = factories.forum(visibility=level)
    factories.topic(forum, cast["moderator"])

    [document] = [one for one in documents.documents() if one.title == "Siapa punya contoh perdes?"]

    assert document.audiences == seen_by


def test_nobody_else_finds_or_counts_what_a_circle_says(cast, circle):
    forum = factories.forum(visibility="kelompok", circle=circle)
    factories.topic(forum, cast["member"], "Pohon beringin di lapangan")
    settled()

    assert found(cast["member"], "beringin") == [1]
    for outside in ("visitor", "observer", "researcher", "member2", "moderator", "secretariat"):
        assert selectors.find(cast[outside], text="beringin", kinds=("topic",)).total == 0


def test_what_waits_is_in_no_index_until_it_is_let_through(cast, talk):
    newcomer = cast["colleague"]
    waiting = factories.held(talk[0], newcomer, "Salam dari pohon beringin.")
    settled()
    before = waiting.pk in indexed()
    actions.release_post(waiting, by=cast["moderator"])
    settled()

    assert before is False
    assert found(cast["member2"], "beringin") == [3]


def test_deleted_words_are_gone_within_the_deed_and_come_back_with_them(cast, talk):
    _topic, answer = talk
    actions.delete_post(answer, by=cast["member2"])
    at_once = answer.pk in indexed()
    settled()
    afterwards = found(cast["member"], "kelapa")
    actions.restore_post(answer, by=cast["member2"])
    settled()

    assert (at_once, afterwards) == (False, [])
    assert found(cast["member"], "kelapa") == [2]


def test_edited_words_are_found_and_the_old_ones_gone_at_once(cast, talk):
    _topic, answer = talk
    actions.edit_post(answer, by=cast["member2"], source="Kami punya satu tentang beringin.")
    at_once = answer.pk in indexed()
    settled()

    assert at_once is False
    assert (found(cast["member"], "kelapa"), found(cast["member"], "beringin")) == ([], [2])


def test_a_new_title_and_an_outcome_are_found_at_the_first_post_alone(cast, talk):
    topic, _answer = talk
    actions.retitle_topic(topic, by=cast["moderator"], title="Contoh aturan tentang beringin")
    actions.write_outcome(topic, by=cast["member"], outcome="Kami memakai naskah cempaka.")
    settled()

    assert (found(cast["member"], "beringin"), found(cast["member"], "cempaka"), found(cast["member"], "siapa perdes")) == ([1], [1], [])


def test_a_deleted_topic_is_found_by_nobody_and_a_restored_one_again(cast, talk):
    topic, _answer = talk
    actions.delete_topic(topic, by=cast["moderator"], reason="Bukan untuk di sini.")
    at_once = found(cast["moderator"], "kelapa")
    settled()
    afterwards = found(cast["moderator"], "kelapa")
    actions.restore_topic(topic, by=cast["moderator"])
    settled()

    assert (at_once, afterwards) == ([], [])
    assert (found(cast["member"], "kelapa"), found(cast["member"], "perdes")) == ([2], [1])


def test_answers_below_a_first_post_that_waits_again_are_found_by_nobody_until_it_is_let_through(cast, talk):
    topic, answer = talk
    first = topic.posts.get(number=1)
    actions.hold_released_post(first, by=cast["moderator"], because="findings", case=1)
    at_once = answer.pk in indexed()
    settled()
    afterwards = answer.pk in indexed()
    actions.release_post(first, by=cast["moderator"])
    settled()

    assert (at_once, afterwards, indexed() >= {first.pk, answer.pk}) == (False, False, True)


def test_a_topic_moved_to_fewer_readers_is_off_the_index_within_the_deed(cast, talk):
    topic, answer = talk
    closed = factories.forum("Ruang pengelola", visibility="pengelola")
    actions.move_topic(topic, closed, by=cast["moderator"])
    at_once = answer.pk in indexed()
    settled()

    assert at_once is False
    assert audiences(answer) == {"pengelola", "penulis:None"}
    assert selectors.find(cast["member"], text="kelapa", kinds=("topic",)).total == 0


def test_split_and_merged_posts_are_found_where_they_stand(cast, talk):
    topic, answer = talk
    made = actions.split_topic(topic, [answer], by=cast["moderator"], title="Tentang beringin")
    settled()
    split = found(cast["member"], "beringin")
    actions.merge_topics(made, topic, by=cast["moderator"])
    settled()

    assert split == [1]
    assert (found(cast["member"], "beringin"), found(cast["member"], "kelapa")) == ([], [2])


def test_a_forum_with_fewer_readers_is_read_again_a_part_at_a_time(cast, talk, monkeypatch):
    topic, answer = talk
    forum = Forum.objects.get(pk=topic.forum_id)
    monkeypatch.setattr("cop_site.forums.listeners.AT_ONCE", 1)
    actions.change_forum(forum, by=cast["secretariat"], about_id="Untuk bertanya dan menjawab.")
    unchanged = answer.pk in indexed()
    actions.change_forum(forum, by=cast["secretariat"], visibility="pengelola")
    at_once = answer.pk in indexed()
    settled()

    assert (unchanged, at_once) == (True, False)
    assert audiences(answer) == {"pengelola", "penulis:None"}


def test_an_answer_costs_one_document_however_long_the_topic_is(cast, talk, monkeypatch):
    read = []
    document_of = documents.document_of
    monkeypatch.setattr(documents, "document_of", lambda post: read.append(post.pk) or document_of(post))
    answer = factories.reply(talk[0], cast["member"], "Terima kasih.")
    settled()

    assert read == [answer.pk]


def test_of_somebody_under_a_pseudonym_the_index_knows_nothing(cast):
    forum = factories.forum(allows_pseudonyms=True)
    member = factories.known(cast["member"])
    topic = actions.start_topic(forum, by=member, hides_name=True, title="Pohon beringin", source="Saya ingin bercerita.")
    settled()

    entry = Entry.objects.get(kind="topic", object_id=topic.posts.visible_to(cast["member2"]).get().pk)
    told = entry.said() + entry.external_id + " ".join(audiences(topic.posts.get()))
    assert [word for word in (member.name, member.handle, f"penulis:{member.pk}") if word in told] == []


def test_what_stands_behind_a_note_is_not_quoted(cast, talk, client):
    factories.reply(talk[0], cast["member2"], "Di bawah pohon beringin.", content_note="Kekerasan")
    settled()
    client.force_login(cast["member"], backend="cop_site.accounts.backends.PeopleBackend")

    [shown] = selectors.find(cast["member"], text="beringin", kinds=("topic",)).results
    page = client.get("/search/", {"q": "beringin", "kind": "topic"}).content.decode()

    assert (shown.snippet, shown.warning) == ("", "Kekerasan")
    assert "Kekerasan" in page
    assert "Di bawah pohon" not in page


def test_the_whole_index_can_be_built_anew(cast, talk):
    indexing.rebuild()
    before = indexed()
    Entry.objects.filter(kind="topic").delete()

    indexing.rebuild()

    assert len(before) == 4
    assert indexed() == before
