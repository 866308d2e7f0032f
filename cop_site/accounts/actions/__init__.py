"""Deeds about people, organisations and circles."""

from .belonging import found_organisation, join_organisation, leave_organisation, name_organisation, organisation_called
from .circles import join_circle, leave_circle, make_circle
from .entering import RESEARCH_TERM, admit, apply_to_join, confirm_application, decline
from .own import choose_language, end_session, end_sessions, note_new_browser, note_protection, open_sealed
from .standing import block, end_suspension, lift_suspension, mute, suspend, unblock, unmute
from .trusting import EDITORS, change_role, end_task, grant_task

__all__ = [
    "EDITORS",
    "RESEARCH_TERM",
    "admit",
    "apply_to_join",
    "block",
    "change_role",
    "choose_language",
    "confirm_application",
    "decline",
    "end_session",
    "end_sessions",
    "end_suspension",
    "end_task",
    "found_organisation",
    "grant_task",
    "join_circle",
    "join_organisation",
    "leave_circle",
    "leave_organisation",
    "lift_suspension",
    "make_circle",
    "mute",
    "name_organisation",
    "note_new_browser",
    "note_protection",
    "open_sealed",
    "organisation_called",
    "suspend",
    "unblock",
    "unmute",
]
