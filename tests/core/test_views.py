"""Addresses that belong to no section."""

import pytest


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_chosen_theme_is_kept_and_the_reader_goes_back_to_where_they_were(client, theme):
    answer = client.post("/theme/", {"theme": theme, "next": "/library/?q=a"})

    assert (answer.status_code, answer["Location"]) == (302, "/library/?q=a")
    assert answer.cookies["theme"].value == theme


def test_following_the_device_forgets_the_choice(client):
    client.cookies["theme"] = "dark"

    answer = client.post("/theme/", {"theme": "system", "next": "/"})

    assert answer.cookies["theme"]["max-age"] == 0


@pytest.mark.parametrize(
    "wish", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "library/", "", "/%0d%0aX: y\r\n"]
)
def test_a_theme_never_leads_to_another_site(client, wish):
    location = client.post("/theme/", {"theme": "dark", "next": wish})["Location"]

    assert location == "/" or (location.startswith("/%") and "\n" not in location)


def test_a_theme_is_not_changed_by_a_link(client):
    assert client.get("/theme/?theme=dark").status_code == 405


def test_the_process_says_that_it_lives(client):
    answer = client.get("/healthz")

    assert (answer.status_code, answer.content) == (200, b"ok\n")
