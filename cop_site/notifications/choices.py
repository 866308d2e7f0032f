"""Why somebody is told of something, and what one wishes of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

ROWS_ON_A_PAGE = 20
MOST_ROWS = 1000  # further back nobody pages
MOST_COUNTED = 99


class Reason(models.TextChoices):
    """The strongest first: whoever has two reasons hears of the first."""

    DECIDED = "decided", _("Decisions about what you wrote")
    ANSWERED = "answered", _("Answers to you")
    MENTIONED = "mentioned", _("Posts that name you")
    CALLED = "called", _("Questions to people with your mandate")
    FOUND = "found", _("News in your saved searches")
    WATCHED = "watched", _("Other posts in what you follow")


# Of these a mail tells at once, unless the person wishes otherwise.
MAILED_AT_ONCE = frozenset(Reason.values) - {Reason.WATCHED}


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
