"""The demo network: invented people who found, join, write, review and withdraw, through the same deeds as everybody.

The journal tells when they really did so: at seeding. Only the rows' own dates are set back, over almost two years.
"""

import hashlib
import json
from collections import Counter
from datetime import timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from cop_site.accounts import actions as people
from cop_site.accounts.entry import actions as entry
from cop_site.accounts.models import Application, Circle, Document, Edition, Membership, Organisation, Role, User
from cop_site.search import indexing

from . import desk, entries, gatherings, talks, uses, watch, writings
from .models import Planted
from .planting import SECRETARIAT, once, organisation_of, secretariat, someone

DATA = Path(__file__).parent / "data"
PASSWORD = "demo-tppo-yogya"
JOINED_DAYS_AGO = 715
REPLICATED, REPLICATED_SAYS = "kartu-serah-terima-kepulangan", "reviewer@demo.example"
TERM = timedelta(days=300)  # of tasks and of researchers' stays


@cache
def told(name: str) -> list[dict[str, Any]]:
    """One of the data files by its name: ``people``, ``practices``, ``reading_lists`` …"""
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


def content_key() -> str:
    """A name for all that the data files say."""
    content = b"".join(path.read_bytes() for path in sorted(DATA.glob("*.json")))
    return f"content:{hashlib.sha256(content).hexdigest()}"


def is_there() -> bool:
    """Whether this database holds the demo network as the files tell it."""
    return Planted.objects.filter(key=content_key()).exists() and User.objects.filter(email=SECRETARIAT).exists()


def seed() -> Counter:
    """Plant what is missing, leave alone what people changed or threw away; counts what was planted and left out."""
    done: Counter = Counter()
    secret = make_password(PASSWORD)
    for person in told("people"):
        done["people", once(f"account:{person['email']}", partial(_make_account, person, secret))] += 1
    for person in told("people"):
        if person["role"] != Role.APPLICANT:
            once(f"agreed:{person['email']}", partial(_agree, person))
    for organisation in told("organisations"):
        done["organisations", once(f"organisation:{organisation['slug']}", partial(_found, organisation))] += 1
    for person in told("people"):
        once(f"life:{person['email']}", partial(_settle, person))
    _enter_them(done)
    for circle in told("circles"):
        done["circles", once(f"circle:{circle['key']}", partial(_gather, circle))] += 1
    for kind, name in (("practices", "practice"), ("documents", "document")):
        for text in told(kind):
            done[kind, once(f"{name}:{text['key']}", partial(writings.share, text))] += 1
    for person in told("people"):
        for task in person["tasks"]:
            if task.get("ended"):
                once(f"ended:{person['email']}:{task['task']}", partial(_end, person, task))
    _use_them(done)
    indexing.rebuild()  # nobody told search of each row: see planting.telling_nobody
    once(content_key(), secretariat)
    return done


def name_organisations() -> int:
    """Plant the organisations that reports name; says how many."""
    named = json.loads((DATA / "named" / "organisations.json").read_text(encoding="utf-8"))
    planted = [once(f"named:{one['slug']}", partial(entries.name, one)) for one in named]
    indexing.rebuild()
    return planted.count(True)


def _enter_them(done: Counter) -> None:
    """The directory, and what is known of regions."""
    for organisation in told("organisations"):
        done["entries", once(f"entry:{organisation['slug']}", partial(entries.enter, organisation))] += 1
        for email in organisation["stewards"]:
            once(f"steward:{organisation['slug']}:{email}", partial(entries.look_after, organisation, email))
    for kind, make in (("coverage", entries.state), ("surveys", entries.survey)):
        for told_of_it in told(kind):
            done["statements about regions", once(f"{kind}:{told_of_it['key']}", partial(make, told_of_it))] += 1


def _use_them(done: Counter) -> None:
    made = {"adaptations": uses.report, "translations": uses.translate, "reading_lists": uses.put_together, "saved_searches": uses.keep}
    for kind, make in made.items():
        for told_of_it in told(kind):
            done[kind, once(f"{kind}:{told_of_it['key']}", partial(make, told_of_it))] += 1
    for told_of_it in told("missed"):
        once(f"missed:{told_of_it['key']}", partial(uses.miss, told_of_it))
    once(f"replicated:{REPLICATED}", partial(uses.call_replicated, REPLICATED, by=REPLICATED_SAYS))
    _talk(done)
    _keep_safe(done)
    for event in told("events"):
        done["events", once(f"event:{event['slug']}", partial(gatherings.announce, event))] += 1
    for event in told("ended"):
        done["events", once(f"event:{event['slug']}", partial(gatherings.hold, event))] += 1
    for guests in told("guests"):
        done["registrations", once(f"guests:{guests['slug']}", partial(gatherings.gather, guests, guests["slug"]))] += 1


def _talk(done: Counter) -> None:
    """Forums, and what is said in them."""
    for kind, make in (("forum", talks.open_forum), ("topic", talks.talk)):
        for told_of_it in told(f"{kind}s"):
            done[f"{kind}s", once(f"{kind}:{told_of_it['key']}", partial(make, told_of_it))] += 1


def _keep_safe(done: Counter) -> None:
    """The moderators' desk."""
    once("watched-words", watch.fetch)
    for told_of_it in told("phrases"):
        once(f"phrase:{told_of_it['key']}", partial(desk.phrase, told_of_it))
    once("rota", desk.take_turns)
    for told_of_it in told("reports"):
        done["cases", once(f"case:{told_of_it['key']}", partial(desk.bring, told_of_it))] += 1


# --- people


def _make_account(person: dict[str, Any], secret: str) -> User:
    """An account whose address is confirmed; one that is there already keeps everything it has."""
    if known := User.objects.filter(email=person["email"]).first():
        return known
    is_researcher = person["role"] == Role.RESEARCHER
    account = User.objects.create_user(
        person["email"],
        person["name"],
        handle=person["handle"],
        role=person["role"],
        role_until=timezone.localdate() + TERM if is_researcher else None,
        language=person["language"],
        date_joined=timezone.now() - timedelta(days=person.get("days_ago", JOINED_DAYS_AGO)),
    )
    account.password = secret
    account.save(update_fields=["password"])
    EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
    return account


def _agree(person: dict[str, Any]) -> User:
    """What everybody accepts before they write."""
    account = someone(person["email"])
    for document in Document:
        entry.agree(document, by=account, version=Edition.objects.in_force(document))
    return account


def _settle(person: dict[str, Any]) -> User:
    """The organisation, the tasks, or the wish to join."""
    account = someone(person["email"])
    if person["role"] == Role.APPLICANT:
        _apply(account, person)
    if person["organisation"]:
        membership = people.join_organisation(account, organisation_of(person["organisation"]), by=secretariat())
        Membership.objects.filter(pk=membership.pk).update(started_on=timezone.localdate() - timedelta(days=JOINED_DAYS_AGO))
    for task in person["tasks"]:
        people.grant_task(account, task["task"], by=secretariat(), reason=task["reason_id"], ends_on=timezone.localdate() + TERM)
    account.tasks.update(granted_at=timezone.now() - timedelta(days=JOINED_DAYS_AGO))
    return account


def _apply(account: User, person: dict[str, Any]) -> None:
    people.apply_to_join(by=account, organisation_name=person["claims"], requested_role=Role.MEMBER, reason=person["reason"])
    application = people.confirm_application(by=account)
    Application.objects.filter(pk=application.pk).update(applied_at=timezone.now() - timedelta(days=person["days_ago"], hours=3))


def _end(person: dict[str, Any], task: dict[str, Any]) -> User:
    account = someone(person["email"])
    people.end_task(account.tasks.get(kind=task["task"], ended_at=None), by=secretariat())
    return account


# --- organisations and circles


def _found(organisation: dict[str, Any]) -> Organisation:
    return people.found_organisation(
        by=secretariat(),
        name=organisation["name"],
        abbreviation=organisation["abbr"],
        kind=organisation["kind"],
        created_at=timezone.now() - timedelta(days=JOINED_DAYS_AGO),
    )


def _gather(circle: dict[str, Any]) -> Circle:
    owner = someone(circle["owner"])
    words = {name: circle[name] for name in ("name_id", "name_en", "purpose_id", "purpose_en")}
    made = people.make_circle(by=owner, ends_on=timezone.localdate() + timedelta(days=circle["ends_in_days"]), **words)
    for email in circle["members"]:
        people.join_circle(made, someone(email), by=owner)
    return made
