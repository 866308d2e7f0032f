"""The journal as a chain: whoever changes it past the site is found."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from cop_site.activity import sealing
from cop_site.activity.actions import record
from cop_site.activity.models import Activity, Seal
from cop_site.activity.verbs import Verb

pytestmark = pytest.mark.django_db


@pytest.fixture
def journal(cast):
    """Five entries, sealed."""
    with transaction.atomic():
        made = [
            record(Verb.SUSPENDED, by=cast["moderator"], subject=cast["member"], reason=f"Alasan {number}.", of=number)
            for number in range(5)
        ]
    sealing.seal_waiting()
    return made


def past_the_site(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def remove(activity):
    past_the_site("DELETE FROM activity_delivery WHERE activity_id = %s", activity.pk)
    past_the_site("DELETE FROM activity_activity WHERE id = %s", activity.pk)


def faults(head=""):
    return [(fault.kind, fault.number) for fault in sealing.verify(head)]


def test_entries_are_sealed_in_their_order_once_and_hold(journal):
    again = sealing.seal_waiting()

    assert list(Seal.objects.order_by("place").values_list("place", "activity")) == [
        (place, activity.pk) for place, activity in enumerate(journal, start=1)
    ]
    assert (again, faults()) == (0, [])


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("reason", "Lain."),
        ("verb", "declined"),
        ("facts", "{}"),
        ("subject_id", 999_999),
        ("at", "2020-01-01 00:00:00+00:00"),
    ],
)
def test_an_entry_that_was_changed_is_found(journal, column, value):
    past_the_site(f"UPDATE activity_activity SET {column} = %s WHERE id = %s", value, journal[2].pk)  # noqa: S608 - columns of this list

    assert faults() == [("changed", 3)]


def test_whoever_acted_cannot_be_exchanged(journal, cast):
    past_the_site("UPDATE activity_activity SET actor_id = %s WHERE id = %s", cast["secretariat"].pk, journal[0].pk)

    assert faults() == [("changed", 1)]


def test_a_removed_entry_is_found_also_with_its_link(journal):
    connection.disable_constraint_checking()
    past_the_site("DELETE FROM activity_seal WHERE place = 2")
    remove(journal[1])
    with_its_link = faults()
    past_the_site(
        "INSERT INTO activity_seal (place, activity_id, digest, at) VALUES (2, %s, %s, %s)", journal[1].pk, "0" * 64, "2026-01-01"
    )

    assert (with_its_link, faults()) == ([("gap", 3)], [("gone", 2), ("changed", 3)])
    past_the_site("DELETE FROM activity_seal WHERE place = 2")
    connection.enable_constraint_checking()


def test_what_was_cut_off_at_the_end_is_found_with_a_seal_that_was_written_down(journal):
    written_down = str(sealing.head())
    past_the_site("DELETE FROM activity_seal WHERE place > 3")
    for activity in journal[3:]:
        remove(activity)

    assert (faults(), faults(written_down)) == ([], [("other-head", 5)])


def test_an_entry_that_nobody_seals_is_a_fault_after_a_while(journal, cast):
    with transaction.atomic():
        late = record(Verb.LIFTED_SUSPENSION, by=cast["moderator"], subject=cast["member"])
    soon = faults()

    past_the_site("UPDATE activity_activity SET at = %s WHERE id = %s", "2026-01-01 00:00:00+00:00", late.pk)

    assert (soon, faults()) == ([], [("unsealed", late.pk)])


def test_an_entry_that_became_certain_late_is_sealed_after_those_that_came_before_it(cast, journal):
    last = journal[-1]
    Activity.objects.bulk_create([Activity(pk=last.pk + 7, verb=Verb.AGREED, actor=last.actor, subject=last.actor)])
    sealing.seal_waiting()
    Activity.objects.bulk_create([Activity(pk=last.pk + 3, verb=Verb.AGREED, actor=last.actor, subject=last.actor)])

    sealing.seal_waiting()

    assert list(Seal.objects.order_by("place").values_list("activity", flat=True))[-2:] == [last.pk + 7, last.pk + 3]
    assert faults() == []


def test_the_command_says_what_holds_and_where_it_does_not(journal):
    told = StringIO()
    call_command("audit", "verify", stdout=told)
    past_the_site("UPDATE activity_activity SET reason = 'x' WHERE id = %s", journal[4].pk)

    with pytest.raises(CommandError, match="1 places"):
        call_command("audit", "verify", stdout=StringIO())

    assert told.getvalue().splitlines() == ["The journal is what it was.", f"Head: {sealing.head()}"]


def test_a_seal_never_changes_either(journal):
    with pytest.raises(TypeError):
        Seal.objects.update(digest="")
    with pytest.raises(TypeError):
        Seal.objects.all().delete()


def test_the_auditor_reads_the_newest_seal(journal, cast, client):
    client.force_login(cast["auditor"])

    page = client.get("/accounts/journal/").content.decode()

    assert str(sealing.head()) in page
