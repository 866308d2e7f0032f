"""Questions to the database whose SQL is written once.

Django writes the SQL of a queryset anew each time, and for a question about rights that takes many times as long as
answering it. For two people of one role it differs by nothing but a few numbers.
"""

from collections.abc import Callable, Sequence
from copy import copy
from datetime import date
from functools import wraps
from threading import Lock
from typing import Any, NamedTuple

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet
from django.utils import timezone

from .policy import VISITOR, role_of

_SOMEBODY = 2_147_480_000  # no number of a row; those that stand for values follow it
_LARGEST = 2**63 - 1  # of a number in a database
_MOST_WRITTEN = 2000

Value = int | str | Sequence[int]
Shape = tuple[tuple[str, type | int], ...]  # of each value its type, of a list its length


class _Written(NamedTuple):
    """A question as it was written: ``None`` for SQL where nothing can be found, whatever the values."""

    queryset: QuerySet
    compiler: Any
    sql: str | None
    chosen: tuple[Any, ...]


def written_once(build: Callable[..., QuerySet]) -> Callable[..., list[Any]]:
    """Answer ``build(viewer, **values)`` with a list of its rows, writing its SQL once for each role, day and shape of the values.

    ``build`` gets stand-ins: so it may ask a viewer for nothing but her role and number, and must hand every value to
    the database as it is. A value that does not arrive there is an error, not a wrong answer. Lists of numbers are
    written for each length.
    """
    written: dict[tuple[Any, ...], _Written] = {}
    lock = Lock()

    @wraps(build)
    def ask(viewer: Any, **values: Value) -> list[Any]:
        shape = tuple((name, type(value) if isinstance(value, int | str) else len(value)) for name, value in values.items())
        key = (role_of(viewer), timezone.localdate(), shape)
        question = written.get(key)
        if question is None:
            question = _write(build, key[0], shape)
            with lock:
                _forget_yesterday(written, key[1])
                written[key] = question
        return _answer(question, viewer, values)

    return ask


def _forget_yesterday(written: dict[tuple[Any, ...], _Written], today: date) -> None:
    if len(written) >= _MOST_WRITTEN or any(key[1] != today for key in written):
        written.clear()


def _write(build: Callable[..., QuerySet], role: str, shape: Shape) -> _Written:
    viewer = AnonymousUser() if role == VISITOR else get_user_model()(pk=_SOMEBODY, role=role)
    standing_in: dict[str, Any] = {}
    everything: list[Any] = [_SOMEBODY]
    for name, kind in shape:
        places = range(len(everything), len(everything) + (kind if isinstance(kind, int) else 1))
        numbers = [_SOMEBODY + place for place in places]
        standing_in[name] = numbers if isinstance(kind, int) else f"stands for {numbers[0]}" if kind is str else numbers[0]
        everything += numbers if kind is not str else [standing_in[name]]
    queryset = build(viewer, **standing_in)
    compiler = queryset.query.get_compiler(queryset.db)
    try:
        sql, chosen = compiler.as_sql()
    except EmptyResultSet:
        return _Written(queryset, compiler, None, ())
    if missing := set(everything[1:]) - set(chosen):
        raise ValueError(f"{build.__qualname__}: {len(missing)} of its values never reach the database as they are")
    places = {value: place for place, value in enumerate(everything)}
    return _Written(queryset, compiler, sql, tuple(_Place(places[value]) if value in places else value for value in chosen))


class _Place(int):
    """Where among the values the one stands that is asked with."""


def _answer(question: _Written, viewer: Any, values: dict[str, Value]) -> list[Any]:
    if question.sql is None:
        return []
    everything = [viewer.pk]
    for value in values.values():
        everything += [value] if isinstance(value, int | str) else value
    if any(isinstance(value, int) and abs(value) > _LARGEST for value in everything):  # no row has such a number, and SQLite takes none
        return []
    chosen = tuple(everything[part] if isinstance(part, _Place) else part for part in question.chosen)
    return list(question.queryset._iterable_class(_Asked(question, chosen)))


class _Asked:
    """A queryset, as far as its rows are made: its query hands out a compiler that has written already."""

    def __init__(self, question: _Written, chosen: tuple[Any, ...]) -> None:
        self._question, self._chosen = question, chosen
        self.db, self.model, self.query = question.queryset.db, question.queryset.model, self
        self._known_related_objects: dict[Any, Any] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._question.queryset.query, name)

    def get_compiler(self, using: str) -> Any:
        compiler = copy(self._question.compiler)
        compiler.connection = connections[using]
        compiler.as_sql = lambda: (self._question.sql, self._chosen)
        return compiler
