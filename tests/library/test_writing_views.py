"""The pages of authors: sharing, going on, small steps."""

from uuid import uuid4

import pytest
from django.urls import resolve, reverse

from cop_site.activity.models import Activity
from cop_site.library.models import Practice
from cop_site.library.urls import RESERVED, urlpatterns
from tests.library.factories import make_practice, published, sentence, submitted, whole_form

NIK = "3374015508900001"


@pytest.fixture
def signed_in(client, author):
    client.force_login(author)
    return client


def page(response):
    return response.content.decode()


# --- addresses


def test_words_of_paths_are_reserved_and_no_slug_can_be_one(author):
    words = {str(route.pattern).split("/")[0] for route in urlpatterns if not str(route.pattern).startswith("<slug:slug>")} - {""}

    practice = make_practice(author, title="Share")

    assert words == RESERVED
    assert practice.slug.startswith("share-")
    assert {resolve(f"/library/{word}/").url_name for word in ("share", "mine", "review")} == {"share", "my-texts", "review-desk"}


# --- share


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_share_form_draws_in_both_languages(signed_in, prefix):
    answer = signed_in.get(f"{prefix}/library/share/")

    assert answer.status_code == 200
    assert 'data-form="share"' in page(answer)
    assert page(answer).count('name="steps"') == 3
    assert page(answer).count('name="lessons"') == 1


def test_a_visitor_is_asked_to_sign_in_and_the_form_waits(client, author, organisation):
    sent = client.post(
        "/library/share/",
        whole_form(organisation, title="Judul yang ditulis sebelum sesi habis"),
        headers={"referer": "http://testserver/library/share/"},
    )
    client.login(username=author.email, password="tikar pandan empat helai")

    answer = client.get("/library/share/")

    assert sent.status_code == 302
    assert "Judul yang ditulis sebelum sesi habis" in page(answer)
    assert Practice.objects.count() == 0


@pytest.mark.parametrize(
    ("who", "status"), [("member", 200), ("researcher", 200), ("convenor", 200), ("observer", 403), ("applicant", 403), ("visitor", 302)]
)
def test_members_and_researchers_share(client, cast, who, status):
    if who != "visitor":
        client.force_login(cast[who])

    assert client.get("/library/share/").status_code == status
    assert client.get("/library/mine/").status_code == status


def test_a_draft_is_kept_and_the_form_goes_on(signed_in, author):
    answer = signed_in.post(
        "/library/share/", {"title": "Meja informasi", "document_kind": "pelajaran", "then": "draft", "deed_key": uuid4()}
    )

    practice = Practice.objects.get()
    assert (practice.state, practice.author, practice.title) == ("draft", author, "Meja informasi")
    assert answer["Location"] == f"/library/{practice.slug}/edit/"


def test_one_request_writes_and_hands_in(signed_in, organisation):
    answer = signed_in.post("/library/share/", whole_form(organisation, then="submit", deed_key=uuid4()))

    practice = Practice.objects.get()
    assert (practice.state, answer["Location"]) == ("submitted", "/library/mine/")
    assert list(Activity.objects.order_by("pk").values_list("verb", flat=True)) == ["started-practice", "submitted-practice"]


def test_the_same_form_sent_twice_is_one_practice(signed_in, organisation):
    form = whole_form(organisation, then="submit", deed_key=uuid4())

    signed_in.post("/library/share/", form)
    answer = signed_in.post("/library/share/", form)

    assert answer.status_code == 302
    assert Practice.objects.count() == 1
    assert Activity.objects.count() == 2


def test_personal_data_is_refused_in_place_and_everything_typed_is_kept(signed_in, organisation, caplog):
    words = f"Seorang ibu menyerahkan KTP dengan NIK {NIK} kepada perekrut."

    answer = signed_in.post("/library/share/", whole_form(organisation, problem=words, then="draft", deed_key=uuid4()))

    assert answer.status_code == 422
    shown = page(answer)
    assert shown.count(NIK) == 1  # in the box it was typed into, nowhere else
    assert "•" in shown.split('id="id_problem_finding"')[1]
    assert sentence(10) in shown
    assert Practice.objects.count() == 0
    assert NIK not in caplog.text


def test_errors_open_their_section_and_stand_in_the_summary(signed_in, organisation):
    answer = signed_in.post("/library/share/", whole_form(organisation, what_failed="", then="submit", deed_key=uuid4()))

    assert answer.status_code == 422
    assert '<details class="fold" id="bagian-pelajaran" open>' in page(answer)
    assert '<details class="fold" id="bagian-konteks">' in page(answer)
    assert '<a href="#id_what_failed">' in page(answer)
    assert Practice.objects.count() == 0


def test_one_box_more_keeps_everything_and_stores_nothing(signed_in, organisation):
    answer = signed_in.post("/library/share/", whole_form(organisation, more="steps", deed_key=uuid4()))

    assert answer.status_code == 200
    assert page(answer).count('name="steps"') == 4
    assert sentence(12) in page(answer)
    assert Practice.objects.count() == 0


# --- going on


@pytest.mark.parametrize(
    ("who", "status"), [("member", 200), ("colleague", 404), ("secretariat", 404), ("moderator", 404), ("reviewer", 404)]
)
def test_a_draft_is_its_authors_alone(client, cast, author, who, status):
    practice = make_practice(author)
    client.force_login(cast[who])

    assert client.get(f"/library/{practice.slug}/edit/").status_code == status


def test_a_published_practice_is_seen_by_others_but_not_edited(client, cast, author):
    practice = published(author, cast["reviewer"])
    client.force_login(cast["member2"])

    assert client.get(f"/library/{practice.slug}/edit/").status_code == 403
    assert client.post(f"/library/{practice.slug}/edit/", {"title": "Judul orang lain"}).status_code == 403


def test_what_lies_at_the_desk_is_not_edited(signed_in, author):
    practice = submitted(author)

    assert signed_in.get(f"/library/{practice.slug}/edit/").status_code == 403


def test_an_edited_draft_is_kept(signed_in, author, organisation):
    practice = make_practice(author)

    signed_in.post(
        f"/library/{practice.slug}/edit/", whole_form(organisation, title="Judul yang lebih jelas lagi", then="draft", deed_key=uuid4())
    )

    assert Practice.objects.get().title == "Judul yang lebih jelas lagi"


def test_the_form_of_a_published_practice_shows_the_words_that_wait(signed_in, author, cast):
    practice = published(author, cast["reviewer"])
    signed_in.post(
        f"/library/{practice.slug}/edit/", whole_form(None, results=sentence(42, of="hasil baru"), then="draft", deed_key=uuid4())
    )

    answer = signed_in.get(f"/library/{practice.slug}/edit/")

    assert sentence(42, of="hasil baru") in page(answer)
    assert 'name="visibility"' not in page(answer)
    assert Practice.objects.get().results == practice.results


def test_kept_words_of_one_draft_do_not_stand_in_another(client, author):
    one, other = make_practice(author), make_practice(author)
    client.post(f"/library/{one.slug}/edit/", {"slug": one.slug, "title": "Hanya untuk yang pertama"})
    client.force_login(author)

    assert "Hanya untuk yang pertama" not in page(client.get(f"/library/{other.slug}/edit/"))


# --- one's own


def test_my_texts_stand_by_state_with_what_is_next(signed_in, author, cast):
    from cop_site.library import actions

    draft, waiting, shelved, asked = (
        make_practice(author, title=f"Judul {word} milik saya") for word in ("draf", "antre", "terbit", "perbaikan")
    )
    for practice in (waiting, shelved, asked):
        actions.submit_practice(practice, by=author)
    actions.publish_practice(shelved, by=cast["reviewer"])
    actions.ask_for_changes(asked, by=cast["reviewer"], note="Dari mana angka 140?")
    make_practice(cast["colleague"], title="Judul rekan satu lembaga")

    shown = page(signed_in.get("/library/mine/"))

    assert all(practice.title in shown for practice in (draft, waiting, shelved, asked))
    assert "Judul rekan satu lembaga" not in shown
    assert "Dari mana angka 140?" in shown
    assert {name for name in ("edit", "recall", "submit", "discard", "narrow", "withdraw", "ask-public") if f"/{name}/" in shown} == {
        "edit", "recall", "submit", "discard", "narrow", "withdraw", "ask-public",
    }  # fmt: skip


def test_my_texts_cost_the_same_for_one_and_for_many(signed_in, author, django_assert_max_num_queries):
    make_practice(author)
    signed_in.get("/library/mine/")
    with django_assert_max_num_queries(11) as first:
        signed_in.get("/library/mine/")
    for _number in range(8):
        make_practice(author)

    with django_assert_max_num_queries(len(first)):
        signed_in.get("/library/mine/")


# --- small steps


@pytest.mark.parametrize(
    ("step", "state_before", "after"),
    [
        ("submit", "draft", {"state": "submitted"}),
        ("recall", "submitted", {"state": "draft"}),
        ("discard", "draft", None),
        ("ask-public", "published", {"wants_public": True}),
        ("narrow", "published", {"visibility": "organisasi"}),
        ("withdraw", "published", {"state": "withdrawn", "withdrawal_reason": "Persetujuan berakhir."}),
    ],
)
def test_each_step_asks_first_and_is_done_by_a_post(signed_in, author, cast, step, state_before, after):
    make = {"draft": make_practice, "submitted": submitted, "published": lambda author: published(author, cast["reviewer"])}
    practice = make[state_before](author)
    address = reverse(f"practice-{step}", args=[practice.slug])

    asked = signed_in.get(address)
    unchanged = Practice.objects.get(pk=practice.pk)
    done = signed_in.post(address, {"deed_key": uuid4(), "text": "Persetujuan berakhir.", "visibility": "organisasi", "kind": "consent"})

    assert (asked.status_code, 'data-form="step"' in page(asked)) == (200, True)
    assert unchanged.state == state_before
    assert done.status_code == 302
    found = Practice.objects.filter(pk=practice.pk).values(*(after or {"pk": 0})).first()
    assert found == after


def test_a_step_sent_twice_is_done_once(signed_in, author, cast):
    practice = published(author, cast["reviewer"])
    form = {"deed_key": uuid4(), "text": "Persetujuan berakhir.", "kind": "consent"}

    answers = [signed_in.post(reverse("practice-withdraw", args=[practice.slug]), form).status_code for _time in range(2)]

    assert answers == [302, 302]
    assert Activity.objects.filter(verb="withdrew-practice").count() == 1


@pytest.mark.parametrize("step", ["submit", "recall", "discard", "ask-public", "narrow", "withdraw"])
def test_steps_of_others_are_refused(client, author, cast, step):
    practice = published(author, cast["reviewer"])
    client.force_login(cast["member2"])
    address = reverse(f"practice-{step}", args=[practice.slug])

    statuses = [client.get(address).status_code, client.post(address, {"text": "Bosan.", "visibility": "pengelola"}).status_code]

    assert statuses == [403, 403]
    assert (Practice.objects.get().state, Practice.objects.get().visibility) == ("published", "jaringan")


def test_an_unfinished_draft_says_what_is_missing(signed_in, author):
    signed_in.post("/library/share/", {"title": "Baru judul saja", "document_kind": "pelajaran", "then": "draft", "deed_key": uuid4()})
    practice = Practice.objects.get()

    answer = signed_in.post(reverse("practice-submit", args=[practice.slug]), {"deed_key": uuid4()})

    assert answer.status_code == 422
    assert "Ringkasan" in page(answer)
    assert Practice.objects.get().state == "draft"
