"""Mails to people: in their language, with a subject that tells nothing."""

from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from .models import User


def write_to(person: User, template: str, *, path: str = "/", **context: Any) -> None:
    """Send ``templates/<template>.txt`` to a person, in their language.

    The subject never says what it is about, and the body names no content: a phone may lie open on a table.
    ``path`` is where the person reads on, after signing in. Accounts that cannot sign in get nothing.
    """
    if not person.is_active or person.suspended_at:
        return
    write_to_address(person.email, template, language=person.language, path=path, person=person, **context)


def write_to_address(address: str, template: str, *, language: str, path: str = "/", **context: Any) -> None:
    """The same to somebody who has no account; for ``write_to`` and for mails that must not depend on one."""
    with translation.override(language):
        prefix = "/en" if language == "en" else ""
        words = {"site_name": settings.SITE_NAME, "is_demo": settings.IS_DEMO, "url": f"{settings.SITE_URL}{prefix}{path}", **context}
        subject = _("There is news for you on %(site)s") % {"site": settings.SITE_NAME}
        body = render_to_string(f"{template}.txt", words)
    send_mail(subject, body, None, [address])
