"""Addresses that belong to no section."""

import json

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


@pytest.mark.parametrize("zone", ["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"])
def test_a_chosen_time_zone_is_kept(client, zone):
    answer = client.post("/zone/", {"zone": zone, "next": "/library/"})

    assert (answer.status_code, answer["Location"], answer.cookies["zone"].value) == (302, "/library/", zone)


@pytest.mark.parametrize("zone", ["Europe/Berlin", "../../etc/passwd", ""])
def test_another_word_for_a_zone_is_forgotten(client, zone):
    assert client.post("/zone/", {"zone": zone}).cookies["zone"]["max-age"] == 0


@pytest.mark.parametrize(("chosen", "kept"), [("off", "off"), ("on", "")])
def test_esc_can_be_kept_from_leaving(client, chosen, kept):
    assert client.post("/escape/", {"escape": chosen}).cookies["escape"].value == kept


def test_the_manifest_names_the_site_and_nothing_of_what_is_inside(client, settings):
    settings.SITE_NAME = "Rumah Belajar"

    answer = client.get("/manifest.webmanifest")

    told = json.loads(answer.content)
    assert answer["Content-Type"] == "application/manifest+json; charset=utf-8"
    assert (told["name"], told["short_name"], told["start_url"]) == ("Rumah Belajar", "Rumah Belajar", "/")
    assert set(told) <= {
        "name", "short_name", "start_url", "scope", "display", "background_color", "theme_color", "icons",
    }  # fmt: skip
    assert client.get(told["icons"][0]["src"]).status_code == 200


def test_the_sign_of_the_site_stands_at_the_usual_address(client):
    answer = client.get("/favicon.ico")

    assert (answer.status_code, answer["Content-Type"]) == (200, "image/svg+xml; charset=utf-8")
    assert answer.content.startswith(b"<svg")


@pytest.mark.django_db
def test_a_page_goes_out_compressed_to_whoever_takes_it(client):
    plain = client.get("/accounts/password/reset/")

    packed = client.get("/accounts/password/reset/", headers={"Accept-Encoding": "gzip"})

    assert (packed.headers["Content-Encoding"], "Content-Encoding" in plain.headers) == ("gzip", False)
    assert len(packed.content) * 2 < len(plain.content)
    assert "Accept-Encoding" in packed.headers["Vary"]
