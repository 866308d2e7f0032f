"""Whatever is done to topics, in any order: places, counts, marks and permalinks stay right, and nobody reads more than before."""

import random
from dataclasses import dataclass, field

import pytest
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied

from cop_site.forums import actions, policy
from cop_site.forums.actions import counting
from cop_site.forums.choices import POSTS_ON_A_PAGE
from cop_site.forums.models import Forum, Post, ReadMark, Topic
from cop_site.forums.models.topic import page_of
from cop_site.screening.refusing import NotReady
from tests import factories
from tests.forums.factories import forum, known, topic

pytestmark = pytest.mark.django_db

READERS = ("member2", "convenor", "moderator")
REFUSED = (NotReady, PermissionDenied, ObjectDoesNotExist)
EYES = ("member2", "researcher")
TRIES = 8


@dataclass
class Walk:
    """Some people, forums of several levels, and a hand that takes deeds by chance."""

    cast: dict
    dice: random.Random
    read: dict = field(default_factory=dict)
    seen: dict = field(default_factory=dict)

    def do(self, name):
        """One deed, tried on other rows where it is refused; what it refuses changes nothing. Whether it was done."""
        for _try in range(TRIES):
            try:
                DEEDS[name][0](self)
            except REFUSED:
                continue
            return True
        return False

    def writer(self):
        return self.cast[self.dice.choice(("member", "member2", "convenor", "moderator"))]

    def topic(self):
        """Any, and every other time the one with most to lose."""
        topics = list(Topic.objects.unscoped("a test").order_by("-last_number", "pk"))
        return self.dice.choice(topics[: self.dice.choice((1, len(topics)))])

    def post(self, **those):
        return self.dice.choice(list(Post.objects.unscoped("a test").filter(**those).order_by("pk")) or [Post(pk=0, topic_id=0)])


def start(walk):
    actions.start_topic(
        walk.dice.choice(list(Forum.objects.order_by("pk"))),
        by=walk.writer(),
        title="Satu lagi",
        source="Apa?",
        hides_name=walk.dice.random() < 0.3,
    )


def answer(walk):
    actions.reply_to(walk.topic(), by=walk.writer(), source="Ya.", hides_name=walk.dice.random() < 0.3)


def answer_as_a_newcomer(walk):
    actions.reply_to(walk.topic(), by=factories.person(), source="Salam.")


def edit_and_wait(walk):
    """New rules, or a finding: what stood waits again."""
    post = walk.post(held_at=None, hidden_at=None)
    Post.objects.filter(pk=post.pk).update(screened_version="old", source="Telepon 0812 3456 7890")
    actions.rescreen_post(post, by=walk.cast["moderator"])
    Post.objects.filter(pk=post.pk).update(source="Ya.")


def release(walk):
    actions.release_post(walk.post(held_at__isnull=False), by=walk.cast["secretariat"])


def refuse(walk):
    actions.refuse_post(walk.post(held_at__isnull=False), by=walk.cast["secretariat"], reason="Iklan.")


def delete(walk):
    actions.delete_post(walk.post(), by=walk.writer(), reason="Bukan tempatnya.")


def restore(walk):
    post = walk.post(hidden_at__isnull=False)
    author = (post.pseudonym.person if post.pseudonym else post.author) if post.pk else None
    actions.restore_post(post, by=author if author and post.hidden_by_author else walk.cast["moderator"])


def delete_topic(walk):
    actions.delete_topic(walk.topic(), by=walk.cast["moderator"], reason="Bukan tempatnya.")


def restore_topic(walk):
    actions.restore_topic(walk.topic(), by=walk.cast["moderator"])


def move(walk):
    actions.move_topic(walk.topic(), walk.dice.choice(list(Forum.objects.order_by("pk"))), by=walk.cast["moderator"])


def split(walk):
    talk = walk.topic()
    posts = list(talk.posts.unscoped("a test").order_by("pk"))
    chosen = walk.dice.sample(posts, walk.dice.randint(0, len(posts)))
    into = walk.dice.choice([None, walk.dice.choice(list(Forum.objects.order_by("pk")))])
    actions.split_topic(talk, chosen, by=walk.cast["moderator"], title="Bagian lain", forum=into)


def merge(walk):
    actions.merge_topics(walk.topic(), walk.topic(), by=walk.cast["moderator"])


def read(walk):
    """Somebody opens a topic and reads on to some place."""
    person = walk.cast[walk.dice.choice(READERS)]
    talk = walk.topic()
    if Topic.objects.visible_to(person).filter(pk=talk.pk).exists():
        actions.mark_read(talk, by=person, number=walk.dice.randint(0, talk.last_number + 1))


DEEDS = {
    "start": (start, 2),
    "answer": (answer, 6),
    "newcomer": (answer_as_a_newcomer, 4),
    "wait": (edit_and_wait, 2),
    "release": (release, 3),
    "refuse": (refuse, 2),
    "delete": (delete, 3),
    "restore": (restore, 3),
    "delete topic": (delete_topic, 2),
    "restore topic": (restore_topic, 3),
    "move": (move, 4),
    "split": (split, 4),
    "merge": (merge, 3),
    "read": (read, 5),
}
# By these alone a place becomes read: whoever writes at the end of what she has read has read that too.
READS = {"read", "start", "answer"}
GIVES_BACK = {"release", "restore", "restore topic"}


@dataclass
class Rows:
    """All rows at one moment, read in few questions."""

    topics: list = field(default_factory=lambda: list(Topic.objects.unscoped("a test").order_by("pk")))
    posts: list = field(default_factory=lambda: list(Post.objects.unscoped("a test").only(*PLACE).order_by("number")))
    marks: list = field(default_factory=lambda: list(ReadMark.objects.all()))


PLACE = ("topic", "number", "held_at", "hidden_at")


def check_places_and_counts(rows):
    by_topic = {talk.pk: [post for post in rows.posts if post.topic_id == talk.pk] for talk in rows.topics}
    for talk in rows.topics:
        posts = by_topic[talk.pk]
        assert [post.number for post in posts if post.number] == list(range(1, talk.last_number + 1))
        assert talk.post_count == sum(post.is_shown for post in posts)
        if talk.merged_into_id:
            into = next(one for one in rows.topics if one.pk == talk.merged_into_id)
            assert (into.merged_into_id, posts) == (None, [])
    for hall in Forum.objects.all():
        topics = [talk for talk in rows.topics if talk.forum_id == hall.pk and talk.is_shown]
        last = max(topics, key=lambda one: (one.last_post_at, one.pk), default=None)
        assert (hall.topic_count, hall.post_count) == (len(topics), sum(talk.post_count for talk in topics))
        assert hall.last_topic_id == (last and last.pk)


def check_reading(walk, rows, done):
    last = {talk.pk: talk.last_number for talk in rows.topics}
    assert all(1 <= mark.number <= last[mark.topic_id] for mark in rows.marks)
    for person in (walk.cast[part] for part in READERS):
        marks = {mark.topic_id: mark.number for mark in rows.marks if mark.person_id == person.pk}
        now = {post.pk for post in rows.posts if post.number and post.number <= marks.get(post.topic_id, 0)}
        before = walk.read.get(person.pk, now)
        if done == "split":
            assert now == before
        elif done not in READS:
            assert now <= before
        walk.read[person.pk] = now


def check_eyes(walk, rows, done):
    """What existed before is seen by nobody who did not see it, but for what is let through or given back."""
    existing = {post.pk for post in rows.posts}
    for person in (walk.cast[part] for part in EYES):
        in_sight = policy.posts_visible_to(person) | policy.tombstones_visible_to(person)
        now = set(Post.objects.filter(in_sight, topic__in=Topic.objects.visible_to(person)).values_list("pk", flat=True))
        if done not in GIVES_BACK and person.pk in walk.seen:
            before, existed = walk.seen[person.pk]
            assert now & existed <= before
        walk.seen[person.pk] = (now, existing)


def check_permalinks(client, walk, rows):
    """A permalink leads to the page on which the post stands: reckoned for all, opened for one."""
    topics = {talk.pk: talk for talk in rows.topics}
    readable = []
    for post in rows.posts:
        post.topic = topics[post.topic_id]
        before = sum(
            other.topic_id == post.topic_id and (other.number or 0) < (post.number or 0) and other.number is not None
            for other in rows.posts
        )
        if post.number:
            assert page_of(post.number) == before // POSTS_ON_A_PAGE + 1
        if post.is_shown and post.topic.is_shown:
            readable.append(post)
    post = walk.dice.choice(readable)
    page = client.get(f"/forums/p/{post.pk}/", follow=True)
    if Post.objects.visible_to(walk.cast["moderator"]).filter(pk=post.pk).exists():
        assert (page.request["PATH_INFO"], f'id="p{post.pk}"' in page.content.decode()) == (post.topic.get_absolute_url(), True)


def check_ways(client, walk, rows):
    """Whoever opens a merged topic comes to where its posts are."""
    for talk in rows.topics:
        if talk.merged_into_id and Topic.objects.visible_to(walk.cast["moderator"]).filter(pk=talk.merged_into_id).exists():
            into = next(one for one in rows.topics if one.pk == talk.merged_into_id)
            if into.is_shown and Topic.objects.visible_to(walk.cast["moderator"]).filter(pk=talk.pk).exists():
                assert client.get(talk.get_absolute_url()).url == into.get_absolute_url()


@pytest.fixture
def walk(cast, request):
    walk = Walk(cast, random.Random(request.param))
    small = factories.circle(cast["convenor"], cast["moderator"], cast["member"])
    halls = [forum(name, allows_pseudonyms=True) for name in ("satu", "dua")]
    halls.append(forum("tiga", visibility="publik", allows_pseudonyms=True))
    halls.append(forum("lingkar", visibility="kelompok", circle=small, allows_pseudonyms=True))
    halls.append(forum("tim", visibility="pengelola", author=cast["researcher"]))  # who made it reads it, and the network's forums not
    for part, hall in zip(("member", "member2", "convenor"), halls, strict=False):
        topic(hall, cast[part])
    known(cast["moderator"])
    for talk in Topic.objects.unscoped("a test"):  # what the factories made without a deed is counted first
        counting.recount_topic(talk)
        counting.recount_forum(talk.forum_id)
    return walk


@pytest.mark.parametrize("walk", [0, pytest.param(1, marks=pytest.mark.slow)], indirect=True)
def test_places_counts_marks_and_permalinks_stay_right_in_any_order(client, walk):
    client.force_login(walk.cast["moderator"])
    deck = [name for name, (_deed, times) in DEEDS.items() for _time in range(times)]
    walk.dice.shuffle(deck)
    done = set()

    for name in deck:
        if walk.do(name):
            done.add(name)
            rows = Rows()
            check_places_and_counts(rows)
            check_reading(walk, rows, name)
            check_eyes(walk, rows, name)
    check_permalinks(client, walk, rows)
    check_ways(client, walk, rows)

    assert done == set(DEEDS)
