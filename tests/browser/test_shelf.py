"""What readers make of the shelf: a reading list and a translation, made with the pages' own links and buttons."""

import pytest
from django.urls import reverse

from cop_site.library.models import Practice, ReadingList
from tests.browser import world
from tests.browser.hands import Hands, said

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")]


@pytest.mark.parametrize("by_keys", [True, False], ids=["keys", "without-scripts"])
def test_a_member_puts_a_text_into_a_list_and_translates_it(site, new_context, by_keys):
    cast, samples = world.make(site)
    context = new_context(java_script_enabled=by_keys, reduced_motion="reduce")
    site.sign_in(context, cast["member2"])
    member = Hands(context.new_page(), by_keys=by_keys)
    page, address = member.page, reverse("practice", args=samples["published"])

    page.goto(reverse("reading-lists"))
    member.follow(said("Make a reading list"))
    member.write(said("Title"), "Untuk kader baru")
    member.send(said("Save the list"))
    page.goto(address)
    member.follow(said("Add to a reading list"))
    member.write(said("Why it stands in this list"), "Mulai dari langkah kedua.")
    member.send(said("Put it in the list"))
    assert page.locator(".entry-note").inner_text() == "Mulai dari langkah kedua."
    assert ReadingList.objects.get(author=cast["member2"]).entries.count() == 1

    page.goto(address)
    member.follow(said("Translate this text"))
    member.send(said("Begin the translation"))
    begun = Practice.objects.get(author=cast["member2"], translation_of__slug=samples["published"][0])
    assert page.url.endswith(reverse("practice-edit", args=[begun.slug]))

    page.goto(reverse("practice-translation", args=[begun.slug]))
    sides = page.locator(".pair-row").nth(1).locator("section")
    assert [side.get_attribute("lang") for side in sides.all()] == ["id", "en"]
    first, second = (side.bounding_box() for side in sides.all())
    assert second["y"] > first["y"]  # on a phone one below the other
    page.set_viewport_size({"width": 1280, "height": 800})
    first, second = (side.bounding_box() for side in sides.all())
    assert second["x"] > first["x"]
