"""Deeds about events; what is said in their rooms goes through ``log``."""

from .coming import invite, leave_event, register, take_back_invitation, take_off_list
from .desk import (
    forget_needs,
    give_certificates,
    mark_attendance,
    name_offices,
    remind,
    reminded,
    take_attendance,
    take_attendance_of,
)
from .feeds import close_feed, new_word, open_feed
from .grouping import give_office, keep_apart, let_meet, move_seat, pin_seat, seat_late, take_groups
from .leaving import forget_apart
from .making import announce_event, cancel_event, change_event, clone_event, discard_event, draft_event
from .opening import open_event, silence_author
from .polling import change_poll, discard_poll, draft_poll

__all__ = [
    "announce_event",
    "cancel_event",
    "change_event",
    "change_poll",
    "clone_event",
    "close_feed",
    "discard_event",
    "discard_poll",
    "draft_event",
    "draft_poll",
    "forget_apart",
    "forget_needs",
    "give_certificates",
    "give_office",
    "invite",
    "keep_apart",
    "leave_event",
    "let_meet",
    "mark_attendance",
    "move_seat",
    "name_offices",
    "new_word",
    "open_event",
    "open_feed",
    "pin_seat",
    "register",
    "remind",
    "reminded",
    "seat_late",
    "silence_author",
    "take_attendance",
    "take_attendance_of",
    "take_back_invitation",
    "take_groups",
    "take_off_list",
]
