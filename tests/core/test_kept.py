import re

import pytest
from django.conf import settings
from django.template import Context, Template, TemplateSyntaxError
from django.test import Client, RequestFactory

from cop_site.core.templatetags import kept

_TOKENS = re.compile(r'(name="(?:csrfmiddlewaretoken|deed_key)") value="[^"]*"')
READERS = ["member", "member2", "moderator", "researcher", "applicant", "observer"]
PAGES = ["/", "/en/forums/", "/search/?q=perdes&kind=topic", "/accounts/", "/notifications/", "/en/library/"]


@pytest.fixture(autouse=True)
def _nothing_kept():
    kept.forget()
    yield
    kept.forget()


def drawn(source, **said):
    request = RequestFactory().get("/")
    return Template("{% load kept %}" + source).render(Context({"request": request, **said}))


def test_a_part_is_drawn_once_and_each_reader_has_words_of_their_own():
    source = '{% kept "part" on kind own name=name %}{{ kind }} {{ name }} {{ count }}{% endkept %}'

    assert drawn(source, kind="a", name="Siti", count=1) == "a Siti 1"
    assert drawn(source, kind="a", name="<b>", count=2) == "a &lt;b&gt; 1"
    assert drawn(source, kind="b", name="Siti", count=2) == "b Siti 2"


def test_forms_of_a_part_have_keys_of_their_own_each_time():
    source = '{% load page %}{% kept "part" on kind %}{% deed_key %}{% deed_key %}{% endkept %}'

    keys = re.findall(r'value="([^"]+)"', drawn(source, kind="a") + drawn(source, kind="a"))

    assert len(set(keys)) == len(keys) == 4


def test_a_part_that_does_not_say_what_it_is_drawn_from_is_an_error():
    with pytest.raises(TemplateSyntaxError):
        Template('{% load kept %}{% kept "part" own name=name %}{% endkept %}')


@pytest.mark.django_db
def test_every_reader_gets_her_own_page_whoever_came_before(cast):
    """Drawn after all others, a page is the same as drawn first."""
    readers = [Client() for _one in READERS]
    for reader, name in zip(readers, READERS, strict=True):
        reader.force_login(cast[name], backend=settings.AUTHENTICATION_BACKENDS[0])
    for reader in readers:
        for page in PAGES:
            reader.get(page)
    for reader in readers:
        for page in PAGES:
            warm = reader.get(page)
            kept.forget()
            cold = reader.get(page)
            assert _TOKENS.sub(r"\1", warm.text) == _TOKENS.sub(r"\1", cold.text)
