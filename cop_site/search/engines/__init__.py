"""The engines behind the port; the database in use decides which one answers."""

from functools import cache

from django.db import connection

from ..port import Engine
from .embedded import Embedded
from .postgresql import PostgreSQLWords
from .sqlite import SQLiteWords


def current() -> Engine:
    """The engine of this site."""
    return _embedded(connection.vendor)


@cache
def _embedded(vendor: str) -> Embedded:
    return Embedded({"sqlite": SQLiteWords, "postgresql": PostgreSQLWords}[vendor]())
