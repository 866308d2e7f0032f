"""What makes a function a deed: one transaction, done once per key."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast
from uuid import UUID

from django.db import models, transaction

from .models import Deed

Result = TypeVar("Result", bound=models.Model | None)


def deed(function: Callable[..., Result]) -> Callable[..., Result]:
    """Make ``function`` a deed: ``by=`` names who acts, ``key=`` makes a second call return the first result.

    All of it happens or nothing. Two calls with one key at the same moment wait for each other: the unique row is
    written first.
    """

    @wraps(function)
    def do(*args: Any, by: Any, key: UUID | None = None, **chosen: Any) -> Result:
        with transaction.atomic():
            if key is None:
                return function(*args, by=by, **chosen)
            claim, is_new = Deed.objects.get_or_create(actor=by, key=key, defaults={"name": function.__qualname__})
            if not is_new:
                return cast(Result, claim.result)
            result = function(*args, by=by, **chosen)
            claim.remember(result)
            return result

    do.is_deed = True  # type: ignore[attr-defined]
    return do
