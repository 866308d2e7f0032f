"""What an entry may say, who writes it, and what follows from new words."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from cop_site.activity.models import Activity
from cop_site.activity.runner import run_pending
from cop_site.directory import actions, rules
from cop_site.directory.models import Listing, Unwanted
from cop_site.files.models import StoredFile
from cop_site.screening.version import RULES_VERSION
from tests import factories
from tests.directory.factories import channel, listing, steward

pytestmark = pytest.mark.django_db

WORDS = {
    "about_id": "Mendampingi pekerja migran dan keluarganya.",
    "mandate": ["migrasi-aman", "pemulangan"],
    "service_scale": ["provinsi"],
    "provinces": ["53"],
    "languages": ["id", "tet"],
    "countries": ["MY"],
    "links": ["https://pelita.example/layanan"],
}


@pytest.fixture
def entry(cast, organisation):
    """An entry of member's organisation, which member looks after."""
    steward(cast["member"], organisation)
    organisation.is_listed = True
    organisation.save()
    return listing(of=organisation, about_id="Kata lama.", days=190)


def refused(**content):
    with pytest.raises(rules.NotReady) as refusal:
        rules.refuse_unless_fit({"name": "Lembaga Pelita", "kind": "cso-lsm"} | content)
    return [problem.field for problem in refusal.value.problems], {one.type for one in refusal.value.findings}


# --- what an entry may say


@pytest.mark.parametrize(
    ("content", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 161}, "name"),
        ({"kind": "klub"}, "kind"),
        ({"mandate": ["terbang"]}, "mandate"),
        (
            {"mandate": ["pencegahan-edukasi", "migrasi-aman", "kebijakan-desa", "pengaduan-hotline", "rumah-aman", "pemulangan"]},
            "mandate",
        ),
        ({"sector_5k": ["kebun"]}, "sector_5k"),
        ({"provinces": ["99"]}, "provinces"),
        ({"regencies": ["53.99"]}, "regencies"),
        ({"countries": ["XX"]}, "countries"),
        ({"languages": ["tlh"]}, "languages"),
        ({"about_id": "a" * 1201}, "about_id"),
        ({"links": ["http://pelita.example"]}, "links"),
        ({"links": ["https://pelita.example/" + "a" * 300]}, "links"),
        ({"links": ["javascript:alert(1)"]}, "links"),
        ({"has_conflict": True}, "conflict_note"),
        ({"capacity": "entah"}, "capacity"),
        ({"capacity_until": timezone.localdate()}, "capacity"),
    ],
)
def test_an_entry_that_breaks_a_rule_is_refused_at_the_field(content, field):
    assert refused(**content) == ([field], set())


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ({"about_id": "Kantor kami di Jalan El Tari No. 12, Kupang."}, "address"),
        ({"about_en": "Visit us at 12 Merdeka Street."}, "address"),
        ({"offers_en": "Our shelter is in Oebobo, behind the market. Rumah aman kami di Oebobo, belakang pasar"}, "shelter_location"),
        ({"hours": "Hubungi Ibu Rosa di 0812 3456 789"}, "phone"),
        ({"conflict_note": "Surel sapa@lembaga.example"}, "email"),
        ({"links": ["https://maps.app.goo.gl/abcdef"]}, "map_link"),
    ],
)
def test_no_text_of_an_entry_may_tell_a_place_or_a_person(content, kind):
    assert kind in refused(**content)[1]


def test_an_entry_knows_no_field_for_an_address():
    assert [name for name in (field.name for field in Listing._meta.get_fields()) if "address" in name or "street" in name] == []
    with pytest.raises(ValueError, match="address"):
        rules.tidied({"address": "Jalan Melati 3"})


def test_a_district_brings_its_province():
    assert rules.tidied({"regencies": ["53.01"], "provinces": ["11"]})["provinces"] == ["11", "53"]


# --- writing


def test_districts_alone_leave_the_provinces_that_are_known(cast, entry):
    actions.change_listing(entry, by=cast["member"], provinces=["11", "33"])

    changed = actions.change_listing(entry, by=cast["member"], regencies=["53.01"])

    assert changed.provinces == ["11", "33", "53"]


def test_the_secretariat_puts_an_organisation_into_the_directory(cast):
    organisation = factories.organisation("Lembaga Pelita")

    made = actions.list_organisation(organisation, by=cast["secretariat"], **WORDS)

    organisation.refresh_from_db()
    assert (organisation.is_listed, organisation.visibility) == (True, "jaringan")
    assert {name: getattr(made, name) for name in WORDS} == WORDS
    assert made.confirmed_at is None
    assert [revision.content["mandate"] for revision in made.revisions.all()] == [WORDS["mandate"]]
    assert Activity.objects.get(verb="listed-organisation").facts["revision"] == 1


def test_listing_again_completes_what_is_there(cast, entry):
    made = actions.list_organisation(entry.organisation, by=cast["secretariat"], provinces=["53"])

    assert (made.pk, made.about_id, made.provinces) == (entry.pk, "Kata lama.", ["53"])


def test_a_steward_changes_an_entry_and_says_that_it_is_right(cast, entry):
    changed = actions.change_listing(entry, by=cast["member"], name="Lembaga Baru", capacity="full", **WORDS)

    entry.organisation.refresh_from_db()
    assert entry.organisation.name == "Lembaga Baru"
    assert (changed.is_full, changed.is_due, changed.revisions.count()) == (True, False, 1)
    assert changed.revisions.get().content["about_id"] == WORDS["about_id"]
    assert "Mendampingi" not in str(Activity.objects.get(verb="changed-listing").facts)


def test_every_change_is_kept_and_nothing_new_keeps_nothing(cast, entry):
    for about in ("Satu.", "Dua.", "Dua."):
        actions.change_listing(entry, by=cast["member"], about_id=about)

    assert [(one.number, one.content["about_id"]) for one in entry.revisions.all()] == [(2, "Dua."), (1, "Satu.")]


def test_an_older_page_does_not_write_over_a_newer_one(cast, entry):
    actions.change_listing(entry, by=cast["member"], seen=0, about_id="Satu.")

    with pytest.raises(rules.NotReady):
        actions.change_listing(entry, by=cast["secretariat"], seen=0, about_id="Dua.")


@pytest.mark.parametrize("who", ["colleague", "member2", "moderator", "former", "suspended", "researcher", "applicant"])
def test_nobody_else_changes_or_confirms_an_entry(cast, entry, who):
    for deed, content in ((actions.change_listing, {"about_id": "Lain."}), (actions.confirm_listing, {})):
        with pytest.raises(PermissionDenied):
            deed(entry, by=cast[who], **content)
    entry.refresh_from_db()

    assert (entry.about_id, entry.is_due) == ("Kata lama.", True)


def test_a_refused_change_leaves_no_trace(cast, entry):
    with pytest.raises(rules.NotReady):
        actions.change_listing(entry, by=cast["member"], about_id="Jalan El Tari No. 12, Kupang", name="Lain")
    entry.refresh_from_db()

    assert (entry.about_id, entry.organisation.name, entry.revisions.count()) == ("Kata lama.", "Lembaga Tikar", 0)
    assert not Activity.objects.filter(verb="changed-listing").exists()


# --- what everybody reads was read before


@pytest.fixture
def public(entry):
    entry.organisation.visibility = "publik"
    entry.organisation.save()
    return entry


@pytest.mark.parametrize(("who", "content"), [("member", {"about_id": "Baru."}), ("secretariat", {"mandate": ["pemulangan"]})])
def test_new_words_take_a_public_entry_back_into_the_network_until_somebody_has_read_them(cast, public, who, content):
    changed = actions.change_listing(public, by=cast[who], **content)

    assert (changed.organisation.visibility, changed.public_asked_by) == ("jaringan", cast[who])
    assert actions.make_public(changed, by=cast["safety_reviewer"]).organisation.visibility == "publik"


def test_capacity_and_hours_change_without_anybody_reading_them(cast, public):
    until = timezone.localdate() + timedelta(days=20)

    changed = actions.change_listing(public, by=cast["member"], capacity="full", capacity_until=until, hours="Senin–Jumat 09.00–16.00")

    assert (changed.organisation.visibility, changed.capacity_until) == ("publik", until)


def test_an_entry_goes_public_when_a_safety_reviewer_of_elsewhere_lets_it(cast, entry):
    with pytest.raises(PermissionDenied):
        actions.make_public(entry, by=cast["safety_reviewer"])  # nobody asked
    actions.ask_public(entry, by=cast["member"])
    for who in ("member", "colleague", "secretariat", "moderator", "reviewer"):
        with pytest.raises(PermissionDenied):
            actions.make_public(entry, by=cast[who])
    with pytest.raises(rules.NotReady):
        actions.make_public(entry, by=cast["safety_reviewer"], seen=7)  # it says something else by now

    made = actions.make_public(entry, by=cast["safety_reviewer"], seen=0)

    assert (made.organisation.visibility, made.public_asked_at) == ("publik", None)
    assert list(Activity.objects.values_list("verb", flat=True)) == ["asked-listing-public", "made-listing-public"]


def test_what_asked_to_go_public_may_stay_inside(cast, entry):
    actions.ask_public(entry, by=cast["member"])

    assert actions.keep_inside(entry, by=cast["safety_reviewer"]).organisation.visibility == "jaringan"


def test_a_narrowed_entry_takes_its_contacts_along_and_nobody_chooses_public(cast, public):
    told = channel(public, visibility="publik")

    narrowed = actions.set_level(public, by=cast["member"], level="pengelola")
    told.refresh_from_db()

    assert (narrowed.organisation.visibility, told.visibility) == ("pengelola", "pengelola")
    for level in ("publik", "organisasi", "kelompok", "pribadi"):
        with pytest.raises(PermissionDenied):
            actions.set_level(public, by=cast["member"], level=level)
    assert actions.set_level(public, by=cast["member"], level="jaringan").organisation.visibility == "jaringan"


# --- suggesting, verifying


def test_a_member_names_an_organisation_that_is_missing_and_nobody_finds_it_yet(cast):
    made = actions.suggest_organisation(by=cast["member2"], name="Rumah Rotan", kind="komunitas-basis", provinces=["53"])

    assert (made.suggested_by, made.organisation.is_listed, made.provinces) == (cast["member2"], False, ["53"])
    assert not Listing.objects.visible_to(cast["member"]).filter(pk=made.pk).exists()
    assert Listing.objects.visible_to(cast["secretariat"]).filter(pk=made.pk).exists()


@pytest.mark.parametrize("who", ["researcher", "observer", "applicant", "suspended", "visitor"])
def test_others_suggest_nothing(cast, who):
    with pytest.raises(PermissionDenied):
        actions.suggest_organisation(by=cast[who], name="Rumah Rotan")


def test_ten_suggestions_of_one_person_wait_at_most(cast):
    for number in range(10):
        actions.suggest_organisation(by=cast["member2"], name=f"Rumah Rotan {number}")

    with pytest.raises(rules.NotReady):
        actions.suggest_organisation(by=cast["member2"], name="Rumah Rotan Lagi")


@pytest.mark.parametrize("name", ["YAYASAN Pelita-Hati", "Pelita Hati", "Perkumpulan “Pelita Hati” (PH)"])
def test_who_does_not_want_to_stand_here_is_known_by_other_spellings(cast, name):
    organisation = factories.organisation("Yayasan Pelita Hati")
    Unwanted.objects.create(organisation=organisation, reason="Diminta.", set_by=cast["secretariat"])

    assert [rules.is_unwanted(one) for one in (name, "Pelita Jiwa")] == [True, False]
    with pytest.raises(rules.NotReady):
        actions.suggest_organisation(by=cast["member"], name=name)
    with pytest.raises(rules.NotReady):
        actions.list_organisation(factories.organisation(name), by=cast["secretariat"])


def test_the_secretariat_notes_how_far_an_entry_was_checked(cast, entry):
    checked = actions.verify_listing(entry, by=cast["secretariat"], verification="berdokumen")

    assert (checked.is_verified, checked.verified_on) == (True, timezone.localdate())
    with pytest.raises(PermissionDenied):
        actions.verify_listing(entry, by=cast["member"], verification="berdokumen")


# --- mails


def test_stewards_hear_what_the_secretariat_changes_and_not_what_they_do_themselves(cast, organisation, entry):
    steward(cast["colleague"], organisation)
    actions.change_listing(entry, by=cast["member"], about_id="Satu.")
    run_pending()
    assert mail.outbox == []

    actions.change_listing(entry, by=cast["secretariat"], about_id="Dua.")
    run_pending()

    assert sorted(letter.to[0] for letter in mail.outbox) == sorted([cast["member"].email, cast["colleague"].email])
    assert [word for word in (organisation.name, organisation.slug, "Dua.") if word in mail.outbox[0].subject + mail.outbox[0].body] == []


# --- new rules of the guard


def test_what_new_rules_refuse_stands_in_the_directory_no_more(cast, entry):
    Listing.objects.filter(pk=entry.pk).update(about_id="Kantor kami di Jalan El Tari No. 12, Kupang.")

    read = actions.rescreen_listing(entry, by=cast["secretariat"])

    assert (read.organisation.is_listed, read.screened_version) == (False, RULES_VERSION)
    assert Activity.objects.get(verb="unlisted-organisation").facts["types"] == ["address"]


# --- pages


def typed(**changes):
    return {"name": "Lembaga Tikar", "kind": "cso-lsm", "about_id": "Kata baru.", "provinces": ["53"], "mandate": ["pemulangan"]} | changes


def test_a_steward_writes_through_the_page_and_what_was_typed_stays(client, cast, entry):
    page = reverse("organisation-edit", args=[entry.organisation.slug])
    client.force_login(cast["member"])
    assert "Kata lama." in client.get(page).content.decode()

    refused = client.post(page, typed(offers_id="Kantor kami di Jalan El Tari No. 12, Kupang.", capacity="full", capacity_until="besok"))
    told = refused.content.decode()
    assert (refused.status_code, "Kata baru." in told, 'value="53" checked' in told, 'data-action="block"' in told) == (
        422,
        True,
        True,
        True,
    )

    kept = client.post(page, typed(regencies=["53.71", "11.71"], links="https://satu.example\n\nhttps://dua.example", seen="0"))
    entry.refresh_from_db()
    assert (kept.status_code, entry.about_id, entry.provinces, entry.regencies) == (302, "Kata baru.", ["53"], ["53.71"])
    assert entry.links == ["https://satu.example", "https://dua.example"]
    assert client.post(page, typed(about_id="Kata kedua.", seen="0")).status_code == 422


def test_districts_are_offered_for_the_chosen_provinces_and_nothing_is_saved(client, cast, entry):
    page = reverse("organisation-edit", args=[entry.organisation.slug])
    client.force_login(cast["member"])
    assert 'value="53.71"' not in client.get(page).content.decode()

    shown = client.post(page, typed(then="districts"))
    entry.refresh_from_db()

    assert (shown.status_code, 'value="53.71"' in shown.content.decode(), "Kata baru." in shown.content.decode()) == (200, True, True)
    assert entry.about_id == "Kata lama."


PAGES = ("edit", "contacts", "logo-form", "level", "stewards")


@pytest.mark.parametrize(
    ("who", "status"), [("member", 200), ("secretariat", 200), ("colleague", 403), ("member2", 403), ("moderator", 403)]
)
def test_pages_of_an_entry_open_to_those_who_look_after_it(client, cast, entry, who, status):
    client.force_login(cast[who])

    assert [client.get(reverse(f"organisation-{name}", args=[entry.organisation.slug])).status_code for name in PAGES] == [status] * len(
        PAGES
    )


def test_pages_of_an_entry_that_one_does_not_see_do_not_exist(client, cast, entry):
    entry.organisation.visibility = "organisasi"
    entry.organisation.save()
    client.force_login(cast["member2"])

    names = (*PAGES, "history", "claim", "ask", "inquiries", "logo", "verify")
    assert {client.get(reverse(f"organisation-{name}", args=[entry.organisation.slug])).status_code for name in names} == {404}


def test_history_stands_side_by_side_for_its_people(client, cast, entry):
    page = reverse("organisation-history", args=[entry.organisation.slug])
    for about in ("Anyaman pertama.", "Anyaman kedua.", "Anyaman ketiga."):
        actions.change_listing(entry, by=cast["member"], about_id=about)
    client.force_login(cast["colleague"])

    last, first = (client.get(page, query).content.decode() for query in ({}, {"older": "1", "newer": "2"}))

    assert ["Anyaman pertama." in one for one in (last, first)] == [False, True]
    assert client.get(page, {"older": "x", "newer": "99"}).status_code == 200
    client.force_login(cast["member2"])
    assert client.get(page).status_code == 404


def test_going_public_through_the_pages(client, cast, entry):
    page = reverse("organisation-level", args=[entry.organisation.slug])
    client.force_login(cast["member"])
    assert client.post(page, {"then": "ask"}).status_code == 302

    client.force_login(cast["safety_reviewer"])
    assert client.post(page, {"then": "open", "seen": "7"}).status_code == 422
    assert client.post(page, {"then": "open", "seen": "0"}).status_code == 302
    entry.organisation.refresh_from_db()
    assert entry.organisation.visibility == "publik"

    client.force_login(cast["member"])
    assert client.post(page, {"then": "level", "level": "publik"}).status_code == 422
    assert client.post(page, {"then": "level", "level": "pengelola"}).status_code == 302


def test_an_organisation_is_suggested_by_members_and_listed_by_the_secretariat(client, cast):
    page = reverse("organisation-new")
    client.force_login(cast["member2"])
    assert client.post(page, typed(name="")).status_code == 422
    assert client.post(page, typed(name="Rumah Rotan")).status_code == 302
    assert not Listing.objects.get(organisation__name="Rumah Rotan").organisation.is_listed

    client.force_login(cast["secretariat"])
    assert client.post(page, typed(name="Rumah Rotan")).status_code == 422
    assert client.post(page, typed(name="Rumah Pandan")).status_code == 302
    assert Listing.objects.listed().filter(organisation__name="Rumah Pandan", confirmed_at__isnull=False).exists()


def test_a_steward_confirms_with_one_press(client, cast, entry):
    client.force_login(cast["member"])

    answer = client.post(reverse("organisation-still-right", args=[entry.organisation.slug]))
    entry.refresh_from_db()

    assert (answer.status_code, entry.is_due) == (302, False)


def test_a_logo_is_cleaned_shown_to_those_who_see_the_entry_and_replaced(client, cast, entry):
    form, picture = (reverse(f"organisation-{name}", args=[entry.organisation.slug]) for name in ("logo-form", "logo"))
    client.force_login(cast["member"])
    assert client.get(picture).status_code == 404

    assert client.post(form, {"upload": SimpleUploadedFile("logo.png", b"not a picture")}).status_code == 422
    for colour in ("white", "black"):
        assert client.post(form, {"upload": SimpleUploadedFile("logo.png", drawn(colour))}).status_code == 302
    assert (client.get(picture).status_code, StoredFile.objects.count()) == (200, 1)

    client.logout()
    assert client.get(picture).status_code == 404
    client.force_login(cast["member"])
    assert client.post(form, {"then": "remove"}).status_code == 302
    assert not StoredFile.objects.exists()


def drawn(colour):
    bytes_ = BytesIO()
    Image.new("RGB", (40, 40), colour).save(bytes_, "PNG")
    return bytes_.getvalue()
