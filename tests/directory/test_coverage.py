"""What regions have in place: the newest day holds, not known is a value, and only some may write it down."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cop_site.activity.models import Activity
from cop_site.directory import actions, rules
from cop_site.directory.models import Coverage, Survey
from cop_site.directory.selectors import covering
from cop_site.vocabulary import selectors as words
from tests import actors
from tests.directory import golden

pytestmark = pytest.mark.django_db

UNKNOWN = "belum-diketahui"
NIK = "3374015508900001"


def statement(**said):
    told = {"province": "53", "instrument": "rad", "status": "aktif", "source": "Keputusan nomor 12/2026", "visibility": "jaringan"}
    return told | {"as_of": timezone.localdate()} | said


def survey(**said):
    return {"province": "53", "source": "Lokakarya", "visibility": "jaringan", "as_of": timezone.localdate()} | said


def statuses(region):
    return {state.instrument.slug: state.status for state in region.states if state.status != UNKNOWN}


# --- reading


@pytest.mark.parametrize(
    ("who", "known"),
    [
        ("visitor", {"53": {"gugus-tugas": "aktif", "rad": "tidak-ada"}}),
        ("member", {"53": {"gugus-tugas": "aktif", "rad": "aktif"}, "51": {"gugus-tugas": "aktif"}}),
    ],
)
def test_every_province_stands_as_the_newest_statement_says_that_one_may_read(cast, who, known):
    golden.plant()

    page = covering.coverage_page(cast[who], None)

    assert [region.code for region in page.provinces] == list(words.provinces())
    assert {region.code: statuses(region) for region in page.provinces if statuses(region)} == known
    assert page.unknown == 38 * 5 - sum(len(found) for found in known.values())
    assert page.asked == 38 * 5
    tallies = {tally.instrument.slug: {term.slug: number for term, number in tally.numbers} for tally in page.tallies}
    assert tallies["rad"][UNKNOWN] == 37
    assert tallies["perdes"] == {"aktif": 0, "di-atas-kertas": 0, "tidak-ada": 0, UNKNOWN: 38}


def test_a_province_shows_its_districts_its_history_and_what_is_not_known(client, cast):
    golden.plant()

    answer = client.get("/directory/coverage/?province=53")

    page, text = answer.context["page"], answer.content.decode()
    assert statuses(page.chosen) == {"gugus-tugas": "aktif", "rad": "tidak-ada"}
    assert [told.statement.status for told in page.chosen.states[0].older] == ["di-atas-kertas"]
    assert {region.code: statuses(region) for region in page.districts if statuses(region)} == {"53.71": {"perdes": "aktif"}}
    assert page.unknown == page.asked - 3
    assert [source for source in ("Sumber publik 40", "Sumber publik 400", "Sumber jaringan 10") if source in text] == [
        "Sumber publik 40",
        "Sumber publik 400",
    ]


def test_coverage_costs_the_same_for_one_statement_and_for_twenty(client):
    costs = []

    for number in (1, 19):
        for place in range(number):
            told = statement(visibility="publik", status="aktif", as_of=timezone.localdate() - timedelta(days=place))
            Coverage.objects.create(**told)
        client.get("/directory/coverage/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/directory/coverage/?province=53")
        costs.append(len(queries))

    assert costs[0] == costs[1] <= 25


# --- writing


@pytest.mark.parametrize("who", actors.EVERYBODY)
def test_convenors_and_the_secretariat_state_things_and_only_the_secretariat_for_everybody(cast, who):
    reached = set()

    for level in ("jaringan", "publik", "pengelola"):
        for deed, told in ((actions.state_coverage, statement()), (actions.record_survey, survey())):
            try:
                deed(by=cast[who], **told | {"visibility": level})
                reached.add((deed.__name__, level))
            except PermissionDenied:
                continue

    levels = {"convenor": ["jaringan"], "secretariat": ["jaringan", "publik"]}.get(who, [])
    assert reached == {(deed, level) for deed in ("state_coverage", "record_survey") for level in levels}


def test_a_statement_is_written_down_once_with_its_activity(cast):
    key = uuid4()

    first = actions.state_coverage(by=cast["convenor"], key=key, **statement(regency="53.71", note="Rapat tiap triwulan."))
    again = actions.state_coverage(by=cast["convenor"], key=key, **statement())

    told = Activity.objects.filter(verb="stated-coverage")
    assert first == again == Coverage.objects.get()
    assert [one.facts for one in told] == [{"province": "53", "regency": "53.71", "instrument": "rad", "status": "aktif"}]


def test_a_survey_makes_empty_cells_say_nobody(client, cast):
    actions.record_survey(by=cast["secretariat"], **survey(visibility="publik", mandate_group="protection"))

    page = client.get("/directory/matrix/?by=province").context["matrix"]

    said = {group.term.slug: {line.cells[18].number.state for line in group.lines} for group in page.groups}
    assert page.columns[18].key == "53"
    assert said == {group: {"nobody"} if group == "protection" else {"unknown"} for group in words.terms("mandate_group")}
    assert [one.facts["mandate_group"] for one in Activity.objects.filter(verb="recorded-survey")] == ["protection"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"source": "  "}, "source"),
        ({"as_of": timezone.localdate() + timedelta(days=2)}, "as_of"),
        ({"instrument": "mond"}, "instrument"),
        ({"status": "mond"}, "status"),
        ({"province": "99"}, "province"),
        ({"regency": "11.01"}, "regency"),
        ({"source": f"NIK {NIK}"}, None),
        ({"note": f"NIK {NIK}"}, None),
    ],
)
def test_a_statement_without_source_from_tomorrow_or_with_personal_data_is_refused(cast, wrong, field):
    with pytest.raises(rules.NotReady) as refused:
        actions.state_coverage(by=cast["secretariat"], **statement(**wrong))

    assert [problem.field for problem in refused.value.problems] == ([field] if field else [])
    assert not Coverage.objects.exists()


@pytest.mark.parametrize("places", [{"province": ""}, {"scale": "nasional"}, {"mandate_group": "mond"}])
def test_a_survey_is_about_one_place_and_known_mandates(cast, places):
    with pytest.raises(rules.NotReady):
        actions.record_survey(by=cast["secretariat"], **survey(**places))

    assert not Survey.objects.exists()


# --- the forms


@pytest.mark.parametrize("address", ["/directory/coverage/new/", "/directory/coverage/survey/"])
def test_the_forms_are_for_convenors_and_the_secretariat(client, cast, address):
    answers = {}

    for who in ("visitor", "member", "convenor", "secretariat"):
        client.logout()
        if who != "visitor":
            client.force_login(cast[who])
        answers[who] = client.get(address)

    assert {who: answer.status_code for who, answer in answers.items()} == {
        "visitor": 302,
        "member": 403,
        "convenor": 200,
        "secretariat": 200,
    }
    levels = {
        who: [slug for slug, _label in answers[who].context["form"].fields["visibility"].choices] for who in ("convenor", "secretariat")
    }
    assert levels == {"convenor": ["jaringan"], "secretariat": ["jaringan", "publik"]}


def test_a_statement_goes_through_its_form(client, cast):
    client.force_login(cast["secretariat"])
    sent = statement(visibility="publik", as_of=timezone.localdate().isoformat(), note="") | {"regency": "", "deed_key": str(uuid4())}

    answers = [client.post("/directory/coverage/new/", sent) for _time in range(2)]

    assert [answer.headers["Location"] for answer in answers] == ["/directory/coverage/?province=53"] * 2
    assert Coverage.objects.get().visibility == "publik"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"source": ""}, "source"),
        ({"as_of": "2099-01-01"}, "as_of"),
        ({"province": "51", "regency": "53.71"}, "regency"),
        ({"visibility": "publik"}, "visibility"),
    ],
)
def test_what_cannot_be_taken_stays_typed(client, cast, wrong, field):
    client.force_login(cast["convenor"])

    answer = client.post("/directory/coverage/new/", statement(as_of="2026-01-31", note="Catatan yang tetap") | wrong)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert "Catatan yang tetap" in answer.content.decode()
    assert not Coverage.objects.exists()


def test_personal_data_is_pointed_at_where_it_stands(client, cast):
    client.force_login(cast["convenor"])

    answer = client.post("/directory/coverage/new/", statement(as_of="2026-01-31", note=f"Lapor ke {NIK}"))

    assert answer.status_code == 422
    assert list(answer.context["form"].findings) == ["note"]
    assert not Coverage.objects.exists()


def test_a_survey_goes_through_its_form_and_needs_one_place(client, cast):
    client.force_login(cast["convenor"])
    sent = survey(as_of="2026-01-31", province="", scale="", mandate_group="") | {"deed_key": str(uuid4())}

    refused = client.post("/directory/coverage/survey/", sent)
    taken = client.post("/directory/coverage/survey/", sent | {"scale": "nasional"})

    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["province"])
    assert taken.headers["Location"] == "/directory/coverage/"
    assert Survey.objects.get().scale == "nasional"


def test_what_was_typed_waits_behind_the_door(client, cast):
    client.post("/directory/coverage/new/", statement(as_of="2026-01-31", note="Ditulis sebelum masuk"))
    client.force_login(cast["convenor"])

    waiting = client.get("/directory/coverage/new/")

    assert waiting.context["form"]["note"].value() == "Ditulis sebelum masuk"
