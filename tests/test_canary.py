"""The canary: a secret for every audience, and a walk over every address as each of the cast."""

import pytest
from django.core import mail
from django.test import Client
from django.utils.html import escape

from cop_site.activity.actions import record
from cop_site.activity.runner import run_pending
from cop_site.activity.verbs import Verb
from cop_site.cms.actions import ensure_home
from cop_site.library.models import Practice
from cop_site.search import indexing
from tests.canary import addresses, world

pytestmark = [pytest.mark.canary, pytest.mark.django_db]

LISTS = ["/", "/en/", "/library/", "/en/library/", "/search/", "/library/mine/", "/library/review/", "/api/v1/search?size=100"]


@pytest.fixture
def planted(django_user_model):
    """The world with its index as it should be."""
    ensure_home(by=django_user_model.objects.system())
    planted = world.build()
    indexing.rebuild()
    return planted


@pytest.fixture
def lagging(planted):
    """The same, where the index still believes some rows public that the database has narrowed since."""
    for (level, state), practice in planted.practices.items():
        if state == "lagging":
            Practice.objects.filter(pk=practice.pk).update(visibility="publik")
            indexing.refresh("practice", [practice.pk])
            Practice.objects.filter(pk=practice.pk).update(visibility=level)
    return planted


def client_of(planted, who):
    client = Client()
    if who.name != "visitor":
        client.force_login(planted.people[who.name], backend="cop_site.accounts.backends.PeopleBackend")
    return client


def everything_said(response) -> str:
    body = response.content if not response.streaming else b"".join(response.streaming_content)
    return body.decode("utf-8", "replace") + str(response.headers) + response.headers.get("Location", "")


def leaks_in(text, planted, who):
    return {secret.about for secret in planted.secrets if secret.word in text and who.name not in secret.readers}


def found_in(text, planted):
    return {secret.word for secret in planted.secrets if secret.word in text}


def all_paths(planted):
    """Every address, the lists in both languages and on every page, and a question for every secret of a practice.

    The secret itself is asked of the API alone, which does not repeat the question.
    """
    asked = [secret.word for secret in planted.secrets if "practice" in secret.about or "revision" in secret.about]
    questions = [f"/api/v1/search?q={word}" for word in asked] + [f"/api/v1/suggest?q={word[:7]}" for word in asked]
    pages = [f"{path}?q=isi&page={page}" for path in ("/library/", "/search/") for page in (1, 2, 3)]
    general = ["/library/?q=lembaga", "/library/?page=2", "/api/v1/suggest?q=judul", "/api/v1/suggest?q=rahasia"]
    return [*addresses.addresses(planted.samples), *LISTS, *questions, *pages, *general]


@pytest.mark.parametrize("who", world.WALKERS, ids=lambda who: who.name)
def test_nobody_reads_what_is_not_for_them_and_each_finds_what_is(who, lagging):
    client, seen, leaks = client_of(lagging, who), set(), {}

    for path in all_paths(lagging):
        response = client.get(path)
        text = everything_said(response)
        if leaked := leaks_in(text, lagging, who):
            leaks[path] = leaked
        seen |= found_in(text, lagging)
        assert response.status_code < 500, path

    assert leaks == {}
    must = {secret.word: secret.about for secret in lagging.secrets if who.name in secret.must}
    assert {about for word, about in must.items() if word not in seen} == set()


@pytest.mark.parametrize("who", world.WALKERS, ids=lambda who: who.name)
def test_counts_tell_of_nothing_that_is_hidden(who, planted):
    client = client_of(planted, who)
    on_the_shelf = [practice for (level, state), practice in planted.practices.items() if _stands(who, level, state)]

    answer = client.get("/api/v1/search?kind=practice&size=0").json()

    provinces: dict[str, int] = {}
    for practice in on_the_shelf:
        provinces[practice.provinces[0]] = provinces.get(practice.provinces[0], 0) + 1
    assert answer["total"] == len(on_the_shelf)
    assert {value["value"]: value["count"] for value in answer["facets"]["province"]} == provinces
    assert sum(value["count"] for value in answer["facets"]["mandate"]) == len(on_the_shelf)


def _stands(who, level, state):
    """Published rows that the table shows to ``who``; one's own stay one's own."""
    is_shelved = state in {"published", "pending", "lagging"}
    return is_shelved and (world.in_audience(who, level) or who.name == "author")


@pytest.mark.parametrize("who", world.WALKERS, ids=lambda who: who.name)
def test_the_editors_rooms_hold_no_secret_and_open_to_editors_alone(who, planted):
    client, leaks, opened = client_of(planted, who), {}, []

    for path in addresses.admin_addresses():
        response = client.get(path)
        if leaked := leaks_in(everything_said(response), planted, who):
            leaks[path] = leaked
        if response.status_code == 200:
            opened.append(path)

    assert leaks == {}
    assert bool(opened) == (who.name == "editor")


def test_mails_tell_no_secret_and_reach_only_those_who_may_know(planted, django_user_model):
    practice = planted.practices["organisasi", "submitted"]
    author = planted.people["author"]
    by_address = {person.email: name for name, person in planted.people.items() if person.pk}

    for verb in (Verb.SUBMITTED_PRACTICE, Verb.ASKED_FOR_CHANGES, Verb.PUBLISHED_PRACTICE, Verb.APPROVED_PUBLIC, Verb.OPENED_SEALED):
        record(verb, by=planted.people["colleague_reviewer"], subject=practice)
    run_pending()

    assert mail.outbox, "a deed that should be told was told to nobody"
    for letter in mail.outbox:
        words = letter.subject + letter.body + "".join(str(part) for part in letter.attachments)
        assert found_in(words, planted) == set()
        assert by_address[letter.to[0]] in {"author", "colleague_reviewer"}
    assert author.email in {letter.to[0] for letter in mail.outbox}


def test_a_pattern_without_a_sample_stops_the_walk():
    with pytest.raises(addresses.NoSample):
        addresses.addresses({})


def test_secrets_survive_escaping():
    assert escape(world.World().word()) == world.World().word()
