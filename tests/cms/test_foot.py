"""The pages in the foot: read once for many pages, and anew as soon as editors changed them here."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from cop_site.accounts.models import User
from cop_site.cms import foot
from cop_site.cms.actions import ensure_home
from cop_site.cms.models import TextPage
from cop_site.cms.wagtail_hooks import foot_may_have_changed

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_of_a_visitor(monkeypatch):
    ensure_home(by=User.objects.system())
    foot.forget()
    monkeypatch.setattr(foot, "KEPT_FOR", 30.0)
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    yield request
    foot.forget()


def test_the_foot_is_read_once_for_many_pages(request_of_a_visitor, django_assert_num_queries):
    first = [link.words for link in foot.links(request_of_a_visitor)]

    with django_assert_num_queries(0):
        again = [link.words for link in foot.links(request_of_a_visitor)]

    assert again == first
    assert first[:2] == ["Tentang", "Pedoman perilaku"]


def test_a_page_that_editors_took_back_is_gone_from_the_foot_at_once(request_of_a_visitor):
    foot.links(request_of_a_visitor)
    TextPage.objects.get(slug="about").unpublish()
    kept = [link.words for link in foot.links(request_of_a_visitor)]

    foot_may_have_changed(request_of_a_visitor, TextPage.objects.get(slug="about"))

    assert ("Tentang" in kept, next(link.words for link in foot.links(request_of_a_visitor))) == (True, "Pedoman perilaku")
