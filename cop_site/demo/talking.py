"""Synthetic public forums in bulk, to see how they carry long talks. Nothing in them means anything."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils import timezone, translation

from cop_site.accounts.models import Level, User
from cop_site.forums.actions.counting import recount_forum
from cop_site.forums.models import Forum, Post, Topic
from cop_site.forums.policy import KIND
from cop_site.screening.version import RULES_VERSION
from cop_site.search import indexing
from cop_site.vocabulary import selectors as words

from . import crowd, mumbling
from .loading import COMMON, RARE, some
from .planting import secretariat

BATCH = 500
PREFIX = "beban-"
HOT = 1  # the number of the topic that everybody writes in
EVERY_RARE = 20  # one topic in so many begins with the rare word
TAGS = {"mandate": "mandate", "service_scale": "service_scale", "trafficking_forms": "trafficking_form"}


@dataclass(frozen=True)
class Numbers:
    """How many there shall be."""

    forums: int
    topics: int
    posts: int
    members: int
    hot_topic_posts: int

    def problem(self) -> str:
        """What cannot be."""
        if self.posts < self.hot_topic_posts + self.topics - 1:
            return "--posts must be at least --hot-topic-posts and one for each other topic."
        return "--members must not be more than --posts: each has written something." if self.members > self.posts else ""


def load(numbers: Numbers, *, tell: Callable[[int], None] = lambda done: None) -> dict[str, Any]:
    """Bring forums, topics, posts and members up to these numbers, in short transactions, found by search as they come.

    The same place in the same topic always holds the same words; what is there stays, so that a second run adds only
    what is missing. Every member has written at least once: what they write next is shown at once.
    """
    people = crowd.members(numbers.members)
    topics = _topics(_forums(numbers.forums), numbers.topics, people)
    missing = _missing(topics, numbers)
    writers = _Writers(people)
    done = numbers.posts - len(missing)
    for start in range(0, len(missing), BATCH):
        batch = missing[start : start + BATCH]
        indexing.refresh(KIND, _write(batch, writers))
        done += len(batch)
        tell(done)
    writers.share_out()
    with transaction.atomic():
        recount_forum(*{topic.forum_id for topic in topics})
    return _told(topics, numbers)


def _told(topics: list[Topic], numbers: Numbers) -> dict[str, Any]:
    with translation.override("id"):
        forum, hot, other = topics[0].forum.get_absolute_url(), topics[0].get_absolute_url(), topics[len(topics) // 2].get_absolute_url()
    return {
        "forum": forum,
        "list_page_50": f"{forum}?page=50",
        "hot_topic": hot,
        "hot_topic_page_40": f"{hot}?page=40",
        "topic": other,
        "first_member": crowd.address(1),
        "last_member": crowd.address(numbers.members),
        "rare_word": RARE,
        "common_word": COMMON,
    }


# --- places


@transaction.atomic
def _forums(number: int) -> list[Forum]:
    by, names = secretariat(), [f"{PREFIX}{one:02}" for one in range(1, number + 1)]
    known = {forum.slug: forum for forum in Forum.objects.filter(slug__in=names)}
    for place, name in enumerate(names, start=1):
        if name not in known:
            known[name] = Forum.objects.create(
                slug=name,
                name_id=f"Forum muatan {place}",
                name_en=f"Load forum {place}",
                about_id="Isi buatan untuk mengukur kecepatan. Kalimatnya tidak berarti apa-apa.",
                about_en="Made-up content for measuring speed. Its sentences mean nothing.",
                author=by,
                visibility=Level.PUBLIC,
                position=200 + place,
            )
    return [known[name] for name in names]


def _topics(forums: list[Forum], number: int, people: list[User]) -> list[Topic]:
    """The first so many topics; three in five of them stand in the first forum."""
    rows = Topic.objects.unscoped("what was loaded")
    known = set(rows.filter(slug__startswith=PREFIX).values_list("slug", flat=True))
    missing = [one for one in range(1, number + 1) if f"{PREFIX}{one:05}" not in known]
    for start in range(0, len(missing), BATCH):
        Topic.objects.bulk_create(_topic(one, forums, people) for one in missing[start : start + BATCH])
    found = {topic.slug: topic for topic in rows.filter(slug__startswith=PREFIX).select_related("forum")}
    return [found[f"{PREFIX}{one:05}"] for one in range(1, number + 1)]


def _topic(number: int, forums: list[Forum], people: list[User]) -> Topic:
    dice = random.Random(number)  # noqa: S311 - the same topic for the same number, every time
    others = forums[1:] or forums
    tags = {column: list(dict.fromkeys(some(dice, list(words.terms(name)), dice.choice((0, 1, 1, 2))))) for column, name in TAGS.items()}
    return Topic(
        forum=forums[0] if number % 5 in {1, 2, 3} else others[number % len(others)],
        starter=dice.choice(people),
        title=f"{mumbling.title(dice)} {number}".capitalize()[:160],
        slug=f"{PREFIX}{number:05}",
        provinces=some(dice, list(words.provinces()), dice.choice((0, 1))),
        created_at=timezone.now() - timedelta(minutes=500_000 if number == HOT else dice.randrange(50_000, 700_000)),
        **tags,
    )


# --- posts


def _missing(topics: list[Topic], numbers: Numbers) -> list[tuple[Topic, int, datetime]]:
    """The places without a post, each with its moment; no more than are missing in all, but at least one in each topic."""
    room = numbers.posts - sum(topic.last_number for topic in topics)
    empty = sum(topic.last_number == 0 for topic in topics)
    return list(islice(_places(topics, _sizes(numbers)), max(room, empty)))


def _sizes(numbers: Numbers) -> list[int]:
    """How many posts each topic shall have: the first one the most, the others unevenly, together as many as were asked for."""
    others, rest = numbers.topics - 1, numbers.posts - numbers.hot_topic_posts
    if not others:
        return [numbers.posts]
    dice = random.Random(others)  # noqa: S311
    weights = [dice.paretovariate(1.6) for _topic in range(others)]
    shares = [1 + int((rest - others) * weight / sum(weights)) for weight in weights]
    shares[-1] += rest - sum(shares)
    return [numbers.hot_topic_posts, *shares]


def _places(topics: list[Topic], sizes: list[int]) -> Iterator[tuple[Topic, int, datetime]]:
    """The beginnings first, then topic by topic."""
    now = timezone.now()
    had = {topic.pk: max(topic.last_number, 1) for topic in topics}
    for topic in topics:
        if topic.last_number == 0:
            yield topic, 1, topic.created_at
    for topic, size in zip(topics, sizes, strict=True):
        step = (now - topic.created_at) / (size + 2)
        for number in range(had[topic.pk] + 1, size + 1):
            yield topic, number, topic.created_at + step * (number - 1)


class _Writers:
    """Who writes next: first those who have written nothing yet, then anybody."""

    def __init__(self, people: list[User]) -> None:
        self.people = people
        known = set(_loaded().values_list("author", flat=True))
        self.quiet = [one for one in people if one.pk not in known]
        self.quiet.reverse()

    def next(self, topic: Topic, number: int, dice: random.Random) -> int | None:
        if number == 1:
            return topic.starter_id
        return self.quiet.pop().pk if self.quiet else dice.choice(self.people).pk

    def share_out(self) -> None:
        """Whoever has still written nothing gets an answer of somebody who has written several."""
        has = Counter(dict(_loaded().values_list("author").annotate(Count("pk"))))
        answers = _loaded().filter(number__gt=1).values_list("pk", "author").iterator()
        for pk, author in answers if self.quiet else ():
            if has[author] > 1 and self.quiet:
                has[author] -= 1
                _loaded().filter(pk=pk).update(author=self.quiet.pop())


def _loaded() -> Any:
    return Post.objects.unscoped("what was loaded").filter(topic__slug__startswith=PREFIX)


@transaction.atomic
def _write(places: list[tuple[Topic, int, datetime]], writers: _Writers) -> list[int]:
    posts = Post.objects.bulk_create([_post(topic, number, at, writers) for topic, number, at in places])
    changed = {}
    for topic, number, at in places:
        topic.last_number, topic.last_post_at = number, at
        topic.post_count += 1
        changed[topic.pk] = topic
    Topic.objects.bulk_update(changed.values(), ["last_number", "last_post_at", "post_count"], batch_size=100)
    return [post.pk for post in posts]


def _post(topic: Topic, number: int, at: datetime, writers: _Writers) -> Post:
    dice = random.Random(f"{topic.slug} {number}")  # noqa: S311 - the same words in the same place, every time
    paragraphs = list(_paragraphs(dice, is_rare=number == 1 and int(topic.slug.removeprefix(PREFIX)) % EVERY_RARE == 1))
    return Post(
        topic=topic,
        number=number,
        author_id=writers.next(topic, number, dice),
        source="\n\n".join(paragraphs),
        # Plain sentences need no cleaning, which would take longer than all the rest (tests/demo/test_load_forum.py compares).
        html="".join(f"<p>{paragraph}</p>\n" for paragraph in paragraphs),
        screened_version=RULES_VERSION,
        created_at=at,
    )


def _paragraphs(dice: random.Random, *, is_rare: bool) -> Iterator[str]:
    if is_rare:
        yield f"{RARE.capitalize()} terbang."
    for _paragraph in range(dice.choice((0, 0, 1))):
        yield mumbling.passage(dice, dice.choice((1, 2)))
    yield f"{mumbling.passage(dice, dice.choice((1, 2, 3)))} Para {COMMON} ikut."
