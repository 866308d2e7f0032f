"""The posts of a topic, as a reader finds them. What a page costs does not depend on how much lies before it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page
from django.db.models import QuerySet
from django.utils import timezone

from cop_site.accounts.asking import written_once
from cop_site.accounts.blocking import blocked_by
from cop_site.accounts.models import Membership, Organisation
from cop_site.accounts.policy import can_keep_blocks, is_member
from cop_site.files.models import StoredFile
from cop_site.vocabulary import selectors as words

from .. import policy
from ..choices import POSTS_ON_A_PAGE, Reacted
from ..models import Draft, Post, PostFile, Reaction, Topic
from ..models.topic import page_of
from ..rules import TAGS
from .firsts import with_first_post
from .pages import Counted, marks_of
from .place import Place, Small

_TOPIC = ("forum", "starter", "answer")


@dataclass(frozen=True)
class TopicPage:
    """A page of a topic. ``waiting`` are the reader's own posts (or all, for moderators) that nobody else reads yet."""

    topic: Topic
    page: Page
    places: list[Place]
    waiting: list[Place]
    unread_from: int | None
    can_reply: bool
    can_settle: bool
    can_steer: bool
    draft: Draft | None = None
    about: tuple[str, ...] = ()
    asked: str = ""

    @property
    def first_number(self) -> int:
        """The place of the first post on this page."""
        return (self.page.number - 1) * POSTS_ON_A_PAGE + 1

    @property
    def is_ahead(self) -> bool:
        """Whether posts that the reader does not know stand on pages before this one."""
        return self.unread_from is not None and self.unread_from < self.first_number

    @property
    def last_number(self) -> int:
        """The place of the last post on this page."""
        return min(self.page.number * POSTS_ON_A_PAGE, self.topic.last_number)


def topic_for(pk: int, viewer: Any) -> Topic | None:
    """A topic that ``viewer`` may read, with all that its page says of it."""
    return next(iter(_topics(viewer, pk=pk)), None)


@written_once
def _topics(viewer: Any, *, pk: int) -> QuerySet[Topic]:
    return Topic.objects.visible_to(viewer).select_related(*_TOPIC).filter(pk=pk)


def topic_page(topic: Topic, viewer: Any, wished: str = "") -> TopicPage:
    """The posts of one page of ``topic`` in their order, by their places and not by counting."""
    paginator = Counted((), POSTS_ON_A_PAGE, topic.last_number)
    number = paginator.get_page(wished).number
    places = _placed(topic, viewer, number)
    waiting = _waiting(topic, viewer) if number == paginator.num_pages else []
    reader = _reader(topic, viewer)
    shown = _shown_to(reader, topic, [*places, *waiting])
    return TopicPage(
        topic=topic,
        page=Page((), number, paginator),
        places=shown[: len(places)],
        waiting=shown[len(places) :],
        unread_from=reader.mark + 1 if reader.is_member and reader.mark < topic.last_number else None,
        can_reply=reader.can_reply,
        can_settle=reader.can_settle,
        can_steer=policy.can_moderate(viewer),
        draft=next(iter(_drafts(viewer, topic=topic.pk)), None) if reader.can_reply else None,
        about=tuple(_about(topic)),
        asked=_asked(topic),
    )


@written_once
def _drafts(viewer: Any, *, topic: int) -> QuerySet[Draft]:
    return Draft.objects.filter(person=viewer.pk, topic=topic).order_by("pk")


def _reader(topic: Topic, viewer: Any) -> "_Reader":
    can_write = policy.can_write(viewer)
    return _Reader(
        viewer=viewer,
        mark=marks_of(viewer, [topic]).get(topic.pk, 0),
        is_member=is_member(viewer),
        can_write=can_write,
        can_reply=policy.can_reply(viewer, topic),
        can_settle=can_write and policy.can_settle(viewer, topic if topic.starter_id else with_first_post(topic)),
        may_block=can_keep_blocks(viewer),
        blocked=blocked_by(viewer),
        now=timezone.now(),
    )


def _about(topic: Topic) -> Iterator[str]:
    """The words and places that a topic bears, as its readers know them."""
    for column, vocabulary in TAGS.items():
        known = words.terms(vocabulary)
        yield from (known[slug].label for slug in getattr(topic, column) if slug in known)
    yield from (words.provinces()[code].name for code in topic.provinces if code in words.provinces())


def _asked(topic: Topic) -> str:
    """Who in particular was asked; a province alone asks nobody."""
    mandate, province = words.terms("mandate").get(topic.call_mandate), words.provinces().get(topic.call_province)
    return ", ".join(str(one) for one in (mandate and mandate.label, province and province.name) if one and mandate)


def _placed(topic: Topic, viewer: Any, number: int) -> list[Post]:
    """What stands in the places of a page; gone ones carry no words."""
    first, last = (number - 1) * POSTS_ON_A_PAGE + 1, min(number * POSTS_ON_A_PAGE, topic.last_number)
    found: list[Post] = _standing(viewer, topic=topic.pk, first=first, last=last)
    if len(found) <= last - first:
        gone = Post.objects.tombstones_within(topic, viewer).filter(number__range=(first, last)).select_related("pseudonym")
        for post in gone:
            post.is_gone = True  # type: ignore[attr-defined]
        found = sorted([*found, *gone], key=lambda post: post.number or 0)
    return found


@written_once
def _standing(viewer: Any, *, topic: int, first: int, last: int) -> QuerySet[Post]:
    posts = Post.objects.within(topic, viewer).filter(number__gte=first, number__lte=last)
    return posts.select_related("author", "pseudonym").order_by("number")


def _waiting(topic: Topic, viewer: Any) -> list[Post]:
    """Posts that have no place yet, after the last page."""
    return _without_place(viewer, topic=topic.pk) if is_member(viewer) else []


@written_once
def _without_place(viewer: Any, *, topic: int) -> QuerySet[Post]:
    return Post.objects.within(topic, viewer).filter(number=None).select_related("author", "pseudonym").order_by("pk")


@dataclass(frozen=True)
class _Reader:
    """What of a reader's rights and marks is the same for all posts of a page."""

    viewer: Any
    mark: int
    is_member: bool
    can_write: bool
    can_reply: bool
    can_settle: bool
    may_block: bool
    blocked: frozenset[int]
    now: datetime


def _shown_to(reader: _Reader, topic: Topic, posts: list[Post]) -> list[Place]:
    organisations, files, mine = _organisations_of(posts, reader.viewer), _files_of(posts), _reactions_of(reader.viewer, posts)
    places = []
    for post in posts:
        post.topic = topic
        if getattr(post, "is_gone", False):
            places.append(Place(post, is_gone=True, can_restore=reader.can_write and policy.can_restore(reader.viewer, post)))
            continue
        beside = {"organisations": organisations.get(post.author_id or 0, ()), "files": files.get(post.pk, ())}
        places.append(_place(reader, post, reactions=_reactions(post, mine, is_asked=reader.can_write), **beside))
    return places


def _place(reader: _Reader, post: Post, **beside: Any) -> Place:
    hers = policy.is_hers(reader.viewer, post)
    is_blocked = post.author_id in reader.blocked
    return Place(
        post,
        is_hers=hers,
        is_new=reader.is_member and not hers and (post.number or 0) > reader.mark > 0,
        is_answer=post.pk == post.topic.answer_id,
        can_edit=hers and policy.can_edit(reader.viewer, post, now=reader.now),
        can_delete=reader.is_member and policy.can_delete(reader.viewer, post),
        can_react=reader.can_write and policy.can_react(reader.viewer, post),
        can_reply=reader.can_reply and post.number is not None,
        can_settle=reader.can_settle and (post.number or 0) > 1,
        can_unseal=post.pseudonym is not None and policy.can_ask_to_unseal(reader.viewer, post.pseudonym),
        can_block=reader.may_block and post.author_id is not None and not hers and not is_blocked,
        is_blocked=is_blocked,
        **beside,
    )


def _files_of(posts: list[Post]) -> dict[int, tuple[StoredFile, ...]]:
    """Asked only where a post says that it has any."""
    having = [post.pk for post in posts if post.file_count and not getattr(post, "is_gone", False)]
    found: dict[int, tuple[StoredFile, ...]] = {}
    for kept in PostFile.objects.filter(post__in=having).select_related("file").order_by("pk") if having else ():
        found[kept.post_id] = (*found.get(kept.post_id, ()), kept.file)
    return found


def _organisations_of(posts: list[Post], viewer: Any) -> dict[int, tuple[str, ...]]:
    """Where authors work, for members alone: outside the network nobody learns who belongs where."""
    authors = {post.author_id for post in posts if post.author_id}
    if not authors or not is_member(viewer):
        return {}
    found: dict[int, tuple[str, ...]] = {}
    for membership in _memberships(viewer, people=sorted(authors)):
        found[membership.person_id] = (*found.get(membership.person_id, ()), membership.organisation.name)
    return found


@written_once
def _memberships(viewer: Any, *, people: list[int]) -> QuerySet[Membership]:
    seen = Organisation.objects.visible_to(viewer)
    return Membership.objects.current().filter(person__in=people, organisation__in=seen).select_related("organisation").order_by("pk")


def _reactions_of(viewer: Any, posts: list[Post]) -> set[tuple[int, str]]:
    if not posts or not is_member(viewer):
        return set()
    return set(_said(viewer, posts=[post.pk for post in posts]))


@written_once
def _said(viewer: Any, *, posts: list[int]) -> QuerySet:
    return Reaction.objects.filter(person=viewer.pk, post__in=posts).values_list("post", "kind")


def _reactions(post: Post, mine: set[tuple[int, str]], *, is_asked: bool) -> tuple[Small, ...]:
    """All of them for those who may say them, else those that somebody said."""
    counts = {Reacted.THANKS: post.thanks, Reacted.US_TOO: post.us_too, Reacted.APPLIED: post.applied}
    return tuple(Small(kind.value, kind.label, count, (post.pk, kind.value) in mine) for kind, count in counts.items() if count or is_asked)


def place_of(post: Post) -> str:
    """The address of a post on the page where it stands; one that waits stands after the last."""
    topic = post.topic
    number = page_of(post.number) if post.number else topic.page_count
    return f"{topic.get_absolute_url()}{f'?page={number}' if number > 1 else ''}#p{post.pk}"


def first_unread(topic: Topic, viewer: Any) -> str:
    """Where to go on reading; the last post where all is read."""
    mark = marks_of(viewer, [topic]).get(topic.pk, 0)
    number = min(mark + 1, topic.last_number)
    post = Post.objects.unscoped("its place alone, in a topic that is seen").filter(topic=topic, number=number).first()
    if post is None:
        return topic.get_absolute_url()
    post.topic = topic
    return place_of(post)
