"""All that can happen here, on one page."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Verb(models.TextChoices):
    # people
    APPLIED = "applied", _("applied to join")
    ADMITTED = "admitted", _("admitted an applicant")
    DECLINED = "declined", _("declined an application")
    SUSPENDED = "suspended", _("suspended a person")
    LIFTED_SUSPENSION = "lifted-suspension", _("lifted a suspension")
    GRANTED_TASK = "granted-task", _("granted a task")
    ENDED_TASK = "ended-task", _("ended a task")
    CHANGED_ROLE = "changed-role", _("changed a role")
    JOINED_ORGANISATION = "joined-organisation", _("added a person to an organisation")
    LEFT_ORGANISATION = "left-organisation", _("ended a membership of an organisation")
    FOUNDED_ORGANISATION = "founded-organisation", _("added an organisation")
    MADE_CIRCLE = "made-circle", _("made a circle")
    JOINED_CIRCLE = "joined-circle", _("let a person into a circle")
    LEFT_CIRCLE = "left-circle", _("took a person out of a circle")
    CAME_ANEW = "came-anew", _("signed in from a new browser")
    CHANGED_PASSWORD = "changed-password", _("changed their password")
    RESET_PASSWORD = "reset-password", _("set a new password by e-mail")
    CHANGED_ADDRESS = "changed-address", _("changed their e-mail address")
    REMOVED_ADDRESS = "removed-address", _("removed an e-mail address of theirs")
    SWITCHED_APP_ON = "switched-app-on", _("switched their app with codes on")
    SWITCHED_APP_OFF = "switched-app-off", _("switched their app with codes off")
    ADDED_PASSKEY = "added-passkey", _("added a passkey")
    REMOVED_PASSKEY = "removed-passkey", _("removed a passkey")
    RENEWED_RECOVERY_CODES = "renewed-recovery-codes", _("made new recovery codes")
    OPENED_SEALED = "opened-sealed", _("opened a sealed row")
    OPENED_SITE = "opened-site", _("opened the site")
    INVITED_PERSON = "invited-person", _("invited a person")
    ACCEPTED_INVITATION = "accepted-invitation", _("accepted an invitation")
    WITHDREW_INVITATION = "withdrew-invitation", _("withdrew an invitation")
    AGREED = "agreed", _("accepted a document")
    ASKED_AGAIN = "asked-again", _("asked everybody to accept a document again")
    # the library
    STARTED_PRACTICE = "started-practice", _("started a practice")
    CHANGED_PRACTICE = "changed-practice", _("changed a practice")
    SUBMITTED_PRACTICE = "submitted-practice", _("handed a practice in for review")
    RECALLED_PRACTICE = "recalled-practice", _("took a practice back from review")
    ASKED_FOR_CHANGES = "asked-for-changes", _("asked for changes to a practice")
    PUBLISHED_PRACTICE = "published-practice", _("published a practice")
    ASKED_FOR_PUBLIC = "asked-for-public", _("asked to make a practice public")
    APPROVED_PUBLIC = "approved-public", _("made a practice public")
    REFUSED_PUBLIC = "refused-public", _("refused to make a practice public")
    NARROWED_PRACTICE = "narrowed-practice", _("narrowed who sees a practice")
    WITHDREW_PRACTICE = "withdrew-practice", _("withdrew a practice")
    DISCARDED_PRACTICE = "discarded-practice", _("discarded a draft")
    IMPORTED_PRACTICE = "imported-practice", _("imported a practice")
    # editors' pages and words
    PUBLISHED_PAGE = "published-page", _("published a page")
    UNPUBLISHED_PAGE = "unpublished-page", _("unpublished a page")
    CHANGED_TERM = "changed-term", _("changed a word of a vocabulary")
    CHANGED_CHANNEL = "changed-channel", _("changed an official channel")


def all_verbs() -> list[tuple[str, Any]]:
    """Choices as a function: a verb more, or a better label, needs no migration."""
    return Verb.choices


# What it can happen to, by the name of the model: the journal knows the words, not the rows.
SUBJECTS = {
    "user": _("person"),
    "organisation": _("organisation"),
    "application": _("application"),
    "circle": _("circle"),
    "invitation": _("invitation"),
    "edition": _("edition of a document"),
    "practice": _("practice"),
    "term": _("vocabulary word"),
    "officialchannel": _("official channel"),
    "homepage": _("page"),
    "textpage": _("page"),
    "newsindexpage": _("page"),
    "newspage": _("page"),
    "sectionpage": _("page"),
}
