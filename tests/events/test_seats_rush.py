"""Fifty people register at the same moment for twenty seats: twenty have one, thirty wait, nobody is lost (S12)."""

import threading

import pytest
from django.db import connection, connections

from cop_site.events import actions
from cop_site.events.models import Event, Registration
from tests import factories
from tests.events.factories import drafted, event

MANY, SEATS = 50, 20


def all_at_once(do, people):
    """Each in a thread of their own, let go together; what went wrong."""
    wrong, start = [], threading.Barrier(len(people))

    def act(person):
        try:
            start.wait(timeout=60)
            do(person)
        except Exception as error:
            wrong.append(repr(error))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=act, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return wrong


def check_fifty():
    made = event(factories.person(role="convenor"), capacity=SEATS)
    people = list(factories.people({f"Peserta {number}": {"role": "member"} for number in range(MANY)}).values())

    wrong = all_at_once(lambda person: actions.register(made, by=person), people)
    rows = Registration.objects.filter(event=made)
    first = (rows.coming().count(), rows.waiting().count())
    seated = [one.person for one in rows.coming().select_related("person")[:10]]
    next_up = set(rows.waiting().values_list("person", flat=True)[:10])
    wrong += all_at_once(lambda person: actions.leave_event(made, by=person), seated)

    assert wrong == []
    assert (first, rows.coming().count(), rows.waiting().count()) == ((SEATS, MANY - SEATS), SEATS, MANY - SEATS - 10)
    assert next_up <= set(rows.coming().values_list("person", flat=True))
    assert Event.objects.get(pk=made.pk).participants.members.count() == SEATS + 1


def check_ten_of_one_name():
    wrong = all_at_once(lambda person: drafted(person), [factories.person(role="convenor") for _number in range(10)])

    assert wrong == []
    assert set(Event.objects.values_list("slug", flat=True)) == {"acara-nanti", *(f"acara-nanti-{number}" for number in range(2, 11))}


@pytest.mark.django_db(transaction=True)
def test_seats_are_exact_when_fifty_register_at_once():
    check_fifty()


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_seats_are_exact_when_fifty_register_at_once_on_postgresql():
    assert connection.vendor == "postgresql"
    check_fifty()


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_events_of_one_name_that_are_drafted_at_once_each_get_an_address_on_postgresql():
    assert connection.vendor == "postgresql"
    check_ten_of_one_name()
