"""The canary's world, walked here for headers, changes and forms."""

import pytest

from tests.canary import addresses, world
from tests.canary.walker import walker


@pytest.fixture(scope="module")
def planted_once(django_db_setup, django_db_blocker):
    with world.planted(django_db_blocker) as made:
        yield made


@pytest.fixture
def planted(planted_once, db):
    """The world, made once for a module; what a test changes in it is rolled back."""
    return planted_once


@pytest.fixture
def client_of(planted):
    """A client of one of the walkers, by name."""

    return lambda name, **wishes: walker(planted.people[name], **wishes)


@pytest.fixture
def paths(planted):
    """Every address of the site, with an eighth of the sample rows: ours, the same in English, and the editors' rooms."""
    some = {kind: rows[::8] for kind, rows in planted.samples.items()}
    ours = [*addresses.addresses(some), "/no-such-page/", "/library/no-such-practice/"]
    without_language = ("/api/", "/healthz", "/readyz", "/reports/", "/robots.txt", "/manifest.webmanifest", "/favicon.ico", "/documents/")
    english = [f"/en{path}" for path in ours if not path.startswith(without_language)]
    return {"ours": ours, "english": english, "admin": addresses.admin_addresses()}


@pytest.fixture
def doors(planted):
    """One address for each pattern of ours; and of the editors' rooms."""
    few = {kind: rows[:1] for kind, rows in planted.samples.items()}
    return {"ours": addresses.addresses(few), "admin": addresses.admin_addresses()}
