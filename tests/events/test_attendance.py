"""Who came to several events: numbers side by side, and a list with names that is taken for a reason."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.utils import timezone

from cop_site.accounts.models import Level
from cop_site.activity.models import Activity
from cop_site.activity.verbs import Verb
from cop_site.events import attending
from cop_site.events.models import Event, Registration
from cop_site.vocabulary import selectors as words
from tests import factories
from tests.events.factories import event

PAGE = "/events/attendance/"


def held(author, slug, *, days_ago=10, came=(), **fields):
    """An event that is over, with people of the given scales who were there."""
    begins = timezone.now() - timedelta(days=days_ago)
    made = event(author, slug=slug, name_id=f"Acara {slug}", starts_at=begins, ends_at=begins + timedelta(hours=2), **fields)
    people = [factories.person() for _scale in came]
    Registration.objects.bulk_create(
        Registration(event=made, person=person, scale=scale, has_attended=True) for person, scale in zip(people, came, strict=True)
    )
    return made


def take(client, *slugs, reason="Laporan kepada pendana."):
    return client.post(PAGE, {"events": slugs, "reason": reason})


def rows_of(answer):
    return list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))[1:]


def entered(client, person):
    client.force_login(person)
    return client


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("convenor", 200),
        ("secretariat", 200),
        ("moderator", 403),
        ("member", 403),
        ("observer", 403),
        ("researcher", 403),
        ("applicant", 403),
    ],
)
def test_the_secretariat_and_convenors_look_over_events(who, status, client, cast):
    assert entered(client, cast[who]).get(PAGE).status_code == status


def test_a_convenor_finds_her_own_events_and_the_secretariat_those_whose_desk_it_keeps(client, cast, circle):
    held(cast["convenor"], "milik")
    held(cast["secretariat"], "lain")
    held(cast["convenor"], "tertutup", visibility=Level.CIRCLE, circle=circle)
    held(cast["convenor"], "konsep", status="draft")
    held(cast["convenor"], "batal", status="cancelled")
    held(cast["convenor"], "nanti", days_ago=-3)
    held(cast["convenor"], "dahulu", days_ago=400)

    def found(who):
        page = entered(client, cast[who]).get(PAGE).content.decode()
        return {slug for slug in Event.objects.values_list("slug", flat=True) if f'value="{slug}"' in page}

    assert (found("convenor"), found("secretariat")) == ({"milik", "tertutup"}, {"milik", "lain"})


def test_the_days_that_are_asked_for_count_and_must_make_sense(client, cast):
    made = held(cast["convenor"], "milik")
    day = timezone.localtime(made.starts_at).date()
    entered(client, cast["convenor"])

    def asked(first, last):
        answer = client.get(PAGE, {"first": first, "last": last})
        return answer.status_code, 'value="milik"' in answer.content.decode()

    assert asked(day.isoformat(), day.isoformat()) == (200, True)
    assert asked((day + timedelta(days=1)).isoformat(), (day + timedelta(days=2)).isoformat()) == (200, False)
    assert [asked(day.isoformat(), other) for other in ((day - timedelta(days=1)).isoformat(), "besok")] == [(422, False)] * 2


def test_the_list_says_who_was_there_of_which_organisation_and_runs_no_formula(client, cast, organisation):
    made = held(cast["convenor"], "milik", zone="Asia/Jayapura")
    rumus = factories.person("=SUM(1)", handle="rumus")
    Registration.objects.create(event=made, person=rumus, has_attended=True)
    Registration.objects.create(event=made, person=cast["colleague"])
    Registration.objects.create(event=made, person=cast["member2"], is_waiting=True)
    day = made.starts_at.astimezone(timezone.get_fixed_timezone(9 * 60)).date().isoformat()

    answer = take(entered(client, cast["convenor"]), "milik")

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert rows_of(answer) == [
        ["'=SUM(1)", "", "Acara milik", day, "ya"],
        [cast["colleague"].name, organisation.name, "Acara milik", day, "tidak"],
    ]


def test_an_organisation_that_the_reader_does_not_see_is_not_named(client, cast, organisation):
    made = held(cast["convenor"], "milik")
    Registration.objects.create(event=made, person=cast["colleague"], has_attended=True)
    organisation.__class__.objects.update(visibility=Level.PRIVATE)

    assert rows_of(take(entered(client, cast["convenor"]), "milik"))[0][1] == ""


def test_of_each_event_the_journal_says_that_the_list_was_taken_and_why(client, cast):
    for slug in ("satu", "dua", "tiga"):
        held(cast["convenor"], slug)
    entered(client, cast["convenor"])

    refused = [take(client, "satu", reason="").status_code, take(client).status_code]
    taken = take(client, "satu", "dua").status_code

    told = Activity.objects.filter(verb=Verb.TOOK_ATTENDANCE)
    assert (refused, taken) == ([422, 422], 200)
    assert {(one.subject.slug, one.reason, one.facts["together"]) for one in told} == {
        (slug, "Laporan kepada pendana.", 2) for slug in ("satu", "dua")
    }


def test_an_event_whose_desk_one_does_not_keep_gives_no_list(client, cast):
    made = held(cast["secretariat"], "lain", came=["provinsi"] * 3)

    answer = take(entered(client, cast["convenor"]), "lain")

    names = Registration.objects.filter(event=made).values_list("person__name", flat=True)
    assert (answer.status_code, [name for name in names if name in answer.content.decode()]) == (422, [])
    assert not Activity.objects.filter(verb=Verb.TOOK_ATTENDANCE).exists()


def test_the_numbers_are_those_of_each_report_and_are_not_added_up(client, cast):
    full = held(cast["convenor"], "penuh", came=["provinsi"] * 6 + ["nasional"] * 7 + ["desa-kelurahan"] * 2)
    few = held(cast["convenor"], "sepi", came=["provinsi"] * 3, days_ago=5)
    national = words.label("service_scale", "nasional")

    table = attending.tables_of([few, full])["scales"]
    page = entered(client, cast["convenor"]).get(f"/en{PAGE}").content.decode()

    cells = {made.slug: [line and line.number for _head, line in lines] for made, _report, lines in table.rows}
    assert {made.slug: report.attended for made, report, _lines in table.rows} == {"penuh": 15, "sepi": None}
    assert (cells["penuh"], cells["sepi"]) == ([7], [None])
    assert table.heads == [national]
    assert (page.count("<tbody><tr>"), page.count("</tr><tr>"), "fewer than 5" in page) == (2, 2, True)


def test_many_events_cost_no_more_queries_than_two(client, cast, django_assert_max_num_queries):
    entered(client, cast["convenor"])
    counted = []
    for many in (2, 6):
        for number in range(many):
            held(cast["convenor"], f"acara-{many}-{number}", came=["provinsi"])
        client.get(PAGE)
        with django_assert_max_num_queries(60) as asked:
            client.get(PAGE)
        counted.append(len(asked))

    assert counted[0] == counted[1]


def test_more_events_than_a_list_holds_are_said(client, cast, monkeypatch):
    monkeypatch.setattr(attending, "MOST", 2)
    for slug in ("satu", "dua", "tiga"):
        held(cast["convenor"], slug)

    page = entered(client, cast["convenor"]).get(f"/en{PAGE}").content.decode()

    assert ("the newest 2 stand here" in page, page.count('name="events"')) == (True, 2)
