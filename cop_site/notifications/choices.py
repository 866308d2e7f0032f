"""Why somebody is told of something, and what one wishes of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cop_site.activity.verbs import Verb

ROWS_ON_A_PAGE = 20
MOST_ROWS = 1000  # further back nobody pages
MOST_COUNTED = 99


class Reason(models.TextChoices):
    """The strongest first: whoever has two reasons hears of the first."""

    DECIDED = "decided", _("Decisions about what you wrote")
    LOOKED_AT = "looked-at", _("What became of what you reported")
    ANSWERED = "answered", _("Answers to you")
    MENTIONED = "mentioned", _("Posts that name you")
    GATHERING = "gathering", _("Events you are invited to or registered for")
    CALLED = "called", _("Questions to people with your mandate")
    FOUND = "found", _("News in your saved searches")
    WATCHED = "watched", _("Other posts in what you follow")


# News until one has looked at it here: it stands nowhere else.
NEWS_BY_ITSELF = (Reason.DECIDED, Reason.LOOKED_AT, Reason.GATHERING)
# About an event, and heard also by whoever does not see it any more: the row holds nothing but that it happened.
WITHOUT_SIGHT = (Verb.TOOK_OFF_LIST,)
# Of these a mail tells at once, unless the person wishes otherwise.
MAILED_AT_ONCE = frozenset(Reason.values) - {Reason.WATCHED}

# Decisions about other rows of one's own, and the page on which one finds them: these apps mail by themselves.
_OF_THE_DIRECTORY = (
    *(Verb.GRANTED_CLAIM, Verb.DECLINED_CLAIM, Verb.NAMED_STEWARD, Verb.ENDED_STEWARDSHIP, Verb.ANSWERED_INQUIRY),
    *(Verb.MADE_LISTING_PUBLIC, Verb.KEPT_LISTING_INSIDE, Verb.UNLISTED_ORGANISATION, Verb.SET_LEVEL, Verb.MERGED_ORGANISATIONS),
)
_OF_REPORTS_OF_USE = (Verb.ACCEPTED_ADAPTATION, Verb.REFUSED_ADAPTATION, Verb.HELD_ADAPTATION)
_OF_LISTS = (Verb.MADE_LIST_PUBLIC, Verb.KEPT_LIST_INSIDE, Verb.HELD_LIST)
DECIDED_ELSEWHERE: dict[str, str] = {
    **dict.fromkeys(_OF_THE_DIRECTORY, "directory-mine"),
    **dict.fromkeys(_OF_REPORTS_OF_USE, "my-texts"),
    **dict.fromkeys(_OF_LISTS, "reading-lists"),
}


class Level(models.TextChoices):
    """What one wishes to hear of a topic, a forum, a word or a saved search."""

    WATCH = "watch", _("Follow")
    MUTE = "mute", _("Mute")


class Tag(models.TextChoices):
    """Columns of a topic whose words can be followed."""

    MANDATE = "mandate", _("Mandate")
    SCALE = "service_scale", _("Scale")
    FORM = "trafficking_forms", _("Form of trafficking")
    PROVINCE = "provinces", _("Province")
