"""By what an organisation is reached, and who finds that."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from cop_site.activity.models import Activity
from cop_site.directory import actions, rules
from cop_site.directory.models import ContactChannel
from tests.directory.factories import channel, listing, steward

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(cast, organisation):
    steward(cast["member"], organisation)
    return listing(of=organisation)


def way(kind="email", value="sapa@lembaga.example", visibility="jaringan", **notes):
    return {"kind": kind, "value": value, "visibility": visibility, **notes}


def values(entry):
    return list(entry.channels.values_list("kind", "value", "visibility"))


@pytest.mark.parametrize(
    ("kind", "value", "stored"),
    [
        ("phone", "+62 (380) 123-456", "+62380123456"),
        ("whatsapp", "0812 3456 7890", "081234567890"),
        ("phone", "129", "129"),
        ("email", "sapa@lembaga.example", "sapa@lembaga.example"),
        ("website", "https://lembaga.example/kontak", "https://lembaga.example/kontak"),
        ("social", "https://www.facebook.com/lembaga", "https://www.facebook.com/lembaga"),
    ],
)
def test_what_reaches_somebody_is_taken(cast, entry, kind, value, stored):
    actions.set_channels(entry, by=cast["member"], channels=[way(kind, value)])

    assert values(entry) == [(kind, stored, "jaringan")]


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("phone", "telepon kantor"),
        ("phone", "12"),
        ("phone", "1" * 16),
        ("whatsapp", "https://wa.me/62812"),
        ("email", "bukan surel"),
        ("website", "http://lembaga.example"),
        ("website", "javascript:alert(1)"),
        ("website", "https://maps.app.goo.gl/abcdef"),
        ("social", "@lembaga"),
        ("address", "Jalan Melati No. 3"),
        ("email", "Jalan Melati No. 3"),
    ],
)
def test_anything_else_is_refused_addresses_above_all(cast, entry, kind, value):
    with pytest.raises(rules.NotReady):
        actions.set_channels(entry, by=cast["member"], channels=[way(kind, value)])


@pytest.mark.parametrize("note", ["Tanya Ibu Rosa, 0812 3456 7890", "Kantor di Jalan El Tari No. 12, Kupang"])
def test_a_note_passes_the_guard(cast, entry, note):
    with pytest.raises(rules.NotReady):
        actions.set_channels(entry, by=cast["member"], channels=[way(note_id=note)])


def test_channels_are_set_anew_in_their_order_and_the_journal_holds_no_value(cast, entry):
    channel(entry, "lama@lembaga.example")

    actions.set_channels(entry, by=cast["member"], channels=[way("phone", "129"), way()])

    assert [value for _kind, value, _level in values(entry)] == ["129", "sapa@lembaga.example"]
    assert Activity.objects.get(verb="set-channels").facts == {"channels": 2}


@pytest.mark.parametrize(
    ("entry_level", "level", "is_taken"),
    [
        ("publik", "publik", True),
        ("jaringan", "publik", False),
        ("jaringan", "pengelola", True),
        ("organisasi", "jaringan", False),
        ("jaringan", "pribadi", False),
        ("jaringan", "kelompok", False),
    ],
)
def test_a_channel_is_never_wider_than_the_entry(cast, entry, entry_level, level, is_taken):
    entry.organisation.visibility = entry_level
    entry.organisation.save()
    if is_taken:
        actions.set_channels(entry, by=cast["member"], channels=[way(visibility=level)])
        assert ContactChannel.objects.get().visibility == level
    else:
        with pytest.raises(rules.NotReady):
            actions.set_channels(entry, by=cast["member"], channels=[way(visibility=level)])


def test_what_was_public_may_stay_so_while_new_words_are_read(cast, entry):
    channel(entry, visibility="publik")

    actions.set_channels(entry, by=cast["member"], channels=[way(visibility="publik"), way("phone", "129")])

    assert not ContactChannel.objects.visible_to(cast["visitor"]).exists()
    assert values(entry)[0][2] == "publik"


@pytest.mark.parametrize("who", ["colleague", "member2", "moderator", "former", "suspended", "visitor"])
def test_nobody_else_says_how_it_is_reached(cast, entry, who):
    with pytest.raises(PermissionDenied):
        actions.set_channels(entry, by=cast[who], channels=[])


@pytest.mark.parametrize(
    ("level", "readers"),
    [
        ("publik", {"visitor", "observer", "researcher", "member2", "colleague", "member", "moderator", "secretariat"}),
        ("jaringan", {"researcher", "member2", "colleague", "member", "moderator", "secretariat"}),
        ("organisasi", {"colleague", "member"}),
        ("pengelola", {"member", "moderator", "secretariat"}),
    ],
)
def test_each_channel_has_its_own_readers(cast, entry, level, readers):
    entry.organisation.visibility = "publik"
    entry.organisation.save()
    channel(entry, visibility=level)
    asked = (
        "visitor",
        "applicant",
        "observer",
        "researcher",
        "member2",
        "colleague",
        "member",
        "moderator",
        "secretariat",
        "suspended",
        "former",
    )
    always = {"applicant", "suspended", "former"} if level == "publik" else {"former"} if level == "jaringan" else set()

    assert {who for who in asked if ContactChannel.objects.visible_to(cast[who]).exists()} == readers | always


# --- the page


def rows(*told, total=None):
    data = {"way-TOTAL_FORMS": str(total or len(told)), "way-INITIAL_FORMS": "0"}
    return data | {f"way-{number}-{name}": value for number, one in enumerate(told) for name, value in one.items()}


def test_contacts_are_written_and_taken_away_through_the_page(client, cast, entry):
    page = reverse("organisation-contacts", args=[entry.organisation.slug])
    client.force_login(cast["member"])

    more = client.post(page, rows(way("phone", "129"), total=1) | {"then": "more"})
    assert (more.status_code, 'value="129"' in more.content.decode(), "way-1-value" in more.content.decode()) == (200, True, True)
    assert client.post(page, rows(way("phone", "kantor"))).status_code == 422
    assert client.post(page, rows(way("phone", "129"), way(value=""), way())).status_code == 302
    assert [value for _kind, value, _level in values(entry)] == ["129", "sapa@lembaga.example"]
    assert 'value="sapa@lembaga.example"' in client.get(page).content.decode()
    assert client.post(page, rows(way("phone", ""), way())).status_code == 302
    assert [value for _kind, value, _level in values(entry)] == ["sapa@lembaga.example"]


def test_the_secretariat_neither_sees_nor_drops_what_is_for_the_organisation_alone(client, cast, entry):
    channel(entry, "dalam@lembaga.example", visibility="organisasi")
    channel(entry, "jaringan@lembaga.example")
    client.force_login(cast["secretariat"])
    path = reverse("organisation-contacts", args=[entry.organisation.slug])

    shown = client.get(path).content.decode()
    actions.set_channels(entry, by=cast["secretariat"], channels=[way(value="baru@lembaga.example")])

    assert [value in shown for value in ("dalam@lembaga.example", "jaringan@lembaga.example")] == [False, True]
    assert set(values(entry)) == {("email", "dalam@lembaga.example", "organisasi"), ("email", "baru@lembaga.example", "jaringan")}


def test_a_number_of_rows_that_nobody_would_send_is_no_error_of_ours(client, cast, entry):
    page = reverse("organisation-contacts", args=[entry.organisation.slug])
    client.force_login(cast["member"])

    for total in ("x", "-1", "99999", ""):
        assert client.post(page, {"way-TOTAL_FORMS": total, "way-INITIAL_FORMS": "0"}).status_code in {302, 422}
        assert client.post(page, {"way-TOTAL_FORMS": total, "way-INITIAL_FORMS": "0", "then": "more"}).status_code == 200
