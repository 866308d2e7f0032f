"""An entry of the directory through many hands on a small phone: asked for, looked after, handed over, and merged with its double."""

import pytest

from cop_site.accounts.models import Organisation
from cop_site.directory.models import Claim, Listing, Stewardship
from tests import factories
from tests.browser.hands import Hands, said
from tests.directory.factories import listing

NAME, DOUBLE = "Lembaga Pelita", "Pelita Hati Kupang"


@pytest.fixture
def people(site):
    """The secretariat, somebody who will look after the entry, and a colleague of hers there."""
    made = {"secretariat": factories.person("Sekretariat Uji", role="secretariat")}
    return made | {name: factories.person(name) for name in ("Wati", "Tono")}


@pytest.fixture
def sit_down(site, new_context, people):
    def sit(name):
        context = new_context(java_script_enabled=False)
        site.sign_in(context, people[name])
        return Hands(context.new_page(), by_keys=False)

    return sit


def stewards():
    return list(Stewardship.objects.current().values_list("person__name", flat=True))


@pytest.mark.slow
def test_an_entry_is_asked_for_written_handed_over_and_merged(site, sit_down, people):
    entry, double = listing(NAME, slug="lembaga-pelita", days=None), listing(DOUBLE, slug="pelita-hati-kupang", provinces=["53"])
    factories.membership(people["Tono"], entry.organisation)
    wati, tono, secretariat = (sit_down(name) for name in ("Wati", "Tono", "secretariat"))

    _ask(wati)
    _let_her(site, secretariat)
    assert stewards() == ["Wati"]

    _write(wati)
    entry.refresh_from_db()
    assert (entry.provinces, entry.regencies, entry.is_stale) == (["53"], ["53.71"], False)

    _hand_over(wati)
    assert stewards() == ["Tono"]
    assert wati.page.goto("/directory/lembaga-pelita/edit/").status == 403
    assert tono.page.goto("/directory/lembaga-pelita/edit/").status == 200

    _merge(secretariat)
    tono.page.goto("/directory/pelita-hati-kupang/")
    assert tono.page.url.endswith("/directory/lembaga-pelita/")
    assert not Organisation.objects.filter(pk=double.organisation_id).exists()
    assert Listing.objects.get(pk=entry.pk).provinces == ["53"]


def _ask(wati):
    wati.page.goto("/directory/lembaga-pelita/")
    wati.follow(said("Ask to look after it"))
    wati.write(said("What you do there"), "Saya mengelola layanan di sana.")
    wati.send(said("Send the wish"))
    assert wati.page.get_by_text(NAME).count() == 1


def _let_her(site, secretariat):
    site.let_follow()
    secretariat.page.goto("/directory/desk/")
    secretariat.follow(NAME)
    secretariat.send(said("Let them, for a year"))
    assert Claim.objects.get().state == "granted"


def _write(wati):
    wati.page.goto("/directory/mine/")
    wati.follow(said("Change what it says"))
    wati.write(said("What it does, in Indonesian"), "Mendampingi pekerja migran dan keluarganya.")
    wati.unfold(said("Where, and in which languages"))
    wati.tick(said("Provinces served"), "Nusa Tenggara Timur")
    wati.send(said("Show the districts of the chosen provinces"))
    wati.tick(said("Districts served"), "Kota Kupang", under="Nusa Tenggara Timur")
    wati.send(said("Save and confirm"))
    assert wati.page.get_by_text("Mendampingi pekerja migran").count() >= 1


def _hand_over(wati):
    wati.page.goto("/directory/lembaga-pelita/stewards/")
    wati.pick(said("Who shall look after it"), "Tono")
    wati.send(said("Hand over and stop"))


def _merge(secretariat):
    secretariat.page.goto("/directory/lembaga-pelita/merge/")
    secretariat.write(said("The other entry"), "pelita-hati-kupang")
    secretariat.send(said("Go on"))
    secretariat.send(said("Make one of the two"))
