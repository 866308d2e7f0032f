"""The canary's world: a secret in every row, and who may know it, told by a table of its own (not by the policy)."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser, Group
from django.db import transaction
from django.utils import timezone

from cop_site.accounts.entry import links
from cop_site.accounts.models import Application, Circle, CircleMembership, Invitation, Membership, Organisation, Task, User
from cop_site.activity.models import Activity
from cop_site.cms.actions import ensure_home
from cop_site.library.actions.parts import rendered
from cop_site.library.models import AdaptationReport, FieldComment, Practice, ReadingList, ReadingListEntry, Review
from cop_site.search import indexing
from cop_site.search.missed import FEWEST_DAYS
from cop_site.search.models import Miss, SavedSearch
from tests import factories
from tests.canary import cases, entries, files, gatherings, talks

ALL_LEVELS = ["publik", "jaringan", "kelompok", "organisasi", "pengelola", "pribadi"]
STATES = ["published", "draft", "submitted", "changes-asked", "withdrawn", "pending", "lagging"]
INSIDERS = {"researcher", "member", "convenor", "moderator", "secretariat"}
NETWORK = INSIDERS | {"observer"}
OFFICE = {"moderator", "secretariat"}
WORD = re.compile("zqx[bcdfghjklm]{3,}wvk")  # what World.word makes: one search of a text finds all that stand in it


@dataclass(frozen=True)
class Somebody:
    """One of the walkers, as the table sees them; ``role`` is the one in force."""

    name: str
    role: str
    in_organisation: bool = False
    in_circle: bool = False
    tasks: tuple[str, ...] = ()
    stored_role: str = ""
    is_suspended: bool = False
    was_in_organisation: bool = False
    was_in_circle: bool = False


WALKERS = [
    Somebody("visitor", "visitor"),
    Somebody("applicant", "applicant"),
    Somebody("observer", "observer"),
    Somebody("circle_observer", "observer", in_circle=True, in_organisation=True),
    Somebody("researcher", "researcher"),
    Somebody("expired_researcher", "visitor", in_circle=True, in_organisation=True, stored_role="researcher"),
    Somebody("member", "member"),
    Somebody("author", "member", in_organisation=True, in_circle=True),
    Somebody("colleague", "member", in_organisation=True),
    Somebody("circle_mate", "member", in_circle=True),
    Somebody("former", "member", was_in_organisation=True, was_in_circle=True),
    Somebody("convenor", "convenor"),
    Somebody("moderator", "moderator"),
    Somebody("secretariat", "secretariat"),
    Somebody("reviewer", "member", tasks=("reviewer",)),
    Somebody("safety_reviewer", "member", tasks=("safety-reviewer",)),
    Somebody("colleague_reviewer", "member", in_organisation=True, tasks=("reviewer", "safety-reviewer")),
    Somebody("editor", "member", tasks=("editor",)),
    Somebody("auditor", "member", tasks=("auditor",)),
    Somebody("suspended", "visitor", in_organisation=True, in_circle=True, stored_role="secretariat", is_suspended=True),
]


def in_audience(who: Somebody, level: str) -> bool:
    """The table of docs/who-sees-what.md, for practices."""
    return {
        "publik": True,
        "jaringan": who.role in NETWORK,
        "kelompok": who.role in NETWORK and who.in_circle,
        "organisasi": who.role in INSIDERS and who.in_organisation,
        "pengelola": who.role in OFFICE or who.name == "author",
        "pribadi": who.name == "author",
    }[level]


@dataclass
class Secret:
    """A word that stands in one row, and who may read it anywhere on the site."""

    word: str
    readers: set[str]
    about: str
    must: set[str] = field(default_factory=set)  # who has to find it somewhere: hiding from all proves nothing


@dataclass
class World:
    people: dict[str, User] = field(default_factory=dict)
    organisation: Organisation | None = None
    sealed_organisation: Organisation | None = None
    circle: Circle | None = None
    disowned: Practice | None = None
    secrets: list[Secret] = field(default_factory=list)
    practices: dict[tuple[str, str], Practice] = field(default_factory=dict)
    talks: dict[str, Any] = field(default_factory=dict)
    samples: dict[str, list] = field(default_factory=dict)
    _numbers: count = field(default_factory=lambda: count(1))

    def word(self) -> str:
        """A word that stands nowhere else and that no stemmer touches."""
        number = next(self._numbers)
        return "zqx" + "".join("bcdfghjklm"[int(digit)] for digit in f"{number:03d}") + "wvk"

    def plant(self, about: str, readers: set[str], must: set[str] | None = None) -> str:
        secret = Secret(self.word(), set(readers), about, must or set())
        self.secrets.append(secret)
        return secret.word


def everybody(condition) -> set[str]:
    return {who.name for who in WALKERS if condition(who)}


@contextmanager
def planted(blocker: Any) -> Iterator[World]:
    """The world with its index as it should be, for all tests of a module: made in a transaction that is rolled back."""
    with blocker.unblock(), transaction.atomic():
        ensure_home(by=User.objects.system())
        made = build()
        indexing.rebuild()
        yield made
        transaction.set_rollback(True)


def build() -> World:
    world = World()
    _people(world)
    for level in ALL_LEVELS:
        for state in STATES:
            if not (level == "pribadi" and state in {"submitted", "pending"}):
                _practice(world, level, state)
    _disowned(world)
    _lists(world)
    _reports(world)
    _papers(world)
    _searches(world)
    entries.plant(world, everybody)
    talks.plant(world, everybody)
    cases.plant(world, everybody)
    gatherings.plant(world, everybody)
    return world


def _people(world: World) -> None:
    world.organisation = Organisation.objects.create(
        slug="kanari",
        name=world.plant("organisation that hides", everybody(lambda who: who.role in NETWORK or who.in_organisation)),
        is_listed=False,
    )
    other = Organisation.objects.create(slug="lain", name="Lembaga Lain", is_listed=True)
    world.sealed_organisation = Organisation.objects.create(
        slug="tersegel", name=f"Lembaga {world.plant('organisation for nobody', set())}", is_listed=True, visibility="pribadi"
    )
    world.circle = Circle.objects.create(
        name_id=world.plant("circle's name", everybody(lambda who: who.in_circle and who.role in NETWORK)),
        purpose_id="Uji",
        owner=User.objects.system(),
        ends_on=timezone.localdate() + timedelta(days=30),
    )
    for who in WALKERS:
        world.people[who.name] = AnonymousUser() if who.name == "visitor" else _person(world, who, other)


def _person(world: World, who: Somebody, other: Organisation) -> User:
    address = world.plant(
        f"address of {who.name}",
        {who.name} | (everybody(lambda reader: reader.role == "secretariat") if who.role == "applicant" else set()),
    )
    person = User.objects.create_user(
        f"{address}@kanari.example", f"Orang {who.name}", "kata-sandi-kanari", role=who.stored_role or who.role
    )
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    today = timezone.localdate()
    if who.name == "expired_researcher":
        person.role_until = today - timedelta(days=1)
    if who.is_suspended:
        person.suspended_at = timezone.now()
    person.save()
    if who.in_organisation or who.was_in_organisation:
        ended = today - timedelta(days=1) if who.was_in_organisation else None
        Membership.objects.create(person=person, organisation=world.organisation, started_on=today - timedelta(days=9), ended_on=ended)
    elif who.role in INSIDERS:
        Membership.objects.create(person=person, organisation=other)
    if who.in_circle:
        CircleMembership.objects.create(circle=world.circle, person=person)
    if who.was_in_circle:
        over = Circle.objects.create(name_id="Selesai", purpose_id="Uji", owner=User.objects.system(), ends_on=today - timedelta(days=1))
        CircleMembership.objects.create(circle=over, person=person)
    if who.role != "applicant":
        factories.agreed(person)
    for kind in who.tasks:
        Task.objects.create(person=person, kind=kind, reason="Uji", granted_by=User.objects.system(), ends_on=today + timedelta(days=9))
        if kind == "editor":
            person.groups.add(Group.objects.get(name="Editors"))
    return person


def sits_at_the_desk(who: Somebody, level: str) -> bool:
    """Reviewers within the audience; changed words of a public row are for safety reviewers to decide."""
    tasks = {"reviewer", "safety-reviewer"} if level == "publik" else {"reviewer"}
    return bool(tasks & set(who.tasks)) and in_audience(who, level)


def readers_of(level: str, state: str) -> set[str]:
    """Who may read what stands in a practice of this level and state."""
    desk = everybody(lambda who: sits_at_the_desk(who, level))
    if state == "submitted":
        return {"author"} | desk
    if state in {"published", "pending", "lagging"}:
        return {"author"} | everybody(lambda who: in_audience(who, level))
    return {"author"}


def knows_of(level: str, state: str) -> set[str]:
    """Who may know that a practice is there at all: its readers; of a withdrawn one, those who could read it."""
    could_read = everybody(lambda who: in_audience(who, level)) if state == "withdrawn" else set()
    return readers_of(level, state) | could_read


def _practice(world: World, level: str, state: str) -> None:
    """A practice whose every text holds its own secret; ``lagging`` is one that the index still believes public."""
    author = world.people["author"]
    readers = readers_of(level, state)
    about = f"{state} practice for {level}"
    word = world.plant(about, readers, must=set(readers) if state != "withdrawn" else set())  # nobody is shown what was withdrawn
    inside = readers - {"visitor", "applicant", "expired_researcher", "suspended"}
    live = state in {"published", "pending", "withdrawn", "lagging"}
    practice = Practice(
        author=author,
        organisation=world.organisation,
        circle=world.circle if level == "kelompok" else None,
        organisation_hidden=True,
        visibility=level,
        live=live,
        state="submitted" if state == "pending" else "published" if state == "lagging" else state,
        slug=f"kanari-{level}-{state}-{len(world.practices)}",
        external_id=f"{word}-luar",
        title=f"Judul {word}",
        document_kind="studi-kasus",
        evidence_level="rintisan",
        provinces=[f"{11 + len(world.practices) % 8}"],
        mandate=["migrasi-aman"],
        sensitivity="umum",
        children_involved=False,
        safeguarding=f"Risiko {world.plant(about + ', safeguards', inside)} kecil",
        **{name: f"Isi {name} {word}" for name in ("summary", "context", "problem", "results", "what_failed")},
        steps=[f"Langkah {word}"] * 3,
        lessons=[f"Pelajaran {word}"],
        first_published_at=timezone.now() if live else None,
        last_published_at=timezone.now() if live else None,
        submitted_at=timezone.now(),
        withdrawn_at=timezone.now() if state == "withdrawn" else None,
        was_public_at=timezone.now() if live and (level == "publik" or state == "lagging") else None,  # harvesters know of these
        withdrawal_reason=world.plant(about + ", reason", {"author"} | everybody(lambda who: in_audience(who, level)))
        if state == "withdrawn"
        else "",
    )
    practice.html = rendered(practice)
    practice.save()
    if state != "withdrawn":  # its files are gone with it
        files.plant(world, practice, readers, about)
        practice.save()
    practice.save_revision(user=author)
    note = world.plant(
        about + ", reviewer's note",
        {"author"} | everybody(lambda who: {"reviewer", "safety-reviewer"} & set(who.tasks) and in_audience(who, level)),
    )
    reviewer = world.people["colleague_reviewer"]
    review = Review.objects.create(
        practice=practice, revision=practice.latest_revision, reviewer=reviewer, decision="changes-asked", note=note
    )
    FieldComment.objects.create(review=review, field="results", note=note)
    if state == "pending":
        _pend(world, practice, level)
    world.practices[level, state] = practice


def _pend(world: World, practice: Practice, level: str) -> None:
    """A new revision of a live row: for its author and the desk, until it is approved."""
    desk = everybody(lambda who: sits_at_the_desk(who, level))
    word = world.plant(f"pending revision for {level}", {"author"} | desk, must=desk)
    revised = Practice.objects.get(pk=practice.pk)
    revised.summary = revised.problem = revised.title = f"Rahasia baru {word}"
    revised.html = rendered(revised)
    files.plant(world, revised, {"author"} | desk, f"pending file for {level}")
    revised.save_revision(user=world.people["author"])
    Practice.objects.filter(pk=practice.pk).update(state="submitted")


def _disowned(world: World) -> None:
    """A draft, with a reviewer's note, of somebody who is an observer by now: observers own nothing."""
    author = world.people["observer"]
    word = world.plant("draft of an observer", set())
    practice = Practice.objects.create(author=author, live=False, slug="kanari-pengamat", title=f"Judul {word}", document_kind="pelajaran")
    Review.objects.create(practice=practice, reviewer=world.people["reviewer"], decision="changes-asked", note=word)
    world.disowned = practice


def _lists(world: World) -> None:
    """A reading list for each level, with a text of each level in it: a note is for those who see the list and the text."""
    author, slugs = world.people["author"], []
    for level in ALL_LEVELS:
        readers = {"author"} | everybody(lambda who, level=level: in_audience(who, level))
        made = ReadingList.objects.create(
            author=author,
            slug=f"daftar-{level}",
            title=f"Daftar {world.plant(f'list for {level}', readers, must=set(readers))}",
            visibility=level,
            organisation=world.organisation,
            circle=world.circle if level == "kelompok" else None,
        )
        for position, text_level in enumerate(ALL_LEVELS):
            both = readers & readers_of(text_level, "published")
            note = world.plant(f"note in the list for {level} on a text for {text_level}", both, must=set(both))
            text = world.practices[text_level, "published"]
            ReadingListEntry.objects.create(reading_list=made, practice=text, note=note, position=position)
        slugs.append(made.slug)
    world.samples["list"] = slugs


def _reports(world: World) -> None:
    """For each level a report in each state, by ``member``, of having tried what is published."""
    reporter, made = world.people["member"], []
    for level in ALL_LEVELS:
        practice = world.practices[level, "published"]
        readers = readers_of(level, "published")
        own, weighing = readers & {"member"}, readers & everybody(lambda who: "reviewer" in who.tasks)
        for state, seen in (("accepted", readers), ("waiting", own | weighing), ("refused", own), ("withdrawn", own)):
            word = world.plant(f"{state} report about a practice for {level}", seen, must=set(seen) if state == "accepted" else set())
            report = AdaptationReport.objects.create(
                practice=practice,
                author=reporter,
                organisation=reporter.memberships.get().organisation,
                service_scale="provinsi",
                province="33",
                year=2025,
                outcome="berhasil",
                text=f"Laporan {word}",
                html=f"<p>Laporan {word}</p>",
                state=state,
                note="" if state == "waiting" else world.plant(f"note on a {state} report about a practice for {level}", own),
            )
            made.append(report.pk)
    world.samples["report"] = made


def _searches(world: World) -> None:
    """What the author searches for again and again, and what was not found, on as many days as it takes or on fewer."""
    name = world.plant("name of a saved search", {"author"}, must={"author"})
    words = world.plant("words of a saved search", {"author"}, must={"author"})
    saved = SavedSearch.objects.create(owner=world.people["author"], name=f"Cari {name}", query=f"q={words}")
    world.samples["saved"] = [saved.pk]
    office = everybody(lambda who: who.role == "secretariat" or "editor" in who.tasks)
    often = world.plant("question missed on several days", office, must=set(office))
    seldom = world.plant("question missed on fewer days", set())
    for words, days in ((often, FEWEST_DAYS), (seldom, FEWEST_DAYS - 1)):
        for day in range(days):
            Miss.objects.create(day=timezone.localdate() - timedelta(days=day), language="id", words=words)


def _papers(world: World) -> None:
    """Applications and the journal."""
    office = everybody(lambda who: who.role == "secretariat")
    reason = world.plant("application", {"applicant"} | office, must={"applicant"} | office)
    waiting = Application.State.WAITING
    application = Application.objects.create(
        person=world.people["applicant"], organisation_name=reason, requested_role="member", reason=reason, state=waiting
    )
    invited = world.plant("address of an invited person", office, must=office)
    invitation = Invitation.objects.create(
        email=f"{invited}@kanari.example",
        role="member",
        organisation=world.organisation,
        invited_by=world.people["secretariat"],
        expires_at=timezone.now() + timedelta(days=7),
    )
    sealed = world.plant("reason in the journal", {"auditor"}, must={"auditor"})
    Activity.objects.create(
        verb="opened-sealed", actor=world.people["moderator"], subject=world.practices["publik", "published"], reason=sealed
    )
    world.samples |= {
        "file_name": [files.NAME],
        "slug": [practice.slug for practice in world.practices.values()],
        "practice": [practice.pk for practice in world.practices.values()],
        "application": [application.pk],
        "circle": [world.circle.pk],
        "invitation": [invitation.pk],
        "token": [links.path_of(invitation).split("/")[-2]],
        "handle": [world.people[name].handle for name in ("author", "applicant", "suspended", "secretariat")],
    }
