"""The share form: what it asks, keeps and refuses."""

from datetime import date

import pytest
from django.utils import translation

from cop_site.library import template
from cop_site.library.forms import DecisionForm, NarrowForm, ShareForm, layout
from cop_site.library.forms.parts import Month
from cop_site.library.models import Practice
from tests.library.factories import make_practice, posted, sentence, whole_form

NIK = "3374015508900001"


def filled(author, organisation, *, to_publish=True, practice=None, **changes):
    return ShareForm(posted(whole_form(organisation, **changes)), author=author, to_publish=to_publish, practice=practice)


def test_the_form_asks_for_each_of_the_26_fields_and_the_language(author):
    form = ShareForm(author=author)

    asked = {"region": "provinces", "period": "period_start"}
    assert len(template.quick_form()) == 26
    assert [key for key in template.quick_form() if asked.get(key, key) not in form.fields] == []
    assert "language" in form.fields


def test_every_field_stands_in_one_section_of_the_page(author, organisation):
    form = ShareForm(author=author)

    placed = [one.bound.name for section in layout.sections(form) for one in section.fields]

    assert sorted([*placed, "warn_reason"]) == sorted(form.fields)  # that one stands where the guard warns


@pytest.mark.parametrize(("language", "label"), [("id", "Judul"), ("en", "Title")])
def test_labels_and_help_speak_the_readers_language(author, language, label):
    with translation.override(language):
        form = ShareForm(author=author)

    assert form.fields["title"].label == label


def test_a_whole_form_is_ready_for_the_desk(author, organisation):
    form = filled(author, organisation)

    assert form.errors == {}
    assert form.content()["period_start"] == date(2025, 2, 1)
    assert form.content()["children_involved"] is False
    assert form.content()["organisation"] == organisation


def test_a_draft_needs_a_title_and_a_kind_and_nothing_else(author):
    form = ShareForm(posted({"title": "Meja informasi", "document_kind": "pelajaran"}), author=author)

    assert form.is_valid()
    assert {name: form.content()[name] for name in ("visibility", "sensitivity", "contact_route")} == {
        "visibility": "jaringan",
        "sensitivity": "terbatas",
        "contact_route": "lewat-sekretariat",
    }


def test_a_draft_without_title_or_kind_is_refused_at_both(author):
    form = ShareForm(posted({"summary": "Ringkas"}), author=author)

    assert list(form.errors) == ["title", "document_kind"]


def test_handing_in_names_every_empty_field_once(author):
    form = ShareForm(posted({"title": "Meja informasi", "document_kind": "pelajaran"}), author=author, to_publish=True)

    assert {len(said) for said in form.errors.values()} == {1}
    assert {"summary", "provinces", "period_start", "children_involved", "steps", "lessons"} <= set(form.errors)


def test_personal_data_is_shown_at_its_place_with_the_value_masked(author, organisation):
    form = filled(author, organisation, to_publish=False, problem=f"Seorang ibu menyerahkan KTP dengan NIK {NIK} kepada perekrut.")

    assert not form.is_valid()
    [found] = form.findings["problem"]
    assert (found.action, found.index) == ("block", None)
    assert set(found.mask) == {"•"}
    assert found.before.endswith("dengan NIK ")
    assert NIK not in f"{found.before}{found.mask}{found.after}"


def test_personal_data_in_a_step_is_shown_at_that_step(author, organisation):
    form = filled(author, organisation, steps=[sentence(9), "", f"NIK {NIK} dicatat oleh petugas.", sentence(9), sentence(9)])

    assert not form.is_valid()
    boxes = next(one for section in layout.sections(form) for one in section.fields if one.bound.name == "steps").boxes
    assert [bool(box.findings) for box in boxes] == [False, False, True, False, False]


def test_personal_data_is_refused_even_in_a_private_draft(author, organisation):
    form = filled(author, organisation, to_publish=False, visibility="pribadi", summary=f"NIK {NIK} tercatat.")

    assert not form.is_valid()


def test_a_private_draft_cannot_be_handed_in(author, organisation):
    form = filled(author, organisation, visibility="pribadi")

    assert list(form.errors) == ["visibility"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"visibility": "publik", "sensitivity": "terbatas"}, "visibility"),  # r1
        ({"children_involved": "yes", "visibility": "publik", "sensitivity": "umum"}, "children_involved"),  # r2
        ({"practice_type": ["migrasi-aman", "pemulihan", "advokasi", "pelatihan"]}, "practice_type"),
        ({"steps": [sentence(9), sentence(9)]}, "steps"),
        ({"summary": sentence(400)}, "summary"),
        ({"consent_declaration": ["paham-risiko"]}, "consent_declaration"),
        ({"period_start": "2025-05", "period_end": "2025-02"}, "period_end"),
        ({"document_kind": "regulasi"}, "document_kind"),
        ({"evidence_level": "terbukti"}, "evidence_level"),
        ({"consent_status": "ditarik"}, "consent_status"),
        ({"provinces": ["99"]}, "provinces"),
    ],
)
def test_each_rule_speaks_at_its_field(author, organisation, changes, field):
    form = filled(author, organisation, **changes)

    assert list(form.errors) == [field]


@pytest.mark.parametrize("typed", ["2026-03", "03/2026", "3/2026", "2026/3", " 03-2026 "])
def test_a_month_is_read_however_a_browser_sends_it(typed):
    assert Month().clean(typed) == date(2026, 3, 1)


@pytest.mark.parametrize("typed", ["2026", "13/2026", "maret 2026", "2026-03-01"])
def test_what_is_no_month_is_refused_once(author, organisation, typed):
    form = filled(author, organisation, period_start=typed)

    assert {name: len(said) for name, said in form.errors.items()} == {"period_start": 1}


def test_only_own_organisations_and_circles_are_on_offer(author, organisation, circle, cast):
    form = ShareForm(author=author)
    of_another = ShareForm(author=cast["member2"])

    assert list(form.fields["organisation"].queryset) == [organisation]
    assert list(form.fields["circle"].queryset) == [circle]
    assert "circle" not in of_another.fields
    assert "kelompok" not in dict(of_another.fields["visibility"].choices)


def test_a_circle_has_to_be_named(author, organisation, circle):
    form = filled(author, organisation, visibility="kelompok", sensitivity="rahasia")

    assert list(form.errors) == ["circle"]


def test_one_box_more_is_drawn_with_everything_typed_and_nothing_judged(author):
    sent = posted({"title": "", "steps": ["Satu", "Dua", "Tiga"]})

    form = ShareForm(sent, author=author, is_checked=False, more="steps")

    sections = layout.sections(form)
    boxes = next(one for section in sections for one in section.fields if one.bound.name == "steps").boxes
    assert [box.value for box in boxes] == ["Satu", "Dua", "Tiga", ""]
    assert [box.is_next for box in boxes] == [False, False, False, True]
    assert form.errors == {}
    assert {section.key: section.is_open for section in sections}["pelaksanaan"] is True


def test_an_edited_draft_stands_in_the_form_as_it_was_kept(author, organisation):
    practice = make_practice(author, visibility="publik")

    form = ShareForm(author=author, practice=practice)

    assert form["visibility"].value() == "publik"
    assert form["children_involved"].value() == "no"
    assert form["period_start"].value() == "2025-02"
    assert form["steps"].value() == practice.steps


def test_who_sees_a_published_practice_is_not_asked_again(author, organisation):
    form = ShareForm(author=author, practice=Practice(author=author, live=True, organisation=organisation))

    assert {"visibility", "circle", "organisation"} & set(form.fields) == set()


def test_a_refusal_needs_a_note_and_a_note_holds_no_personal_data():
    practice = Practice()
    bare = DecisionForm({"decision": "refuse", "text": "  "}, practice=practice)
    telling = DecisionForm({"decision": "refuse", "text": f"Hapus NIK {NIK}."}, practice=practice)
    good = DecisionForm({"decision": "refuse", "text": "Dari mana angka 140?"}, practice=practice)

    assert list(bare.errors) == ["text"]
    assert (telling.is_valid(), list(telling.findings)) == (False, ["text"])
    assert good.is_valid()


def test_only_fewer_readers_are_on_offer(author, organisation):
    practice = Practice(author=author, live=True, visibility="jaringan", organisation=organisation)

    form = NarrowForm(practice=practice)

    assert [slug for slug, _label in form.fields["visibility"].choices] == ["organisasi", "pengelola", "pribadi"]
