"""Lists about keeping the place safe: they are no words of the field, so they stand in code, with both labels in the catalogue."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _


class Severity(models.IntegerChoices):
    """How much harm waiting can do; the queue shows the gravest first."""

    LOW = 1, _("Can wait")
    MIDDLE = 2, _("Soon")
    HIGH = 3, _("Today")
    GRAVE = 4, _("Now")


class Reason(models.TextChoices):
    """Why somebody reports what others wrote."""

    DANGER = "danger", _("Somebody may be in danger")
    PERSONAL = "personal", _("It says who or where somebody is who must not be found")
    RECRUITING = "recruiting", _("It may be an offer made to exploit people")
    HARASSMENT = "harassment", _("It insults, threatens or harasses")
    FAKE = "fake", _("Somebody pretends to be who they are not")
    WRONG = "wrong", _("It is wrong in a way that can do harm")
    SPAM = "spam", _("It is advertising or has nothing to do with the network")
    OTHER = "other", _("Something else")


SEVERITY_OF = {
    Reason.DANGER: Severity.GRAVE,
    Reason.PERSONAL: Severity.GRAVE,
    Reason.RECRUITING: Severity.HIGH,
    Reason.HARASSMENT: Severity.HIGH,
    Reason.FAKE: Severity.HIGH,
    Reason.WRONG: Severity.MIDDLE,
    Reason.SPAM: Severity.LOW,
    Reason.OTHER: Severity.LOW,
}


SEVERITY_OF_OTHERS = Severity.MIDDLE  # what waits or holds a watched word: nobody has said yet that it does harm


class Origin(models.TextChoices):
    """How a row came to the queue."""

    REPORTED = "reported", _("Reported")
    HELD = "held", _("Held before readers see it")
    FLAGGED = "flagged", _("Holds a watched word")


class Outcome(models.TextChoices):
    """What becomes of the row."""

    KEEP = "keep", _("It stays as it is")
    RELEASE = "release", _("Let it through")
    REFUSE = "refuse", _("Refuse it")
    TAKE_AWAY = "take-away", _("Take it from readers")


class Sanction(models.TextChoices):
    """What becomes of its author, besides."""

    NONE = "", _("Nothing")
    WARNING = "warning", _("A warning")
    MUTE = "mute", _("Does not write for a while")
    SUSPENSION = "suspension", _("Is suspended")


MUTED_FOR = (1, 7, 30)  # days to choose from
SUSPENDED_FOR = (7, 30, 0)  # days; 0 until somebody lifts it

CLAIMED_FOR = timedelta(minutes=30)  # then another moderator may take the case
UNDONE_WITHIN = timedelta(days=1)
APPEALED_WITHIN = timedelta(days=30)
KEPT_FOR = timedelta(days=90)  # what was reported and what reporters said of it, after the case was closed
# A waiting case is a reminder's business after so many hours, and the back-up person's after as many again.
REMINDED_AFTER = {Severity.GRAVE: 1, Severity.HIGH: 6, Severity.MIDDLE: 24, Severity.LOW: 48}
APPEALS_REMINDED_AFTER = 24
LONGEST_NOTE, LONGEST_REASON, LONGEST_APPEAL = 1000, 2000, 4000
CASES_ON_A_PAGE = 25
MOST_AT_ONCE = 50
