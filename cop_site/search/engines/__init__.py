"""The engines behind the port: the database in use decides which one is embedded, ELASTICSEARCH_URL whether another stands in front."""

from functools import cache

from django.conf import settings
from django.db import connection

from ..port import Engine
from .elastic import Elastic
from .embedded import Embedded
from .postgresql import PostgreSQLWords
from .sqlite import SQLiteWords


def current() -> Engine:
    """The engine of this site."""
    embedded = _embedded(connection.vendor)
    return Elastic(embedded) if settings.ELASTICSEARCH_URL else embedded


@cache
def _embedded(vendor: str) -> Embedded:
    return Embedded({"sqlite": SQLiteWords, "postgresql": PostgreSQLWords}[vendor]())
