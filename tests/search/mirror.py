"""An index in the real Elasticsearch for one test at a time."""

import os
import time

from cop_site.search.engines.elastic import Elastic, sending, server
from cop_site.search.engines.elastic.looking import look
from cop_site.search.models import Mirror

INDEX = f"tests-{os.getpid()}"


class Mirrored:
    """The engine, told at once of what was written: what the runner does a moment later."""

    def __init__(self, engine: Elastic) -> None:
        self.engine = engine

    def __getattr__(self, name):
        return getattr(self.engine, name)

    def write(self, documents):
        self.engine.write(documents)
        tell()

    def remove(self, kind, pks):
        self.engine.remove(kind, pks)
        tell()


def tell():
    while sending.send_batch(server.current().patient):
        pass


def make():
    """An empty index under our names, made once; emptied for the next test."""
    client = server.current().patient
    name = sending.holder(client)
    if not name:
        sending.rebuild(client)
        name = sending.holder(client)
    client.delete_by_query(index=name, query={"match_all": {}}, refresh=True, conflicts="proceed")
    Mirror.objects.all().delete()
    # Numbers of the tests before count in the index, though their rows are gone.
    Mirror.objects.create(index=name, writes=time.time_ns() // 1000)
    look.forget()
    server.current().answered()


def take_down():
    client = server.current().patient
    names = list(client.indices.get(index=f"{sending.family()}*", ignore_unavailable=True))
    if names:
        client.indices.delete(index=names)
