"""One place in a topic, as a reader finds it."""

from dataclasses import dataclass
from typing import Any

from cop_site.files.models import StoredFile

from ..choices import why_held
from ..models import Post


@dataclass(frozen=True)
class Small:
    """A small word beside a post: how many said it, and whether the reader did."""

    kind: str
    label: Any
    count: int
    is_mine: bool


@dataclass(frozen=True)
class Place:
    """One place in a topic: a post as this reader finds it, or the mark that there was one."""

    post: Post
    is_gone: bool = False
    is_hers: bool = False
    is_new: bool = False
    is_answer: bool = False
    can_edit: bool = False
    can_delete: bool = False
    can_restore: bool = False
    can_react: bool = False
    can_reply: bool = False
    can_settle: bool = False
    can_unseal: bool = False
    can_block: bool = False
    is_blocked: bool = False  # the reader does not want to meet its author
    organisations: tuple[str, ...] = ()
    reactions: tuple[Small, ...] = ()
    files: tuple[StoredFile, ...] = ()

    @property
    def told(self) -> tuple[Any, ...]:
        """Everything that its drawing depends on."""
        rights = (self.is_hers, self.is_new, self.is_answer, self.can_edit, self.can_delete, self.can_restore, self.can_react)
        small = tuple((one.kind, one.count, one.is_mine) for one in self.reactions)
        files = tuple((file.pk, file.name, file.size) for file in self.files)
        post = self.post
        if self.is_gone:
            return (post.pk, True, post.hidden_at, post.hidden_by_author, self.can_restore)
        said = (post.pk, post.topic_id, post.number, post.said_by, post.html, post.content_note, post.language)
        dates = (post.created_at, post.edited_at, post.held_at, post.held_because, post.author_id, post.pseudonym_id)
        beside = (self.can_reply, self.can_settle, self.can_unseal, self.can_block, self.is_blocked)
        return (*said, *dates, *rights, *beside, self.organisations, small, files)

    @property
    def why_held(self) -> str:
        """Why it waits, in the words for its author; moderators are not told what says something of who is behind a name."""
        return why_held(self.post.held_because, is_sealed=not self.is_hers and self.post.author_id is None)

    @property
    def initials(self) -> str:
        return "".join(word[0] for word in self.post.said_by.split()[:2]).upper()

    @property
    def hue(self) -> int:
        """One of the five colours; a pseudonym's comes from that name alone."""
        return (self.post.pseudonym_id or self.post.author_id or 0) % 5 + 1
