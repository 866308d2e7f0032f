"""Lists about running forums: they are no words of the field, so they stand in code, with both labels in the catalogue."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cop_site.accounts.models import Level

# A forum is a place for several: no private drafts.
LEVELS = (Level.PUBLIC, Level.NETWORK, Level.CIRCLE, Level.ORGANISATION, Level.STEWARDS)
POSTS_ON_A_PAGE = 20
TOPICS_ON_A_PAGE = 20


class Starters(models.TextChoices):
    """Who begins topics in a forum; whoever reads a forum as a member may answer where it is open."""

    MEMBERS = "members", _("All members who read it")
    CONVENORS = "convenors", _("Convenors, moderators and the secretariat")
    MODERATORS = "moderators", _("Moderators and the secretariat")


class Reacted(models.TextChoices):
    """A small set that says something useful, and nothing that could hurt."""

    THANKS = "thanks", _("Thank you")
    US_TOO = "us-too", _("We have this too")
    APPLIED = "applied", _("We have applied this")


class Held(models.TextChoices):
    """Why a post waits before others read it; its author is told in these words."""

    FIRST_POSTS = "first-posts", _("The first post of a new member is read by a moderator before it is shown.")
    LINKS = "links", _("In the first two weeks, posts with links are read by a moderator before they are shown.")
    WATCHED = "watched", _("It holds words that a moderator reads before they are shown.")
    REPEATED = "repeated", _("You have written the same within a day: a moderator looks before it is shown again.")
    FINDINGS = "findings", _("It holds details that may point to a person: a moderator looks before it is shown.")
    RULES = "rules", _("The rules on personal details have changed since it was written, and it has to be looked at again.")


# Reasons that say something of the person and not of the words: under another name they are for its author alone.
ABOUT_THE_PERSON = {Held.FIRST_POSTS, Held.LINKS, Held.REPEATED}


def why_held(because: str, *, is_sealed: bool) -> str:
    """Why a post waits, in a sentence; where nobody may learn who ``is_sealed``, none of those that would tie names together."""
    if is_sealed and because in ABOUT_THE_PERSON:
        return str(_("What is written under another name may wait for reasons that only its author is told."))
    return str(Held(because).label) if because in Held.values else ""
