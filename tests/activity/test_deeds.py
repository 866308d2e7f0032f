"""A deed is one transaction, done once per key; a journal line stands or falls with it."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from cop_site.accounts.models import Organisation
from cop_site.activity.actions import record
from cop_site.activity.deeds import deed
from cop_site.activity.models import Activity, Deed, Delivery
from cop_site.activity.verbs import Verb
from tests import factories


@deed
def found(*, by, name):
    organisation = factories.organisation(name)
    record(Verb.FOUNDED_ORGANISATION, by=by, subject=organisation)
    return organisation


@deed
def found_and_fail(*, by):
    found(by=by, name="Yang gagal")
    raise RuntimeError("in the middle")


@pytest.fixture
def somebody(db):
    return factories.person("seseorang")


def test_a_second_time_with_the_same_key_is_the_first(somebody):
    key = uuid4()

    first = found(by=somebody, key=key, name="Satu")
    second = found(by=somebody, key=key, name="Dua")

    assert second == first
    assert list(Organisation.objects.values_list("name", flat=True)) == ["Satu"]
    assert Activity.objects.count() == 1


def test_without_a_key_and_with_another_it_is_done_again(somebody):
    for key in (None, None, uuid4(), uuid4()):
        found(by=somebody, key=key, name="Lagi")

    assert Organisation.objects.count() == 4


def test_a_key_belongs_to_one_person(somebody):
    other, key = factories.person("orang-lain"), uuid4()

    found(by=somebody, key=key, name="Satu")
    found(by=other, key=key, name="Dua")

    assert Organisation.objects.count() == 2


def test_a_deed_that_fails_leaves_nothing_and_its_key_is_free(somebody):
    key = uuid4()

    with pytest.raises(RuntimeError):
        found_and_fail(by=somebody, key=key)

    assert (Organisation.objects.count(), Activity.objects.count(), Deed.objects.count()) == (0, 0, 0)


def test_a_key_is_claimed_once_in_the_database(somebody):
    key = uuid4()
    Deed.objects.create(actor=somebody, key=key, name="satu")

    with pytest.raises(IntegrityError), transaction.atomic():
        Deed.objects.create(actor=somebody, key=key, name="dua")


@pytest.mark.django_db(transaction=True)
def test_recording_outside_a_deed_is_refused():
    somebody = factories.person("seseorang")

    with pytest.raises(RuntimeError):
        record(Verb.SUSPENDED, by=somebody, subject=somebody)

    assert Activity.objects.count() == 0


def test_the_journal_never_changes(somebody):
    found(by=somebody, name="Satu")
    activity = Activity.objects.get()

    for change in (activity.save, activity.delete, Activity.objects.all().delete, lambda: Activity.objects.update(reason="")):
        with pytest.raises(TypeError):
            change()

    assert Activity.objects.get().verb == Verb.FOUNDED_ORGANISATION


def test_deliveries_are_written_with_the_activity(somebody):
    with transaction.atomic():
        activity = record(Verb.APPLIED, by=somebody, subject=somebody)

    assert list(Delivery.objects.filter(listener__startswith="accounts.").values_list("activity", "listener", "state")) == [
        (activity.pk, "accounts.listeners.tell_the_secretariat", "waiting")
    ]


def test_every_verb_has_a_sentence_of_its_own():
    labels = [str(verb.label) for verb in Verb]

    assert len(set(labels)) == len(labels)
    assert [label for label in labels if not label.strip()] == []
