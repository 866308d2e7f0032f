"""What is done once an answer has gone out: nobody waits for it, and it waits for nobody."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.http.response import HttpResponseBase

PATIENCE = 50  # milliseconds


def afterwards(response: HttpResponseBase, do: Callable[[], None]) -> HttpResponseBase:
    """Have ``do`` called when the server has sent ``response``, while the thread still has its database."""
    close = response.close

    def do_and_close() -> None:
        try:
            do()
        finally:
            close()

    response.close = do_and_close  # type: ignore[method-assign]
    return response


def is_followed(response: HttpResponseBase) -> bool:
    """Whether something waits for ``response`` to have gone out."""
    return "close" in vars(response)


@contextmanager
def impatient() -> Iterator[None]:
    """A transaction that gives up soon where another one is writing: for what may as well not be written."""
    is_sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        before = cursor.execute("PRAGMA busy_timeout").fetchone()[0] if is_sqlite else 0
        try:
            if is_sqlite:
                cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
            with transaction.atomic():
                if not is_sqlite:
                    cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}ms'")
                yield
        finally:
            if is_sqlite:
                cursor.execute(f"PRAGMA busy_timeout = {before}")
