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
    MUTED = "muted", _("muted a person for a while")
    UNMUTED = "unmuted", _("let a muted person write again")
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
    CLAIMED_REVIEW = "claimed-review", _("took a text from the review desk")
    RELEASED_REVIEW = "released-review", _("put a text back on the review desk")
    PUBLISHED_PRACTICE = "published-practice", _("published a practice")
    ASKED_FOR_PUBLIC = "asked-for-public", _("asked to make a practice public")
    APPROVED_PUBLIC = "approved-public", _("made a practice public")
    ASKED_FOR_PUBLIC_CHANGES = "asked-for-public-changes", _("asked for changes before a practice goes public")
    REFUSED_PUBLIC = "refused-public", _("refused to make a practice public")
    HELD_PRACTICE = "held-practice", _("took a practice from readers until somebody has looked")
    OVERRODE_FINDING = "overrode-finding", _("let pass what the personal-data guard had found in a practice")
    NARROWED_PRACTICE = "narrowed-practice", _("narrowed who sees a practice")
    WITHDREW_PRACTICE = "withdrew-practice", _("withdrew a practice")
    STARTED_TRANSLATION = "started-translation", _("started a translation")
    CONFIRMED_TRANSLATION = "confirmed-translation", _("confirmed that a translation is current")
    CONFIRMED_STILL_RIGHT = "confirmed-still-right", _("confirmed that a practice is still right")
    MADE_LIST = "made-list", _("made a reading list")
    CHANGED_LIST = "changed-list", _("changed a reading list")
    DELETED_LIST = "deleted-list", _("deleted a reading list")
    ASKED_FOR_PUBLIC_LIST = "asked-for-public-list", _("asked to make a reading list public")
    MADE_LIST_PUBLIC = "made-list-public", _("made a reading list public")
    HELD_LIST = "held-list", _("took a reading list from readers until its author has changed it")
    KEPT_LIST_INSIDE = "kept-list-inside", _("kept a reading list inside the network")
    DISCARDED_PRACTICE = "discarded-practice", _("discarded a draft")
    ATTACHED_FILE = "attached-file", _("attached a file to a practice")
    DETACHED_FILE = "detached-file", _("removed a file from a practice")
    REPORTED_ADAPTATION = "reported-adaptation", _("reported having tried a practice")
    ACCEPTED_ADAPTATION = "accepted-adaptation", _("accepted a report of having tried a practice")
    REFUSED_ADAPTATION = "refused-adaptation", _("did not accept a report of having tried a practice")
    WITHDREW_ADAPTATION = "withdrew-adaptation", _("withdrew a report of having tried a practice")
    HELD_ADAPTATION = "held-adaptation", _("took a report of having tried a practice from readers until its author has acted")
    SET_EVIDENCE = "set-evidence", _("set the evidence level of a practice")
    LOWERED_EVIDENCE = "lowered-evidence", _("lowered the evidence level of a practice that lost its support")
    IMPORTED_PRACTICE = "imported-practice", _("imported a practice")
    OFFERED_IMPORT = "offered-import", _("uploaded a file of records")
    RAN_IMPORT = "ran-import", _("had a file of records brought in")
    EXPORTED_TEXTS = "exported-texts", _("downloaded texts of the library whole")
    # the directory
    LISTED_ORGANISATION = "listed-organisation", _("put an organisation into the directory")
    UNLISTED_ORGANISATION = "unlisted-organisation", _("took an organisation from the directory")
    CHANGED_LISTING = "changed-listing", _("changed an entry of the directory")
    CONFIRMED_LISTING = "confirmed-listing", _("confirmed that an entry of the directory is right")
    SET_CHANNELS = "set-channels", _("changed how an organisation is reached")
    SET_LOGO = "set-logo", _("changed the logo of an organisation")
    SUGGESTED_ORGANISATION = "suggested-organisation", _("suggested an organisation for the directory")
    VERIFIED_LISTING = "verified-listing", _("noted how far an entry of the directory was checked")
    SET_LEVEL = "set-level", _("changed who sees an entry of the directory")
    ASKED_LISTING_PUBLIC = "asked-listing-public", _("asked to make an entry of the directory public")
    MADE_LISTING_PUBLIC = "made-listing-public", _("made an entry of the directory public")
    KEPT_LISTING_INSIDE = "kept-listing-inside", _("kept an entry of the directory inside the network")
    CLAIMED_LISTING = "claimed-listing", _("asked to look after an entry of the directory")
    GRANTED_CLAIM = "granted-claim", _("let a person look after an entry of the directory")
    DECLINED_CLAIM = "declined-claim", _("declined a wish to look after an entry of the directory")
    NAMED_STEWARD = "named-steward", _("named a steward of an entry of the directory")
    ENDED_STEWARDSHIP = "ended-stewardship", _("ended a stewardship of an entry of the directory")
    MERGED_ORGANISATIONS = "merged-organisations", _("merged two organisations that were one")
    FLAGGED_UNWANTED = "flagged-unwanted", _("noted that an organisation does not want to be listed")
    LIFTED_UNWANTED = "lifted-unwanted", _("noted that an organisation may be listed again")
    ASKED_ORGANISATION = "asked-organisation", _("asked an organisation something")
    ANSWERED_INQUIRY = "answered-inquiry", _("answered a question to an organisation")
    EXPORTED_DIRECTORY = "exported-directory", _("downloaded the directory whole")
    # regions
    STATED_COVERAGE = "stated-coverage", _("stated what a region has in place")
    RECORDED_SURVEY = "recorded-survey", _("wrote down where was looked and for what")
    # forums
    OPENED_FORUM = "opened-forum", _("opened a forum")
    CHANGED_FORUM = "changed-forum", _("changed a forum")
    ARCHIVED_FORUM = "archived-forum", _("archived a forum")
    REOPENED_FORUM = "reopened-forum", _("opened an archived forum again")
    STARTED_TOPIC = "started-topic", _("began a topic")
    REPLIED = "replied", _("answered in a topic")
    EDITED_POST = "edited-post", _("edited a post")
    DELETED_POST = "deleted-post", _("deleted a post")
    RESTORED_POST = "restored-post", _("restored a post")
    RELEASED_POST = "released-post", _("let a post through that waited")
    REFUSED_POST = "refused-post", _("refused a post that waited")
    HELD_POST = "held-post", _("took a post from readers until somebody has looked")
    DELETED_TOPIC = "deleted-topic", _("deleted a topic")
    RESTORED_TOPIC = "restored-topic", _("restored a topic")
    PINNED_TOPIC = "pinned-topic", _("pinned a topic")
    UNPINNED_TOPIC = "unpinned-topic", _("unpinned a topic")
    LOCKED_TOPIC = "locked-topic", _("locked a topic")
    UNLOCKED_TOPIC = "unlocked-topic", _("unlocked a topic")
    RETITLED_TOPIC = "retitled-topic", _("gave a topic another title")
    MOVED_TOPIC = "moved-topic", _("moved a topic to another forum")
    SPLIT_TOPIC = "split-topic", _("split a topic")
    MERGED_TOPICS = "merged-topics", _("merged two topics")
    CHOSE_ANSWER = "chose-answer", _("marked an answer that helped")
    UNCHOSE_ANSWER = "unchose-answer", _("took the mark from an answer")
    DRAFTED_FROM_TOPIC = "drafted-from-topic", _("began a practice from a topic")
    DRAFTED_FROM_CARD = "drafted-from-card", _("began a practice from a card")
    WROTE_OUTCOME = "wrote-outcome", _("wrote down what came of a topic")
    ASKED_TO_UNSEAL = "asked-to-unseal", _("asked to open a sealed name")
    UNSEALED = "unsealed", _("agreed to open a sealed name")
    REFUSED_TO_UNSEAL = "refused-to-unseal", _("refused to open a sealed name")
    # moderation
    REPORTED = "reported", _("reported what somebody wrote")
    CLAIMED_CASE = "claimed-case", _("took a case from the moderators’ queue")
    PUT_BACK_CASE = "put-back-case", _("put a case back into the moderators’ queue")
    DECIDED_CASE = "decided-case", _("decided a case of the moderators")
    UNDID_DECISION = "undid-decision", _("took a decision of the moderators back")
    WARNED = "warned", _("warned a person")
    APPEALED = "appealed", _("objected to a decision of the moderators")
    DECIDED_APPEAL = "decided-appeal", _("decided about an objection")
    GAVE_BACK = "gave-back", _("gave readers back what a moderator had taken")
    CHANGED_PHRASE = "changed-phrase", _("changed a sentence that moderators have at hand")
    SET_DUTY = "set-duty", _("said whose turn it is at the moderators’ queue")
    ENDED_DUTY = "ended-duty", _("ended a turn at the moderators’ queue")
    # events
    OPENED_EVENT = "opened-event", _("opened an event")
    DRAFTED_EVENT = "drafted-event", _("drafted an event")
    CHANGED_EVENT = "changed-event", _("changed an event")
    ANNOUNCED_EVENT = "announced-event", _("announced an event")
    CANCELLED_EVENT = "cancelled-event", _("cancelled an event")
    DISCARDED_EVENT = "discarded-event", _("threw away a draft of an event")
    INVITED_TO_EVENT = "invited-to-event", _("invited somebody to an event")
    TOOK_BACK_INVITATION = "took-back-invitation", _("took an invitation to an event back")
    REGISTERED = "registered", _("registered for an event")
    CAME_NO_MORE = "came-no-more", _("took back a registration")
    TOOK_OFF_LIST = "took-off-list", _("took somebody off the list of an event")
    NAMED_OFFICES = "named-offices", _("named who leads groups and takes notes at an event")
    MOVED_UP = "moved-up", _("gave the next who waited a seat")
    REMINDED_OF_EVENT = "reminded-of-event", _("reminded of an event")
    MARKED_ATTENDANCE = "marked-attendance", _("noted who was at an event")
    TOOK_ATTENDANCE = "took-attendance", _("took the list of an event")
    GAVE_CERTIFICATES = "gave-certificates", _("gave certificates of attendance")
    CHANGED_GROUPS = "changed-groups", _("changed groups by hand")
    CHANGED_APART = "changed-apart", _("changed who must not meet at an event")
    SEATED_LATE = "seated-late", _("gave somebody who came late a group")
    TOOK_GROUPS = "took-groups", _("took the list of groups")
    HID_IN_ROOM = "hid-in-room", _("hid what somebody said in a room")
    SILENCED_IN_ROOM = "silenced-in-room", _("silenced somebody in a room")
    ENDED_LIVE_PART = "ended-live-part", _("ended the live part of a room")
    CLOSED_ROOM = "closed-room", _("closed a room")
    EXPORTED_ROOM = "exported-room", _("took the record of a room")
    # searches
    SAVED_SEARCH = "saved-search", _("saved a search")
    RENAMED_SEARCH = "renamed-search", _("renamed a saved search")
    DELETED_SEARCH = "deleted-search", _("deleted a saved search")
    # editors' pages and words
    PUBLISHED_PAGE = "published-page", _("published a page")
    UNPUBLISHED_PAGE = "unpublished-page", _("unpublished a page")
    CHANGED_TERM = "changed-term", _("changed a word of a vocabulary")
    CHANGED_CHANNEL = "changed-channel", _("changed an official channel")
    LISTED_CONTACT = "listed-contact", _("listed a contact that may stand in texts")
    UNLISTED_CONTACT = "unlisted-contact", _("took a contact off the list of those that may stand in texts")
    ADDED_WORD = "added-word", _("put words on the list of those that are watched")
    CHANGED_WORD = "changed-word", _("changed watched words, or what happens with them")
    IMPORTED_WORDS = "imported-words", _("brought in a list of watched words")


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
    "adaptationreport": _("report of having tried a practice"),
    "readinglist": _("reading list"),
    "listing": _("entry of the directory"),
    "stewardship": _("stewardship"),
    "claim": _("wish to look after an entry"),
    "inquiry": _("question to an organisation"),
    "coverage": _("statement about a region"),
    "survey": _("survey of who works where"),
    "forum": _("forum"),
    "topic": _("topic"),
    "post": _("post"),
    "event": _("event"),
    "unsealing": _("wish to open a sealed name"),
    "savedsearch": _("saved search"),
    "report": _("report to the moderators"),
    "case": _("case of the moderators"),
    "decision": _("decision of the moderators"),
    "appeal": _("objection to a decision"),
    "phrase": _("sentence that moderators have at hand"),
    "duty": _("turn at the moderators’ queue"),
    "importrun": _("import"),
    "term": _("vocabulary word"),
    "officialchannel": _("official channel"),
    "allowance": _("contact that may stand in texts"),
    "watchedword": _("watched words"),
    "wordscan": _("list of watched words"),
    "homepage": _("page"),
    "textpage": _("page"),
    "newsindexpage": _("page"),
    "newspage": _("page"),
    "sectionpage": _("page"),
}
