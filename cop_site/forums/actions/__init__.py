"""Every deed in forums."""

from .deleting import delete_post, delete_topic, restore_post, restore_topic
from .holding import refuse_post, release_post, rescreen_post
from .judging import give_post_back, give_topic_back, hold_refused_post, hold_released_post, release_refused_post, take_post, take_topic
from .keeping import drop_draft, keep_draft, leaf_ahead, mark_read, set_call_wishes
from .opening import archive_forum, change_forum, open_forum, reopen_forum
from .reacting import react, take_reaction_back
from .sealing import agree_to_unseal, ask_to_unseal, refuse_to_unseal
from .settling import choose_answer, unchoose_answer, write_outcome
from .steering import lock_topic, merge_topics, move_topic, pin_topic, retitle_topic, split_topic, unlock_topic, unpin_topic
from .writing import edit_post, reply_to, start_topic

__all__ = [
    "agree_to_unseal",
    "archive_forum",
    "ask_to_unseal",
    "change_forum",
    "choose_answer",
    "delete_post",
    "delete_topic",
    "drop_draft",
    "edit_post",
    "give_post_back",
    "give_topic_back",
    "hold_refused_post",
    "hold_released_post",
    "keep_draft",
    "leaf_ahead",
    "lock_topic",
    "mark_read",
    "merge_topics",
    "move_topic",
    "open_forum",
    "pin_topic",
    "react",
    "refuse_post",
    "refuse_to_unseal",
    "release_post",
    "release_refused_post",
    "reopen_forum",
    "reply_to",
    "rescreen_post",
    "restore_post",
    "restore_topic",
    "retitle_topic",
    "set_call_wishes",
    "split_topic",
    "start_topic",
    "take_post",
    "take_reaction_back",
    "take_topic",
    "unchoose_answer",
    "unlock_topic",
    "unpin_topic",
    "write_outcome",
]
