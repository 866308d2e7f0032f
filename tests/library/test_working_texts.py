"""What is typed and not saved yet: kept for its author alone, offered back, never in anybody's way."""

from datetime import timedelta
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Revision

from cop_site.activity.models import Activity
from cop_site.core import clock
from cop_site.library import actions, policy
from cop_site.library.models import Practice, WorkingText
from tests.library.factories import make_practice, published, sentence, submitted, whole_form

KEEP, SHARE = "/library/share/keep/", "/library/share/"
NIK = "3374015508900001"
WORDS = "Kami menjemput warga di bandara dan mencatat kebutuhan mereka."
EVIL = {
    "very long": "panjang " * 20_000,
    "NUL": "sebelum\x00sesudah",
    "bidi": "teks \u202eterbalik\u202c biasa",
    "emoji": "👩🏽‍🚒🇮🇩🏳️‍🌈" * 40,
    "lone surrogate": "sebelum\ud800sesudah",
    "combining": "a" + "\u0301" * 5_000,
    "control": "".join(map(chr, range(32))),
    "markup": "<script>alert(1)</script>{{ 7|add:7 }}{% now %}",
}


@pytest.fixture
def signed_in(client, author):
    client.force_login(author)
    return client


def page(response):
    return response.content.decode()


def keep(client, *, key=None, version=0, **fields):
    return client.post(KEEP, {"working": str(key or uuid4()), "version": version, "as": "quick", **fields})


# --- kept while one types


def test_typing_is_kept_without_a_revision_or_a_line_in_the_journal(signed_in, author):
    key = uuid4()

    first = keep(signed_in, key=key, title="Meja", problem=f"Ibu dengan NIK {NIK}.")
    second = keep(signed_in, key=key, version=1, title="Meja informasi", steps=["Satu", ""])

    kept = WorkingText.objects.get()
    assert [first.json()["version"], second.json()["version"]] == [1, 2]
    assert (kept.author, kept.key, kept.practice) == (author, key, None)
    assert kept.fields == {"as": ["quick"], "title": ["Meja informasi"], "steps": ["Satu", ""]}
    assert (Activity.objects.count(), Revision.objects.count(), Practice.objects.count()) == (0, 0, 0)


def test_only_fields_of_the_form_are_kept(signed_in):
    keep(signed_in, title="Meja", role="secretariat", csrfmiddlewaretoken="x", deed_key="y", password="z", visibility="pribadi")

    assert WorkingText.objects.get().fields == {"as": ["quick"], "title": ["Meja"], "visibility": ["pribadi"]}


@pytest.mark.parametrize("who", ["colleague", "secretariat", "moderator", "reviewer", "member2", "observer", "applicant"])
def test_nobody_else_sees_it(cast, author, client, who):
    kept = actions.keep_working_text(by=author, working=uuid4(), version=0, fields={"title": [WORDS]})
    client.force_login(cast[who])

    answers = [client.get(SHARE), client.get(f"{SHARE}?working={kept.key}"), client.get("/library/mine/")]
    client.post("/library/share/drop/", {"working": kept.key})

    assert [WORDS in page(answer) for answer in answers] == [False, False, False]
    assert list(WorkingText.objects.visible_to(cast[who])) == []
    assert WorkingText.objects.count() == 1


@pytest.mark.parametrize(("who", "status"), [("visitor", 401), ("observer", 403), ("applicant", 403), ("researcher", 200)])
def test_who_may_not_share_keeps_nothing(client, cast, who, status):
    if who != "visitor":
        client.force_login(cast[who])

    assert keep(client, title="Meja").status_code == status
    assert WorkingText.objects.count() == (status == 200)


def test_it_is_kept_of_ones_own_texts_while_they_may_be_changed(signed_in, author, cast):
    own, waiting, foreign = make_practice(author), submitted(author), published(cast["colleague"], cast["reviewer"])

    statuses = [keep(signed_in, slug=practice.slug, title="Meja").status_code for practice in (own, waiting, foreign)]

    assert statuses == [200, 403, 403]
    assert keep(signed_in, slug="tidak-ada", title="Meja").status_code == 404
    assert WorkingText.objects.get().practice == own


def test_it_takes_a_post_with_a_token_from_this_site(author):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(author)

    assert (strict.get(KEEP).status_code, keep(strict, title="Meja").status_code) == (405, 403)


# --- two tabs


def test_an_older_tab_writes_nothing_over_a_newer_one(signed_in):
    key = uuid4()
    keep(signed_in, key=key, title="Pertama")
    keep(signed_in, key=key, version=1, title="Tab yang baru")

    late = keep(signed_in, key=key, version=1, title="Tab yang lama").json()

    assert late["isCopy"] is True
    assert {text.title for text in WorkingText.objects.all()} == {"Tab yang baru", "Tab yang lama"}
    assert WorkingText.objects.get(key=key).title == "Tab yang baru"


def test_a_draft_saved_in_another_tab_is_not_replaced_unasked(signed_in, author, organisation):
    practice = make_practice(author)
    seen = practice.latest_revision_id
    edit = f"/library/{practice.slug}/edit/"
    other = whole_form(organisation, title="Judul dari tab lain", seen=seen, deed_key=uuid4())
    assert f'name="seen" value="{seen}"' in page(signed_in.get(edit))
    signed_in.post(edit, other)
    signed_in.post(edit, other)  # the same sending again is no second tab

    late = signed_in.post(edit, whole_form(organisation, title="Judul dari tab lama", seen=seen, deed_key=uuid4()))
    newest = Practice.objects.get().latest_revision_id
    again = signed_in.post(edit, whole_form(organisation, title="Judul dari tab lama", seen=newest, deed_key=uuid4()))

    assert (late.status_code, "Judul dari tab lama" in page(late), f'name="seen" value="{newest}"' in page(late)) == (422, True, True)
    assert again.status_code == 302
    assert Practice.objects.get().title == "Judul dari tab lama"


# --- one tab whose sendings overtake each other


def test_a_sending_that_was_overtaken_writes_nothing(signed_in):
    key, tab = uuid4(), uuid4()
    newest = keep(signed_in, key=key, tab=tab, turn=2, title="Meja kedua").json()

    late = keep(signed_in, key=key, tab=tab, turn=1, title=NIK).json()

    assert late == newest
    assert [text.title for text in WorkingText.objects.all()] == ["Meja kedua"]


def test_the_answer_to_a_sending_may_be_lost(signed_in):
    """The tab does not know that its first sending arrived: its next one is the newer version all the same, and no copy."""
    key, tab = uuid4(), uuid4()
    keep(signed_in, key=key, tab=tab, turn=1, title="Meja")

    kept = keep(signed_in, key=key, tab=tab, turn=2, title="Meja informasi").json()

    assert kept == {"working": str(key), "version": 2, "isCopy": False}
    assert [text.title for text in WorkingText.objects.all()] == ["Meja informasi"]


@pytest.mark.parametrize("then", ["draft", "submit"])
@pytest.mark.parametrize("version", [0, 1])
def test_what_arrives_after_the_form_was_saved_does_not_come_back(signed_in, author, organisation, then, version):
    key, tab = uuid4(), uuid4()
    if version:
        keep(signed_in, key=key, tab=tab, turn=1, title="Meja")
    signed_in.post(SHARE, whole_form(organisation, working=key, version=version, tab=tab, turn=3, then=then, deed_key=uuid4()))

    late = keep(signed_in, key=key, version=version, tab=tab, turn=2, problem=f"Ibu dengan NIK {NIK}.")
    other = keep(signed_in, key=key, version=version, tab=uuid4(), turn=1, title="Tab lain")

    assert (late.status_code, other.json()["isCopy"]) == (200, True)
    assert [text.title for text in WorkingText.objects.visible_to(author)] == ["Tab lain"]
    assert NIK not in str(list(WorkingText.objects.values()))
    assert "Tab lain" in page(signed_in.get(SHARE))


def test_a_page_that_comes_back_goes_on_as_the_same_tab(signed_in, organisation):
    tab = uuid4()

    answer = page(signed_in.post(SHARE, whole_form(organisation, summary="", then="submit", tab=tab, turn=4, deed_key=uuid4())))

    assert f'name="tab" value="{tab}"><input type="hidden" name="turn" value="4"' in answer
    assert 'name="tab" value=""><input type="hidden" name="turn" value="0"' in page(
        signed_in.get(f"{SHARE}?working={WorkingText.objects.get().key}")
    )


# --- offered back


def test_it_is_offered_back_on_any_device_and_goes_on_where_it_was(signed_in, author):
    kept = actions.keep_working_text(
        by=author, working=uuid4(), version=0, fields={"as": ["full"], "title": ["Meja"], "steps": ["a", "b", "c", "d", ""]}
    )
    phone = Client()
    phone.force_login(author)

    offered, opened = page(phone.get(SHARE)), page(phone.get(f"{SHARE}?working={kept.key}"))

    assert f'data-offer="{kept.key}"' in offered
    assert f'href="?working={kept.key}"' in offered
    assert 'name="as" value="full"' in opened
    assert opened.count('name="steps"') == 5
    assert f'name="working" value="{kept.key}"' in opened
    assert f'data-offer="{kept.key}"' not in opened


def test_a_key_that_is_gone_opens_the_empty_form(signed_in):
    assert signed_in.get(f"{SHARE}?working={uuid4()}").status_code == 200
    assert signed_in.get(f"{SHARE}?working=%00").status_code == 200


def test_words_of_one_draft_are_not_offered_in_another(signed_in, author):
    one, other = make_practice(author), make_practice(author)
    kept = actions.keep_working_text(by=author, working=uuid4(), version=0, practice=one, fields={"title": [WORDS]})

    shown = [page(signed_in.get(path)) for path in (f"/library/{other.slug}/edit/?working={kept.key}", f"{SHARE}?working={kept.key}")]

    assert [WORDS in one for one in shown] == [False, False]
    assert WORDS in page(signed_in.get(f"/library/{one.slug}/edit/?working={kept.key}"))


def test_it_is_thrown_away_when_its_author_says_so(signed_in, author):
    kept = actions.keep_working_text(by=author, working=uuid4(), version=0, fields={"title": ["Meja"]})

    answer = signed_in.post("/library/share/drop/", {"working": kept.key, "deed_key": uuid4()})

    assert (answer["Location"], WorkingText.objects.count()) == (SHARE, 0)


# --- gone


@pytest.mark.parametrize("then", ["draft", "submit"])
def test_it_goes_with_the_saving(signed_in, organisation, then):
    key = uuid4()
    keep(signed_in, key=key, title="Meja")

    signed_in.post(SHARE, whole_form(organisation, working=key, version=1, then=then, deed_key=uuid4()))

    assert (Practice.objects.count(), WorkingText.objects.count()) == (1, 0)


def test_it_goes_after_thirty_days(author):
    old, young = (actions.keep_working_text(by=author, working=uuid4(), version=0, fields={"title": [word]}) for word in ("tua", "muda"))
    WorkingText.objects.filter(pk=old.pk).update(saved_at=timezone.now() - timedelta(days=30, minutes=1))

    clock.run_due(only="forget-working-texts")

    assert list(WorkingText.objects.all()) == [young]


def test_of_one_author_only_a_few_are_kept(signed_in, author):
    for number in range(11):
        keep(signed_in, title=f"Judul {number}")

    assert WorkingText.objects.visible_to(author).count() == actions.keeping.AT_MOST
    assert "Judul 10" in {text.title for text in WorkingText.objects.all()}


# --- without scripts: every page that comes back has kept what was sent


@pytest.mark.parametrize(
    ("sent", "status"),
    [({"more": "steps"}, 200), ({"more": "actors", "as": "full"}, 200), ({"grow": "full"}, 200), ({"then": "submit", "summary": ""}, 422)],
)
def test_what_comes_back_as_a_page_is_kept_on_the_way(signed_in, organisation, sent, status):
    answer = signed_in.post(SHARE, whole_form(organisation, title="Meja di desa", deed_key=uuid4()) | sent)

    kept = WorkingText.objects.get()
    assert (answer.status_code, kept.title) == (status, "Meja di desa")
    assert f'name="working" value="{kept.key}"' in page(answer)
    assert f'name="version" value="{kept.version}"' in page(answer)


def test_a_part_asked_for_by_a_script_is_not_kept_twice(signed_in, organisation):
    key = uuid4()

    signed_in.post(SHARE, whole_form(organisation, more="steps", working=key, version=0), headers={"HX-Request": "true"})

    assert WorkingText.objects.count() == 0


def test_the_quick_form_grows_and_keeps_everything(signed_in, organisation):
    answer = page(signed_in.post(SHARE, whole_form(organisation, grow="full", deed_key=uuid4())))

    assert 'name="as" value="full"' in answer
    assert sentence(12) in answer
    assert 'name="actors-sector_5k"' in answer
    assert Practice.objects.count() == 0


def test_a_claim_beyond_a_quick_note_opens_the_full_form(signed_in, organisation):
    good = whole_form(organisation, document_kind="praktik-baik", evidence_level="menjanjikan")

    refused = signed_in.post(SHARE, good | {"then": "submit", "deed_key": uuid4()})
    saved = signed_in.post(SHARE, good | {"then": "draft", "deed_key": uuid4()}, follow=True)

    assert (refused.status_code, 'name="as" value="full"' in page(refused), 'href="#id_objective"' in page(refused)) == (422, True, True)
    assert ('name="as" value="full"' in page(saved), Practice.objects.get().document_kind) == (True, "praktik-baik")


# --- what nobody types by accident


@pytest.mark.parametrize("name", EVIL)
@pytest.mark.parametrize("path", [SHARE, KEEP])
def test_hostile_words_never_break_the_form(signed_in, organisation, name, path):
    words = EVIL[name]
    typed = (
        "title",
        "problem",
        "steps",
        "steps",
        "actors-actor",
        "provinces",
        "period_start",
        "valid_as_of",
        "version",
        "working",
        "seen",
        "tab",
        "turn",
    )
    sent = [*((field, words) for field in (*typed, "deed_key")), ("as", "full"), ("then", "submit")]
    body = "&".join(f"{field}={quote(value.encode('utf-8', 'surrogatepass'))}" for field, value in sent)

    answer = signed_in.post(path, body, content_type="application/x-www-form-urlencoded")

    assert answer.status_code in {200, 413, 422}


def test_more_than_is_kept_is_refused_and_stays_in_the_form(signed_in):
    words = "kata " * 60_000

    kept, shown = keep(signed_in, problem=words), signed_in.post(SHARE, {"problem": words, "then": "draft"})

    assert (kept.status_code, shown.status_code) == (413, 422)
    assert words in page(shown)
    assert WorkingText.objects.count() == 0


def test_policy_speaks_of_the_author_alone(cast, author):
    actions.keep_working_text(by=author, working=uuid4(), version=0, fields={})

    seen = {part: WorkingText.objects.filter(policy.working_texts_visible_to(person)).count() for part, person in cast.items()}

    assert {part for part, count in seen.items() if count} == {"member"}
