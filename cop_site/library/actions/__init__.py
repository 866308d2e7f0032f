"""Every deed about practices."""

from .attaching import Offer, attach_file, detach_file
from .bringing import drop_import, end_run, note_export, offer_import, run_import
from .deciding import (
    approve_public,
    ask_for_changes,
    ask_for_changes_before_public,
    claim_review,
    publish_practice,
    refuse_public,
    release_review,
)
from .evidence import accept_adaptation, refuse_adaptation, report_adaptation, set_evidence, withdraw_adaptation
from .holding import override_finding, rescreen_list, rescreen_practice, rescreen_report
from .importing import import_practice
from .judging import give_back, hold_practice_again, take_adaptation, take_list, take_practice
from .keeping import Sending, TooLong, drop_working_text, keep_working_text
from .listing import add_to_list, ask_for_public_list, change_list, delete_list, keep_list_inside, make_list, make_list_public
from .shelf import ask_for_public, narrow_practice, open_sealed_practice
from .translating import confirm_still_right, confirm_translation_is_current, start_translation
from .withdrawing import withdraw_practice
from .writing import change_practice, discard_practice, recall_practice, start_practice, submit_practice

__all__ = [
    "Offer",
    "Sending",
    "TooLong",
    "accept_adaptation",
    "add_to_list",
    "approve_public",
    "ask_for_changes",
    "ask_for_changes_before_public",
    "ask_for_public",
    "ask_for_public_list",
    "attach_file",
    "change_list",
    "change_practice",
    "claim_review",
    "confirm_still_right",
    "confirm_translation_is_current",
    "delete_list",
    "detach_file",
    "discard_practice",
    "drop_import",
    "drop_working_text",
    "end_run",
    "give_back",
    "hold_practice_again",
    "import_practice",
    "keep_list_inside",
    "keep_working_text",
    "make_list",
    "make_list_public",
    "narrow_practice",
    "note_export",
    "offer_import",
    "open_sealed_practice",
    "override_finding",
    "publish_practice",
    "recall_practice",
    "refuse_adaptation",
    "refuse_public",
    "release_review",
    "report_adaptation",
    "rescreen_list",
    "rescreen_practice",
    "rescreen_report",
    "run_import",
    "set_evidence",
    "start_practice",
    "start_translation",
    "submit_practice",
    "take_adaptation",
    "take_list",
    "take_practice",
    "withdraw_adaptation",
    "withdraw_practice",
]
