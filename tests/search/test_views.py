"""The search page."""

import pytest

from cop_site.search import registry


def test_the_page_shows_answers_with_their_marks(client, make_organisation):
    make_organisation("Rumah Singgah", about="Menampung penyintas.")

    page = client.get("/search/", {"q": "korban"})

    assert page.status_code == 200
    assert page.context["total"] == 1
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
    assert page.context["results"] == []
    assert "Rumah Singgah" not in page.text


def test_a_visitor_is_told_nothing_of_closed_rows(client, make_organisation, member):
    make_organisation("Rumah Singgah", visibility="jaringan")

    seen_by_visitor = client.get("/search/", {"q": "singgah"})
    client.force_login(member)
    seen_by_member = client.get("/search/", {"q": "singgah"})

    assert seen_by_member.context["total"] == 1
    assert seen_by_visitor.context["total"] == 0
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

    assert (len(first.context["results"]), len(second.context["results"])) == (20, 3)
    assert "page=2" in first.text


def test_kinds_are_a_choice_only_where_there_are_several(client, make_organisation):
    make_organisation("Rumah Singgah")
    alone = client.get("/search/", {"q": "singgah"})
    kind = registry.kind_named("organisation")
    registry.register("lain", documents=lambda pks: iter(()), visible=kind.visible, link=kind.link, title=kind.title)

    together = client.get("/search/", {"q": "singgah", "kind": "organisation"})
    registry.forget("lain")

    assert alone.context["kinds"] == []
    assert [(choice["name"], choice["count"]) for choice in together.context["kinds"]] == [("organisation", 1), ("lain", 0)]
    assert together.context["total"] == 1


def test_one_answer_costs_as_many_queries_as_twenty(client, make_organisation, django_assert_max_num_queries):
    for number in range(20):
        make_organisation(f"Rumah {number}", about="singgah" if number == 0 else "")

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
