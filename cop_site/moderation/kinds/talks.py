"""What is said in forums: posts, and topics with their first post."""

from typing import Any

from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from cop_site.accounts.models import User
from cop_site.forums import actions as forums
from cop_site.forums import policy
from cop_site.forums.actions.counting import locked_post, locked_topic
from cop_site.forums.models import Post, Topic
from cop_site.forums.selectors.firsts import with_first_post

from ..choices import Outcome
from .base import Kind, Place, Seen, State

_WHY = "the row that is judged; policies say by whom"


class Posts(Kind):
    name, label, model = "post", _("Post"), Post
    can_wait = True

    def find(self, pk: int, viewer: Any) -> Post | None:
        return _with_names(Post.objects.visible_to(viewer)).filter(pk=pk).first()

    def row(self, pk: int) -> Post | None:
        return _with_names(Post.objects.unscoped(_WHY)).filter(pk=pk).first()

    def locked(self, pk: int) -> Post | None:
        post = self.row(pk)
        return locked_post(post) if post else None

    def is_hers(self, user: Any, row: Post) -> bool:
        return policy.is_hers(user, row)

    def said_by(self, row: Post) -> str:
        return row.said_by

    def seen(self, row: Post) -> Seen:
        """An answer goes without the title of its topic: those are not its words, and not all moderators read there."""
        title = row.topic.title if row.begins else ""
        return Seen(title, row.html + _files_of(row), row.content_note, row.language)

    def place(self, row: Post) -> Place:
        return Place(row.topic.forum, row.topic.provinces, row.language)

    def state(self, row: Post) -> State:
        if row.hidden_at or row.topic.hidden_at:
            return State.GONE
        return State.WAITS if row.held_at else State.SHOWN

    def held_because(self, row: Post) -> str:
        return row.held_because

    def carry_out(self, row: Post, outcome: Outcome, *, by: User, reason: str, case: int) -> bool:
        if outcome == Outcome.RELEASE:
            forums.release_post(row, by=by, case=case)
        elif outcome == Outcome.REFUSE:
            forums.refuse_post(row, by=by, reason=reason, case=case)
        elif outcome == Outcome.TAKE_AWAY and row.hidden_at is None:
            forums.take_post(row, by=by, reason=reason, case=case)
        else:
            return False
        return True

    def take_back(self, row: Post, outcome: Outcome, *, by: User, because: str, case: int) -> None:
        if outcome == Outcome.RELEASE:
            forums.hold_released_post(row, by=by, because=because, case=case)
        elif outcome == Outcome.REFUSE:
            forums.hold_refused_post(row, by=by, because=because, case=case)
        elif outcome == Outcome.TAKE_AWAY:
            forums.give_post_back(row, by=by, case=case)

    def grant(self, row: Post, outcome: Outcome, *, by: User, because: str, reason: str, case: int) -> None:
        if outcome == Outcome.REFUSE:
            forums.release_refused_post(row, by=by, because=because, case=case)
        else:
            self.take_back(row, outcome, by=by, because=because, case=case)


def _with_names(posts: Any) -> Any:
    return posts.select_related("topic__forum", "author", "pseudonym")


def _files_of(post: Post) -> str:
    """The names of what hangs on it: the files themselves are had by whoever reads the post."""
    if not post.file_count:
        return ""
    names = post.files.select_related("file").order_by("pk").values_list("file__name")
    return format_html_join("", "<p><code>{}</code></p>", names)


class Topics(Kind):
    name, label, model = "topic", _("Topic"), Topic

    def find(self, pk: int, viewer: Any) -> Topic | None:
        return _begun(Topic.objects.visible_to(viewer).filter(merged_into=None), pk)

    def row(self, pk: int) -> Topic | None:
        return _begun(Topic.objects.unscoped(_WHY), pk)

    def locked(self, pk: int) -> Topic | None:
        return with_first_post(locked_topic(Topic(pk=pk))) if self.row(pk) else None

    def is_hers(self, user: Any, row: Topic) -> bool:
        return policy.began(user, row)

    def author_of(self, row: Topic, *, reporter: Any) -> User | None:
        return row.starter

    def said_by(self, row: Any) -> str:
        return row.first_post.said_by if row.first_post else ""

    def seen(self, row: Any) -> Seen:
        """The title with the first post and what came of it; where the post is gone, without it."""
        first = row.first_post
        is_there = first is not None and first.hidden_at is None
        said = first.html + _files_of(first) if is_there else ""
        return Seen(row.title, said + row.outcome_html, row.content_note, row.language)

    def place(self, row: Topic) -> Place:
        return Place(row.forum, row.provinces, row.language)

    def state(self, row: Topic) -> State:
        return State.SHOWN if row.is_shown else State.GONE

    def carry_out(self, row: Topic, outcome: Outcome, *, by: User, reason: str, case: int) -> bool:
        if outcome != Outcome.TAKE_AWAY or not row.is_shown:
            return False
        forums.take_topic(row, by=by, reason=reason, case=case)
        return True

    def take_back(self, row: Topic, outcome: Outcome, *, by: User, because: str, case: int) -> None:
        if outcome == Outcome.TAKE_AWAY:
            forums.give_topic_back(row, by=by, case=case)


def _begun(topics: Any, pk: int) -> Topic | None:
    topic = topics.select_related("forum", "starter").filter(pk=pk).first()
    return with_first_post(topic) if topic else None
