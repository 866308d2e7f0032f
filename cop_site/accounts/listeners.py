"""What follows from deeds about people: neutral mails to those concerned."""

from cop_site.activity.listening import listens_to
from cop_site.activity.models import Activity
from cop_site.activity.verbs import Verb

from .entry import links
from .letters import write_to, write_to_address
from .models import Invitation, Role, User


@listens_to(Verb.APPLIED)
def tell_the_secretariat(activity: Activity) -> None:
    """Somebody waits at the door."""
    for person in User.objects.filter(role=Role.SECRETARIAT, is_active=True):
        write_to(person, "accounts/email/application_waits", path="/accounts/applications/")


@listens_to(Verb.ADMITTED)
def welcome(activity: Activity) -> None:
    """The applicant may come in."""
    write_to(activity.subject.person, "accounts/email/admitted")


@listens_to(Verb.DECLINED)
def tell_the_declined(activity: Activity) -> None:
    """The applicant finds the answer on their own page, not in a mail."""
    write_to(activity.subject.person, "accounts/email/application_decided", path="/accounts/application/")


@listens_to(Verb.CAME_ANEW)
def tell_of_a_new_browser(activity: Activity) -> None:
    """The mail says neither where nor with what: it may be read over a shoulder."""
    write_to(activity.subject, "accounts/email/new_browser", path="/accounts/sessions/")


@listens_to(Verb.OPENED_SEALED)
def tell_the_author(activity: Activity) -> None:
    """Whoever's row was opened by office hears of it."""
    author = getattr(activity.subject, "author", None)
    if author and author != activity.actor:
        write_to(author, "accounts/email/row_opened", path="/library/mine/")


@listens_to(Verb.INVITED_PERSON)
def bring_the_invitation(activity: Activity) -> None:
    """To whoever owns the address: a link to come in, or that they are in already."""
    invitation = Invitation.objects.waiting().filter(pk=activity.subject_id).first()
    if invitation is None:
        return
    known = User.objects.filter(email=invitation.email).exclude(application__state="unconfirmed").exists()
    template, path = ("already_here", "/accounts/login/") if known else ("invitation", links.path_of(invitation))
    write_to_address(invitation.email, f"accounts/email/{template}", language=invitation.language, path=path)
