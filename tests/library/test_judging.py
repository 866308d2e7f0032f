"""What reviewers say and read: comments by field, points, versions side by side, the three outcomes of the safety review."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cop_site.library import actions, rules
from cop_site.library.models import FieldComment, Practice, Review
from cop_site.library.selectors import judging, versions, writing
from tests import factories
from tests.library.factories import full, judgement, public, published, sentence, submitted

NIK = "3374015508900001"


@pytest.fixture
def as_reviewer(client, reviewer):
    client.force_login(reviewer)
    return client


def page(response):
    return response.content.decode()


def now(practice):
    return Practice.objects.get(pk=practice.pk)


def sent(client, practice, decision, *, desk="review", **fields):
    return client.post(f"/library/{desk}/{practice.pk}/", {"decision": decision, "text": "", "deed_key": uuid4(), **fields})


# --- comments by field


def test_comments_go_to_the_author_with_the_decision_in_the_order_they_were_made(as_reviewer, author):
    practice = submitted(author)

    answer = sent(
        as_reviewer, practice, "refuse", **{"comment-results": "Dari mana angka 140?", "comment-steps": "Langkah ketiga terlalu singkat."}
    )

    assert (answer.status_code, now(practice).state) == (302, "changes-asked")
    found = {key: remark.notes for key, remark in writing.comments_for(now(practice), author).items()}
    assert found == {"results": ("Dari mana angka 140?",), "steps": ("Langkah ketiga terlalu singkat.",)}


def test_the_author_reads_them_at_their_fields_and_nobody_else_does(client, cast, author, reviewer):
    practice = actions.ask_for_changes(submitted(author), by=reviewer, note="", comments={"results": "Dari mana angka 140?"})

    client.force_login(author)
    hers = page(client.get("/library/mine/"))
    client.force_login(cast["colleague"])
    others = page(client.get("/library/mine/"))

    assert ("Dari mana angka 140?" in hers, "Dari mana angka 140?" in others) == (True, False)
    client.force_login(author)
    assert "Dari mana angka 140?" in page(client.get(f"/library/{practice.slug}/edit/"))
    assert writing.comments_for(practice, cast["colleague"]) == {}


def test_a_level_set_without_a_word_hides_no_note(client, author, reviewer):
    practice = published(author, reviewer)
    actions.change_practice(practice, by=author, results=sentence(45))
    actions.submit_practice(practice, by=author)
    actions.ask_for_changes(practice, by=reviewer, note="Mohon sebutkan sumbernya.", comments={"results": "Dari mana angka 140?"})

    actions.set_evidence(practice, by=reviewer, evidence="gagasan")

    client.force_login(author)
    shown = page(client.get("/library/mine/"))
    assert ("Mohon sebutkan sumbernya." in shown, "Dari mana angka 140?" in shown) == (True, True)
    assert list(writing.comments_for(practice, author)) == ["results"]


def test_a_comment_is_reason_enough_to_ask_for_changes_and_nothing_is_none(as_reviewer, author):
    practice = submitted(author)

    assert sent(as_reviewer, practice, "refuse").status_code == 422
    assert now(practice).state == "submitted"


def test_personal_data_in_a_comment_is_refused_and_everything_typed_stays(as_reviewer, author):
    practice = submitted(author)
    typed = {"text": "Catatan yang panjang.", "comment-steps": "Langkah kedua kurang jelas.", "comment-results": f"Hapus NIK {NIK}."}

    answer = sent(as_reviewer, practice, "refuse", **typed, **{"score-etika": "2"})

    shown = page(answer)
    assert (answer.status_code, Review.objects.count(), FieldComment.objects.count()) == (422, 0, 0)
    assert [words for words in ("Catatan yang panjang.", "Langkah kedua kurang jelas.") if words not in shown] == []
    assert shown.count(NIK) == 1, "in its box and nowhere else"
    assert 'name="score-etika" value="2" id="id_score-etika_2" checked' in shown


def test_a_comment_on_no_field_is_a_mistake_of_the_code(author, reviewer):
    with pytest.raises(ValueError, match="berkas"):
        actions.ask_for_changes(submitted(author), by=reviewer, note="", comments={"berkas": "Apa ini?"})


def test_the_next_reviewer_reads_what_was_said_at_the_field(client, cast, author, reviewer):
    practice = actions.ask_for_changes(submitted(author), by=reviewer, note="", comments={"results": "Dari mana angka 140?"})
    actions.submit_practice(practice, by=author)
    second = factories.person("Penelaah Kedua")
    factories.task(second, "reviewer", by=cast["secretariat"])
    client.force_login(second)

    assert "Dari mana angka 140?" in page(client.get(f"/library/review/{practice.pk}/"))


# --- points


def test_a_quick_note_is_approved_without_points(as_reviewer, author):
    practice = submitted(author)

    assert sent(as_reviewer, practice, "approve").status_code == 302
    assert (now(practice).live, Review.objects.get().criteria_scores) == (True, {})


def test_a_good_practice_is_held_against_every_criterion_with_one_reason(as_reviewer, author):
    practice = actions.submit_practice(full(author), by=author)
    points = {f"score-{slug}": str(number) for slug, number in judgement()["scores"].items()}

    without = sent(as_reviewer, practice, "approve")
    half = sent(as_reviewer, practice, "approve", **{"score-etika": "3"}, **{"comment-criteria_scores": "Jelas."})
    unreasoned = sent(as_reviewer, practice, "approve", **points)
    whole = sent(as_reviewer, practice, "approve", **points, **{"comment-criteria_scores": "Data dua putaran mendukungnya."})

    assert [answer.status_code for answer in (without, half, unreasoned, whole)] == [422, 422, 422, 302]
    review = Review.objects.get()
    assert (review.criteria_scores, review.evidence_level_set) == (judgement()["scores"], "menjanjikan")
    assert [comment.field for comment in review.comments.all()] == ["criteria_scores"]


@pytest.mark.parametrize("scores", [{"etika": 4}, {"etika": -1}, {"kecantikan": 2}])
def test_points_that_do_not_exist_are_refused(author, reviewer, scores):
    practice = submitted(author)

    with pytest.raises(rules.NotReady):
        actions.publish_practice(practice, by=reviewer, scores=scores, comments={"criteria_scores": "Jelas."})

    assert (now(practice).state, Review.objects.count()) == ("submitted", 0)


def test_a_level_that_is_not_offered_is_not_taken(as_reviewer, author):
    practice = submitted(author)

    assert sent(as_reviewer, practice, "approve", evidence="tereplikasi").status_code == 422
    assert now(practice).state == "submitted"


def test_the_page_says_what_the_higher_levels_lack(reviewer, author):
    practice = submitted(author)

    rungs = {rung.slug: rung.is_open for rung in judging.rungs(reviewer, practice)}

    assert rungs == {
        "gagasan": True,
        "rintisan": True,
        "menjanjikan": False,
        "tereplikasi": False,
        "terevaluasi": False,
        "terlembagakan": False,
    }


# --- versions


@pytest.fixture
def history(author, reviewer):
    """Given back, handed in again, published; changed, and handed in once more. Between them saved what nobody else saw."""
    practice = submitted(author, results=sentence(41, of="versi pertama dari warga desa"))
    actions.ask_for_changes(practice, by=reviewer, note="Dari mana angka itu?")
    actions.change_practice(practice, by=author, results=sentence(41, of="draf rahasia penulis belum selesai"))
    actions.change_practice(practice, by=author, results=sentence(41, of="versi kedua dari warga desa"))
    actions.publish_practice(actions.submit_practice(practice, by=author), by=reviewer)
    actions.change_practice(practice, by=author, results=sentence(41, of="draf rahasia penulis belum selesai"))
    actions.change_practice(practice, by=author, results=sentence(41, of="versi ketiga dari warga desa"))
    return actions.submit_practice(practice, by=author)


def test_reviewers_choose_among_what_was_handed_in_and_never_among_drafts(reviewer, history):
    item = judging.review_item(reviewer, history.pk)

    assert [(one.number, one.is_published, one.is_waiting) for one in item.comparison.versions] == [
        (1, False, False),
        (2, True, False),
        (3, False, True),
    ]


def test_the_published_words_stand_beside_the_new_ones_unless_others_are_asked_for(as_reviewer, reviewer, history):
    first, second, _third = (version.key for version in judging.review_item(reviewer, history.pk).comparison.versions)

    usual = page(as_reviewer.get(f"/library/review/{history.pk}/"))
    asked = page(as_reviewer.get(f"/library/review/{history.pk}/?from={first}&to={second}"))

    assert ("<del>kedua</del>" in usual, "<ins>ketiga</ins>" in usual) == (True, True)
    assert ("<del>pertama</del>" in asked, "<ins>kedua</ins>" in asked) == (True, True)
    assert "rahasia" not in usual + asked


def test_no_number_opens_a_draft(as_reviewer, history):
    secret = [revision.pk for revision in history.revisions.all() if "rahasia" in str(revision.content)]

    shown = [page(as_reviewer.get(f"/library/review/{history.pk}/?from={pk}&to={pk}")) for pk in [*secret, 0, 999_999]]

    assert len(secret) == 2
    assert [at for at, text in enumerate(shown) if "rahasia" in text] == []


def test_the_draft_behind_a_published_text_is_not_shown_to_the_safety_desk(cast, author, reviewer):
    practice = published(author, reviewer, visibility="publik")
    actions.change_practice(practice, by=author, results=sentence(41, of="draf rahasia penulis belum selesai"))
    safety = cast["safety_reviewer"]
    actions.ask_for_changes_before_public(practice, by=safety, note="Hapus nama desa.")
    actions.ask_for_public(now(practice), by=author)

    item = judging.safety_item(safety, practice.pk)

    assert [one.key for one in item.comparison.versions] == [practice.live_revision_id]
    assert "rahasia" not in item.words.results


def test_a_revision_that_was_written_over_after_the_decision_is_another_text(reviewer, history):
    judged = Review.objects.get(decision="changes-asked").revision
    type(judged).objects.filter(pk=judged.pk).update(created_at=timezone.now() + timedelta(minutes=1))

    assert len(versions.versions_of(now(history))) == 2


# --- safety


@pytest.fixture
def asked(author, reviewer):
    return published(author, reviewer, visibility="publik")


def test_changes_that_are_needed_keep_it_in_the_network_and_it_comes_back_by_itself(cast, author, reviewer, asked):
    actions.ask_for_changes_before_public(asked, by=cast["safety_reviewer"], note="", comments={"results": "Hapus nama desa."})

    given_back = now(asked)
    assert (given_back.visibility, given_back.live, given_back.public_asked_at, given_back.wants_public) == ("jaringan", True, None, True)
    assert (Review.objects.first().decision, Review.objects.first().revision_id) == ("public-changes", given_back.live_revision_id)
    actions.change_practice(asked, by=author, results=sentence(42))
    actions.publish_practice(actions.submit_practice(asked, by=author), by=reviewer)
    assert (now(asked).visibility, now(asked).public_asked_at is not None) == ("jaringan", True)


@pytest.mark.parametrize(
    ("decision", "outcome"), [("approve", ("publik", False)), ("changes", ("jaringan", True)), ("refuse", ("jaringan", False))]
)
def test_the_three_outcomes_by_their_buttons(client, cast, asked, decision, outcome):
    client.force_login(cast["safety_reviewer"])

    answer = sent(client, asked, decision, desk="safety", text="Sudah dibaca dengan saksama.")

    left = now(asked)
    assert answer.status_code == 302
    assert (left.visibility, left.wants_public and left.visibility != "publik") == outcome
    assert left.public_asked_at is None


@pytest.mark.parametrize("who", ["member", "colleague", "reviewer", "secretariat", "moderator"])
def test_r5_nobody_else_asks_for_changes_before_it_goes_public(cast, asked, who):
    factories.task(cast["colleague"], "safety-reviewer", by=cast["secretariat"])

    with pytest.raises(PermissionDenied):
        actions.ask_for_changes_before_public(asked, by=cast[who], note="Saya tidak suka.")

    assert now(asked).public_asked_at is not None


def test_new_words_of_a_public_practice_are_compared_with_what_everybody_reads(client, cast, author, reviewer):
    practice = public(author, reviewer, cast["safety_reviewer"])
    actions.change_practice(practice, by=author, results=practice.results.replace("Warga desa", "Kader desa"))
    actions.submit_practice(practice, by=author)
    client.force_login(cast["safety_reviewer"])

    shown = page(client.get(f"/library/review/{practice.pk}/"))

    assert ("<del>Warga</del>" in shown, "<ins>Kader</ins>" in shown) == (True, True)


# --- the price of a page


def test_an_item_costs_the_same_with_one_past_decision_and_with_many(as_reviewer, author, reviewer, django_assert_max_num_queries):
    practice = submitted(author)

    def round_trip():
        actions.ask_for_changes(practice, by=reviewer, note="Dari mana?", comments={"results": "Dari mana?", "steps": "Kurang."})
        actions.change_practice(practice, by=author, results=sentence(45))
        actions.submit_practice(practice, by=author)

    for _time in range(2):
        round_trip()
    as_reviewer.get(f"/library/review/{practice.pk}/")
    with django_assert_max_num_queries(60) as first:
        as_reviewer.get(f"/library/review/{practice.pk}/")
    for _time in range(5):
        round_trip()

    with django_assert_max_num_queries(len(first)):
        as_reviewer.get(f"/library/review/{practice.pk}/")
