"""Every deed of the directory."""

from .carrying import bring_in, note_export
from .channels import set_channels
from .covering import record_survey, state_coverage
from .inquiring import answer_inquiry, ask_organisation
from .judging import give_listing_back, take_listing
from .levels import ask_public, keep_inside, make_public, set_level
from .logo import set_logo
from .merging import merge_organisations
from .stewarding import (
    claim_listing,
    decline_claim,
    end_stewardship,
    end_stewardships_of,
    grant_claim,
    hand_over,
    name_steward,
)
from .unwanted import flag_unwanted, lift_unwanted
from .writing import (
    change_listing,
    confirm_listing,
    list_new,
    list_organisation,
    rescreen_listing,
    suggest_organisation,
    verify_listing,
)

__all__ = [
    "answer_inquiry",
    "ask_organisation",
    "ask_public",
    "bring_in",
    "change_listing",
    "claim_listing",
    "confirm_listing",
    "decline_claim",
    "end_stewardship",
    "end_stewardships_of",
    "flag_unwanted",
    "give_listing_back",
    "grant_claim",
    "hand_over",
    "keep_inside",
    "lift_unwanted",
    "list_new",
    "list_organisation",
    "make_public",
    "merge_organisations",
    "name_steward",
    "note_export",
    "record_survey",
    "rescreen_listing",
    "set_channels",
    "set_level",
    "set_logo",
    "state_coverage",
    "suggest_organisation",
    "take_listing",
    "verify_listing",
]
