"""What every test stands on: a database made in a blink, and the cast."""

import gc
import os

import pytest
from django.test import TransactionTestCase
from django.utils import translation

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's loop runs in the thread of the test

# --- the database: migrated once into a template file, copied for every process that tests (see tests/databases.py)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, django_db_modify_db_settings):
    """A migrated database with its vocabularies. On SQLite a file of its own, a copy of the template.

    A test that commits leaves the tables as it found them: Django's own way would empty all of them, Wagtail's root page
    among them, and make the permissions of every model again.
    """
    from tests import databases

    with django_db_blocker.unblock():
        take_down = databases.set_up()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(TransactionTestCase, "_fixture_teardown", lambda test: databases.refill())
        yield
    with django_db_blocker.unblock():
        take_down()


@pytest.fixture(scope="session")
def django_db_modify_db_settings():
    """Nothing to change: processes that test beside each other have a database file each."""


def pytest_collection_finish():
    """What was loaded by now stays until the end: the collector need not look at all of it again after every few tests."""
    gc.collect()
    gc.freeze()


def pytest_collection_modifyitems(items):
    """Tests of the real services need them; script/test starts them and says where they are."""
    missing = [name for name in ("DATABASE_URL", "REDIS_URL") if not os.environ.get(name)]
    if missing:
        reason = f"needs real services: script/services start, then set {' and '.join(missing)} (script/test does both)"
        for item in items:
            if item.get_closest_marker("services"):
                item.add_marker(pytest.mark.skip(reason=reason))
    if not os.environ.get("ELASTICSEARCH_URL"):
        reason = "needs a real Elasticsearch: script/services start, then set ELASTICSEARCH_URL (script/test does both)"
        for item in items:
            if item.get_closest_marker("elasticsearch"):
                item.add_marker(pytest.mark.skip(reason=reason))


# --- what stays from one test to the next, and must not


@pytest.fixture(scope="session", autouse=True)
def kept_words_stay_fresh():
    """The words at hand age while tests run; read again in the middle of one, they would count as its queries."""
    from cop_site.cms import foot
    from cop_site.screening import selectors as screening
    from cop_site.vocabulary import selectors as vocabulary

    vocabulary.KEPT_FOR = screening.KEPT_FOR = 24 * 3600.0
    foot.KEPT_FOR = 24 * 3600.0


@pytest.fixture(autouse=True)
def no_pages_of_another_test():
    """The foot and the heads of sections are read once in a test that asks for pages: tests come and go with pages of their own."""
    from cop_site.cms import foot, heads

    foot.forget()
    heads.forget()


@pytest.fixture(autouse=True)
def no_watched_words_of_another_test():
    """Words that a test, or the seeding of a demo, has put on the list are watched for in it alone."""
    from cop_site.screening import selectors as screening

    yield
    if screening._kept.watched.actions:  # read anew without need, they would count as a query of the next test
        screening.forget_words()


@pytest.fixture(autouse=True)
def in_indonesian():
    """A request in English leaves its language behind in the thread: not for the next test."""
    with translation.override("id"):
        yield


# --- the cast


@pytest.fixture
def vocabulary(db):
    """The words of the field; every test database has them from the start."""


@pytest.fixture
def organisation(db):
    """The organisation of ``member`` and ``colleague``."""
    from tests import factories

    return factories.organisation("Lembaga Tikar", slug="lembaga-tikar", is_listed=True)


@pytest.fixture
def cast(organisation):
    """Everybody who walks through the site, by the name of their part."""
    from tests import actors

    return actors.everybody(organisation)


@pytest.fixture
def circle(cast):
    """A circle of ``convenor``, with ``member`` in it (and ``suspended``, who sees nothing)."""
    from tests import factories

    return factories.circle(cast["convenor"], cast["member"], cast["suspended"])
