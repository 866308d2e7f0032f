"""The screen of a room without any script: every action is a form on its page."""

import re
from uuid import uuid4

import pytest

from cop_site.accounts.models import Block
from cop_site.activity.models import Activity
from cop_site.activity.verbs import Verb
from cop_site.events.models import AgendaStep, Card, Entry, Room, Silence
from tests.events.factories import hall, say

ROOM, BACKSTAGE, SILENCE = (f"/events/acara-uji/room/{end}" for end in ("", "backstage/", "silence/"))


def entered(client, person):
    client.force_login(person)
    return client


def done(client, action, path=ROOM, **data):
    """What a form of the page sends."""
    return client.post(path, {"action": action, "deed_key": str(uuid4()), **data})


def board(answer):
    """The columns that hold anything: of each its groups with their words."""
    columns = answer.context["screen"].columns
    return {
        one["kind"]: {group["name"]: [card["text"] for card in group["cards"]] for group in one["groups"]}
        for one in columns
        if one["count"]
    }


def forms(answer):
    """The actions that the page offers outside its templates, each once."""
    page = re.sub(r"<template.*?</template>", "", answer.content.decode(), flags=re.DOTALL)
    return set(re.findall(r'name="action" value="([a-z.]+)"', page))


def test_every_action_is_a_form_on_the_page(client, cast):
    room = hall(cast["convenor"])
    entered(client, cast["convenor"])
    AgendaStep.objects.create(event=room.event, place=1, name_id="Pembukaan")

    walk = [
        ("chat.post", {"text": "Halo."}, "baru"),
        ("broadcast", {"text": "Kartu dibuka."}, "baru"),
        ("card.add", {"kind": "praktik", "text": "Uji pasal dulu"}, "kartu-3"),
        ("card.edit", {"id": 3, "version": 1, "text": "Uji pasal sebelum musyawarah"}, "kartu-3"),
        ("card.move", {"id": 3, "column": "kebutuhan", "cluster": "Aturan"}, "kartu-3"),
        ("card.vote", {"id": 3}, "kartu-3"),
        ("card.vote", {"id": 3, "take_back": "true"}, "kartu-3"),
        ("agenda.go", {"step": 1}, "baru"),
        ("timer.start", {"seconds": 60}, "baru"),
        ("hand.raise", {}, "baru"),
        ("hand.lower", {}, "baru"),
        ("chat.hide", {"id": 1}, "n1"),
        ("chat.hide", {"id": 3, "pane": "papan"}, "papan"),
        ("room.close", {}, "baru"),
    ]
    offered, led_to = set(), []
    for action, data, _place in walk:
        offered |= forms(client.get(f"{ROOM}?card=3"))
        led_to.append(done(client, action, **data).url)

    assert led_to == [f"{ROOM}#{place}" for _action, _data, place in walk]
    assert {action for action, _data, _place in walk} | {"question.ask"} == offered  # questions and polls: test_floor
    assert [entry.kind for entry in Entry.objects.order_by("seq")] == [action for action, _data, _place in walk]
    assert forms(client.get(ROOM)) <= offered
    assert "data-open hidden" in client.get(ROOM).content.decode()


def test_cards_stand_in_their_columns_and_groups(client, cast):
    room = hall()
    for kind, words in (("praktik", "Satu"), ("praktik", "Dua"), ("pelajaran", "Tiga"), ("praktik", "Empat")):
        say(room, cast["member"], "card.add", kind=kind, text=words)
    say(room, cast["member2"], "card.move", id=1, column="praktik", cluster="Keluarga")
    say(room, cast["member2"], "card.move", id=3, column="praktik", cluster="Anggaran")

    answer = entered(client, cast["member"]).get(ROOM)

    assert board(answer) == {"praktik": {"": ["Dua", "Empat"], "Keluarga": ["Satu"], "Anggaran": ["Tiga"]}}
    assert list(board(answer)["praktik"]) == ["", "Keluarga", "Anggaran"]
    assert answer.content.decode().count('class="metaplan-kind" data-kind-word>') == 1  # what came from another column says so


def test_a_wording_that_met_a_newer_one_comes_back(client, cast):
    room = hall(cast["convenor"])
    say(room, cast["member"], "card.add", kind="praktik", text="Awal")
    say(room, cast["member"], "card.edit", id=1, version=1, text="Lebih baru")

    answer = done(entered(client, cast["convenor"]), "card.edit", id=1, version=1, text="Yang diketik", about=room.pk)

    page = answer.content.decode()
    assert (answer.status_code, board(answer)) == (409, {"praktik": {"": ["Lebih baru"]}})
    assert "Yang diketik</textarea>" in page
    assert 'name="version" value="2"' in page
    assert Card.objects.get().text == "Lebih baru"


@pytest.mark.parametrize(
    ("action", "data"),
    [("card.add", {"kind": "pelajaran"}), ("card.edit", {"id": 1, "version": 1}), ("broadcast", {}), ("chat.post", {})],
)
def test_words_that_are_refused_stay_where_they_were_typed(action, data, client, cast):
    room = hall(cast["convenor"])
    say(room, cast["convenor"], "card.add", kind="praktik", text="Awal")

    answer = done(entered(client, cast["convenor"]), action, text="NIK 3471015503990004", about=room.pk, **data)

    page = answer.content.decode()
    assert (answer.status_code, page.count("NIK 3471015503990004</textarea>"), Entry.objects.count()) == (422, 1, 1)
    assert page.count('value="pelajaran" selected') == (action == "card.add")


def test_what_was_typed_before_a_session_ended_waits_in_its_own_room(client, cast):
    room = hall(cast["convenor"])
    backstage = room.event.rooms.get(kind=Room.Kind.BACKSTAGE)

    done(client, "card.add", kind="pelajaran", text="Ditulis sebelum keluar", about=room.pk, path=ROOM)
    entered(client, cast["convenor"])

    kept = "Ditulis sebelum keluar</textarea>"
    assert [client.get(path).content.decode().count(kept) for path in (ROOM, BACKSTAGE)] == [1, 0]
    assert backstage.entries.count() == 0


def test_the_backstage_is_for_those_who_lead(client, cast):
    room = hall(cast["convenor"])
    backstage = room.event.rooms.get(kind=Room.Kind.BACKSTAGE)

    refused = [entered(client, cast[who]).get(BACKSTAGE).status_code for who in ("member", "member2")]
    done(entered(client, cast["convenor"]), "chat.post", BACKSTAGE, text="Siapa memimpin kelompok dua?")
    pages = [client.get(path).content.decode() for path in (ROOM, BACKSTAGE)]

    assert refused == [403, 403]
    assert [page.count("Siapa memimpin kelompok dua?</p>") for page in pages] == [0, 1]
    assert [f'data-room-id="{one.pk}"' in page for one, page in zip((room, backstage), pages, strict=True)] == [True, True]
    assert [f'href="{path}"' in page for path, page in zip((BACKSTAGE, ROOM), pages, strict=True)] == [True, True]
    assert f'data-backstage-id="{backstage.pk}"' in pages[0]


def test_only_ones_own_words_can_be_taken_back(client, cast):
    room = hall()
    say(room, cast["member"], text="Milik saya.")
    say(room, cast["member2"], text="Milik yang lain.")

    answer = entered(client, cast["member"]).get(ROOM)
    refused = done(client, "chat.hide", id=2)

    assert re.findall(r'name="id" value="(\d+)"><button class="icon-button" data-hide', answer.content.decode()) == ["1"]
    assert (refused.status_code, Entry.objects.filter(redacted_at=None).count()) == (403, 2)


def test_in_a_room_without_attribution_nobody_is_named_and_ones_own_is_known(client, cast):
    room = hall(cast["convenor"])
    Room.objects.filter(pk=room.pk).update(is_unattributed=True)
    room.refresh_from_db()
    say(room, cast["member"], text="Tanpa nama saya.")
    say(room, cast["member2"], "card.add", kind="praktik", text="Tanpa nama yang lain")

    pages = {who: entered(client, cast[who]).get(ROOM).content.decode() for who in ("member", "member2")}

    shown = {who: re.sub(r"<template.*?</template>", "", page, flags=re.DOTALL) for who, page in pages.items()}
    assert {who: re.findall("<b data-name>(.*?)</b>", page) for who, page in shown.items()} == {who: ["Tanpa nama"] for who in shown}
    assert {who: re.findall("<span data-name>(.*?)</span>", page) for who, page in shown.items()} == {who: [""] for who in shown}
    assert {who: len(re.findall(r"data-own[ >]", page)) for who, page in shown.items()} == {"member": 1, "member2": 1}
    assert all('data-name=""' in page and 'id="bawah-nama"' in page for page in pages.values())


def test_an_author_is_silenced_and_nobody_learns_who_it_is(client, cast):
    room = hall(cast["convenor"])
    Room.objects.filter(pk=room.pk).update(is_unattributed=True)
    say(room, cast["member"], text="Kata yang melukai.")
    entered(client, cast["convenor"])

    asked = client.get(f"{SILENCE}?room=hall&line=1")
    answer = client.post(SILENCE, {"room": "hall", "line": "1", "deed_key": str(uuid4())})

    page = asked.content.decode()
    assert ("Kata yang melukai." in page, cast["member"].name in page, cast["member"].handle in page) == (True, False, False)
    assert (answer.status_code, answer.url) == (302, f"{ROOM}?silenced=1#n1")
    assert (Silence.objects.count(), Activity.objects.filter(verb=Verb.SILENCED_IN_ROOM).count()) == (1, 1)
    assert done(entered(client, cast["member"]), "chat.post", text="Lagi.").status_code == 403


@pytest.mark.parametrize(("who", "query", "status"), [("member", "?line=1", 403), ("convenor", "?line=9", 404), ("convenor", "", 404)])
def test_silencing_is_for_those_who_lead_and_for_words_that_are_there(who, query, status, client, cast):
    room = hall(cast["convenor"])
    say(room, cast["member"], text="Halo.")

    assert entered(client, cast[who]).get(f"{SILENCE}{query}").status_code == status


def test_words_of_somebody_one_blocks_are_folded(client, cast):
    room = hall()
    Block.objects.create(person=cast["member"], blocked=cast["member2"])
    say(room, cast["member2"], text="Dari yang diblokir.")
    say(room, cast["member2"], "card.add", kind="praktik", text="Kartu dari yang diblokir")

    pages = {who: entered(client, cast[who]).get(ROOM).content.decode() for who in ("member", "colleague", "member2")}

    folded = {
        who: re.sub(r"<template.*?</template>", "", page, flags=re.DOTALL).count('<details class="veil">') for who, page in pages.items()
    }
    assert folded == {"member": 2, "colleague": 0, "member2": 0}
    assert {who: "data-blocked=" in page for who, page in pages.items()} == {"member": True, "colleague": False, "member2": False}


def test_the_agenda_is_chosen_by_name_in_the_readers_language(client, cast):
    room = hall(cast["convenor"])
    AgendaStep.objects.create(event=room.event, place=1, name_id="Pembukaan", name_en="Opening", minutes=20)
    AgendaStep.objects.create(event=room.event, place=2, name_id="Tiga praktik", name_en="Three practices")
    done(entered(client, cast["convenor"]), "agenda.go", step=2)

    pages = {language: entered(client, cast["member"]).get(f"{language}{ROOM}") for language in ("", "/en")}
    leads = entered(client, cast["convenor"]).get(ROOM)

    now = re.compile(r'data-step="2" aria-current="step">.*?data-step-name>(.*?)</span>', re.DOTALL)
    assert {language: now.findall(page.content.decode()) for language, page in pages.items()} == {
        "": ["Tiga praktik"],
        "/en": ["Three practices"],
    }
    assert ("agenda.go" in forms(pages[""]), "agenda.go" in forms(leads)) == (False, True)


def test_a_board_costs_the_same_for_one_card_and_for_twenty(client, cast, django_assert_max_num_queries):
    room = hall()
    Room.objects.filter(pk=room.pk).update(is_unattributed=True)
    entered(client, cast["member"]).get(ROOM)
    counted = []
    for many in (1, 19):
        for turn in range(many):
            say(room, cast["member2"], "card.add", kind="praktik", text=f"Kartu {turn}")
            say(room, cast["member2"], text="Halo.")
        AgendaStep.objects.create(event=room.event, place=many, name_id="Langkah")
        with django_assert_max_num_queries(60) as asked:
            client.get(f"{ROOM}?card=1")
        counted.append(len(asked))

    assert counted[0] == counted[1]
