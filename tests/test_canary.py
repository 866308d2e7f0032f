"""The canary: a secret for every audience, and a walk over every address as each of the cast."""

import json
import os
import re
from datetime import timedelta
from itertools import product
from zlib import crc32

import pytest
from django.conf import settings
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from cop_site.accounts import selectors as people
from cop_site.accounts.models import Organisation, User
from cop_site.activity.actions import record
from cop_site.activity.models import Delivery
from cop_site.activity.runner import run_pending
from cop_site.activity.verbs import Verb
from cop_site.events.models import Event
from cop_site.forums.models import Topic
from cop_site.forums.selectors.listening import who_may_hear
from cop_site.library import actions, documents, rules
from cop_site.library.models import Practice
from cop_site.library.selectors import carrying, desk, judging, using, writing
from cop_site.live import ears
from cop_site.notifications import mailing
from cop_site.notifications.models import Notification
from cop_site.search import indexing, saved
from tests.canary import addresses, entries, gatherings, talks, world
from tests.canary.walker import walker

pytestmark = pytest.mark.canary
CONFIRM = re.compile(r"/library/kanari[^/]*/(recall|submit|discard|narrow|withdraw|ask-public|tried|add-to-list|translate)/")
SIDE_DOOR, CITATION = re.compile(r"/library/kanari[^/]*/."), re.compile(r"/library/kanari[^/]*\.")
TALK_DOOR = re.compile(r"/forums/(t/\d+/(?!kanari)|p/\d+/|kanari-forum-[a-z]+/.)|/notifications/.*\d")
JUDGES_DOOR = re.compile(r"/moderation/(\d|report/|decisions/\d|appeals/\d)|/accounts/blocks/new/")
DESK = re.compile(r"/library/(review|safety|held|sealed|tried)/\d")

LISTS = [
    "/",
    "/en/",
    "/library/lists/",
    "/library/",
    "/en/library/",
    "/search/",
    "/library/mine/",
    "/library/review/",
    "/api/v1/search?size=100",
    "/search/?sort=newest&mandate=migrasi-aman&year_from=1990",
    "/search/missed/?export=csv",
]
LISTS += [f"/library/?export={ending}" for ending in ("bib", "ris", "csv", "json")] + ["/feeds/library.atom", "/feeds/library.atom?q=isi"]
LISTS += [f"/oai?verb={verb}&metadataPrefix=oai_dc" for verb in ("ListRecords", "ListIdentifiers")] + [
    "/oai?verb=Identify",
    "/oai?verb=ListSets",
]
LISTS += [
    "/directory/",
    "/en/directory/",
    "/directory/?q=lembaga",
    "/search/?kind=organisation",
    "/api/v1/search?kind=organisation&size=100",
]
LISTS += [f"/directory/?export={kind}" for kind in ("csv", "json", "freshness")] + ["/api/v1/directory/freshness"]
LISTS += [
    "/directory/matrix/?by=province",
    "/directory/matrix/?by=scale",
    "/directory/map/?as=outlines",
    "/directory/coverage/?province=53",
]
LISTS += [f"/directory/map/?province={code}" for code in (51, 52, 53, 61)] + ["/directory/chain/?origin=53&destination=MY"]
LISTS += [f"/directory/referral/?province={code}" for code in (51, 52, 53, 61)]

LISTS += ["/forums/", "/en/forums/", "/forums/mine/", "/forums/sealed/", "/notifications/", "/notifications/settings/"]
LISTS += [
    "/moderation/",
    "/en/moderation/",
    "/moderation/?tab=held",
    "/moderation/reports/",
    "/moderation/decisions/",
    "/moderation/appeals/",
]
LISTS += ["/moderation/account/", "/moderation/words/list.csv"]
LISTS += ["/search/?kind=topic", "/api/v1/search?kind=topic&size=100"]


@pytest.fixture(scope="module")
def planted(django_db_setup, django_db_blocker):
    with world.planted(django_db_blocker) as made:
        yield made


@pytest.fixture
def lagging(planted, db):
    """The same, where the index still believes some rows public that the database has narrowed since."""
    for (level, state), practice in planted.practices.items():
        if state == "lagging":
            Practice.objects.filter(pk=practice.pk).update(visibility="publik")
            indexing.refresh("practice", [practice.pk])
            Practice.objects.filter(pk=practice.pk).update(visibility=level)
    return planted


def client_of(planted, who):
    return walker(planted.people[who.name])


def everything_said(response) -> str:
    body = response.content if not response.streaming else b"".join(response.streaming_content)
    return body.decode("utf-8", "replace") + str(response.headers) + response.headers.get("Location", "")


def leaks_in(text, planted, who):
    words = found_in(text)
    return {secret.about for secret in planted.secrets if secret.word in words and who.name not in secret.readers}


def found_in(text):
    return set(world.WORD.findall(text))


def all_paths(planted):
    """Every address, the lists in both languages and on every page, and questions for every secret of a practice.

    The secrets themselves are asked of the API alone, which does not repeat the question; a row that holds one of several answers.
    """
    asked = [secret.word for secret in planted.secrets if re.search("practice|revision|entry|topic|post", secret.about)]
    questions = [f"/api/v1/search?size=100&q={'+'.join(asked[at : at + 12])}" for at in range(0, len(asked), 12)]
    questions += [f"/api/v1/suggest?q={word[:7]}" for word in asked]
    pages = [f"{path}?q=isi&page={page}" for path in ("/library/", "/search/") for page in (1, 2, 3)]
    general = ["/library/?q=lembaga", "/library/?page=2", "/api/v1/suggest?q=judul", "/api/v1/suggest?q=rahasia"]
    records = [f"/oai?verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:localhost:practice/{slug}" for slug in planted.samples["slug"]]
    return [*addresses.addresses(planted.samples), *LISTS, *questions, *pages, *general, *records]


def rows_read(viewer, planted):
    """All that the reading functions hand to pages, asked directly: a page's own gate must not be the only one."""
    yield from people.applications_page(viewer)
    yield from people.organisations_like(f"Lembaga {planted.sealed_organisation.name}", viewer=viewer)
    yield from people.people_page(viewer)
    yield from people.person_page(planted.people["member"], viewer=viewer).organisations
    yield from people.circles_of_viewer(viewer)
    yield from documents.visible_practices(viewer, [practice.pk for practice in planted.practices.values()]).values()
    if viewer.pk:
        yield from (text.practice for text in _all(writing.own_texts(viewer)))
        yield from writing.notes_for(viewer)
        yield from (row.saved for row in saved.saved_page(viewer).rows)
    for tab in (desk.WAITING, desk.SAFETY):
        yield from (row.practice for row in desk.desk(viewer, tab).rows)
    yield from desk.desk(viewer, desk.REPORTS).reports
    for practice in planted.practices.values():
        for read in (judging.review_item, judging.safety_item):
            if item := read(viewer, practice.pk):
                yield item.words
        if viewer.pk:
            yield from writing.comments_for(practice, viewer).values()
        if documents.visible_practices(viewer, [practice.pk]):  # what the page asks before it shows them
            yield from (shown.report for shown in using.adaptations(practice, viewer).shown)


def _all(texts):
    return [*texts.yours, *texts.waiting, *texts.published, *texts.withdrawn]


@pytest.mark.parametrize("who", world.WALKERS, ids=lambda who: who.name)
def test_reading_functions_hand_out_nothing_that_is_not_for_their_reader(who, planted, db):
    viewer = fresh(planted, who)

    rows = list(rows_read(viewer, planted))

    words = " ".join(
        str(getattr(row, name, "")) for row in rows for name in ("title", "name", "name_id", "organisation_name", "note", "text", "notes")
    )
    assert leaks_in(words, planted, who) == set()
    assert not any(isinstance(row, User) for row in rows) or who.role == "secretariat"


@pytest.mark.parametrize("who", world.WALKERS, ids=lambda who: who.name)
def test_an_export_carries_away_nothing_that_is_not_for_its_reader(who, planted, db):
    words = " ".join(json.dumps(line, ensure_ascii=False) for line in carrying.lines(fresh(planted, who)))

    assert leaks_in(words, planted, who) == set()
    assert found_in(words) or who.name == "visitor"


def fresh(planted, who):
    """The person as a request finds them: nothing remembered from another test."""
    person = planted.people[who.name]
    return type(person).objects.get(pk=person.pk) if person.pk else person


DEEDS = {
    "publish": lambda practice, by: actions.publish_practice(practice, by=by),
    "ask for changes": lambda practice, by: actions.ask_for_changes(practice, by=by, note="Uji"),
    "withdraw": lambda practice, by: actions.withdraw_practice(practice, by=by, reason="Uji"),
    "narrow": lambda practice, by: actions.narrow_practice(practice, by=by, visibility="pribadi"),
    "approve public": lambda practice, by: actions.approve_public(practice, by=by),
    "ask for changes before public": lambda practice, by: actions.ask_for_changes_before_public(practice, by=by, note="Uji"),
    "claim": lambda practice, by: actions.claim_review(practice, by=by),
    "set evidence": lambda practice, by: actions.set_evidence(practice, by=by, evidence="gagasan"),
    "report": lambda practice, by: actions.report_adaptation(
        practice,
        by=by,
        organisation=Organisation.objects.joined_by(by).first() or Organisation(),
        service_scale="provinsi",
        province="33",
        year=2025,
        outcome="berhasil",
        text="Uji",
    ),
}


@pytest.mark.parametrize("who", [who for who in world.WALKERS if who.name != "visitor"], ids=lambda who: who.name)
@pytest.mark.parametrize("deed", DEEDS)
def test_deeds_reach_no_further_than_reading(who, deed, planted, db):
    Practice.objects.filter(slug__contains="-published-").update(public_asked_at="2026-01-01T00:00Z")
    Practice.objects.filter(slug__contains="-published-", visibility="publik").update(public_asked_at=None)
    person, reached = fresh(planted, who), set()

    for (level, state), practice in planted.practices.items():
        try:
            with transaction.atomic():
                DEEDS[deed](practice, person)
                raise rules.NotReady([], [])  # it went through: as good as "not ready", and nothing stays
        except rules.NotReady:
            reached.add((level, state))
        except PermissionDenied:
            continue

    assert {(level, state) for level, state in reached if who.name not in world.knows_of(level, state)} == set()


def test_an_organisation_that_is_not_to_be_seen_cannot_be_joined(planted, db):
    client = Client()
    client.force_login(planted.people["secretariat"], backend="cop_site.accounts.backends.PeopleBackend")
    address = reverse("join-organisation", args=[planted.people["member"].handle])

    response = client.post(address, {"join-organisation": planted.sealed_organisation.pk})

    assert response.status_code == 422
    assert not planted.people["member"].memberships.filter(organisation=planted.sealed_organisation).exists()


def hidden_addresses(planted, who):
    """Parts of addresses that lead to what ``who`` may not even know of."""
    practices = {practice.slug for (level, state), practice in planted.practices.items() if who.name not in world.knows_of(level, state)}
    application, circle = f"applications/{planted.samples['application'][0]}", f"circles/{planted.circle.pk}"
    others = {
        application: who.name == "applicant" or who.role == "secretariat",
        circle: who.in_circle and who.role in world.NETWORK,
        **{f"people/{handle}/": who.role == "secretariat" for handle in planted.samples["handle"]},
    }
    entry_levels = [level for level in (*entries.LEVELS, entries.UNLISTED) if not entries.may_read(who, level)]
    unseen = {f"/directory/kanari-lembaga-{level}/" for level in entry_levels}
    unseen |= {f"/forums/{forum.slug}/" for level, forum in planted.talks.items() if not talks.may_read(who, level)}
    return (
        unseen
        | {f"/{slug}{end}" for slug in practices for end in "/."}
        | {f"/accounts/{part}" for part, is_seen in others.items() if not is_seen}
    )


# Walkers who may do what another one may: each walks one third of the addresses, and that nothing leaks is what they show.
LIKE_OTHERS = set("former colleague circle_mate colleague_reviewer safety_reviewer editor expired_researcher circle_observer".split())


def walks_all(who):
    return who.name not in LIKE_OTHERS or os.environ.get("CANARY") == "whole"


def is_walked(path, who, hidden):
    """Of the thousand doors behind texts, and of the questions for suggestions, each walker tries a part, another one for each.

    All of them try every page and every list; its author and whoever works at a desk try all the doors that lead to what they
    may know of, but for the pages that only ask "are you sure" and show no more than the title. ``CANARY=whole script/test tests/test_canary.py`` tries everything.
    """
    if not walks_all(who) and crc32(f"{path} {who.name}".encode()) % 3:
        return False
    is_hidden = any(part in path for part in hidden)
    is_desk = bool(DESK.match(path)) and (who.tasks or who.role in world.OFFICE)
    one_in = 1
    if path.startswith("/api/v1/suggest"):
        one_in = 8
    elif path.startswith("/api/v1/search?size=100&q="):
        one_in = 3
    elif JUDGES_DOOR.match(path):
        one_in = 1 if who.role in world.OFFICE or who.name == "author" else 6
    elif CONFIRM.match(path):
        one_in = 8
    elif DESK.match(path) or SIDE_DOOR.match(path):
        one_in = 8 if is_hidden else 1 if who.name == "author" or is_desk else 4
    elif TALK_DOOR.match(path):
        one_in = 12 if is_hidden else 6
    elif CITATION.match(path):
        one_in = 2
    return os.environ.get("CANARY") == "whole" or crc32(f"{who.name} {path}".encode()) % one_in == 0


@pytest.mark.parametrize("who", world.WALKERS, ids=lambda who: who.name)
def test_nobody_reads_what_is_not_for_them_and_each_finds_what_is(who, lagging):
    client, seen, leaks, betrayed = client_of(lagging, who), set(), {}, {}
    hidden = hidden_addresses(lagging, who)

    for path in [path for path in all_paths(lagging) if is_walked(path, who, hidden)]:
        response = client.get(path)
        text = everything_said(response)
        if leaked := leaks_in(text, lagging, who):
            leaks[path] = leaked
        seen |= found_in(text)
        if any(part in path for part in hidden) and response.status_code not in {302, 404, 405}:
            betrayed[path] = response.status_code
        assert response.status_code < 500, path

    assert leaks == {}
    assert betrayed == {}, "what one may not see answers as if it were not there"
    must = {secret.word: secret.about for secret in lagging.secrets if who.name in secret.must and walks_all(who)}
    assert {about for word, about in must.items() if word not in seen} == set()


@pytest.mark.parametrize("who", world.WALKERS, ids=lambda who: who.name)
def test_counts_tell_of_nothing_that_is_hidden(who, planted, db):
    client = client_of(planted, who)
    on_the_shelf = [practice for (level, state), practice in planted.practices.items() if _stands(who, level, state)]

    answer = json.loads(client.get("/api/v1/search?kind=practice&size=0").content)

    provinces: dict[str, int] = {}
    for practice in on_the_shelf:
        provinces[practice.provinces[0]] = provinces.get(practice.provinces[0], 0) + 1
    assert answer["total"] == len(on_the_shelf)
    assert {value["value"]: value["count"] for value in answer["facets"]["province"]} == provinces
    assert sum(value["count"] for value in answer["facets"]["mandate"]) == len(on_the_shelf)


@pytest.mark.parametrize("who", world.WALKERS, ids=lambda who: who.name)
def test_counts_of_organisations_tell_of_nothing_that_is_hidden(who, planted, db):
    client = client_of(planted, who)
    seen = [level for level in entries.LEVELS if entries.may_read(who, level)]

    answer = json.loads(client.get("/api/v1/search?kind=organisation&size=0").content)

    assert answer["total"] == len(seen)
    assert sum(value["count"] for value in answer["facets"]["mandate"]) == len(seen)
    assert json.loads(client.get("/api/v1/directory/freshness").content)["total"] == len(seen)


@pytest.mark.parametrize("who", world.WALKERS, ids=lambda who: who.name)
def test_counts_of_topics_tell_of_nothing_that_is_hidden(who, planted, db):
    client = client_of(planted, who)
    seen = [level for level in talks.LEVELS if talks.may_read(who, level)]

    found = json.loads(client.get("/api/v1/search?kind=topic&size=0").content)
    listed = everything_said(client.get("/forums/"))

    assert found["total"] == 5 * len(seen)
    assert {level for level, forum in planted.talks.items() if forum.name_id in listed} == set(seen)


@pytest.mark.parametrize("who", world.WALKERS, ids=lambda who: who.name)
def test_nobody_hears_a_ring_of_a_topic_that_is_not_for_them(who, planted, db):
    """Neither at the door of the socket nor later, when those inside are looked at again; visitors and applicants have no socket."""
    cookies, person = client_of(planted, who).cookies, planted.people[who.name].pk or 0
    session = cookies[settings.SESSION_COOKIE_NAME].value if person else ""
    levels = {
        topic.pk: (level, topic.held_at is not None)
        for level, forum in planted.talks.items()
        for topic in Topic.objects.filter(forum=forum)
    }

    let_in = {pk for pk in levels if ears.let_in(pk, session)}
    stay = {pk for pk, _person in who_may_hear({pk: {person} for pk in levels})}
    hears_of_her_own = ears.let_in(None, session) is not None

    is_admitted = who.role not in {"visitor", "applicant"}
    heard = {pk for pk, (level, waits) in levels.items() if is_admitted and talks.may_hear(who, level, waits=waits)}
    assert (let_in, stay, hears_of_her_own) == (heard, heard, is_admitted)
    assert heard or not is_admitted


def _stands(who, level, state):
    """Published rows that the table shows to ``who``; one's own stay one's own."""
    is_shelved = state in {"published", "pending", "lagging"}
    return is_shelved and (world.in_audience(who, level) or who.name == "author")


def test_harvesters_hear_of_public_rows_and_that_others_are_gone(planted, db):
    """The walk finds no secret of a row that is gone; here, that nothing else was told of it, and of no other row at all."""
    answer = Client().get("/oai?verb=ListIdentifiers&metadataPrefix=oai_dc").content.decode()

    told = {slug: f"/{slug}</identifier>" in answer for slug in planted.samples["slug"]}
    deleted = set(
        re.findall(r'<header status="deleted"><identifier>[^<]*/([^<]+)</identifier><datestamp>[^<]*</datestamp></header>', answer)
    )

    rows = {practice.slug: key for key, practice in planted.practices.items()}
    public = {slug for slug, (level, state) in rows.items() if level == "publik" and state in {"published", "pending", "lagging"}}
    gone = {slug for slug, key in rows.items() if key == ("publik", "withdrawn") or (key[1] == "lagging" and key[0] != "publik")}
    assert {slug for slug, is_told in told.items() if is_told} == public | gone
    assert deleted == gone


@pytest.mark.parametrize("who", world.WALKERS, ids=lambda who: who.name)
def test_the_editors_rooms_hold_no_secret_and_open_to_editors_alone(who, planted, db):
    client, leaks, opened = client_of(planted, who), {}, []

    for path in addresses.admin_addresses():
        response = client.get(path)
        if leaked := leaks_in(everything_said(response), planted, who):
            leaks[path] = leaked
        if response.status_code == 200:
            opened.append(path)

    assert leaks == {}
    assert bool(opened) == (who.name == "editor")


def test_mails_tell_no_secret_and_reach_only_those_who_may_know(planted, db):
    practice = planted.practices["organisasi", "submitted"]
    author = planted.people["author"]
    by_address = {person.email: name for name, person in planted.people.items() if person.pk}

    for verb in (Verb.SUBMITTED_PRACTICE, Verb.ASKED_FOR_CHANGES, Verb.PUBLISHED_PRACTICE, Verb.APPROVED_PUBLIC, Verb.OPENED_SEALED):
        record(verb, by=planted.people["colleague_reviewer"], subject=practice)
    record(Verb.ASKED_FOR_CHANGES, by=planted.people["colleague_reviewer"], subject=planted.disowned)  # its author owns nothing now
    run_pending()

    assert mail.outbox, "a deed that should be told was told to nobody"
    for letter in mail.outbox:
        words = letter.subject + letter.body + "".join(str(part) for part in letter.attachments)
        assert found_in(words) == set()
        assert by_address[letter.to[0]] in {"author", "colleague_reviewer"}
    assert author.email in {letter.to[0] for letter in mail.outbox}


# What is told of an event, and of which kinds of event it is tried here: all go one way.
TOLD_TO_ALL = {
    Verb.REMINDED_OF_EVENT: ({"hours": 1}, None),
    Verb.CHANGED_EVENT: ({"times": True}, "kelompok"),
    Verb.CANCELLED_EVENT: ({}, "kelompok"),
}
TOLD_BY_NAME = {Verb.INVITED_TO_EVENT: {"konsep", "jaringan", "kelompok"}, Verb.MOVED_UP: {"organisasi"}}


def test_mails_of_events_tell_no_secret_and_reach_only_those_who_see_the_event(planted, db):
    events, system = gatherings.invite_everybody(planted), User.objects.system()
    names = {person.email: name for name, person in planted.people.items() if person.pk}
    people = [person for person in planted.people.values() if person.pk]
    Delivery.objects.all().delete()  # of what was done in planting

    for verb, (facts, only) in TOLD_TO_ALL.items():
        for kind in [only] if only else events:
            record(verb, by=system, subject=events[kind], **facts)
    for verb, kinds in TOLD_BY_NAME.items():
        for kind, person in product(kinds, people):
            record(verb, by=system, subject=events[kind], person=person.pk)
    run_pending()
    mailing.send_waiting(most=10_000)

    reached: dict[str, set[tuple[str, str]]] = {}
    rows = {row.pk: row for row in Notification.objects.select_related("activity")}
    kinds = {made.pk: kind for kind, made in events.items()}
    for letter in mail.outbox:
        row = rows[int(re.search(r"/notifications/(\d+)/", letter.body)[1])]
        reached.setdefault(row.activity.verb, set()).add((kinds[row.event_id], names[letter.to[0]]))
        assert found_in(letter.subject + letter.body) == set()
    hear = {(kind, who.name) for kind, who in product(events, world.WALKERS) if gatherings.hears(who, kind)}
    tried = {verb: {only} if only else set(events) for verb, (_facts, only) in TOLD_TO_ALL.items()} | TOLD_BY_NAME
    assert reached == {verb: {told for told in hear if told[0] in kinds} for verb, kinds in tried.items()}


def test_only_those_who_may_enter_its_room_hear_that_an_event_still_takes_answers(planted, db):
    made = gatherings.invite_everybody(planted)["kelompok"]
    names = {person.email: name for name, person in planted.people.items() if person.pk}
    Delivery.objects.all().delete()
    made.rooms.filter(kind="hall").update(later_until=timezone.now() + timedelta(hours=1))

    record(Verb.ENDED_LIVE_PART, by=User.objects.system(), subject=made)
    run_pending()
    mailing.send_waiting(most=10_000)

    inside = {who.name for who in world.WALKERS if gatherings.hears(who, "kelompok") and who.role in gatherings.INSIDERS}
    assert {names[letter.to[0]] for letter in mail.outbox} == inside
    assert [letter for letter in mail.outbox if found_in(letter.subject + letter.body)] == []


def test_calendars_tell_of_no_event_that_is_not_for_their_reader_and_of_closed_ones_no_details(planted, db):
    events = gatherings.invite_everybody(planted)
    details = planted.plant("details of an event that is not public", set())
    Event.objects.exclude(visibility="publik").update(place=details, video_link=details, about_id=details, cancel_reason=details)
    walkers = [who for who in world.WALKERS if planted.people[who.name].pk]

    feeds = {who: Client().get(gatherings.fed(fresh(planted, who))) for who in walkers}
    clients = {who: client_of(planted, who) for who in walkers if walks_all(who)}
    own = {
        (who, kind): one.get(f"/events/{made.slug}/calendar.ics") for (who, one), (kind, made) in product(clients.items(), events.items())
    }

    told = {who: {kind for kind, made in events.items() if f"/{made.slug}/" in everything_said(feed)} for who, feed in feeds.items()}
    heard = {who: {kind for kind in events if gatherings.hears(who, kind)} for who in walkers}
    assert told == heard
    assert {who for who, feed in feeds.items() if feed.status_code == 404} == {who for who in walkers if not heard[who]}
    assert {key for key, one in own.items() if one.status_code == 200} == {
        (who, kind) for who, kind in own if kind != "konsep" and (kind in heard[who] or kind == "publik")
    }
    assert details not in "".join(everything_said(one) for one in [*feeds.values(), *own.values()])


@pytest.mark.parametrize("who", [who for who in world.WALKERS if who.name not in LIKE_OTHERS], ids=lambda who: who.name)
def test_lists_of_those_who_came_name_nobody_to_whoever_keeps_no_desk(who, planted, db):
    client, slugs = client_of(planted, who), planted.samples["event"]
    said = {"reason": "Laporan kepada pendana."}

    answers = [client.post(f"/events/{slug}/desk/list/", said) for slug in slugs]
    answers += [client.post("/events/attendance/", said | {"events": slug}) for slug in (slugs[0], "kanari-tamu")]

    assert leaks_in("".join(everything_said(answer) for answer in answers), planted, who) == set()
    assert any("text/csv" in answer.headers["Content-Type"] for answer in answers) == (who.role in {"convenor", *world.OFFICE})


def test_a_pattern_without_a_sample_stops_the_walk():
    with pytest.raises(addresses.NoSample):
        addresses.addresses({})


def test_secrets_survive_escaping_and_are_found_by_their_shape(planted):
    assert escape(world.World().word()) == world.World().word()

    words = [secret.word for secret in planted.secrets]
    assert found_in(f"a{'z'.join(words)}k") == set(words)
