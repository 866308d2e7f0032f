"""The first run: while a real site has no secretariat, whoever knows the code from the terminal sets it up."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from smtplib import SMTPException

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from cop_site.vocabulary.models import Province, Term

from .letters import write_to_address
from .models import Role, SetUpCode, User

LIFE = timedelta(hours=24)
MOST_TRIES = 10
SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another
WRITES_FILES = "cop_site.core.mail.EmlBackend"


def is_open() -> bool:
    """Whether this is a real site that nobody looks after yet. The system's own account does not count."""
    return not settings.IS_DEMO and not User.objects.filter(role=Role.SECRETARIAT, is_active=True).exists()


@transaction.atomic
def make_code() -> str:
    """A new one-time code; the one before ends."""
    code = "-".join(get_random_string(4, SIGNS) for _part in range(3))
    SetUpCode.objects.all().delete()
    SetUpCode.objects.create(hash=make_password(_typed(code)))
    return code


@transaction.atomic
def is_right(code: str) -> bool:
    """Whether this is the code. A wrong one counts; after ten, or a day, only a new code helps."""
    held = SetUpCode.objects.select_for_update().order_by("-pk").first()
    if held is None or held.tries >= MOST_TRIES or held.made_at < timezone.now() - LIFE:
        return False
    if check_password(_typed(code), held.hash):
        return True
    SetUpCode.objects.filter(pk=held.pk).update(tries=F("tries") + 1)
    return False


def has_code() -> bool:
    """Whether there is a code that can still be used."""
    return SetUpCode.objects.filter(tries__lt=MOST_TRIES, made_at__gte=timezone.now() - LIFE).exists()


def _typed(code: str) -> str:
    """The code without what fingers add."""
    return "".join(sign for sign in code.lower() if sign.isalnum())


# --- what has to be there


@dataclass(frozen=True)
class Check:
    """One thing that the site needs, in words."""

    name: str
    is_good: bool
    words: str


def checks() -> list[Check]:
    """Languages, words and mail, as this start found them."""
    return [_languages(), _words(), _mail()]


def _languages() -> Check:
    is_good = Path(settings.LOCALE_PATHS[0], "id", "LC_MESSAGES", "django.mo").exists()
    words = _("Indonesian and English are ready.") if is_good else _("Indonesian is missing. Run: manage.py compile_languages")
    return Check(_("Languages"), is_good, words)


def _words() -> Check:
    terms, provinces = Term.objects.count(), Province.objects.count()
    if not terms or not provinces:
        return Check(_("Vocabularies"), False, _("The vocabularies are missing. Run: manage.py load_vocabulary"))
    words = _("%(terms)d words and %(provinces)d provinces are loaded.") % {"terms": terms, "provinces": provinces}
    return Check(_("Vocabularies"), True, words)


def _mail() -> Check:
    if settings.EMAIL_BACKEND == WRITES_FILES:
        words = _("There is no mail server yet (EMAIL_URL). Every mail becomes a file in COP_VAR/mail, and reaches nobody.")
        return Check(_("Mail"), False, words)
    return Check(_("Mail"), True, _("A mail server is set. Send a test mail to see whether it takes mails."))


def try_mail(to: str, language: str) -> Check:
    """Send a test mail; says in words what became of it."""
    try:
        write_to_address(to, "accounts/email/test_mail", language=language)
    except (OSError, SMTPException) as error:
        words = _("The mail server did not take the mail (%(error)s). Check EMAIL_URL and MAIL_FROM.") % {"error": type(error).__name__}
        return Check(_("Mail"), False, words)
    if settings.EMAIL_BACKEND == WRITES_FILES:
        return Check(_("Mail"), False, _("There is no mail server. The test mail lies in %(folder)s.") % {"folder": settings.MAIL_FOLDER})
    return Check(_("Mail"), True, _("The mail server took the test mail. Look whether it arrived, also among unwanted mail."))
