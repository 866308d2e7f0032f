"""Harvesting: by a harvester of others' making, over the wire; and the protocol's own rules, one by one."""

import warnings
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cop_site.activity.runner import run_pending
from cop_site.library import actions
from cop_site.library.harvesting import asking
from cop_site.library.models import Practice
from tests import factories
from tests.library.factories import public, published

with warnings.catch_warnings():  # of an old harvester: it writes backslashes that Python would have doubled
    warnings.simplefilter("ignore")
    from sickle import Sickle
    from sickle.iterator import OAIItemIterator
    from sickle.oaiexceptions import NoRecordsMatch

OAI = "{http://www.openarchives.org/OAI/2.0/}"
DC = "{http://purl.org/dc/elements/1.1/}"
LONG_AGO = datetime(2026, 3, 1, 8, 0, 0, tzinfo=UTC)


def shelved(number, *, at=LONG_AGO, **fields):
    """A public text, as a row that is not saved yet."""
    told = {"slug": f"p-{number}", "title": f"Praktik {number}", "visibility": "publik", "live": True, "state": "published"}
    told |= {"document_kind": "pelajaran", "was_public_at": at, "shelf_changed_at": at, "first_published_at": at}
    return Practice(**told | fields)


def many(total, **fields):
    return Practice.objects.bulk_create(shelved(number, **fields) for number in range(total))


def change(slug, **fields):
    """What a deed does to a row on the shelf."""
    Practice.objects.filter(slug=slug).update(shelf_changed_at=timezone.now(), was_public_at=timezone.now(), **fields)


def asked(client, **arguments):
    """The answer to a question, as XML."""
    response = client.get("/oai", arguments)
    assert (response.status_code, response["Content-Type"]) == (200, "text/xml; charset=utf-8")
    return ElementTree.fromstring(response.content)


def error_of(answer):
    return [one.attrib["code"] for one in answer.findall(f"{OAI}error")]


def slugs_in(answer):
    return [one.text.rpartition("/")[2] for one in answer.iter(f"{OAI}identifier")]


def gone_in(answer):
    return {
        one.find(f"{OAI}identifier").text.rpartition("/")[2] for one in answer.iter(f"{OAI}header") if one.attrib.get("status") == "deleted"
    }


# --- over the wire, by sickle


@pytest.fixture
def harvester(live_server, settings, transactional_db):
    settings.SITE_URL = live_server.url
    return Sickle(f"{live_server.url}/oai")


def slug_of(thing):
    return getattr(thing, "header", thing).identifier.rpartition("/")[2]


@pytest.mark.slow
def test_a_harvester_copies_all_in_parts_and_goes_on_after_a_break_while_rows_change(harvester):
    many(253)
    records = harvester.ListRecords(metadataPrefix="oai_dc")
    first = [next(records) for _ in range(100)]
    token = records.resumption_token.token

    change("p-5", title="Praktik yang berubah setelah disalin")
    change("p-150", title="Praktik yang berubah sebelum disalin")
    change("p-199", visibility="jaringan")
    Practice.objects.bulk_create([shelved("baru")])
    resumed = list(OAIItemIterator(harvester, {"verb": "ListRecords", "resumptionToken": token}))
    again = list(OAIItemIterator(harvester, {"verb": "ListRecords", "resumptionToken": token}))

    copied = [slug_of(record) for record in (*first, *resumed)]
    assert sorted(copied) == sorted([*(f"p-{number}" for number in range(253)), "p-baru"])
    assert len(copied) == len(set(copied)) == 254
    by_slug = {slug_of(record): record for record in (*first, *resumed)}
    assert by_slug["p-150"].metadata["title"] == ["Praktik yang berubah sebelum disalin"]
    assert by_slug["p-199"].deleted
    assert [slug_of(record) for record in again] == [slug_of(record) for record in resumed]
    since = first[0].header.datestamp
    later = {slug_of(record) for record in harvester.ListRecords(**{"metadataPrefix": "oai_dc", "from": _after(since)})}
    assert later == {"p-5", "p-150", "p-199"}


def _after(stamp):
    return (datetime.fromisoformat(stamp) + timedelta(seconds=1)).strftime("%Y-%m-%dT%H:%M:%SZ")


@pytest.mark.slow
def test_a_harvester_sees_what_is_gone_and_chooses_by_date_and_set(harvester):
    many(3, mandate=["migrasi-aman"])
    Practice.objects.bulk_create(
        [
            shelved("lain", mandate=["bantuan-hukum"], at=LONG_AGO + timedelta(days=2)),
            shelved("tertarik", at=LONG_AGO + timedelta(days=4), state="withdrawn"),
            shelved("tertutup", at=LONG_AGO + timedelta(days=4), visibility="jaringan"),
            shelved("ditahan", at=LONG_AGO + timedelta(days=4), held_at=LONG_AGO),
            shelved("tidak-pernah", was_public_at=None, visibility="jaringan"),
        ]
    )

    def headers(**arguments):
        return {slug_of(header): header.deleted for header in harvester.ListIdentifiers(metadataPrefix="oai_dc", **arguments)}

    gone = {"p-tertarik": True, "p-tertutup": True, "p-ditahan": True}
    assert headers() == {"p-0": False, "p-1": False, "p-2": False, "p-lain": False} | gone
    assert headers(set="mandate:bantuan-hukum") == {"p-lain": False} | gone
    assert headers(**{"from": "2026-03-02", "until": "2026-03-03"}) == {"p-lain": False}
    assert headers(**{"from": "2026-03-01T08:00:00Z", "until": "2026-03-01T08:00:00Z"}) == {"p-0": False, "p-1": False, "p-2": False}
    with pytest.raises(NoRecordsMatch):
        headers(until="2026-02-28")
    assert {one.setSpec for one in harvester.ListSets()} >= {"mandate", "mandate:bantuan-hukum"}
    assert harvester.Identify().deletedRecord == "persistent"
    assert [one.metadataPrefix for one in harvester.ListMetadataFormats()] == ["oai_dc"]
    record = harvester.GetRecord(metadataPrefix="oai_dc", identifier=next(harvester.ListIdentifiers(metadataPrefix="oai_dc")).identifier)
    assert record.metadata["title"] == ["Praktik 0"]
    assert Sickle(harvester.endpoint, http_method="POST").Identify().baseURL == harvester.endpoint


# --- the rules of the protocol


def test_what_deeds_take_from_the_public_is_told_as_gone(client, cast):
    kept, narrowed, withdrawn = (
        public(cast["member"], cast["reviewer"], cast["safety_reviewer"], title=f"Praktik desa {n}") for n in range(3)
    )
    inside = published(cast["member"], cast["reviewer"])
    run_pending()
    assert gone_in(asked(client, verb="ListRecords", metadataPrefix="oai_dc")) == set()

    actions.narrow_practice(narrowed, by=cast["member"], visibility="jaringan")
    actions.withdraw_practice(withdrawn, by=cast["member"], reason="Persetujuan berakhir")
    answer = asked(client, verb="ListRecords", metadataPrefix="oai_dc")

    assert set(slugs_in(answer)) == {kept.slug, narrowed.slug, withdrawn.slug}
    assert gone_in(answer) == {narrowed.slug, withdrawn.slug}
    told = ElementTree.tostring(answer, encoding="unicode")
    assert kept.title in told
    assert [word in told for word in (narrowed.title, withdrawn.title, inside.slug, "Persetujuan")] == [False] * 4


def test_what_happens_inside_the_network_to_what_is_gone_is_not_told(client, cast):
    practice = public(cast["member"], cast["reviewer"], cast["safety_reviewer"])
    actions.narrow_practice(practice, by=cast["member"], visibility="jaringan")
    before = asked(client, verb="ListIdentifiers", metadataPrefix="oai_dc")
    Practice.objects.filter(pk=practice.pk).update(was_public_at=LONG_AGO)

    actions.change_practice(practice, by=cast["member"], title="Judul baru di dalam jaringan")
    actions.submit_practice(practice, by=cast["member"])
    actions.publish_practice(practice, by=cast["reviewer"])
    header = asked(client, verb="ListIdentifiers", metadataPrefix="oai_dc").find(f".//{OAI}header")

    assert gone_in(before) == {practice.slug}
    assert header.attrib == {"status": "deleted"}
    assert header.find(f"{OAI}datestamp").text == "2026-03-01T08:00:00Z"


def test_of_what_is_gone_nothing_is_told_but_that(client, db):
    Practice.objects.bulk_create([shelved(1, visibility="jaringan", mandate=["migrasi-aman"])])

    record = asked(client, verb="GetRecord", metadataPrefix="oai_dc", identifier="oai:localhost:practice/p-1").find(f".//{OAI}record")

    assert [part.tag for part in record.iter()] == [f"{OAI}record", f"{OAI}header", f"{OAI}identifier", f"{OAI}datestamp"]


def test_a_record_has_its_parts_in_the_order_of_the_schema(client, db):
    Practice.objects.bulk_create([shelved(1, mandate=["migrasi-aman", "tidak-ada"], summary="Isi\x01 <b>&amp;")])

    answer = asked(client, verb="ListRecords", metadataPrefix="oai_dc")

    assert [part.tag for part in answer] == [f"{OAI}responseDate", f"{OAI}request", f"{OAI}ListRecords"]
    header, metadata = answer.find(f".//{OAI}record")
    assert [part.tag.removeprefix(OAI) for part in header] == ["identifier", "datestamp", "setSpec", "setSpec"]
    assert [part.text for part in header[1:]] == ["2026-03-01T08:00:00Z", "mandate", "mandate:migrasi-aman"]
    assert metadata[0].find(f"{DC}description").text == "Isi <b>&amp;"
    assert metadata[0].find(f"{DC}identifier").text == "http://localhost:8000/library/p-1/"
    assert metadata[0].find(f"{DC}title").attrib == {"{http://www.w3.org/XML/1998/namespace}lang": "id"}


def test_the_repository_says_what_it_is(client, db, settings):
    settings.DEFAULT_FROM_EMAIL = "Anyam <no-reply@localhost>"
    Practice.objects.bulk_create([shelved(1)])

    told = asked(client, verb="Identify").find(f"{OAI}Identify")

    assert [(part.tag.removeprefix(OAI), part.text) for part in told] == [
        ("repositoryName", settings.SITE_NAME),
        ("baseURL", f"{settings.SITE_URL}/oai"),
        ("protocolVersion", "2.0"),
        ("adminEmail", "no-reply@localhost.invalid"),
        ("earliestDatestamp", "2026-03-01T08:00:00Z"),
        ("deletedRecord", "persistent"),
        ("granularity", "YYYY-MM-DDThh:mm:ssZ"),
    ]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("", "badVerb"),
        ("verb=Dance", "badVerb"),
        ("verb=Identify&verb=Identify", "badVerb"),
        ("verb=Identify&from=2026-01-01", "badArgument"),
        ("verb=ListRecords", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&metadataPrefix=oai_dc", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&resumptionToken=x", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=kemarin", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2026-02-30", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&until=9999-12-31", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-02&until=2026-01-01", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-01&until=2026-01-02T00:00:00Z", "badArgument"),
        ("verb=ListRecords&metadataPrefix=marc21", "cannotDisseminateFormat"),
        ("verb=ListRecords&metadataPrefix=oai_dc&set=nirwana", "noRecordsMatch"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2030-01-01", "noRecordsMatch"),
        ("verb=ListRecords&resumptionToken=dibuat-sendiri", "badResumptionToken"),
        ("verb=ListRecords&resumptionToken=", "badResumptionToken"),
        ("verb=ListSets&resumptionToken=x", "badResumptionToken"),
        ("verb=GetRecord&metadataPrefix=oai_dc", "badArgument"),
        ("verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:localhost:practice/p-2", "idDoesNotExist"),
        ("verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:localhost:practice/%00", "idDoesNotExist"),
        ("verb=GetRecord&metadataPrefix=oai_dc&identifier=p-1", "idDoesNotExist"),
        ("verb=ListMetadataFormats&identifier=oai:localhost:practice/p-2", "idDoesNotExist"),
    ],
)
def test_what_the_protocol_forbids_gets_the_protocols_error(client, db, query, code):
    Practice.objects.bulk_create([shelved(1), shelved(2, was_public_at=None, visibility="jaringan")])

    response = client.get(f"/oai?{query}")

    answer = ElementTree.fromstring(response.content)
    assert (response.status_code, error_of(answer)) == (200, [code])
    assert bool(answer.find(f"{OAI}request").attrib) == (code not in {"badVerb", "badArgument"})


def test_a_strangers_words_come_back_harmless(client, db):
    response = client.get(
        "/oai", {"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "\x0b</request><script>alert(1)</script>"}
    )

    answer = ElementTree.fromstring(response.content)
    assert answer.find(f"{OAI}request").attrib["identifier"] == "</request><script>alert(1)</script>"
    assert b"<script" not in response.content


def test_a_token_of_one_verb_opens_no_other_and_none_can_be_made(client, db):
    token = asking.sealed("ListRecords", asking.Selection(after=0))
    Practice.objects.bulk_create([shelved(1)])

    assert slugs_in(asked(client, verb="ListRecords", resumptionToken=token)) == ["p-1"]
    assert error_of(asked(client, verb="ListIdentifiers", resumptionToken=token)) == ["badResumptionToken"]
    assert error_of(asked(client, verb="ListRecords", resumptionToken=f"a{token[1:]}")) == ["badResumptionToken"]


def test_whoever_is_signed_in_harvests_no_more_than_others(client, cast):
    Practice.objects.bulk_create([shelved(1), shelved(2, visibility="jaringan", was_public_at=None)])
    client.force_login(cast["secretariat"])

    assert slugs_in(asked(client, verb="ListRecords", metadataPrefix="oai_dc")) == ["p-1"]


def test_a_part_costs_the_same_however_long_it_is(client, db):
    many(2)
    asked(client, verb="ListRecords", metadataPrefix="oai_dc")
    with CaptureQueriesContext(connection) as short:
        asked(client, verb="ListRecords", metadataPrefix="oai_dc")
    Practice.objects.bulk_create(shelved(f"lagi-{number}", organisation=factories.organisation()) for number in range(120))

    with CaptureQueriesContext(connection) as long:
        answer = asked(client, verb="ListRecords", metadataPrefix="oai_dc")

    assert len(slugs_in(answer)) == 100
    assert len(long) == len(short)
