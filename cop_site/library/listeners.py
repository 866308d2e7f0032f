"""What follows from deeds about practices: the index, and neutral mails to those concerned."""

from django.db.models import QuerySet

from cop_site.accounts.letters import write_to
from cop_site.accounts.models import Task, User
from cop_site.activity.listening import listens_to
from cop_site.activity.models import Activity
from cop_site.activity.verbs import Verb
from cop_site.search import indexing

from .models import Practice
from .policy import KIND
from .selectors import desk

# --- the index


@listens_to(Verb.PUBLISHED_PRACTICE, Verb.APPROVED_PUBLIC, Verb.NARROWED_PRACTICE, Verb.WITHDREW_PRACTICE, Verb.IMPORTED_PRACTICE)
def index_practice(activity: Activity) -> None:
    """Search knows a practice as the database has it now."""
    indexing.refresh(KIND, [activity.subject_id])


@listens_to(Verb.NARROWED_PRACTICE, Verb.WITHDREW_PRACTICE, within_the_deed=True)
def take_off_the_index(activity: Activity) -> None:
    """What fewer people may see is counted for nobody a moment longer; the listener above puts back what remains."""
    indexing.remove(KIND, activity.subject_id)


# --- mails: they name no text, and rights are asked again when they go out


@listens_to(Verb.PUBLISHED_PRACTICE, Verb.ASKED_FOR_CHANGES, Verb.APPROVED_PUBLIC, Verb.REFUSED_PUBLIC)
def tell_the_author(activity: Activity) -> None:
    """Whoever wrote a text hears that there is a decision about it, and reads on after signing in."""
    practice: Practice | None = activity.subject
    author = practice.author if practice else None
    if author and author != activity.actor and Practice.objects.visible_to(author).filter(pk=activity.subject_id).exists():
        write_to(author, "library/email/decided", path="/library/mine/")


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


def _with_task(*kinds: str) -> QuerySet[User]:
    """Candidates only: whether a task is in force, the desk asks."""
    return User.objects.filter(pk__in=Task.objects.filter(kind__in=kinds, ended_at=None).values("person")).order_by("pk")
