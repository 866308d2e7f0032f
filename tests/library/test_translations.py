"""Translations: linked, never wider than the original, outdated when it changes in substance."""

import itertools

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from cop_site.activity.runner import run_pending
from cop_site.library import actions, policy, rules
from cop_site.library.models import Practice
from tests import factories
from tests.library.factories import published, sentence

pytestmark = pytest.mark.django_db


@pytest.fixture
def original(cast):
    return published(cast["member"], cast["reviewer"], title="Meja informasi migrasi aman")


@pytest.fixture
def translation(cast, original):
    """A published translation of ``original`` by member2."""
    begun = actions.start_translation(original, by=cast["member2"])
    words = {"title": "Information desk", "summary": sentence(45), "what_failed": sentence(20), "visibility": "jaringan"}
    actions.change_practice(begun, by=cast["member2"], **words)
    Practice.objects.filter(pk=begun.pk).update(live=True, state="published", first_published_at=timezone.now())
    begun.refresh_from_db()
    return begun


def test_a_translation_begins_as_a_linked_private_draft_with_the_choices_and_without_the_words(cast, original):
    begun = actions.start_translation(original, by=cast["member2"])

    assert (begun.translation_of, begun.author, begun.state, begun.live) == (original, cast["member2"], "draft", False)
    assert (begun.language, begun.mandate, begun.steps, begun.results) == ("en", original.mandate, [], "")
    assert (begun.consent_declaration, begun.organisation) == ([], None)
    assert not Practice.objects.visible_to(cast["member"]).filter(pk=begun.pk).exists()


def test_a_second_wish_leads_to_the_draft_that_was_begun(cast, original):
    first = actions.start_translation(original, by=cast["member2"])

    assert actions.start_translation(original, by=cast["member2"]) == first


@pytest.mark.parametrize("who", ["observer", "applicant", "suspended", "former"])
def test_only_who_shares_texts_and_reads_the_original_translates_it(cast, original, who):
    if who == "former":
        Practice.objects.filter(pk=original.pk).update(visibility="organisasi")

    with pytest.raises(PermissionDenied):
        actions.start_translation(original, by=cast[who])


def test_a_translation_is_not_translated_again(cast, translation):
    with pytest.raises(PermissionDenied):
        actions.start_translation(translation, by=cast["convenor"])


# Whether a translation at the second level shows it to nobody new; same circle and organisation.
LEVELS = ["publik", "jaringan", "kelompok", "organisasi", "pengelola", "pribadi"]
NO_WIDER = {
    *itertools.product(["publik"], LEVELS),
    *itertools.product(["jaringan"], LEVELS[1:]),
    *((level, within) for level in LEVELS[2:] for within in (level, "pribadi")),
}


@pytest.mark.parametrize(("level", "of_translation"), list(itertools.product(LEVELS, LEVELS)))
def test_a_translation_is_never_wider_than_its_original(level, of_translation):
    original = Practice(visibility=level, circle_id=1, organisation_id=1)
    same, other = Practice(visibility=of_translation, circle_id=1, organisation_id=1), Practice(visibility=of_translation)

    assert policy.is_no_wider(same, original) == ((level, of_translation) in NO_WIDER)
    elsewhere = {("kelompok", "kelompok"), ("organisasi", "organisasi")}
    assert policy.is_no_wider(other, original) == ((level, of_translation) in NO_WIDER - elsewhere)


def test_a_wider_level_than_the_originals_is_refused_when_it_is_written(cast, original):
    begun = actions.start_translation(original, by=cast["member2"])
    actions.narrow_practice(original, by=cast["member"], visibility="organisasi")

    with pytest.raises(rules.NotReady):
        actions.change_practice(begun, by=cast["member2"], visibility="jaringan")


def test_a_translation_of_what_is_not_public_does_not_go_public(cast, translation):
    with pytest.raises(rules.NotReady):
        actions.ask_for_public(translation, by=cast["member2"])


def test_translations_are_narrowed_with_their_original_and_their_translators_told(cast, original, translation):
    run_pending()
    mail.outbox.clear()

    actions.narrow_practice(original, by=cast["member"], visibility="organisasi")
    run_pending()

    translation.refresh_from_db()
    assert translation.visibility == "pribadi"
    assert [letter.to for letter in mail.outbox] == [[cast["member2"].email]]


def test_whoever_may_not_see_the_original_does_not_see_the_translation(cast, original, translation):
    """The second wall: it holds whatever the translation's own level says."""
    assert Practice.objects.visible_to(cast["convenor"]).filter(pk=translation.pk).exists()

    Practice.objects.filter(pk=original.pk).update(visibility="pengelola")

    assert not Practice.objects.visible_to(cast["convenor"]).filter(pk=translation.pk).exists()
    assert Practice.objects.visible_to(cast["member2"]).filter(pk=translation.pk).exists()


def test_a_held_original_hides_its_translations(cast, original, translation):
    Practice.objects.filter(pk=original.pk).update(held_at=timezone.now())

    assert not Practice.objects.visible_to(cast["convenor"]).filter(pk=translation.pk).exists()


@pytest.mark.parametrize(("is_significant", "is_outdated"), [(True, True), (False, False)])
def test_a_change_in_substance_makes_translations_outdated_and_a_small_one_does_not(
    cast, original, translation, is_significant, is_outdated
):
    mail.outbox.clear()

    actions.change_practice(original, by=cast["member"], results=sentence(60), is_significant_change=is_significant)
    actions.submit_practice(original, by=cast["member"])
    assert not Practice.objects.get(pk=translation.pk).is_outdated_translation
    actions.publish_practice(original, by=cast["reviewer"])
    run_pending()

    assert Practice.objects.get(pk=translation.pk).is_outdated_translation == is_outdated
    assert ([cast["member2"].email] in [letter.to for letter in mail.outbox]) == is_outdated


def test_its_translator_confirms_that_a_translation_is_current(client, cast, original, translation):
    Practice.objects.filter(pk=original.pk).update(significant_change_at=timezone.now())
    client.force_login(cast["convenor"])
    address = reverse("practice-translation-confirm", args=[translation.slug])
    badge, page = "Translation out of date", f"/en/library/{translation.slug}/"
    assert badge in client.get(page).content.decode()
    assert client.post(address).status_code == 403

    client.force_login(cast["member2"])
    assert client.post(address).status_code == 302

    assert badge not in client.get(page).content.decode()


def test_both_versions_lead_to_each_other_and_stand_side_by_side(client, cast, original, translation):
    client.force_login(cast["convenor"])

    originals, translations = (client.get(one.get_absolute_url()).content.decode() for one in (original, translation))
    both = client.get(reverse("practice-translation", args=[original.slug])).content.decode()

    assert f'href="{translation.get_absolute_url()}" lang="en"' in originals
    assert f'href="{original.get_absolute_url()}" lang="id"' in translations
    assert original.html["what_failed"] in both
    assert translation.html["what_failed"] in both
    assert '<section lang="id">' in both
    assert '<section lang="en">' in both


def test_a_translator_sees_her_draft_beside_the_original_and_others_nothing(client, cast, original):
    begun = actions.start_translation(original, by=cast["member2"])
    client.force_login(cast["member2"])
    assert client.get(reverse("practice-translation", args=[begun.slug])).status_code == 200
    assert client.get(reverse("practice-translation", args=[original.slug])).status_code == 200

    client.force_login(cast["convenor"])

    assert client.get(reverse("practice-translation", args=[begun.slug])).status_code == 404
    assert client.get(reverse("practice-translation", args=[original.slug])).status_code == 404


def test_side_by_side_keeps_risks_from_the_public(client, cast):
    original = factories.practice(
        cast["member"], visibility="publik", safeguarding="Pelaku mengenali jadwal", html={"safeguarding": "<p>Pelaku</p>"}
    )
    made = factories.practice(
        cast["member2"], visibility="publik", translation_of=original, language="en", html={"safeguarding": "<p>Risk</p>"}
    )

    page = client.get(reverse("practice-translation", args=[made.slug])).content.decode()

    assert "<p>Pelaku</p>" not in page
    assert "<p>Risk</p>" not in page


def test_the_button_leads_to_the_form_of_the_draft(client, cast, original):
    client.force_login(cast["member2"])
    assert reverse("practice-translate", args=[original.slug]) in client.get(original.get_absolute_url()).content.decode()

    response = client.post(reverse("practice-translate", args=[original.slug]))

    begun = original.translations.get()
    assert response["Location"] == reverse("practice-edit", args=[begun.slug])
    assert reverse("practice-translate", args=[original.slug]) not in client.get(original.get_absolute_url()).content.decode()
