"""Only this site's own pages change anything, and only by forms: a link never does."""

import os
from functools import partial
from urllib.parse import urlsplit
from uuid import uuid4
from zlib import crc32

import pytest
from django.apps import apps

from cop_site.library.models import Practice

# Bookkeeping, not content: sessions; how far one has read, and what one has looked at; and Wagtail's notes on which editor looks
# at which page in which colours, and who hears of a page.
MAY_CHANGE = {
    "sessions.Session",
    "forums.ReadMark",
    "notifications.Notification",
    "wagtailusers.UserProfile",
    "wagtailadmin.EditingSession",
    "wagtailcore.PageSubscription",
}
# OAI-PMH asks that its questions may be sent by POST (section 3.1.1.2); that rows stay as they are is looked at below.
ONLY_ANSWERS = {"/oai"}
FOREIGN = [
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://testserver.evil.example"},
    {"Origin": "http://testserver:8903.evil.example"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
]


def rows():
    """Every table and all that stands in it."""
    return {
        model._meta.label: sorted(repr([str(value) for value in row]) for row in model._base_manager.values_list())
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and model._meta.label not in MAY_CHANGE
    }


def changed(before, after):
    return [label for label in before if before[label] != after[label]]


def links_on(page):
    """Addresses of this site that a page links to."""
    from tests.hostile import Reader

    if not page.headers.get("Content-Type", "").startswith("text/html") or page.status_code != 200:
        return set()
    found = {link.get("href") or "" for link in Reader(page.content.decode()).links}
    return {address.partition("#")[0] for address in found if address.startswith(("/", "?")) and not urlsplit(address).netloc}


def crawl(client, starts, most):
    """Follow every link there is, each address once; what only differs in its query is visited a few times."""
    waiting, seen, shapes, answered = list(starts), set(), {}, {}
    while waiting and len(seen) < most:
        address = waiting.pop(0)
        path = urlsplit(address).path
        if address in seen or shapes.get(path, 0) >= 2:
            continue
        seen.add(address)
        shapes[path] = shapes.get(path, 0) + 1
        page = client.get(address)
        answered[address] = page.status_code
        waiting += [path + link if link.startswith("?") else link for link in sorted(links_on(page))]
    return answered


@pytest.mark.canary
@pytest.mark.parametrize("who", ["visitor", "applicant", "author", "colleague_reviewer", "moderator", "secretariat", "editor"])
def test_no_link_changes_anything(who, client_of, doors):
    client = client_of(who)
    starts = doors["admin"] if who == "editor" else doors["ours"]
    before = rows()

    answered = crawl(client, starts, most=250)

    assert changed(before, rows()) == []
    assert len(answered) > 50
    assert [address for address, status in answered.items() if status >= 500 and address != "/readyz"] == []


@pytest.fixture
def strict(client_of):
    """A client of one of the walkers that checks tokens as a real server does."""
    return partial(client_of, enforce_csrf_checks=True)


def token_of(client):
    client.get("/accounts/password/reset/")
    return client.cookies["csrftoken"].value


def methods_for(path):
    """POST, and of the methods that no form has one for each address, another one for the next; with ``CANARY=whole`` all."""
    others = ("put", "patch", "delete")
    return ("post", *others) if os.environ.get("CANARY") == "whole" else ("post", others[crc32(path.encode()) % 3])


@pytest.mark.canary
@pytest.mark.parametrize("who", ["visitor", "author", "secretariat", "editor"])
def test_nothing_is_taken_without_the_token(who, strict, doors):
    client, before, taken = strict(who), rows(), {}
    addresses = doors["admin"] if who == "editor" else doors["ours"]

    for path in addresses:
        for method in methods_for(path) if who == "author" else ("post",):
            answer = getattr(client, method)(path, {"deed_key": str(uuid4())} if method == "post" else None)
            if answer.status_code not in {302, 403, 404, 405, 415} and path not in ONLY_ANSWERS:
                taken[f"{method} {path}"] = answer.status_code

    assert taken == {}
    assert changed(before, rows()) == []


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_nothing_is_taken_from_another_sites_page_even_with_the_token(headers, strict, doors):
    """Each address is tried from one of these pages, the next address from another; with ``CANARY=whole`` from all of them."""
    client = strict("secretariat")
    before, token = rows(), token_of(client)
    tried = [
        path for path in doors["ours"] if os.environ.get("CANARY") == "whole" or headers is FOREIGN[crc32(path.encode()) % len(FOREIGN)]
    ]

    answers = {path: client.post(path, {"csrfmiddlewaretoken": token, "deed_key": str(uuid4())}, headers=headers) for path in tried}

    taken = {
        path: answer.status_code
        for path, answer in answers.items()
        if answer.status_code not in {403, 404, 405, 415} and path not in ONLY_ANSWERS
    }
    assert taken == {}
    assert changed(before, rows()) == []


def test_with_the_token_and_from_here_a_form_is_taken(strict, planted):
    client, practice = strict("author"), planted.practices["jaringan", "draft"]
    headers = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}

    answer = client.post(
        f"/library/{practice.slug}/discard/", {"csrfmiddlewaretoken": token_of(client), "deed_key": str(uuid4())}, headers=headers
    )

    assert answer.status_code == 302
    assert not Practice.objects.filter(pk=practice.pk).exists()


def test_the_refusal_is_a_page_that_says_what_to_do(strict):
    answer = strict("author").post("/library/share/", {"title": "Judul"}, headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 403
    assert "<h1>" in answer.content.decode()
    assert "Judul" not in answer.content.decode()
