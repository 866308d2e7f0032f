"""All that can happen here, on one page."""

from django.db import models


class Verb(models.TextChoices):
    # people
    APPLIED = "applied"
    ADMITTED = "admitted"
    DECLINED = "declined"
    SUSPENDED = "suspended"
    LIFTED_SUSPENSION = "lifted-suspension"
    GRANTED_TASK = "granted-task"
    ENDED_TASK = "ended-task"
    CHANGED_ROLE = "changed-role"
    JOINED_ORGANISATION = "joined-organisation"
    LEFT_ORGANISATION = "left-organisation"
    FOUNDED_ORGANISATION = "founded-organisation"
    MADE_CIRCLE = "made-circle"
    JOINED_CIRCLE = "joined-circle"
    LEFT_CIRCLE = "left-circle"
    OPENED_SEALED = "opened-sealed"
    # the library
    STARTED_PRACTICE = "started-practice"
    CHANGED_PRACTICE = "changed-practice"
    SUBMITTED_PRACTICE = "submitted-practice"
    RECALLED_PRACTICE = "recalled-practice"
    ASKED_FOR_CHANGES = "asked-for-changes"
    PUBLISHED_PRACTICE = "published-practice"
    ASKED_FOR_PUBLIC = "asked-for-public"
    APPROVED_PUBLIC = "approved-public"
    REFUSED_PUBLIC = "refused-public"
    NARROWED_PRACTICE = "narrowed-practice"
    WITHDREW_PRACTICE = "withdrew-practice"
    DISCARDED_PRACTICE = "discarded-practice"
    IMPORTED_PRACTICE = "imported-practice"
    # editors' pages and words
    PUBLISHED_PAGE = "published-page"
    UNPUBLISHED_PAGE = "unpublished-page"
    CHANGED_TERM = "changed-term"
    CHANGED_CHANNEL = "changed-channel"
