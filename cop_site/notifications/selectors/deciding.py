"""Whom a decision concerns: whoever wrote what it is about, unless she decided it herself."""

from collections.abc import Callable
from typing import Any, cast

from django.utils.translation import gettext_lazy as _

from cop_site.accounts.models import Organisation
from cop_site.activity.models import Activity
from cop_site.activity.verbs import Verb
from cop_site.directory.models import Claim, Inquiry, Listing, Stewardship
from cop_site.directory.selectors import stewards
from cop_site.forums.models import Post, Topic, Unsealing
from cop_site.library.models import AdaptationReport, Practice, ReadingList
from cop_site.moderation.choices import Outcome
from cop_site.moderation.models import Appeal, Case, Decision

from .telling import author_of, is_sealed, starter_of

# What the recipient reads. It says what happened, never the words it happened to.
OF_POSTS: dict[str, Any] = {
    Verb.RELEASED_POST: _("A post of yours was let through: others read it now"),
    Verb.REFUSED_POST: _("A post of yours was not let through"),
    Verb.DELETED_POST: _("A moderator took a post of yours away"),
    Verb.RESTORED_POST: _("A moderator gave a post of yours back to readers"),
    Verb.HELD_POST: _("A post of yours waits until a moderator has looked"),
}
OF_TOPICS: dict[str, Any] = {
    Verb.LOCKED_TOPIC: _("A topic that you began was locked"),
    Verb.UNLOCKED_TOPIC: _("A topic that you began is open again"),
    Verb.RETITLED_TOPIC: _("A topic that you began has another title"),
    Verb.MOVED_TOPIC: _("A topic that you began stands in another forum"),
    Verb.SPLIT_TOPIC: _("Posts of a topic that you wrote in have a topic of their own"),
    Verb.MERGED_TOPICS: _("A topic that you began was merged with another"),
    Verb.DELETED_TOPIC: _("A moderator took a topic away that you began"),
    Verb.RESTORED_TOPIC: _("A moderator gave a topic back that you began"),
}
OF_NAMES: dict[str, Any] = {
    Verb.UNSEALED: _("Two moderators opened a name under which you wrote"),
    Verb.REFUSED_TO_UNSEAL: _("A name under which you wrote stays closed: a moderator had asked to open it"),
}
OF_PRACTICES: dict[str, Any] = {
    Verb.PUBLISHED_PRACTICE: _("A text of yours was published"),
    Verb.ASKED_FOR_CHANGES: _("A reviewer asks you for changes to a text"),
    Verb.APPROVED_PUBLIC: _("A text of yours is public now"),
    Verb.ASKED_FOR_PUBLIC_CHANGES: _("A reviewer asks you for changes before a text goes public"),
    Verb.REFUSED_PUBLIC: _("A text of yours does not go public"),
    Verb.HELD_PRACTICE: _("A text of yours waits until somebody has looked"),
    Verb.OVERRODE_FINDING: _("A text of yours is with its readers again"),
    Verb.NARROWED_PRACTICE: _("Fewer people read a text of yours"),
    Verb.WITHDREW_PRACTICE: _("A text of yours was withdrawn"),
    Verb.SET_EVIDENCE: _("A text of yours has an evidence level"),
    Verb.LOWERED_EVIDENCE: _("The evidence level of a text of yours was lowered"),
}
OF_OTHER_ROWS: dict[str, Any] = {
    Verb.GRANTED_CLAIM: _("You look after an entry of the directory now"),
    Verb.DECLINED_CLAIM: _("Your wish to look after an entry of the directory was declined"),
    Verb.NAMED_STEWARD: _("You were asked to look after an entry of the directory"),
    Verb.ENDED_STEWARDSHIP: _("You look after an entry of the directory no more"),
    Verb.ANSWERED_INQUIRY: _("An organisation answered your question"),
    Verb.MADE_LISTING_PUBLIC: _("An entry that you look after is public now"),
    Verb.KEPT_LISTING_INSIDE: _("An entry that you look after stays inside the network"),
    Verb.UNLISTED_ORGANISATION: _("An entry that you look after left the directory"),
    Verb.SET_LEVEL: _("Other people than before see an entry that you look after"),
    Verb.MERGED_ORGANISATIONS: _("An organisation whose entry you look after was merged with another"),
    Verb.ACCEPTED_ADAPTATION: _("Your report of having tried a practice was accepted"),
    Verb.REFUSED_ADAPTATION: _("Your report of having tried a practice was not accepted"),
    Verb.HELD_ADAPTATION: _("Your report of having tried a practice waits until you have changed it"),
    Verb.MADE_LIST_PUBLIC: _("A reading list of yours is public now"),
    Verb.KEPT_LIST_INSIDE: _("A reading list of yours stays inside the network"),
    Verb.HELD_LIST: _("A reading list of yours waits until you have changed it"),
}
OF_CASES: dict[str, Any] = {
    Verb.DECIDED_CASE: _("A decision about what you wrote"),
    Verb.UNDID_DECISION: _("A decision about what you wrote was taken back: it is looked at again"),
    Verb.DECIDED_APPEAL: _("There is an answer to your objection"),
}
_OF_OUTCOMES: dict[str, Any] = {
    Outcome.RELEASE: _("What you wrote was let through: others read it now"),
    Outcome.REFUSE: _("What you wrote was not let through"),
    Outcome.TAKE_AWAY: _("A moderator took something of yours from readers"),
}
SENTENCES = OF_POSTS | OF_TOPICS | OF_NAMES | OF_PRACTICES | OF_OTHER_ROWS | OF_CASES


def sentence_of(activity: Activity | None) -> Any:
    """What happened, in the words of whoever it concerns."""
    if activity is None:
        return OF_CASES[Verb.DECIDED_CASE]
    outcome = activity.facts.get("outcome", "") if activity.verb == Verb.DECIDED_CASE else ""
    return _OF_OUTCOMES.get(outcome) or SENTENCES.get(activity.verb) or OF_CASES[Verb.DECIDED_CASE]


Concerned = list[tuple[set[int | None], dict[str, Any]]]


def concerned(activity: Activity) -> Concerned:
    """The people whom a decision concerns, each group with what their row is about; one person may stand in several."""
    is_part_of_a_case = "case" in activity.facts and activity.verb not in OF_CASES  # the decision is told, once
    for verbs, whom in _WHOM if not is_part_of_a_case else ():
        if activity.verb in verbs and activity.subject is not None:
            return [(people - {activity.actor_id}, about) for people, about in whom(activity)]
    return []


def _whose_post(activity: Activity) -> Concerned:
    post = _posts().get(pk=activity.subject_id)
    # What somebody does under another name stands in the journal as the system's doing.
    is_her_own = activity.verb in {Verb.DELETED_POST, Verb.RESTORED_POST} and bool(post.pseudonym_id) and is_sealed(activity)
    return [] if is_her_own else [({author_of(post)}, {"post": post})]


def _whose_topic(activity: Activity) -> Concerned:
    topic = cast(Topic, activity.subject)
    if activity.verb == Verb.SPLIT_TOPIC:
        moved = _posts().filter(pk__in=activity.facts["posts"])
        return [({starter_of(topic)}, {"topic": topic}), *(({author_of(post)}, {"post": post}) for post in moved)]
    if activity.verb == Verb.MERGED_TOPICS:
        merged = Topic.objects.unscoped("whoever began it is told").get(pk=activity.facts["merged"])
        return [({starter_of(merged)}, {"topic": merged})]
    return [({starter_of(topic)}, {"topic": topic})]


def _whose_name(activity: Activity) -> Concerned:
    unsealing = cast(Unsealing, activity.subject)
    return [({unsealing.pseudonym.person_id}, {"unsealing": unsealing})]


def _whose_practice(activity: Activity) -> Concerned:
    practice = cast(Practice, activity.subject)
    return [({practice.author_id}, {"practice": practice})]


def _whose_row(activity: Activity) -> Concerned:
    """Of an entry those who look after it; of all else whoever asked, said or made it."""
    row: Any = activity.subject
    if isinstance(row, Listing | Organisation):
        people: set[int | None] = {person.pk for person in stewards.of(row.organisation if isinstance(row, Listing) else row)}
        return [] if activity.actor_id in people else [(people, {})]  # what they do among themselves is no news
    owners = {Claim: "person_id", Stewardship: "person_id", Inquiry: "asker_id", AdaptationReport: "author_id", ReadingList: "author_id"}
    return [({getattr(row, owners[type(row)])}, {})]


def _whose_case(activity: Activity) -> Concerned:
    """Of a report that led to nothing, its author hears nothing."""
    subject = cast(Decision | Appeal, activity.subject)
    decision = subject.decision if isinstance(subject, Appeal) else subject
    if decision.outcome == Outcome.KEEP and not decision.sanction:
        return []
    return [(_people_behind(decision.case), {"decision": decision})]


def _people_behind(case: Case) -> set[Any]:
    """Whoever made what a case is about, under whichever name. For telling them alone."""
    if case.kind == "post":
        return {author_of(_posts().filter(pk=case.subject_id).first())}
    if case.kind == "topic":
        topic = Topic.objects.unscoped("whoever began it is told").filter(pk=case.subject_id).first()
        return {starter_of(topic)} if topic else set()
    if case.kind == "organisation":
        entry = Listing.objects.select_related("organisation").filter(pk=case.subject_id).first()
        return {person.pk for person in stewards.of(entry.organisation)} if entry else set()
    return {case.author_id}


def reporters(decision: Decision) -> set[Any]:
    """Those who reported what was decided about."""
    return set(decision.case.reports.values_list("by", flat=True)) - {decision.by_id}


def _posts() -> Any:
    return Post.objects.unscoped("whoever wrote it is told").select_related("pseudonym")


_WHOM: tuple[tuple[dict[str, Any], Callable[[Activity], Concerned]], ...] = (
    (OF_POSTS, _whose_post),
    (OF_TOPICS, _whose_topic),
    (OF_NAMES, _whose_name),
    (OF_PRACTICES, _whose_practice),
    (OF_OTHER_ROWS, _whose_row),
    (OF_CASES, _whose_case),
)
