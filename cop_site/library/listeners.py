"""What follows from deeds about practices: the index, and neutral mails to those concerned."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from wagtail.models import Revision

from cop_site.accounts.letters import write_to
from cop_site.accounts.models import Level, Role, Task, User
from cop_site.activity.listening import AGAIN, listens_to
from cop_site.activity.models import Activity
from cop_site.activity.verbs import Verb
from cop_site.search import indexing

from . import holding_policy, policy
from .actions.attaching import let_go_of_all, let_go_of_unlisted
from .actions.running import go_on
from .holding_policy import TAKEN
from .models import AdaptationReport, ImportRun, Practice, ReadingList
from .policy import DOCUMENT_KIND, KIND
from .selectors import desk

# --- the index

KINDS = (KIND, DOCUMENT_KIND)  # a row is in the index as one of them; which one may change


@listens_to(Verb.PUBLISHED_PRACTICE, Verb.APPROVED_PUBLIC, Verb.NARROWED_PRACTICE, Verb.WITHDREW_PRACTICE, Verb.IMPORTED_PRACTICE)
@listens_to(Verb.SET_EVIDENCE, Verb.LOWERED_EVIDENCE, Verb.HELD_PRACTICE, Verb.OVERRODE_FINDING, Verb.GAVE_BACK)
def index_practice(activity: Activity) -> None:
    """Search knows a practice as the database has it now."""
    if activity.subject_type != ContentType.objects.get_for_model(Practice):
        return
    for kind in KINDS:
        indexing.refresh(kind, [activity.subject_id])


@listens_to(Verb.WITHDREW_PRACTICE)
def leave_nothing_in_the_index(activity: Activity) -> None:
    """Deleted words lie in the index's own files until it is tidied."""
    indexing.forget_deleted()


@listens_to(Verb.NARROWED_PRACTICE, Verb.WITHDREW_PRACTICE, Verb.HELD_PRACTICE, within_the_deed=True)
def take_off_the_index(activity: Activity) -> None:
    """What fewer people may see is counted for nobody a moment longer; the listener above puts back what remains."""
    for kind in KINDS:
        indexing.remove(kind, activity.subject_id)


# --- organisations that were one


@listens_to(Verb.MERGED_ORGANISATIONS, within_the_deed=True)
def follow_the_merger(activity: Activity) -> None:
    """What authors wrote for the merged organisation is for the kept one, in every revision; old audiences find nothing a moment longer."""
    merged, kept = activity.facts["merged"], activity.subject_id
    rows = Practice.objects.unscoped("revisions of texts of a merged organisation").filter(organisation=kept)
    written = Revision.objects.filter(content_type=ContentType.objects.get_for_model(Practice), content__organisation=merged)
    for revision in written.iterator(chunk_size=100):
        Revision.objects.filter(pk=revision.pk).update(content=revision.content | {"organisation": kept})
    for pk in rows.filter(visibility=Level.ORGANISATION).values_list("pk", flat=True):
        for kind in KINDS:
            indexing.remove(kind, pk)


@listens_to(Verb.MERGED_ORGANISATIONS)
def index_texts_of_the_kept_organisation(activity: Activity) -> None:
    """Its name stands beside its texts, and its people may find what is theirs alone."""
    rows = Practice.objects.unscoped("the index keeps each row's audiences").filter(organisation=activity.subject_id)
    for kind in KINDS:
        indexing.refresh(kind, rows.values_list("pk", flat=True))


# --- files of records


@listens_to(Verb.OFFERED_IMPORT, Verb.RAN_IMPORT)
def work_on_import(activity: Activity) -> str | None:
    """A file of records is looked through, or brought in, a moment at a time."""
    run: ImportRun | None = activity.subject
    return AGAIN if run and go_on(run) else None


# --- files


@listens_to(Verb.PUBLISHED_PRACTICE, Verb.IMPORTED_PRACTICE, within_the_deed=True)
def let_go_of_replaced_files(activity: Activity) -> None:
    """Files that the published text no longer lists are gone with those words."""
    let_go_of_unlisted(activity.subject)


@listens_to(Verb.DISCARDED_PRACTICE, within_the_deed=True)
def let_go_of_files(activity: Activity) -> None:
    """What is thrown away takes its files along."""
    let_go_of_all(activity.subject)


# --- mails: they name no text, and rights are asked again when they go out


@listens_to(Verb.PUBLISHED_PRACTICE, Verb.ASKED_FOR_CHANGES, Verb.APPROVED_PUBLIC, Verb.REFUSED_PUBLIC, Verb.ASKED_FOR_PUBLIC_CHANGES)
@listens_to(Verb.SET_EVIDENCE, Verb.LOWERED_EVIDENCE)
def tell_the_author(activity: Activity) -> None:
    """Whoever wrote a text hears that there is a decision about it, and reads on after signing in."""
    practice: Practice | None = activity.subject
    author = practice.author if practice else None
    if author and author != activity.actor and Practice.objects.visible_to(author).filter(pk=activity.subject_id).exists():
        write_to(author, "library/email/decided", path="/library/mine/")


@listens_to(Verb.NARROWED_PRACTICE, Verb.WITHDREW_PRACTICE, Verb.HELD_PRACTICE, Verb.OVERRODE_FINDING)
def tell_the_author_of_less(activity: Activity) -> None:
    """Whoever wrote a text hears that somebody else let fewer people see it: the secretariat, or the author of its original."""
    practice: Practice | None = activity.subject
    if practice and practice.author and practice.author != activity.actor and not _was_judged(activity):
        write_to(practice.author, "library/email/text_changed", path="/library/mine/")


@listens_to(Verb.PUBLISHED_PRACTICE, Verb.IMPORTED_PRACTICE)
def tell_the_translators(activity: Activity) -> None:
    """Translators hear that the original has changed in substance, as long as they may read it."""
    if not activity.facts.get("significant"):
        return
    for translation in Practice.objects.unscoped("whoever translated it is told").filter(translation_of=activity.subject_id):
        author = translation.author
        if author and translation.live and Practice.objects.visible_to(author).filter(pk=activity.subject_id).exists():
            write_to(author, "library/email/text_changed", path="/library/mine/")


@listens_to(Verb.SUBMITTED_PRACTICE)
def tell_the_reviewers(activity: Activity) -> None:
    """Reviewers hear of what was handed in, as long as it waits for them."""
    practice: Practice | None = activity.subject
    for person in _with_task(Task.Kind.REVIEWER, Task.Kind.SAFETY_REVIEWER):
        if practice and desk.reads_at_the_desk(person, practice):
            write_to(person, "library/email/review_waits", path="/library/review/")


@listens_to(Verb.ASKED_FOR_PUBLIC, Verb.PUBLISHED_PRACTICE)
def tell_the_safety_reviewers(activity: Activity) -> None:
    """Safety reviewers who may decide hear of what asks to go public, be it on its own or together with its publication."""
    practice: Practice | None = activity.subject
    for person in _with_task(Task.Kind.SAFETY_REVIEWER):
        if practice and desk.decides_public(person, practice):
            write_to(person, "library/email/review_waits", path="/library/review/?tab=safety")


@listens_to(Verb.REPORTED_ADAPTATION)
def tell_the_reviewers_of_a_report(activity: Activity) -> None:
    """Reviewers who may weigh it hear of a report, as long as it waits for them."""
    report: AdaptationReport | None = activity.subject
    for person in _with_task(Task.Kind.REVIEWER):
        if report and desk.decides_report(person, report):
            write_to(person, "library/email/review_waits", path="/library/review/?tab=reports")


@listens_to(Verb.ACCEPTED_ADAPTATION, Verb.REFUSED_ADAPTATION, Verb.WITHDREW_ADAPTATION, Verb.HELD_ADAPTATION)
def tell_the_author_of_a_report(activity: Activity) -> None:
    """Whoever said that they tried something hears what became of it."""
    report: AdaptationReport | None = None if _was_judged(activity) else activity.subject
    author = report.author if report else None
    if author and author != activity.actor and AdaptationReport.objects.visible_to(author).filter(pk=activity.subject_id).exists():
        write_to(author, "library/email/decided", path="/library/mine/")


# --- the guard


@listens_to(Verb.HELD_PRACTICE)
def tell_the_moderators(activity: Activity) -> None:
    """Moderators hear that something waits for them to look at."""
    if _was_judged(activity):
        return
    for person in User.objects.filter(role__in=[Role.MODERATOR, Role.SECRETARIAT], is_active=True).order_by("pk"):
        if Practice.objects.filter(holding_policy.practices_held_for(person), pk=activity.subject_id).exists():
            write_to(person, "library/email/review_waits", path="/library/held/")


@listens_to(Verb.HELD_LIST)
def tell_the_author_of_a_list(activity: Activity) -> None:
    """Whoever made a list hears that nobody else reads it until she has changed it."""
    reading_list: ReadingList | None = None if _was_judged(activity) else activity.subject
    if reading_list and reading_list.author and ReadingList.objects.visible_to(reading_list.author).filter(pk=reading_list.pk).exists():
        write_to(reading_list.author, "library/email/text_changed", path="/library/lists/")


@listens_to(Verb.UNLISTED_CONTACT)
def read_everything_again(activity: Activity) -> None:
    """What was let pass because of a contact on the list is read again without it."""
    _not_taken(Practice.objects.unscoped("what readers find is screened again").filter(live=True)).update(screened_version="")
    _not_taken(AdaptationReport.objects.unscoped("what readers find is screened again")).update(screened_version="")
    _not_taken(ReadingList.objects.unscoped("what readers find is screened again")).update(screened_version="")


def _not_taken(rows: QuerySet) -> QuerySet:
    return rows.exclude(screened_version=TAKEN)


def _was_judged(activity: Activity) -> bool:
    """Whether it was done for a case of the moderators: then its author is told of the decision, by whom that is for."""
    return "case" in activity.facts


# --- claims


@listens_to(Verb.SUSPENDED, Verb.ENDED_TASK, Verb.CHANGED_ROLE)
def let_go_of_claims(activity: Activity) -> None:
    """Whoever may no longer review holds nothing back from others."""
    person: User = activity.subject
    held = Practice.objects.unscoped("claims of somebody who may have lost the desk").filter(claimed_by=person)
    still_hers = policy.practices_on_the_desk_of(person) | policy.practices_on_the_safety_desk_of(person)
    held.exclude(still_hers).update(claimed_by=None, claimed_at=None)


def _with_task(*kinds: str) -> QuerySet[User]:
    """Candidates only: whether a task is in force, the desk asks."""
    return User.objects.filter(pk__in=Task.objects.filter(kind__in=kinds, ended_at=None).values("person")).order_by("pk")
