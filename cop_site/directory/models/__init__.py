"""What the directory holds."""

from .listing import ContactChannel, FormerAddress, Listing, ListingRevision, Unwanted
from .regions import Coverage, Survey
from .stewards import Claim, Inquiry, Stewardship

__all__ = [
    "Claim",
    "ContactChannel",
    "Coverage",
    "FormerAddress",
    "Inquiry",
    "Listing",
    "ListingRevision",
    "Stewardship",
    "Survey",
    "Unwanted",
]
