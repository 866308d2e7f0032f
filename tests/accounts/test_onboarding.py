"""Before one writes: what is asked, of whom, and again when it changes. Reading is never in question."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from cop_site.accounts import policy
from cop_site.accounts.entry import actions
from cop_site.accounts.entry.policy import is_asked
from cop_site.accounts.models import Acceptance, Document, User
from cop_site.activity.models import Activity
from cop_site.library import policy as library
from cop_site.library.models import Practice
from tests import factories
from tests.library.factories import make_practice, published, submitted, whole_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def newcomer(cast, organisation):
    """A member who has accepted nothing yet."""
    person = factories.person("Anggota Baru", has_agreed=False)
    factories.membership(person, organisation)
    return person


@pytest.fixture
def as_newcomer(client, newcomer):
    client.force_login(newcomer)
    return client


def again(person):
    """The same person, as the next request finds them."""
    return User.objects.get(pk=person.pk)


def test_from_the_checklist_to_the_first_draft(as_newcomer, newcomer, organisation):
    led = as_newcomer.get("/library/share/")
    assert (led.status_code, led.url) == (302, "/accounts/first-steps/")

    first = as_newcomer.post("/accounts/first-steps/", {"version": 1, "conduct": "on", "adult": "on"})
    assert (first.status_code, policy.has_agreed(again(newcomer))) == (302, False)
    second = as_newcomer.post("/accounts/first-steps/safety/", {"version": 1})

    assert (second.status_code, second.url, policy.has_agreed(again(newcomer))) == (302, "/accounts/first-steps/", True)
    assert as_newcomer.get("/accounts/first-steps/").context["steps"].is_done is True
    assert as_newcomer.post("/library/share/", whole_form(organisation)).status_code == 302
    assert Practice.objects.unscoped("counted by a test").count() == 1


def test_without_it_one_reads_and_writes_nothing(as_newcomer, newcomer, cast, organisation):
    practice = published(cast["member"], cast["reviewer"])

    read = as_newcomer.get(f"/library/{practice.slug}/")
    written = as_newcomer.post("/library/share/", whole_form(organisation))

    assert (read.status_code, written.status_code, written.url) == (200, 302, "/accounts/first-steps/")
    assert Practice.objects.unscoped("counted by a test").count() == 1
    assert library.can_share(newcomer) is False


def test_what_was_typed_waits_until_one_has_agreed(as_newcomer, newcomer, organisation):
    as_newcomer.post("/library/share/", whole_form(organisation, title="Kelas membaca kontrak"))
    factories.agreed(newcomer)

    form = as_newcomer.get("/library/share/").context["form"]

    assert form["title"].value() == "Kelas membaca kontrak"


@pytest.mark.parametrize("told", [{"conduct": "on"}, {"adult": "on"}, {}])
def test_both_are_needed_and_half_is_nothing(as_newcomer, newcomer, told):
    answer = as_newcomer.post("/accounts/first-steps/", {"version": 1, **told})

    assert answer.status_code == 422
    assert Acceptance.objects.filter(person=newcomer).count() == 0


def test_accepting_is_written_down_once_with_its_edition(as_newcomer, newcomer):
    told = {"version": 1, "conduct": "on", "adult": "on", "deed_key": str(uuid4())}

    for _time in range(3):
        as_newcomer.post("/accounts/first-steps/", told)

    accepted = Acceptance.objects.filter(person=newcomer).order_by("pk").values_list("document", "version")
    assert list(accepted) == [("code-of-conduct", 1), ("adult", 1)]
    facts = Activity.objects.filter(verb="agreed", actor=newcomer).order_by("pk").values_list("facts", flat=True)
    assert list(facts) == [{"document": "code-of-conduct", "version": 1}, {"document": "adult", "version": 1}]


def test_when_a_text_changes_everybody_is_asked_again_and_keeps_reading(client, cast):
    assert policy.has_agreed(again(cast["member"])) is True

    actions.ask_again(Document.CONDUCT, by=cast["secretariat"], reason="Bagian tentang foto berubah.")

    everybody = [again(person) for name, person in cast.items() if name not in {"visitor", "applicant", "suspended", "expired_researcher"}]
    assert {is_asked(person) for person in everybody} == {True}
    client.force_login(cast["member"])
    assert client.get("/library/").status_code == 200
    assert client.get("/library/share/").url == "/accounts/first-steps/"
    assert client.get("/accounts/first-steps/").context["steps"].was_asked_before is True
    client.post("/accounts/first-steps/", {"version": 2, "conduct": "on", "adult": "on"})
    assert policy.has_agreed(again(cast["member"])) is True
    assert Acceptance.objects.filter(person=cast["member"], document="code-of-conduct").count() == 2


@pytest.mark.parametrize("path", ["/accounts/first-steps/", "/accounts/first-steps/safety/"])
def test_the_edition_that_was_read_is_the_one_that_is_accepted(as_newcomer, newcomer, cast, path):
    for document in (Document.CONDUCT, Document.SAFETY):
        actions.ask_again(document, by=cast["secretariat"], reason="Kalimat kedua berubah.")

    answers = [as_newcomer.post(path, {"version": version, "conduct": "on", "adult": "on"}) for version in ("1", "3", "x", "")]

    assert {answer.status_code for answer in answers} == {422}
    assert Acceptance.objects.filter(person=newcomer).count() == 0


def test_one_takes_back_and_narrows_ones_own_without_agreeing_anew(cast):
    member, reviewer = cast["member"], cast["reviewer"]
    draft, waiting, on_shelf = make_practice(member), submitted(member), published(member, reviewer)
    actions.ask_again(Document.SAFETY, by=cast["secretariat"], reason="Ada bahaya baru.")
    member = again(member)

    may = {
        "change": library.can_change(member, draft),
        "submit": library.can_submit(member, draft),
        "ask for public": library.can_ask_for_public(member, on_shelf),
        "recall": library.can_recall(member, waiting),
        "discard": library.can_discard(member, draft),
        "narrow": library.can_narrow(member, on_shelf),
        "withdraw": library.can_withdraw(member, on_shelf),
    }

    assert {name for name, allowed in may.items() if allowed} == {"recall", "discard", "narrow", "withdraw"}


def test_reviews_and_circles_wait_too_and_keeping_people_safe_does_not(cast):
    waiting = submitted(cast["member"])
    actions.ask_again(Document.CONDUCT, by=cast["secretariat"], reason="Bagian kedua berubah.")
    reviewer, convenor, moderator = (again(cast[name]) for name in ("reviewer", "convenor", "moderator"))

    assert library.can_decide_review(reviewer, waiting, is_colleague=False) is False
    assert policy.can_make_circle(convenor) is False
    assert policy.can_suspend(moderator, cast["member2"]) is True


@pytest.mark.parametrize("part", ["applicant", "suspended", "expired_researcher"])
def test_whoever_was_not_let_in_is_not_asked(client, cast, part):
    client.force_login(cast[part])

    answers = [client.get(path).status_code for path in ("/accounts/first-steps/", "/accounts/first-steps/safety/")]

    assert set(answers) <= {302, 403}
    assert is_asked(cast[part]) is False
    with pytest.raises(PermissionDenied):
        actions.agree(Document.CONDUCT, by=cast[part], version=1)


def test_the_secretariat_alone_asks_everybody_again(client, cast):
    told = {"document": "code-of-conduct", "reason": "Bagian tentang foto berubah."}
    for part in ("member", "moderator", "editor"):
        client.force_login(cast[part])
        assert client.post("/accounts/agreements/", told).status_code == 403
        assert client.get("/accounts/agreements/").status_code == 403

    client.force_login(cast["secretariat"])
    answer = client.post("/accounts/agreements/", told)

    assert answer.status_code == 302
    assert [(one.version, one.people) for one in client.get("/accounts/agreements/").context["documents"]] == [(2, 0), (1, 15)]
    assert Activity.objects.get(verb="asked-again").facts == {"document": "code-of-conduct", "version": 2}


def test_nobody_is_asked_again_to_be_an_adult(client, cast):
    client.force_login(cast["secretariat"])

    assert client.post("/accounts/agreements/", {"document": "adult", "reason": "Coba-coba saja."}).status_code == 422


def test_the_menu_leads_newcomers_to_their_first_steps_and_nobody_else(as_newcomer, newcomer):
    before = as_newcomer.get("/library/").content.decode()

    factories.agreed(newcomer)

    assert ("/accounts/first-steps/" in before, "/accounts/first-steps/" in as_newcomer.get("/library/").content.decode()) == (True, False)
