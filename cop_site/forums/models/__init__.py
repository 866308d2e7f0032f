"""Forums, topics, posts, and what readers leave beside them."""

from .forum import Forum
from .marks import CallWish, Draft, ReadMark
from .post import Mention, Post, PostFile, PostVersion, Reaction
from .sealed import Pseudonym, Unsealing
from .topic import Topic

__all__ = [
    "CallWish",
    "Draft",
    "Forum",
    "Mention",
    "Post",
    "PostFile",
    "PostVersion",
    "Pseudonym",
    "Reaction",
    "ReadMark",
    "Topic",
    "Unsealing",
]
