"""A live site for sockets, without a browser."""

import pytest
from django.test.utils import override_settings


@pytest.fixture(scope="session")
def room_server(django_db_setup):
    """One server for the whole run."""
    from tests.browser.site import Server

    server = Server()
    with override_settings(IS_EMBEDDED=False):  # the runner would look into the database between the tests
        server.start()
    yield server
    server.stop()


@pytest.fixture
def url(room_server, transactional_db):
    """Where rooms are, on the test's own database."""
    return room_server.url
