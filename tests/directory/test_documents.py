"""Organisations in the index: what it may know of them, and that it follows the entries."""

import pytest
from django.core.management import call_command

from cop_site.accounts.models import Organisation
from cop_site.activity.runner import run_pending
from cop_site.directory import actions, documents
from cop_site.directory.models import Listing
from cop_site.search import indexing, selectors
from cop_site.search.models import Entry, EntryAudience
from tests.directory import factories

pytestmark = pytest.mark.django_db


def audiences(entry):
    return set(EntryAudience.objects.filter(entry__kind="organisation", entry__object_id=entry.pk).values_list("audience", flat=True))


def found(viewer, words):
    return [shown.title for shown in selectors.find(viewer, text=words, kinds=("organisation",)).results]


def settled():
    while run_pending():
        pass


def test_the_index_holds_no_way_to_reach_anybody_and_no_note_about_conflicts(vocabulary):
    entry = factories.listing("Rumah Tenun", has_conflict=True, conflict_note="Dewan pengurus.", links=["https://tautan.example"])
    factories.channel(entry, "terbuka@tenun.example", visibility="publik")

    indexing.refresh("organisation", [entry.pk])

    said = Entry.objects.get(kind="organisation", object_id=entry.pk).said()
    assert "Rumah Tenun" in said
    for kept_out in ("terbuka", "Dewan", "tautan"):
        assert kept_out not in said


@pytest.mark.parametrize(
    ("level", "seen_by"),
    [("publik", {"publik"}), ("jaringan", {"jaringan:organisation"}), ("organisasi", set()), ("pengelola", {"pengelola"})],
)
def test_each_level_has_its_audience_and_the_own_people_are_in_all(vocabulary, level, seen_by):
    entry = factories.listing(visibility=level)

    [document] = documents.documents([entry.pk])

    assert document.audiences == seen_by | {f"organisasi:{entry.organisation_id}"}


def test_what_is_not_listed_has_no_document(vocabulary):
    factories.listing(is_listed=False)

    assert list(documents.documents()) == []


def test_of_two_that_say_the_same_the_fresher_comes_first(cast):
    for name, days in (("Tenun Lama", None), ("Tenun Baru", 1), ("Tenun Basi", 300)):
        entry = factories.listing(name, days=days, visibility="publik")
        indexing.refresh("organisation", [entry.pk])

    assert found(cast["visitor"], "tenun") == ["Tenun Baru", "Tenun Basi", "Tenun Lama"]


def test_the_index_follows_an_entry_from_deed_to_deed(cast, organisation):
    secretariat = cast["secretariat"]
    entry = actions.list_organisation(organisation, by=secretariat, mandate=["bantuan-hukum"])
    settled()
    listed = found(cast["member2"], "bantuan hukum")
    actions.change_listing(entry, by=secretariat, mandate=["pemulangan"])
    settled()
    changed = found(cast["member2"], "bantuan hukum"), found(cast["member2"], "pemulangan")
    actions.set_level(entry, by=secretariat, level="pengelola")
    at_once = audiences(entry)
    settled()

    assert listed == ["Lembaga Tikar"]
    assert changed == ([], ["Lembaga Tikar"])
    assert at_once == set()  # nobody finds or counts it a moment longer
    assert audiences(entry) == {"pengelola", f"organisasi:{organisation.pk}"}
    assert found(cast["member2"], "pemulangan") == []


def test_who_does_not_want_to_be_listed_is_gone_from_the_index_within_the_deed(cast, organisation):
    entry = factories.listing(of=organisation, visibility="publik")
    indexing.refresh("organisation", [entry.pk])

    actions.flag_unwanted(organisation, by=cast["secretariat"], reason="Diminta lembaga lewat surat.")

    assert audiences(entry) == set()
    settled()
    assert Entry.objects.filter(kind="organisation").count() == 0


def test_rebuilding_the_search_covers_organisations(vocabulary, capsys):
    kept, gone = factories.listing("Rumah Tenun"), factories.listing("Rumah Anyam")
    indexing.refresh("organisation", [gone.pk])
    Organisation.objects.filter(pk=gone.organisation_id).update(is_listed=False)

    call_command("rebuild_search")

    assert list(Entry.objects.filter(kind="organisation").values_list("object_id", flat=True)) == [kept.pk]
    assert "organisation: 1" in capsys.readouterr().out


def test_what_a_listener_could_not_know_the_database_says(cast):
    entry = factories.listing("Rumah Tenun", visibility="publik")
    indexing.refresh("organisation", [entry.pk])
    Listing.objects.filter(pk=entry.pk).delete()

    assert found(cast["visitor"], "tenun") == []
