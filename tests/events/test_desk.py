"""The desk: who was there, the list with its reason, the report without names, certificates with a code."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.utils import timezone

from cop_site.accounts.models import Level
from cop_site.activity.models import Activity
from cop_site.activity.verbs import Verb
from cop_site.events import actions, guests
from cop_site.events.models import Registration
from cop_site.vocabulary import selectors as words
from tests import factories
from tests.events.factories import event

NAMES = ["member", "member2", "colleague", "moderator"]


def entered(client, person):
    client.force_login(person)
    return client


def crowd(made, scales):
    """People of the given scales, who were all there."""
    people = [factories.person() for _scale in scales]
    Registration.objects.bulk_create(
        Registration(event=made, person=person, scale=scale, mandates=list(words.terms("mandate"))[:1], has_attended=True)
        for person, scale in zip(people, scales, strict=True)
    )
    return people


@pytest.mark.parametrize("page", ["", "report/"])
def test_the_desk_is_for_those_who_lead(page, client, cast):
    event(cast["convenor"], visibility=Level.PUBLIC)

    statuses = {
        who: entered(client, cast[who]).get(f"/events/acara-uji/desk/{page}").status_code for who in ("convenor", "moderator", "member")
    }

    assert statuses == {"convenor": 200, "moderator": 200, "member": 403}


def test_who_was_there_is_ticked_and_gets_a_certificate_whose_code_anybody_checks(client, cast):
    made = event(cast["convenor"], name_id="Forum tertutup")
    for who in ("member", "member2"):
        actions.register(made, by=cast[who])

    entered(client, cast["convenor"]).post(
        "/events/acara-uji/desk/attendance/", {"was_there": [cast["member"].handle], "then": "certificates"}
    )
    code = Registration.objects.get(has_attended=True).certificate
    sheets = [entered(client, cast[who]).get("/events/acara-uji/certificate/") for who in ("member", "member2")]
    checked = client.post("/events/certificates/", {"code": f" {code.upper()} "}).content.decode()
    client.logout()
    by_visitor, wrong = (client.post("/events/certificates/", {"code": one}).content.decode() for one in (code, "salah"))

    assert ([sheet.status_code for sheet in sheets], code in sheets[0].content.decode()) == ([200, 404], True)
    assert ("Forum tertutup" in checked, "Forum tertutup" in by_visitor) == (True, False)
    assert (cast["member"].name in by_visitor, cast["member"].name in wrong) == (True, False)


def test_a_certificate_is_void_while_somebody_was_not_there_after_all(client, cast):
    made = event(cast["convenor"])
    actions.register(made, by=cast["member"])
    actions.mark_attendance(made, [cast["member"].handle], by=cast["convenor"])
    actions.give_certificates(made, by=cast["convenor"])
    code = Registration.objects.get().certificate

    actions.mark_attendance(made, [], not_there=[cast["member"].handle], by=cast["convenor"])
    void = guests.certified(code), guests.certified(""), entered(client, cast["member"]).get("/events/acara-uji/certificate/").status_code
    actions.mark_attendance(made, [cast["member"].handle], by=cast["convenor"])
    actions.give_certificates(made, by=cast["convenor"])

    assert void == (None, None, 404)
    assert guests.certified(code) == Registration.objects.get()


def test_a_page_that_is_out_of_date_changes_only_what_was_changed_on_it(client, cast):
    made = event(cast["convenor"])
    for who in ("member", "member2", "colleague"):
        actions.register(made, by=cast[who])
    actions.mark_attendance(made, ["member"], by=cast["convenor"])
    entered(client, cast["convenor"])
    page = client.get("/events/acara-uji/desk/").content.decode()
    ticked = [name for name in NAMES if f'name="stood_ticked" value="{name}"' in page]
    actions.register(made, by=cast["moderator"])
    actions.mark_attendance(made, ["member2", "moderator"], by=cast["secretariat"])

    told = {"stood_ticked": ticked, "was_there": ["colleague"]}
    client.post("/events/acara-uji/desk/attendance/", told)

    there = set(Registration.objects.filter(has_attended=True).values_list("person__handle", flat=True))
    assert (ticked, there) == (["member"], {"member2", "moderator", "colleague"})


def test_a_code_that_no_database_takes_is_none_of_ours(client, cast):
    made = event(cast["convenor"])
    Registration.objects.create(event=made, person=cast["member"], has_attended=True, certificate="abc")

    assert (guests.certified("ab\0c").person, guests.certified("\0")) == (cast["member"], None)
    assert client.post("/events/certificates/", {"code": "x\0"}).status_code == 200


def test_whoever_sees_the_event_no_more_keeps_her_certificate_and_takes_her_registration_back(client, cast, circle):
    made = event(cast["convenor"], visibility=Level.CIRCLE, circle=circle, name_id="Rahasia lingkar")
    actions.register(made, by=cast["member"], needs="Bahasa isyarat.")
    Registration.objects.update(has_attended=True, certificate="abc")
    circle.members.remove(cast["member"])
    entered(client, cast["member"])

    page = client.get("/events/mine/").content.decode()
    paths = ["/events/acara-uji/", "/events/acara-uji/certificate/"]
    statuses = [client.get(path).status_code for path in paths]
    left = client.post("/events/acara-uji/leave/")
    again = client.post("/events/acara-uji/leave/")

    assert ("/events/acara-uji/leave/" in page, "/events/acara-uji/certificate/" in page, "Rahasia lingkar" in page) == (True, True, False)
    assert (statuses, left.url, again.status_code) == ([404, 200], "/events/mine/", 404)
    assert not Registration.objects.exists()


def test_the_list_needs_a_reason_and_is_written_down(client, cast):
    made = event(cast["convenor"])
    person = factories.person("=SUM(1)", handle="rumus")
    Registration.objects.create(event=made, person=person, scale="provinsi", has_attended=True)
    Registration.objects.create(event=made, person=cast["member"])
    entered(client, cast["convenor"])

    without = client.post("/events/acara-uji/desk/list/", {"reason": ""})
    taken = client.post("/events/acara-uji/desk/list/", {"reason": "Laporan kepada pendana."})
    rows = list(csv.reader(StringIO(taken.content.decode("utf-8-sig"))))

    assert (without.status_code, taken["Content-Type"]) == (422, "text/csv; charset=utf-8")
    assert [row[0] for row in rows[1:]] == ["'=SUM(1)"]
    assert Activity.objects.get(verb=Verb.TOOK_ATTENDANCE).reason == "Laporan kepada pendana."


def test_a_report_tells_no_number_below_five_and_none_that_could_be_worked_out(client, cast):
    made = event(cast["convenor"])
    people = crowd(made, ["provinsi"] * 6 + ["nasional"] * 7 + ["desa-kelurahan"] * 2)

    numbers = {line.label: line.number for line in guests.report_of(made).scales}
    page = entered(client, cast["convenor"]).get("/events/acara-uji/desk/report/").content.decode()

    assert sorted(number for number in numbers.values() if number) == [7]
    assert (len(numbers), [line.number for line in guests.report_of(made).mandates]) == (3, [15])
    assert [person.name for person in people if f">{person.name}<" in page] == []


def test_people_are_invited_by_their_handle(client, cast):
    event(cast["convenor"])
    entered(client, cast["convenor"])

    wrong = client.post("/events/acara-uji/desk/invite/", {"person": "tak-ada"})
    applicant = client.post("/events/acara-uji/desk/invite/", {"person": cast["applicant"].handle})
    right = client.post("/events/acara-uji/desk/invite/", {"person": cast["observer"].handle})
    page = client.get("/events/acara-uji/desk/").content.decode()

    assert (wrong.status_code, applicant.status_code, right.status_code) == (422, 422, 302)
    assert cast["observer"].name in page


def test_certificates_are_not_given_before_the_event_begins(client, cast):
    begins = timezone.now() + timedelta(days=1)
    made = event(cast["convenor"], starts_at=begins, ends_at=begins + timedelta(hours=1))
    actions.register(made, by=cast["member"])

    answer = entered(client, cast["convenor"]).post(
        "/events/acara-uji/desk/attendance/", {"was_there": [cast["member"].handle], "then": "certificates"}
    )

    assert (answer.status_code, Registration.objects.get().certificate) == (403, "")
