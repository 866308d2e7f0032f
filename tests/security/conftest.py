"""The canary's world, walked here for headers, changes and forms."""

import pytest
from django.test import Client

from cop_site.accounts.models import User
from cop_site.cms.actions import ensure_home
from cop_site.search import indexing
from tests.canary import addresses, world

BACKEND = "cop_site.accounts.backends.PeopleBackend"


@pytest.fixture
def planted(db):
    ensure_home(by=User.objects.system())
    made = world.build()
    indexing.rebuild()
    return made


@pytest.fixture
def client_of(planted):
    """A client of one of the walkers, by name."""

    def make(name, **wishes):
        client = Client(**wishes)
        if name != "visitor":
            client.force_login(planted.people[name], backend=BACKEND)
        return client

    return make


@pytest.fixture
def paths(planted):
    """Every address of the site, with sample rows: ours, the same in English, and the editors' rooms."""
    ours = [*addresses.addresses(planted.samples), "/no-such-page/", "/library/no-such-practice/"]
    without_language = ("/api/", "/healthz", "/readyz", "/reports/", "/robots.txt", "/manifest.webmanifest", "/favicon.ico", "/documents/")
    english = [f"/en{path}" for path in ours if not path.startswith(without_language)]
    return {"ours": ours, "english": english, "admin": addresses.admin_addresses()}


@pytest.fixture
def doors(planted):
    """One address for each pattern of ours; and of the editors' rooms."""
    few = {kind: rows[:1] for kind, rows in planted.samples.items()}
    return {"ours": addresses.addresses(few), "admin": addresses.admin_addresses()}
