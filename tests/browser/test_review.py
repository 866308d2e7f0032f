"""Two reviewers, an author and two who tried it elsewhere, in a real browser on a small phone: from the desk to the ladder and down."""

import pytest

from cop_site.library.models import AdaptationReport, Practice
from tests import factories
from tests.browser.hands import Hands, said
from tests.library.factories import full, sentence

TITLE = "Pos jaga desa untuk keberangkatan aman"
REMARK = "Dari mana angka 140? Bila dari buku register desa, sebutkan supaya pembaca bisa menilai."


@pytest.fixture
def people(site):
    """An author, two reviewers of two other organisations, two members of yet others."""
    secretariat = factories.person("Sekretariat Uji", role="secretariat")
    made = {name: factories.person(name) for name in ("Penulis Uji", "Penelaah Satu", "Penelaah Dua", "Pelaksana Satu", "Pelaksana Dua")}
    for one in made.values():
        factories.membership(one, factories.organisation(is_listed=True))
    for name in ("Penelaah Satu", "Penelaah Dua"):
        factories.task(made[name], "reviewer", by=secretariat)
    return made


@pytest.fixture
def sit_down(site, new_context, people):
    def sit(name):
        context = new_context(reduced_motion="reduce")
        site.sign_in(context, people[name])
        return Hands(context.new_page(), by_keys=False)

    return sit


def _now():
    return Practice.objects.unscoped("read by a test").get(title=TITLE)


@pytest.mark.slow
def test_a_practice_is_improved_at_the_desk_climbs_the_ladder_and_falls_with_its_evidence(sit_down, people):
    practice = full(people["Penulis Uji"], title=TITLE)
    author, first, second = sit_down("Penulis Uji"), sit_down("Penelaah Satu"), sit_down("Penelaah Dua")
    _hand_in(author)

    _take_and_comment(first)
    _others_see_who_has_it(second)
    first.send(said("Ask for changes"))
    assert _now().state == "changes-asked"

    author.page.goto("/library/mine/")
    assert author.page.get_by_text(REMARK).count() == 1
    _change(author, practice)
    _hand_in(author)

    _compare(second)
    _approve(second)
    assert (_now().live, _now().evidence) == (True, "menjanjikan")

    for name, province in (("Pelaksana Satu", "Jawa Tengah"), ("Pelaksana Dua", "Nusa Tenggara Timur")):
        _report(sit_down(name), province)
        _accept(second)
    _raise(second)
    assert _now().evidence == "tereplikasi"

    _withdraw(sit_down("Pelaksana Satu"))
    assert _now().evidence == "menjanjikan"


def _hand_in(author):
    author.page.goto("/library/mine/")
    author.follow(said("Hand in for review"))
    author.send(said("Hand in for review"))
    assert _now().state == "submitted"


def _take_and_comment(reviewer):
    reviewer.page.goto("/library/review/")
    reviewer.follow(TITLE)
    reviewer.send(said("Take it"))
    place = reviewer.page.locator(".told", has=reviewer.page.locator("[name=comment-results]"))
    place.locator("summary").click()
    place.locator("textarea").fill(REMARK)


def _others_see_who_has_it(reviewer):
    reviewer.page.goto("/library/review/")
    assert reviewer.page.locator(".queue-row").get_by_text("Penelaah Satu").count() == 1
    reviewer.follow(TITLE)
    assert reviewer.page.locator("form[data-form=review]").count() == 0


def _change(author, practice):
    """The author's own form; what she does not touch stays."""
    author.page.goto(f"/library/{practice.slug}/edit/")
    author.page.locator("[name=results]").evaluate(
        "(box, words) => { box.value = words }", sentence(40) + " Menurut buku register, 112 dari 140."
    )
    with author.page.expect_navigation():
        author.page.locator("form[data-form=edit], form[data-form=share]").evaluate("form => form.requestSubmit()")
    assert "buku register" in _now().results


def _compare(reviewer):
    reviewer.page.goto("/library/review/")
    reviewer.follow(TITLE)
    sides = reviewer.page.locator(".compare")
    assert (sides.count(), "buku register" in " ".join(sides.locator("ins").all_text_contents())) == (1, True)
    assert reviewer.page.locator(".remarks").get_by_text(REMARK).count() == 1
    boxes = [box.bounding_box() for box in sides.locator("> div").all()]
    assert boxes[0]["y"] < boxes[1]["y"], "one below the other on a phone"
    reviewer.page.set_viewport_size({"width": 1280, "height": 800})
    boxes = [box.bounding_box() for box in sides.locator("> div").all()]
    assert boxes[0]["y"] == boxes[1]["y"], "side by side where there is room"
    reviewer.page.set_viewport_size({"width": 360, "height": 740})


def _approve(reviewer):
    """First without points: refused, and the note stays; then whole."""
    reviewer.page.locator("[name=text]").fill("Jelas dan dapat ditiru.")
    reviewer.send(said("Approve revision %(number)s") % {"number": 2})
    assert reviewer.page.locator("[name=text]").input_value() == "Jelas dan dapat ditiru."
    for group in reviewer.page.locator(".score").all():
        group.locator("[value='2']").check()
    reviewer.page.locator("[name=comment-criteria_scores]").fill("Data dua putaran mendukungnya.")
    reviewer.send(said("Approve revision %(number)s") % {"number": 2})


def _report(member, province):
    member.page.goto(_now().get_absolute_url())
    member.follow(said("We have tried this"))
    member.pick(said("Service scale"), "Desa/kelurahan")
    member.pick(said("Province"), province)
    member.write(said("Year"), "2025")
    member.choose(said("Outcome"), "Berhasil sebagian")
    member.write(said("What you changed, and what came of it"), sentence(25))
    member.send(said("Hand in the report"))
    assert AdaptationReport.objects.filter(state="waiting").count() == 1


def _accept(reviewer):
    reviewer.page.goto("/library/review/?tab=reports")
    reviewer.follow(TITLE)
    reviewer.send(said("Accept the report"))
    assert AdaptationReport.objects.filter(state="waiting").count() == 0


def _raise(reviewer):
    """The second report led there by itself."""
    assert reviewer.page.url.endswith("/evidence/")
    reviewer.page.locator("[name=evidence][value=tereplikasi]").check()
    reviewer.send(said("Set the level"))


def _withdraw(member):
    member.page.goto("/library/mine/")
    member.follow(said("Withdraw this report"))
    member.page.locator("[name=text]").fill("Data kami keliru.")
    member.send(said("Withdraw the report"))
