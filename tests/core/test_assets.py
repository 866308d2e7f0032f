"""Bundles: joined in order, named by their content, compressed beside it; and the rules that the sheets keep."""

import gzip
import re
from pathlib import Path

import brotli
import pytest

from cop_site.core import assets
from cop_site.core.static_files import Shelf, shelf


@pytest.fixture
def bundles(settings, tmp_path):
    settings.BUNDLE_ROOT = tmp_path
    assets.build.cache_clear()
    yield tmp_path
    assets.build.cache_clear()


def test_a_bundle_opens_with_the_layers_and_holds_every_source(bundles):
    css = (bundles / assets.build()["site.css"]).read_text()

    assert css.startswith("@layer reset, tokens, base, layout, components, utilities;")
    assert all(name in css for name in (".brand", ".facets", ".visually-hidden", "@media print"))


def test_the_name_changes_with_the_content_and_only_then(bundles, monkeypatch):
    first = assets.build()
    monkeypatch.setitem(assets.BUNDLES, "site.js", ("js/word_count.js",))
    assets.build.cache_clear()

    second = assets.build()

    assert second["site.css"] == first["site.css"]
    assert second["site.js"] != first["site.js"]


def test_compressed_forms_stand_beside_and_say_the_same(bundles):
    path = bundles / assets.build()["site.css"]

    plain = path.read_bytes()

    assert gzip.decompress(Path(f"{path}.gz").read_bytes()) == plain
    assert brotli.decompress(Path(f"{path}.br").read_bytes()) == plain
    assert list(bundles.glob("*.half")) == []


def test_the_sheet_points_at_the_typeface_by_its_hashed_name(bundles):
    names = assets.build()

    css = (bundles / names["site.css"]).read_text()

    assert re.findall(r'url\("([^"]+)"\)', css) == [names["fonts/jakarta.woff2"]]
    assert (bundles / names["fonts/jakarta.woff2"]).exists()


def test_a_source_that_is_not_there_stops_the_start_with_its_name(bundles, monkeypatch):
    monkeypatch.setitem(assets.BUNDLES, "site.js", ("js/lost.js",))

    with pytest.raises(FileNotFoundError, match=r"static/js/lost\.js"):
        assets.build()


def test_a_first_visit_stays_far_below_its_sixty_kilobytes(bundles):
    names = assets.build()

    weight = sum(
        min(path.stat().st_size for path in bundles.glob(f"{name}*"))
        for name in (names["site.css"], names["site.js"], names["htmx.js"], names["img/sprite.svg"], names["fonts/jakarta.woff2"])
    )

    assert weight < 45_000


def test_every_sheet_and_behaviour_in_static_is_part_of_a_bundle(settings):
    root = Path(settings.STATICFILES_DIRS[0])

    sources = {str(path.relative_to(root)) for path in [*root.glob("css/*.css"), *root.glob("js/**/*.js")]}

    assert sources == {source for bundle in assets.BUNDLES.values() for source in bundle if source.startswith(("css/", "js/"))}


FORBIDDEN = {
    "an id selector": r"(^|[\s,>+~])#[a-z][\w-]*[^;]*\{",
    "!important": r"!important",
    "a raw colour": r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(",
}


@pytest.mark.parametrize("rule", FORBIDDEN)
def test_sheets_keep_the_rules(settings, rule):
    sheets = sorted(Path(settings.STATICFILES_DIRS[0]).glob("css/*.css"))

    broken = [sheet.name for sheet in sheets if sheet.name != "tokens.css" and re.search(FORBIDDEN[rule], sheet.read_text(), re.MULTILINE)]

    assert broken == []


@pytest.mark.parametrize(("accepts", "encoding"), [("gzip, br", "br"), ("gzip", "gzip"), ("", None)])
def test_the_smallest_form_a_browser_understands_is_sent_and_kept_for_a_year(bundles, accepts, encoding):
    file = Shelf().files[assets.asset_url("site.css")]

    headers = dict(file.get_response("HEAD", {"HTTP_ACCEPT_ENCODING": accepts}).headers)

    assert headers.get("Content-Encoding") == encoding
    assert headers["Cache-Control"] == "max-age=31536000, public, immutable"
    assert headers["Content-Type"] == 'text/css; charset="utf-8"'
    assert headers["Vary"] == "Accept-Encoding"


def test_files_without_a_hash_are_served_too_and_kept_for_an_hour(client):
    answer = client.get("/static/img/favicon.svg")

    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert answer["Cache-Control"] == "max-age=3600, public"
    assert answer.content.startswith(b"<svg")


def test_static_files_answer_reading_only(client):
    assert client.post("/static/img/favicon.svg").status_code == 405
    assert "/static/img/favicon.svg" in shelf().files
