"""The pages about people: what is shown to whom, and what their forms do."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone, translation

from cop_site.accounts.models import Application, Circle, Organisation, Task, User
from cop_site.activity.actions import record
from cop_site.activity.models import Activity
from cop_site.activity.runner import run_pending
from cop_site.activity.verbs import Verb
from tests import factories
from tests.actors import EVERYBODY

NOBODYS = {"visitor", "suspended"}


@pytest.fixture
def page_of(cast, client):
    """The answer that one of the cast gets."""

    def ask(part, path, posted=None, **headers):
        client.logout()
        if part != "visitor":
            client.force_login(cast[part])
        return client.get(path, **headers) if posted is None else client.post(path, {"deed_key": str(uuid4()), **posted}, **headers)

    return ask


@pytest.fixture
def application(cast):
    return Application.objects.get(person=cast["applicant"])


def in_days(number):
    return (timezone.localdate() + timedelta(days=number)).isoformat()


DOORS = {
    "applications": {"secretariat"},
    "people": {"secretariat"},
    "journal": {"auditor"},
    "circles": set(EVERYBODY) - NOBODYS - {"applicant", "expired_researcher"},
}


@pytest.mark.parametrize("name", DOORS)
def test_a_list_opens_to_its_people_and_leads_visitors_to_the_door(name, page_of):
    answers = {part: page_of(part, reverse(name)) for part in EVERYBODY}

    assert {part for part, answer in answers.items() if answer.status_code == 200} == DOORS[name]
    assert {part for part, answer in answers.items() if answer.status_code == 302} == NOBODYS
    assert {answers[part].status_code for part in set(EVERYBODY) - DOORS[name] - NOBODYS} == {403}
    assert answers["visitor"].url == f"/accounts/login/?next={reverse(name)}"


MENU = {
    "my-application": {"applicant"},
    "circles": DOORS["circles"],
    "applications": {"secretariat"},
    "people": {"secretariat"},
    "journal": {"auditor"},
}


def test_the_menu_names_what_opens(page_of):
    pages = {part: page_of(part, "/accounts/login/" if part in NOBODYS else "/accounts/logout/").content.decode() for part in EVERYBODY}

    named = {name: {part for part, page in pages.items() if f'<a href="{reverse(name)}"' in page} for name in MENU}

    assert named == MENU


# --- the applicant


def test_an_applicant_reads_what_was_sent_and_what_comes_next(page_of, application):
    page = page_of("applicant", "/en/accounts/application/").content.decode()

    assert page.count(application.reason) == 1
    assert page.count("Lembaga Pelita") == 1
    assert "The secretariat reads it" in page
    assert 'href="/en/library/"' in page


def test_a_declined_applicant_reads_the_answer(page_of, application):
    Application.objects.update(state="declined", answer="Belum dapat <kami> periksa.", decided_at=timezone.now())

    page = page_of("applicant", "/accounts/application/").content.decode()

    assert page.count("Belum dapat &lt;kami&gt; periksa.") == 1


def test_who_never_applied_has_no_such_page(page_of):
    assert page_of("member", "/accounts/application/").status_code == 404


# --- the secretariat's desk


def test_the_desk_shows_the_longest_wait_first(page_of, application):
    for days in (1, 9, 4):
        person = factories.person(f"Pemohon {days}", role="applicant")
        factories.application(person, applied_at=timezone.now() - timedelta(days=days))
    factories.application(factories.person("Belum konfirmasi", role="applicant"), state="unconfirmed")

    page = page_of("secretariat", "/accounts/applications/")

    assert [one.person.name for one in page.context["page"]] == ["Pemohon 9", "Pemohon 4", "Pemohon 1", "applicant"]
    assert "Belum konfirmasi" not in page.content.decode()


@pytest.mark.parametrize("path", ["/accounts/applications/", "/accounts/people/"])
def test_lists_cost_the_same_for_one_row_and_for_twenty(path, page_of, django_assert_num_queries, cast):
    page_of("secretariat", path)
    with django_assert_num_queries(_queries(lambda: page_of("secretariat", path))) as few:
        page_of("secretariat", path)
    for number in range(19):
        person = factories.person(f"Pemohon {number}", role="applicant")
        factories.application(person)
        factories.membership(person, factories.organisation())
        factories.task(person, "reviewer", by=cast["secretariat"])

    assert _queries(lambda: page_of("secretariat", path)) == len(few)


def _queries(work):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as caught:
        work()
    return len(caught)


def test_an_application_on_the_desk_shows_the_address_and_organisations_of_a_similar_name(page_of, application, cast):
    near = factories.organisation("Yayasan Lembaga Pelita Kasih")
    factories.organisation("Serikat Ombak")

    page = page_of("secretariat", f"/accounts/applications/{application.pk}/")

    assert cast["applicant"].email in page.content.decode()
    assert list(page.context["desk"].similar) == [near]


@pytest.mark.parametrize(
    ("part", "status"), [("visitor", 302), ("applicant", 403), ("member", 404), ("moderator", 404), ("secretariat", 200)]
)
def test_an_application_is_unseen_or_refused_to_others(part, status, page_of, application):
    page = page_of(part, f"/accounts/applications/{application.pk}/")

    assert page.status_code == status
    assert (application.reason in page.content.decode()) is (part == "secretariat")


def test_admitting_opens_the_house_and_writes_a_mail_without_content(page_of, application, cast):
    answer = page_of("secretariat", f"/accounts/applications/{application.pk}/admit/", {"organisation": ""})
    run_pending()

    assert (answer.status_code, answer.url) == (302, "/accounts/applications/")
    assert User.objects.get(pk=cast["applicant"].pk).role == "member"
    [letter] = mail.outbox
    assert (letter.to, letter.subject) == ([cast["applicant"].email], _subject("id"))
    assert "http://localhost:8000/" in letter.body
    assert [word for word in ("Lembaga Pelita", "applicant", application.reason) if word in letter.body] == []


def _subject(language):
    with translation.override(language):
        return translation.gettext("There is news for you on %(site)s") % {"site": "Anyam"}


def test_an_organisation_chosen_is_the_one_joined(page_of, application, cast):
    known = factories.organisation("Pelita Kasih")

    page_of("secretariat", f"/accounts/applications/{application.pk}/admit/", {"organisation": known.pk})

    assert [one.organisation for one in cast["applicant"].memberships.all()] == [known]
    assert not Organisation.objects.filter(name="Lembaga Pelita").exists()


def test_an_organisation_that_was_not_offered_is_refused(page_of, application, cast):
    far = factories.organisation("Serikat Ombak")

    answer = page_of("secretariat", f"/accounts/applications/{application.pk}/admit/", {"organisation": far.pk})

    assert answer.status_code == 422
    assert cast["applicant"].memberships.count() == 0


def test_declining_needs_an_answer_and_keeps_what_was_typed(page_of, application):
    empty = page_of("secretariat", f"/accounts/applications/{application.pk}/decline/", {"answer": "  "})
    personal = page_of("secretariat", f"/accounts/applications/{application.pk}/decline/", {"answer": "NIK Anda 3201014509870003?"})

    application.refresh_from_db()
    assert (empty.status_code, personal.status_code, application.state) == (422, 422, "waiting")
    assert "NIK Anda 3201014509870003?" in personal.content.decode()


def test_declining_tells_the_applicant_where_to_read(page_of, application, cast):
    page_of("secretariat", f"/accounts/applications/{application.pk}/decline/", {"answer": "Belum dapat."})
    run_pending()

    application.refresh_from_db()
    [letter] = mail.outbox
    assert (application.state, application.answer) == ("declined", "Belum dapat.")
    assert "http://localhost:8000/accounts/application/" in letter.body
    assert "Belum dapat." not in letter.body


@pytest.mark.parametrize("part", ["applicant", "member", "moderator"])
def test_a_decision_by_others_is_refused(part, page_of, application):
    status = page_of(part, f"/accounts/applications/{application.pk}/admit/", {}).status_code

    application.refresh_from_db()
    assert (status, application.state) == (403 if part == "applicant" else 404, "waiting")


def test_a_form_sent_twice_is_one_deed(page_of, application):
    key = {"deed_key": str(uuid4()), "organisation": ""}

    answers = [page_of("secretariat", f"/accounts/applications/{application.pk}/admit/", key) for _again in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Activity.objects.filter(verb=Verb.ADMITTED).count() == 1


# --- people


def test_people_are_found_by_name_organisation_and_role(page_of):
    by_name = page_of("secretariat", "/accounts/people/?q=colleag")
    by_organisation = page_of("secretariat", "/accounts/people/?q=lembaga+tikar")
    by_role = page_of("secretariat", "/accounts/people/?role=convenor")

    assert [one.name for one in by_name.context["page"]] == ["colleague"]
    assert [one.name for one in by_organisation.context["page"]] == ["colleague", "expired_researcher", "member", "suspended"]
    assert [one.name for one in by_role.context["page"]] == ["convenor"]


def test_pages_about_people_hold_no_addresses(page_of, cast):
    pages = [page_of("secretariat", path).content.decode() for path in ("/accounts/people/", "/accounts/people/member/")]

    assert ["@people.example" in page for page in pages] == [False, False]


@pytest.mark.parametrize(
    ("part", "status"), [("visitor", 302), ("member", 404), ("moderator", 404), ("auditor", 404), ("secretariat", 200)]
)
def test_a_persons_page_is_the_secretariats(part, status, page_of):
    page = page_of(part, "/accounts/people/colleague/")

    assert page.status_code == status
    assert ("Lembaga Tikar" in page.content.decode()) is (part == "secretariat")


def test_deeds_on_a_persons_page(page_of, cast):
    other = factories.organisation("Lembaga Lain")
    path = "/accounts/people/member/"

    page_of("secretariat", f"{path}role/", {"role-role": "convenor", "role-until": ""})
    page_of("secretariat", f"{path}tasks/", {"task-kind": "reviewer", "task-ends_on": in_days(30), "task-reason": "Cermat."})
    page_of("secretariat", f"{path}organisations/", {"join-organisation": other.pk})
    page_of("secretariat", f"{path}suspend/", {"suspend-reason": "Akun dipakai orang lain."})

    person = User.objects.get(pk=cast["member"].pk)
    assert person.role == "convenor"
    assert [task.kind for task in person.tasks.all()] == ["reviewer"]
    assert {one.organisation.name for one in person.memberships.current()} == {"Lembaga Tikar", "Lembaga Lain"}
    assert person.suspended_at is not None

    page_of("secretariat", f"{path}lift/", {"suspend-reason": "Sudah jelas."})
    page_of("secretariat", f"{path}tasks/{person.tasks.get().pk}/end/", {})
    page_of("secretariat", f"{path}organisations/{person.memberships.get(organisation=other).pk}/end/", {})

    person = User.objects.get(pk=person.pk)
    assert person.suspended_at is None
    assert person.tasks.get().ended_at is not None
    assert {one.organisation.name for one in person.memberships.current()} == {"Lembaga Tikar"}


@pytest.mark.parametrize(
    ("deed", "posted"),
    [
        ("role", {"role-role": "applicant"}),
        ("role", {"role-role": "researcher", "role-until": ""}),
        ("tasks", {"task-kind": "reviewer", "task-ends_on": "2020-01-01", "task-reason": "Sebab yang diketik."}),
        ("tasks", {"task-kind": "owner", "task-ends_on": in_days(3), "task-reason": "Sebab yang diketik."}),
        ("organisations", {"join-organisation": "999999"}),
        ("suspend", {"suspend-reason": ""}),
    ],
)
def test_a_form_with_errors_changes_nothing_and_keeps_the_text(deed, posted, page_of):
    page = page_of("secretariat", f"/accounts/people/member/{deed}/", posted)

    assert page.status_code == 422
    assert ("Sebab yang diketik." in page.content.decode()) is ("task-reason" in posted)
    assert Activity.objects.count() == 0


def test_the_secretariat_cannot_change_or_suspend_itself(page_of, cast):
    answers = [
        page_of("secretariat", "/accounts/people/secretariat/role/", {"role-role": "member"}).status_code,
        page_of("secretariat", "/accounts/people/secretariat/suspend/", {"suspend-reason": "Istirahat."}).status_code,
    ]

    assert answers == [403, 403]
    assert User.objects.get(pk=cast["secretariat"].pk).role == "secretariat"


def test_joining_an_organisation_twice_with_one_form_is_one_membership(page_of, cast):
    other = factories.organisation("Lembaga Lain")
    posted = {"join-organisation": other.pk, "deed_key": str(uuid4())}

    answers = [page_of("secretariat", "/accounts/people/member2/organisations/", posted).status_code for _again in range(2)]

    assert answers == [302, 302]
    assert cast["member2"].memberships.filter(organisation=other).count() == 1


def test_a_task_or_membership_of_somebody_else_is_not_found_here(page_of, cast):
    task = Task.objects.get(person=cast["reviewer"])
    membership = cast["colleague"].memberships.get()

    answers = [
        page_of("secretariat", f"/accounts/people/member/tasks/{task.pk}/end/", {}).status_code,
        page_of("secretariat", f"/accounts/people/member/organisations/{membership.pk}/end/", {}).status_code,
    ]

    assert answers == [404, 404]


# --- the journal


def test_the_journal_tells_newest_first_who_did_what_and_why(page_of, cast):
    _happens(Verb.SUSPENDED, cast["moderator"], cast["member"], reason="Alasan <rahasia>.")
    _happens(Verb.CHANGED_ROLE, cast["secretariat"], cast["member"], was="member", role="convenor")

    page = page_of("auditor", "/en/accounts/journal/")

    assert [one.verb for one in page.context["page"]] == [Verb.CHANGED_ROLE, Verb.SUSPENDED]
    words = page.content.decode()
    for shown in ("Alasan &lt;rahasia&gt;.", "suspended a person", f"person {cast['member'].pk}", "role: Convenor", "before: Member"):
        assert shown in words


def test_the_journal_can_be_read_by_verb(page_of, cast):
    for verb in (Verb.SUSPENDED, Verb.LIFTED_SUSPENSION, Verb.SUSPENDED):
        _happens(verb, cast["moderator"], cast["member"])

    some = page_of("auditor", "/accounts/journal/?verb=suspended")
    nonsense = page_of("auditor", "/accounts/journal/?verb=nonsense&page=999")

    assert [one.verb for one in some.context["page"]] == ["suspended", "suspended"]
    assert nonsense.context["page"].paginator.count == 3


def test_the_journal_costs_the_same_for_one_line_and_for_twenty(page_of, cast):
    _happens(Verb.SUSPENDED, cast["moderator"], cast["member"])
    page_of("auditor", "/accounts/journal/")
    few = _queries(lambda: page_of("auditor", "/accounts/journal/"))
    for part in ["member", "colleague", "member2", "convenor"] * 5:
        _happens(Verb.SUSPENDED, cast[part], cast["former"])

    assert _queries(lambda: page_of("auditor", "/accounts/journal/")) == few


def _happens(verb, by, subject, **facts):
    from django.db import transaction

    with transaction.atomic():
        return record(verb, by=by, subject=subject, **facts)


# --- circles


def test_circles_show_ones_own_and_ones_handle(page_of, circle):
    mine = page_of("member", "/accounts/circles/")
    not_mine = page_of("member2", "/accounts/circles/")

    assert [list(page.context["circles"]) for page in (mine, not_mine)] == [[circle], []]
    assert "<b>member2</b>" in not_mine.content.decode()


@pytest.mark.parametrize(
    ("part", "status"), [("visitor", 302), ("member", 200), ("convenor", 200), ("colleague", 404), ("moderator", 404), ("secretariat", 404)]
)
def test_a_circle_that_is_not_ones_own_is_not_found(part, status, page_of, circle):
    assert page_of(part, f"/accounts/circles/{circle.pk}/").status_code == status


def test_a_convenor_makes_a_circle_and_lets_people_in_and_out(page_of, cast):
    told = {"name_id": "Lingkar Kapal", "name_en": "", "purpose_id": "Belajar tentang kapal.", "purpose_en": "", "ends_on": in_days(90)}
    made = page_of("convenor", "/accounts/circles/", told)
    circle = Circle.objects.get(name_id="Lingkar Kapal")
    path = f"/accounts/circles/{circle.pk}/"

    let_in = page_of("convenor", f"{path}let-in/", {"person": "observer"})
    assert (made.url, let_in.url) == (path, path)
    assert set(circle.members.all()) == {cast["convenor"], cast["observer"]}

    page_of("convenor", f"{path}take-out/observer/", {})
    assert set(circle.members.all()) == {cast["convenor"]}


@pytest.mark.parametrize("handle", ["nobody-here", "applicant", "suspended", "expired_researcher"])
def test_who_cannot_join_a_circle_and_who_does_not_exist_get_the_same_answer(handle, page_of, circle, cast):
    page = page_of("convenor", f"/en/accounts/circles/{circle.pk}/let-in/", {"person": handle.replace("_", "-")})

    assert page.status_code == 422
    assert page.content.decode().count("Nobody who can join a circle has this handle.") == 2


def test_members_neither_make_circles_nor_change_them(page_of, circle):
    told = {"name_id": "Milik saya", "purpose_id": "Mau.", "ends_on": in_days(9)}

    answers = [
        page_of("member", "/accounts/circles/", told).status_code,
        page_of("member", f"/accounts/circles/{circle.pk}/let-in/", {"person": "member2"}).status_code,
        page_of("member", f"/accounts/circles/{circle.pk}/take-out/convenor/", {}).status_code,
        page_of("member2", f"/accounts/circles/{circle.pk}/let-in/", {"person": "member2"}).status_code,
    ]

    assert answers == [403, 403, 403, 404]
    assert Circle.objects.count() == 1


def test_a_member_leaves_a_circle(page_of, circle, cast):
    answer = page_of("member", f"/accounts/circles/{circle.pk}/take-out/member/", {})

    assert answer.url == "/accounts/circles/"
    assert not circle.members.filter(pk=cast["member"].pk).exists()
