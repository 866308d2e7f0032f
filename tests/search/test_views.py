"""The search page."""

import pytest
from django.http import QueryDict

from cop_site.search import registry
from cop_site.search.asked import Asked


def test_the_page_shows_answers_with_their_marks(client, make_organisation):
    make_organisation("Rumah Singgah", about="Menampung penyintas.")

    page = client.get("/search/", {"q": "korban"})

    assert page.status_code == 200
    assert page.context["list"].total == 1
    assert "Menampung <mark>penyintas</mark>." in page.text
    assert '<meta name="robots" content="noindex">' in page.text


def test_what_was_typed_is_shown_as_typed(client, make_organisation):
    page = client.get("/search/", {"q": "<script>alert(1)</script>"})

    assert page.status_code == 200
    assert "<script>alert" not in page.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page.text


def test_without_words_nothing_is_listed(client, make_organisation):
    make_organisation("Rumah Singgah")

    page = client.get("/search/")

    assert page.status_code == 200
    assert list(page.context["list"].page.object_list) == []
    assert "Rumah Singgah" not in page.text


def test_a_visitor_is_told_nothing_of_closed_rows(client, make_organisation, member):
    make_organisation("Rumah Singgah", visibility="jaringan")

    seen_by_visitor = client.get("/search/", {"q": "singgah"})
    client.force_login(member)
    seen_by_member = client.get("/search/", {"q": "singgah"})

    assert seen_by_member.context["list"].total == 1
    assert seen_by_visitor.context["list"].total == 0
    assert "Rumah <mark>Singgah</mark>" in seen_by_member.text
    assert "Rumah" not in seen_by_visitor.text


@pytest.mark.parametrize("odd", ["0", "-1", "x", "99999999", "²", "1e5", ""])
def test_odd_pages_are_answered(client, make_organisation, odd):
    make_organisation("Rumah Singgah")

    assert client.get("/search/", {"q": "singgah", "page": odd, "kind": odd}).status_code == 200


def test_answers_come_twenty_a_page(client, make_organisation):
    for number in range(23):
        make_organisation(f"Rumah {number}")

    first = client.get("/search/", {"q": "rumah"})
    second = client.get("/search/", {"q": "rumah", "page": "2"})

    assert (len(first.context["list"].page.object_list), len(second.context["list"].page.object_list)) == (20, 3)
    assert "page=2" in first.text


def test_kinds_are_a_choice_only_where_there_are_several(client, make_organisation):
    make_organisation("Rumah Singgah")
    alone = client.get("/search/", {"q": "singgah"})
    kind = registry.kind_named("organisation")
    registry.register("lain", documents=lambda pks: iter(()), visible=kind.visible, link=kind.link, title=kind.title)

    together = client.get("/search/", {"q": "singgah", "kind": "organisation"})
    registry.forget("lain")

    assert alone.context["list"].kinds == []
    assert [(option.slug, option.count) for option in together.context["list"].kinds] == [("organisation", 1), ("lain", 0)]
    assert together.context["list"].total == 1


def test_one_answer_costs_as_many_queries_as_twenty(client, make_organisation, django_assert_max_num_queries):
    for number in range(20):
        make_organisation(f"Rumah {number}", about="singgah" if number == 0 else "")
    client.get("/search/", {"q": "lain"})  # tallies are read once and kept

    with django_assert_max_num_queries(20) as one:
        client.get("/search/", {"q": "singgah"})
    with django_assert_max_num_queries(20) as many:
        client.get("/search/", {"q": "rumah"})

    assert len(many) == len(one)


def test_the_page_answers_htmx_with_the_answers_alone(client, make_organisation):
    make_organisation("Rumah Singgah")

    part = client.get("/search/", {"q": "singgah"}, headers={"HX-Request": "true"})

    assert "<html" not in part.text
    assert "Rumah <mark>Singgah</mark>" in part.text


# --- narrowing


def options(page, name="scale"):
    [facet] = [facet for facet in page.context["list"].facets if facet.name == name]
    return {option.slug: (str(option.label), option.count, option.is_chosen) for option in facet.options}


def test_facets_come_from_the_kinds_and_count_without_their_own_filter(client, make_organisation):
    make_organisation("Rumah Satu", scale=("desa",))
    make_organisation("Rumah Dua", scale=("desa", "provinsi"))
    make_organisation("Rumah Tiga", scale=("provinsi",))

    page = client.get("/search/", {"q": "rumah", "scale": "provinsi"})

    assert page.context["list"].total == 2
    assert options(page) == {"desa": ("Desa", 2, False), "provinsi": ("Provinsi", 2, True)}
    assert [chip.label for chip in page.context["list"].chips] == ["Provinsi"]
    assert 'href="?q=rumah"' in page.text  # the chip's cross
    assert '<input type="hidden" name="scale" value="provinsi">' in page.text  # new words stay within the filter


def test_years_are_chips_of_their_own_and_nonsense_is_no_filter(client, make_organisation):
    make_organisation("Rumah Satu")

    page = client.get("/search/", {"q": "rumah", "year_from": "2020", "year_to": "abad", "sort": "acak", "scale": "x" * 99})

    assert [(chip.name, chip.slug) for chip in page.context["list"].chips] == [("year_from", "2020")]
    assert page.context["asked"].sort == "relevance"


def test_a_filter_alone_lists_and_is_ordered_as_asked(client, make_organisation):
    for name in ("Beta", "Alfa", "Gamma"):
        make_organisation(name)

    page = client.get("/search/", {"scale": "desa", "sort": "title"})
    narrowed_away = client.get("/search/", {"scale": "provinsi"})

    assert [shown.title for shown in page.context["list"].page.object_list] == ["Alfa", "Beta", "Gamma"]
    assert "relevance" not in page.context["list"].sorts
    assert narrowed_away.context["list"].total == 0


def test_an_empty_list_says_what_to_do(client, make_organisation):
    make_organisation("Rumah Satu")

    narrowed = client.get("/search/", {"q": "rumah", "scale": "provinsi", "sort": "newest"})
    behind = client.get("/search/", {"q": "rumah", "page": "7"})
    nothing = client.get("/search/", {"q": "zzzz"})

    assert 'href="?q=rumah&amp;sort=newest">' in narrowed.text
    assert 'href="#saluran"' in nothing.text
    assert behind.context["list"].total == 1
    assert 'href="?q=rumah">' in behind.text


def test_a_slip_of_the_keyboard_is_answered_and_the_right_word_is_offered_with_the_filters_kept(client, make_organisation):
    for number in range(3):
        make_organisation(f"Rumah Singgah {number}")

    page = client.get("/search/", {"q": "singgahh", "scale": "desa"})

    assert page.context["list"].total == 3
    assert page.context["list"].instead == "singgah"
    assert 'href="?q=singgah&amp;scale=desa"' in page.text


def test_a_visitor_is_offered_no_word_that_only_closed_rows_hold(client, make_organisation, member):
    for number in range(3):
        make_organisation(f"Rumah Zambrutan {number}", visibility="jaringan")
    make_organisation("Lembaga lain")

    page = client.get("/search/", {"q": "zambrutann"})
    client.force_login(member)
    of_a_member = client.get("/search/", {"q": "zambrutann"})

    assert page.context["list"].instead == ""
    assert of_a_member.context["list"].instead == "zambrutan"


def test_the_same_search_has_one_address(rf, organisations):
    given = rf.get(
        "/", {"year_to": "2024", "scale": ["provinsi", "desa", "desa"], "q": " rumah ", "page": "3", "sort": "relevance", "x": "1"}
    ).GET

    asked = Asked.read(given, registry.kinds())

    assert asked.query() == "q=rumah&scale=desa&scale=provinsi&year_to=2024"
    assert Asked.read(QueryDict(asked.query()), registry.kinds()).query() == asked.query()
