"""What follows from deeds of other apps: a case goes along with its row, in the same deed, so that nobody decides about what is not so any more."""

from typing import Any

from django.db.models import Q

from cop_site.accounts.letters import write_to, write_to_address
from cop_site.activity.listening import AGAIN, listens_to
from cop_site.activity.models import Activity
from cop_site.activity.verbs import Verb
from cop_site.directory.models import Inquiry, Listing
from cop_site.forums.models import Post, Topic
from cop_site.library.models import AdaptationReport, Practice, ReadingList
from cop_site.screening import scanning

from . import actions, objecting, policy
from .choices import SEVERITY_OF, Reason, Severity
from .models import Case, Decision, Report
from .selectors import reminding

# What changes a row, what takes it from readers and what gives it back; rows are looked at as they are then.
_OF_POSTS = (Verb.EDITED_POST, Verb.HELD_POST, Verb.RELEASED_POST, Verb.REFUSED_POST, Verb.DELETED_POST, Verb.RESTORED_POST)
_OF_TOPICS = (*(Verb.DELETED_TOPIC, Verb.RESTORED_TOPIC, Verb.RETITLED_TOPIC), *(Verb.MOVED_TOPIC, Verb.SPLIT_TOPIC, Verb.MERGED_TOPICS))
_OF_TEXTS = (
    *(Verb.PUBLISHED_PRACTICE, Verb.IMPORTED_PRACTICE, Verb.WITHDREW_PRACTICE, Verb.HELD_PRACTICE, Verb.OVERRODE_FINDING),
    *(Verb.CHANGED_LIST, Verb.HELD_LIST, Verb.HELD_ADAPTATION, Verb.REFUSED_ADAPTATION, Verb.WITHDREW_ADAPTATION),
)
_OF_ENTRIES = (Verb.CHANGED_LISTING, Verb.LISTED_ORGANISATION, Verb.UNLISTED_ORGANISATION, Verb.ANSWERED_INQUIRY)
_JUDGED = {Practice, ReadingList, AdaptationReport, Listing, Inquiry}


@listens_to(Verb.STARTED_TOPIC, Verb.REPLIED, within_the_deed=True)
def bring_what_waits(activity: Activity) -> None:
    """A post that waits comes before moderators."""
    if activity.facts.get("held"):
        first = {"topic": activity.subject_id} if activity.verb == Verb.STARTED_TOPIC else {"pk": activity.subject_id}
        for post in Post.objects.unscoped("what waits comes before moderators").filter(**first):
            actions.follow(post)


@listens_to(*_OF_POSTS, within_the_deed=True)
def follow_a_post(activity: Activity) -> None:
    """Its own case, and that of the topic which begins with it."""
    post = Post.objects.unscoped("its case goes along").select_related("topic").get(pk=activity.subject_id)
    for row in (post, post.topic) if post.begins else (post,):
        actions.reopen(row)
        actions.follow(row)


@listens_to(*_OF_TOPICS, within_the_deed=True)
def follow_a_topic(activity: Activity) -> None:
    """Its own case, and those of posts that come, go and move with it."""
    facts = activity.facts
    topics = [pk for pk in (activity.subject_id, facts.get("made"), facts.get("merged")) if pk]
    for topic in Topic.objects.unscoped("its case goes along").filter(pk__in=topics).order_by("pk"):
        actions.follow(topic)
    posts = Post.objects.unscoped("their cases go along").filter(topic__in=topics)
    judged = Case.objects.open().filter(kind="post", subject_id__in=posts.values("pk")).values("subject_id")
    for post in posts.filter(Q(pk__in=judged) | Q(held_at__isnull=False, hidden_at=None)).order_by("pk"):
        actions.follow(post)


@listens_to(*_OF_TEXTS, *_OF_ENTRIES, Verb.GAVE_BACK, within_the_deed=True)
def follow_a_text(activity: Activity) -> None:
    """The same for what stands in the library and in the directory."""
    if activity.subject_type.model_class() in _JUDGED and activity.subject is not None:
        actions.reopen(activity.subject)
        actions.follow(activity.subject)


@listens_to(Verb.DELETED_LIST, within_the_deed=True)
def let_go_of_a_list(activity: Activity) -> None:
    """What is deleted is judged no more."""
    actions.let_go(activity.subject)


# --- mails


@listens_to(Verb.REPORTED)
def call_whoever_is_on_duty(activity: Activity) -> None:
    """Somebody may be in danger: nobody waits for the clock then. The mail names nothing of it."""
    report: Report | None = activity.subject
    if report is None or SEVERITY_OF[Reason(report.reason)] != Severity.GRAVE or report.case.closed_at:
        return
    graver = [reason for reason, severity in SEVERITY_OF.items() if severity == Severity.GRAVE]
    if not report.case.reports.filter(reason__in=graver, pk__lt=report.pk).exists():
        for person in reminding.on_duty(report.case, at=activity.at):
            write_to(person, "moderation/email/case_waits", path="/moderation/")


@listens_to(Verb.DECIDED_CASE)
def tell_the_suspended(activity: Activity) -> None:
    """Whoever cannot sign in any more reads why, and objects, by a link of her own."""
    decision: Decision | None = activity.subject
    person = decision.case.author if decision and decision.undone_at is None else None
    if decision and person and policy.is_suspended_by(person, decision):
        write_to_address(person.email, "moderation/email/suspended", language=person.language, path=objecting.path_of(decision))


# --- watched words

_MAY_HOLD_WATCHED_WORDS = (
    *(Verb.STARTED_TOPIC, Verb.REPLIED, Verb.EDITED_POST, Verb.RETITLED_TOPIC, Verb.WROTE_OUTCOME),
    *(Verb.PUBLISHED_PRACTICE, Verb.IMPORTED_PRACTICE, Verb.MADE_LIST, Verb.CHANGED_LIST, Verb.REPORTED_ADAPTATION),
    *(Verb.LISTED_ORGANISATION, Verb.CHANGED_LISTING, Verb.ASKED_ORGANISATION, Verb.ANSWERED_INQUIRY),
)


@listens_to(*_MAY_HOLD_WATCHED_WORDS)
def bring_what_holds_watched_words(activity: Activity) -> None:
    """Readers see it, and a moderator looks; not a second time because of the same words."""
    if activity.facts.get("flagged") and (row := _said_in(activity)) and not _was_judged(activity, row):
        actions.flag(row)


@listens_to(Verb.ADDED_WORD, Verb.CHANGED_WORD, Verb.IMPORTED_WORDS)
def look_through_what_stands(activity: Activity) -> str | None:
    """What stood before words were watched for is looked at as well, a part at a time; nothing is taken away."""
    scan = activity.facts.get("scan")
    return AGAIN if scan and scanning.go_on(scan, actions.flag) else None


def _said_in(activity: Activity) -> Any:
    if activity.verb == Verb.STARTED_TOPIC:
        return Post.objects.unscoped("a moderator looks at it").filter(topic=activity.subject_id).order_by("pk").first()
    return activity.subject


def _was_judged(activity: Activity, row: Any) -> bool:
    earlier = Activity.objects.filter(subject_type=activity.subject_type, subject_id=activity.subject_id, pk__lt=activity.pk)
    looked_at = {word for facts in earlier.filter(facts__has_key="flagged").values_list("facts", flat=True) for word in facts["flagged"]}
    return set(activity.facts["flagged"]) <= looked_at and Case.objects.of(row).filter(closed_at__isnull=False).exists()
