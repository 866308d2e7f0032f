"""Local moderators: trusted with one forum, province or language, for a reason and until a day."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cop_site.accounts import actions, policy, scopes
from cop_site.accounts.models import Task, User
from tests import factories
from tests.forums import factories as talks

pytestmark = pytest.mark.django_db


def trust(person, scope, by, days=90):
    return actions.grant_task(
        person, "moderator", by=by, reason="Mengenal wilayahnya.", ends_on=timezone.localdate() + timedelta(days=days), scope=scope
    )


def anew(person):
    return User.objects.get(pk=person.pk)


def test_one_person_looks_after_several_places_each_granted_once(cast, vocabulary):
    talks.forum()
    for scope in ("forum:tanya-jawab", "province:53", "language:en", "province:53"):
        trust(cast["member"], scope, cast["secretariat"])

    person = anew(cast["member"])
    assert policy.moderated_scopes(person) == {("forum", "tanya-jawab"), ("province", "53"), ("language", "en")}
    assert Task.objects.filter(person=person).count() == 3
    assert (policy.moderates_something(person), policy.is_moderator(person)) == (True, False)


@pytest.mark.parametrize("scope", ["", "province:00", "language:fr", "forum:tidak-ada", "53", "office:all"])
def test_a_place_that_is_not_there_is_nobodys(scope, cast, vocabulary):
    with pytest.raises(PermissionDenied):
        trust(cast["member"], scope, cast["secretariat"])

    assert not policy.moderates_something(anew(cast["member"]))


def test_no_other_task_has_a_place(cast, vocabulary):
    with pytest.raises(PermissionDenied):
        actions.grant_task(
            cast["member"], "reviewer", by=cast["secretariat"], reason="Mau.", ends_on=timezone.localdate(), scope="province:53"
        )


def test_a_forum_that_the_secretariat_does_not_read_is_neither_offered_nor_named(cast, circle, vocabulary):
    talks.forum()
    talks.forum("Ruang lingkar", visibility="kelompok", circle=circle)

    offered = {scope for _label, places in scopes.choices(cast["secretariat"]) for scope, _said in places}

    assert "forum:tanya-jawab" in offered
    assert "forum:ruang-lingkar" not in offered
    told = scopes.labels([Task(scope="forum:ruang-lingkar"), Task(scope="province:53")], viewer=cast["secretariat"])
    assert told == ["Forum", "Provinsi: Nusa Tenggara Timur"]


@pytest.mark.parametrize("who", ["researcher", "observer", "applicant", "suspended", "expired_researcher"])
def test_only_members_in_good_standing_look_after_a_place(who, cast, vocabulary):
    trust(cast[who], "province:53", cast["secretariat"])

    assert policy.moderated_scopes(anew(cast[who])) == set()


def test_it_ends_with_its_day_and_rests_while_she_is_muted(cast, vocabulary):
    trust(cast["member"], "province:53", cast["secretariat"], days=0)
    trust(cast["colleague"], "province:53", cast["secretariat"], days=-1)
    assert policy.moderates_something(anew(cast["member"]))
    assert not policy.moderates_something(anew(cast["colleague"]))

    actions.mute(cast["member"], by=cast["moderator"], reason="Menghina.", until=timezone.now() + timedelta(days=1))

    assert not policy.moderates_something(anew(cast["member"]))


def test_a_local_moderator_mutes_members_and_suspends_nobody(cast, vocabulary):
    trust(cast["member"], "province:53", cast["secretariat"])
    person = anew(cast["member"])

    mutes = {
        who for who in ("member", "colleague", "convenor", "researcher", "moderator", "secretariat") if policy.can_mute(person, cast[who])
    }

    assert mutes == {"colleague", "convenor", "researcher"}
    assert not policy.can_suspend(person, cast["colleague"])


def test_tasks_and_places_are_asked_for_once(cast, vocabulary, django_assert_num_queries):
    trust(cast["member"], "province:53", cast["secretariat"])
    person = anew(cast["member"])

    with django_assert_num_queries(1):
        assert (policy.can_review(person), policy.moderates_something(person)) == (False, True)


def test_the_secretariat_grants_and_ends_it_on_the_persons_page(client, cast, vocabulary):
    client.force_login(cast["secretariat"])
    page = f"/accounts/people/{cast['member'].handle}/"
    told = {"task-kind": "moderator", "task-ends_on": timezone.localdate().isoformat(), "task-reason": "Mengenal wilayahnya."}

    without = client.post(f"{page}tasks/", told | {"task-scope": ""})
    misplaced = client.post(f"{page}tasks/", told | {"task-kind": "editor", "task-scope": "province:53"})
    right = client.post(f"{page}tasks/", told | {"task-scope": "province:53"})

    assert (without.status_code, misplaced.status_code, right.status_code) == (422, 422, 302)
    task = Task.objects.get(person=cast["member"])
    shown = client.get(page)
    assert [(held.task, held.place) for held in shown.context["page"].tasks] == [(task, "Provinsi: Nusa Tenggara Timur")]
    client.post(f"{page}tasks/{task.pk}/end/")
    assert not policy.moderates_something(anew(cast["member"]))


def test_the_page_costs_the_same_for_one_task_and_for_many(client, cast, vocabulary):
    talks.forum()
    client.force_login(cast["secretariat"])
    page = f"/accounts/people/{cast['member'].handle}/"

    def queries():
        with CaptureQueriesContext(connection) as asked:
            assert client.get(page).status_code == 200
        return len(asked)

    queries()
    factories.task(cast["member"], "reviewer", by=cast["secretariat"])
    trust(cast["member"], "forum:tanya-jawab", cast["secretariat"])
    one = queries()
    for code in ("53", "51", "52", "35"):
        trust(cast["member"], f"province:{code}", cast["secretariat"])

    assert queries() == one
