"""Who asks for thousands of pages: a client that keeps nothing of them."""

from typing import Any

from django.http import HttpResponseBase
from django.test import Client

BACKEND = "cop_site.accounts.backends.PeopleBackend"


class Walker(Client):
    """Asks and reads, without what the stock client keeps of every template on the way. A page that breaks is an error here too."""

    def request(self, **request: Any) -> HttpResponseBase:
        response = self.handler(self._base_environ(**request))
        assert response.status_code != 500, f"{request.get('PATH_INFO')} broke, see the log"
        self.cookies.update(response.cookies)
        return response


def walker(person: Any, **wishes: Any) -> Walker:
    """One of the planted people (a visitor has no row) on the way."""
    client = Walker(**wishes)
    if person.pk:
        client.force_login(person, backend=BACKEND)
    return client
