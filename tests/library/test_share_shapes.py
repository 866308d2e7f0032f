"""The share form in its three shapes: what each asks for, how the quick one grows, what each kind of field takes."""

from datetime import date

import pytest

from cop_site.library import template
from cop_site.library.forms import ShareForm, layout, shapes
from cop_site.library.models import Practice
from tests.library.factories import (
    FULL,
    cells_of,
    make_practice,
    posted,
    published,
    sentence,
    whole_document_form,
    whole_form,
    whole_full_form,
)

PERSONAL = {"consent_status": "persetujuan-tertulis", "anonymisation": sentence(8)}


@pytest.fixture
def sent(author, organisation):
    """A whole form of one shape, handed in with some changes."""
    whole = {"quick": whole_form, "full": whole_full_form, "document": whole_document_form}

    def send(shape, *, to_publish=True, practice=None, **changes):
        fields = whole[shape](organisation) | cells_of(changes)
        form = ShareForm(posted(fields), author=author, practice=practice, to_publish=to_publish)
        form.full_clean()
        return form

    return send


def placed(form):
    return {one.name: one for section in layout.sections(form) for one in section.fields}


# --- what each asks for


@pytest.mark.parametrize(("shape", "fields"), [("quick", 27), ("full", 58), ("document", 25)])
def test_each_shape_asks_for_its_fields_and_draws_each_once(author, shape, fields):
    form = ShareForm(author=author, shape=shape)

    drawn = [one.name for section in layout.sections(form) for one in section.fields]
    assert len(shapes.fields_of(shape)) == fields
    assert sorted([*drawn, "warn_reason"]) == sorted(form.fields)


def test_every_field_that_an_author_fills_stands_in_the_full_form_or_is_nobodys(author):
    form = ShareForm(author=author, shape="full")

    elsewhere = [key for key in template.full_form() if not set(shapes.on_the_page(key, "full")) & set(form.fields)]

    assert elsewhere == ["review_date", "attachments", "language"]
    assert "language" in form.fields


@pytest.mark.parametrize("shape", shapes.SHAPES)
def test_a_whole_form_of_each_shape_is_ready_for_the_desk(sent, shape):
    form = sent(shape)

    assert form.errors == {}
    assert form.is_valid()


def test_a_practice_says_all_that_was_typed_into_the_full_form(sent):
    content = sent("full").content()

    assert {name: content[name] for name in FULL} == FULL


def test_a_document_is_a_short_record(sent):
    content = sent("document").content()

    assert (content["period_start"], content["valid_as_of"]) == (date(2024, 1, 1), date(2026, 3, 31))
    assert "steps" not in content


@pytest.mark.parametrize(("shape", "unfilled"), [("quick", 26), ("full", 42), ("document", 9)])
def test_handing_in_an_empty_form_names_each_field_once(author, shape, unfilled):
    form = ShareForm(posted({"as": shape}), author=author, to_publish=True)

    assert {len(said) for said in form.errors.values()} == {1}
    assert "__all__" not in form.errors
    assert len(form.errors) <= unfilled


def test_a_draft_of_a_document_needs_a_title_and_a_kind(author):
    form = ShareForm(posted({"as": "document"}), author=author)

    assert list(form.errors) == ["title", "document_kind"]


# --- growing


def test_a_quick_note_grows_with_all_that_was_typed_and_nothing_judged(author, organisation):
    form = ShareForm(posted(whole_form(organisation, title="Meja")), author=author, shape="full", is_checked=False)

    shown = placed(form)
    assert form.shape == "full"
    assert (shown["title"].value, shown["problem"].value) == ("Meja", sentence(50))
    assert [option.value for option in shown["location_precision"].options if option.is_chosen] == ["provinsi"]
    assert [option.value for option in shown["licence"].options if option.is_chosen] == ["cc-by-sa-4.0"]
    assert form.errors == {}


@pytest.mark.parametrize("claim", [{"document_kind": "praktik-baik"}, {"evidence_level": "menjanjikan"}])
def test_what_a_quick_note_cannot_carry_is_on_offer_and_asks_for_the_full_form(author, organisation, claim):
    note = ShareForm(posted(whole_form(organisation, **claim)), author=author)
    grown = ShareForm(posted(whole_form(organisation, **claim)), author=author, shape="full", to_publish=True)

    [name] = claim
    assert claim[name] in dict(note.fields[name].choices)
    assert note.claims_too_much
    assert {"context", "objective", "actors", "adaptation"} <= set(grown.errors)
    assert "problem" not in grown.errors


def test_a_practice_that_says_more_opens_in_the_full_form(author, organisation):
    plain = make_practice(author)
    claims = make_practice(author, evidence_level="menjanjikan")
    says = make_practice(author, objective=sentence(20))

    shapes_shown = [ShareForm(author=author, practice=one).shape for one in (plain, claims, says)]

    assert shapes_shown == ["quick", "full", "full"]
    assert ShareForm(author=author, practice=plain, shape="full").shape == "full"


def test_a_quick_form_empties_nothing_that_it_did_not_show(sent, author):
    practice = make_practice(author, objective=sentence(20))

    form = sent("quick", practice=practice)

    assert "objective" not in form.content()


def test_a_document_stays_one_and_a_practice_too(author):
    document = Practice(author=author, document_kind="regulasi", title="Perdes")
    practice = make_practice(author)

    assert ShareForm(posted({"as": "full"}), author=author, practice=document).shape == "document"
    assert ShareForm(posted({"as": "document"}), author=author, practice=practice).shape == "quick"
    assert "regulasi" not in dict(ShareForm(author=author, practice=practice).fields["document_kind"].choices)


# --- kinds of fields


@pytest.mark.parametrize(
    ("shape", "changes", "field"),
    [
        ("full", {"title": "x" * 241}, "title"),  # text
        ("full", {"objective": sentence(301)}, "objective"),  # longtext
        ("full", {"document_kind": "regulasi"}, "document_kind"),  # term
        ("full", {"cost_band": "seribu"}, "cost_band"),  # choice
        ("full", {"process_stage": ["tidak-ada"]}, "process_stage"),  # terms
        ("full", {"challenge_category": ["a", "b", "c", "d"]}, "challenge_category"),
        ("full", {"consent_declaration": ["paham-risiko"]}, "consent_declaration"),  # checkboxes
        ("full", {"provinces": ["99"], "regencies": []}, "provinces"),  # regions
        ("full", {"regencies": ["33.99"]}, "regencies"),
        ("full", {"organisation": "99999"}, "organisation"),
        ("full", {"period_start": "kemarin"}, "period_start"),  # daterange
        ("full", {"period_start": "2025-05", "period_end": "2025-02"}, "period_end"),
        ("full", {"success_factors": [sentence(4)] * 7}, "success_factors"),  # list
        ("full", {"success_factors": ["  "]}, "success_factors"),
        ("full", {"actors": [{"actor": "", "sector_5k": "", "role": ""}]}, "actors"),  # table
        ("full", {"actors": [{"actor": "Desa", "sector_5k": "tidak-ada", "role": ""}]}, "actors"),
        ("full", {"actors": [{"actor": "x" * 501, "sector_5k": "", "role": ""}]}, "actors"),
        ("full", {"resources": [{"kind": str(at), "amount": "", "source": ""} for at in range(13)]}, "resources"),
        ("full", {"children_involved": "mungkin"}, "children_involved"),  # boolean
        ("document", {"period_start": "24"}, "period_start"),  # year
        ("document", {"valid_as_of": "besok"}, "valid_as_of"),  # date
        ("document", {"legal_status": ""}, "legal_status"),
        ("document", {"body": ""}, "body"),
    ],
)
def test_each_kind_of_field_speaks_at_its_place(sent, shape, changes, field):
    form = sent(shape, **changes)

    assert list(form.errors) == [field]


@pytest.mark.parametrize(
    ("shape", "changes", "field"),
    [
        ("full", {"visibility": "publik", "sensitivity": "terbatas"}, "visibility"),  # r1
        ("document", {"visibility": "publik", "sensitivity": "terbatas"}, "visibility"),
        ("full", {"children_involved": "yes", "location_precision": "kabupaten-kota"}, "children_involved"),  # r2
        ("full", PERSONAL | {"children_involved": "yes"}, "children_involved"),
        ("full", {"consent_status": "ditarik", "anonymisation": sentence(8)}, "consent_status"),  # r4
        ("full", {"evidence_level": "rintisan"}, "document_kind"),  # r7
        ("quick", {"document_kind": "praktik-baik"}, "document_kind"),
        ("quick", {"consent_status": "komposit"}, "anonymisation"),
        ("document", {"consent_status": "komposit"}, "anonymisation"),
    ],
)
def test_each_rule_speaks_at_its_field(sent, shape, changes, field):
    form = sent(shape, to_publish=shape != "quick" or "document_kind" not in changes, **changes)

    assert list(form.errors) == [field]


def test_personal_data_in_a_cell_is_shown_at_that_cell(sent):
    rows = [
        {"actor": "Desa", "sector_5k": "kampung", "role": "Tempat"},
        {"actor": "NIK 3374015508900001", "sector_5k": "", "role": "Saksi"},
    ]

    form = sent("full", actors=rows)

    assert not form.is_valid()
    drawn = placed(form)["actors"].rows
    assert [[bool(cell.findings) for cell in row.cells] for row in drawn] == [[False, False, False], [True, False, False]]


def test_a_day_is_read_as_people_write_it(sent):
    days = {
        sent("document", valid_as_of=typed).content()["valid_as_of"] for typed in ("2026-03-31", "31/3/2026", "31-03-2026", "31.3.2026")
    }

    assert days == {date(2026, 3, 31)}


def test_districts_of_the_chosen_provinces_are_on_offer_and_go_with_them(author, organisation, sent):
    form = ShareForm(posted(whole_full_form(organisation)), author=author, is_checked=False)
    many = ShareForm(posted(whole_full_form(organisation, provinces=["31", "32", "33", "34", "35", "36"])), author=author, is_checked=False)

    offered = [option.value[:2] for group in placed(form)["regencies"].groups for option in group.options]
    assert set(offered) == {"33"}
    assert len(offered) >= 35
    assert [option.value for group in placed(many)["regencies"].groups for option in group.options] == ["33.01"]
    assert sent("full", provinces=["34"]).content()["regencies"] == []


@pytest.mark.parametrize("name", ["actors", "resources", "indicators", "success_factors", "references", "replications"])
def test_one_row_more_is_drawn_with_everything_typed(author, organisation, name):
    form = ShareForm(posted(whole_full_form(organisation)), author=author, is_checked=False, more=name)

    one = placed(form)[name]
    drawn = one.rows or one.boxes
    first = drawn[-1].cells[0] if one.rows else drawn[-1]
    assert len(drawn) == 2
    assert (first.is_next, first.value) == (True, "")


def test_why_details_stay_is_asked_only_where_the_guard_warns_or_somebody_has_answered(author, organisation):
    plain = ShareForm(author=author)
    answered = ShareForm(posted(whole_form(organisation, warn_reason="Nomor perkara sudah terbuka.")), author=author)

    assert layout.warn_reason(plain) is None
    assert layout.warn_reason(answered).value == "Nomor perkara sudah terbuka."


def test_a_change_of_what_readers_have_is_told_in_a_sentence(author, sent, cast):
    practice = published(author, cast["reviewer"])

    plain = sent("quick", practice=practice, to_publish=False)
    told = sent("quick", practice=practice, to_publish=False, change_note="Angka diperbarui.", is_significant_change="no")

    assert "change_note" not in ShareForm(author=author).fields
    assert [one.name for one in layout.about_the_change(plain)] == ["change_note", "is_significant_change"]
    assert (plain.content()["change_note"], plain.content()["is_significant_change"]) == ("", True)
    assert (told.content()["change_note"], told.content()["is_significant_change"]) == ("Angka diperbarui.", False)
