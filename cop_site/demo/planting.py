"""Putting invented rows in, each once, without telling anybody."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import models, transaction

from cop_site.accounts.models import Circle, Organisation, User
from cop_site.activity.models import Activity, Delivery

from .models import Planted

SECRETARIAT = "secretariat@demo.example"


def once(key: str, make: Callable[[], models.Model]) -> bool | None:
    """Make a piece and remember it. False where it was made before; None where it cannot be made any more.

    The latter happens in a demo that people have changed: an author was suspended, an organisation left.
    """
    if Planted.objects.filter(key=key).exists():
        return False
    try:
        with transaction.atomic(), telling_nobody():
            Planted.objects.create(key=key, row=make().pk)
    except (PermissionDenied, ObjectDoesNotExist, ValidationError):
        return None
    return True


def row_of(key: str) -> int:
    """The number of the row that was planted under ``key``."""
    return Planted.objects.values_list("row", flat=True).get(key=key)


@contextmanager
def telling_nobody() -> Iterator[None]:
    """What is done inside is written in the journal, but nobody hears of it: no mail, and search only when all is planted.

    Nobody waits for news of what never happened, and in a demo with a mail server of its own the mails would go out. The
    index is written once at the end instead of row by row, which would take as long as all the rest.
    """
    before = Activity.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    yield
    Delivery.objects.filter(activity__pk__gt=before, state=Delivery.State.WAITING).update(state=Delivery.State.DONE)


# --- finding again what was planted


def secretariat() -> User:
    return someone(SECRETARIAT)


def someone(email: str) -> User:
    """A demo person, by the address in the files."""
    return User.objects.get(pk=row_of(f"account:{email}"))


def organisation_of(slug: str) -> Organisation:
    """A demo organisation, by its name in the files."""
    return Organisation.objects.get(pk=row_of(f"organisation:{slug}"))


def circle_of(key: str) -> Circle:
    """A demo circle, by its key in the files."""
    return Circle.objects.get(pk=row_of(f"circle:{key}"))
