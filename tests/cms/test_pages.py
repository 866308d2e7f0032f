"""Editors' pages: both languages, their blocks, the head of a section, news, pictures, and what is left as editors left it."""

import io
import json
import re

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.urls import reverse
from PIL import Image as Drawing
from wagtail.images.models import Image
from wagtail.models import Page

from cop_site.accounts.models import User
from cop_site.activity.models import Activity
from cop_site.cms import actions, foot, pictures
from cop_site.cms.forms import without_traces
from cop_site.cms.models import HomePage, NewsIndexPage, NewsPage, SectionPage, TextPage
from cop_site.core import menu
from tests.library.factories import public, published

# Wagtail leaves the file that it draws a rendition into to the garbage collector.
pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")]

TEXTS = ["about", "code-of-conduct", "privacy", "help"]


@pytest.fixture
def home(db):
    return actions.ensure_home(by=User.objects.system())


@pytest.fixture
def library_page(home):
    return SectionPage.objects.get(section="library")


def text_page(home, slug="uji", **fields):
    fields = {name: json.dumps(value) if name.startswith("body") else value for name, value in fields.items()}
    return home.add_child(instance=TextPage(slug=slug, **({"title": "Uji", "title_en": "A test"} | fields)))


def one_block(home, kind, value):
    return text_page(home, body_id=[{"type": kind, "value": value}])


def photo(name="kelas.jpg", size=(1600, 1200), noise=False, **kept):
    drawn = Drawing.effect_noise(size, 90).convert("RGB") if noise else Drawing.linear_gradient("L").resize(size).convert("RGB")
    out = io.BytesIO()
    drawn.save(out, "JPEG", **kept)
    return ContentFile(out.getvalue(), name=name)


def image(**wishes):
    return Image.objects.create(title="kelas", file=photo(**wishes))


@pytest.fixture
def media(settings, tmp_path):
    cache.clear()  # Wagtail remembers renditions of pictures that were rolled back
    settings.MEDIA_ROOT = tmp_path


# --- what a new site says


@pytest.mark.parametrize("slug", TEXTS)
def test_a_new_site_says_what_it_is_in_both_languages(client, home, slug):
    page = TextPage.objects.get(slug=slug)

    indonesian, english = client.get(f"/{slug}/").content.decode(), client.get(f"/en/{slug}/").content.decode()

    assert f"<h1>{page.title}</h1>" in indonesian
    assert f"<h1>{page.title_en}</h1>" in english
    assert len(page.body_id) == len(page.body_en) > 3
    assert "noindex" not in indonesian + english
    assert "{site_name}" not in indonesian + english


def test_every_page_leads_to_what_the_site_says_about_itself(client, home):
    foot = client.get("/en/library/").content.decode().split("<footer")[1]

    assert re.findall(r'href="(/en/[\w-]+/)">([\w ]+)</a>', foot.split("This site")[1])[:5] == [
        ("/en/about/", "About"),
        ("/en/code-of-conduct/", "Code of conduct"),
        ("/en/privacy/", "Privacy"),
        ("/en/help/", "Help"),
        ("/en/news/", "News"),
    ]


def test_what_editors_changed_or_threw_away_stays_so(home):
    TextPage.objects.get(slug="about").delete()
    TextPage.objects.filter(slug="help").update(lede_id="Ditulis penyunting")

    actions.ensure_home(by=User.objects.system())

    assert not TextPage.objects.filter(slug="about").exists()
    assert TextPage.objects.get(slug="help").lede_id == "Ditulis penyunting"


def test_a_home_from_before_gets_its_pages(home):
    HomePage.objects.update(was_given=[])
    Page.objects.child_of(home).delete()

    actions.ensure_home(by=User.objects.system())

    assert {page.slug for page in Page.objects.child_of(home)} >= {*TEXTS, "news", "library"}


# --- both languages


def test_a_page_without_english_shows_the_indonesian_and_says_so(client, home):
    one_block(home, "paragraph", "<p>Hanya dalam bahasa Indonesia.</p>")

    english, indonesian = client.get("/en/uji/").content.decode(), client.get("/uji/").content.decode()

    assert re.search(r'<div class="prose" lang="id">\s*<p>Hanya dalam bahasa Indonesia.</p>', english)
    assert "This text exists in Indonesian only." in english
    assert '<div class="prose">' in indonesian


def test_an_unpublished_page_is_gone(client, home):
    page = text_page(home)
    assert client.get("/uji/").status_code == 200

    page.unpublish()
    foot.forget()  # as the editors' screens do

    assert client.get("/uji/").status_code == 404
    assert "/uji/" not in client.get("/").content.decode()


@pytest.mark.parametrize("slug", ["library", "search", "accounts", "admin", "en", "media", "theme"])
def test_no_page_takes_an_address_of_the_site(home, slug):
    with pytest.raises(ValidationError, match=r"address|alamat"):
        TextPage(title="Uji", slug=slug).clean()


# --- blocks

DRAWN = {
    "heading": ({"words": "Bagian <satu>", "level": "h3"}, "<h3>Bagian &lt;satu&gt;</h3>"),
    "paragraph": ('<p class="x" style="color:red">Satu <b>dua</b><script>alert(1)</script></p>', "<p>Satu <b>dua</b>alert(1)</p>"),
    "notice": ({"tone": "stop", "words": "<p>Awas</p>"}, '<div class="notice" data-tone="stop">'),
    "steps": (["<p>Satu</p>"], '<ol class="steps"><li><div><p>Satu</p></div></li></ol>'),
    "two_sides": (
        {"first": {"heading": "Ini", "words": "<p>ya</p>"}, "second": {"heading": "Itu", "words": "<p>tidak</p>"}},
        '<div class="both"><section><h3>Ini</h3><p>ya</p></section><section><h3>Itu</h3><p>tidak</p></section></div>',
    ),
    "figures": ([{"number": "38", "meaning": "provinsi"}], "<div><dt>provinsi</dt><dd>38</dd></div>"),
    "table": (
        {"caption": "Jadwal", "cells": "Hari | Acara\nSenin | Belajar"},
        '<td data-label="Hari">Senin</td><td data-label="Acara">Belajar</td>',
    ),
    "channels": (None, "<li>SAPA"),
}


@pytest.mark.parametrize("kind", DRAWN)
def test_a_block_is_drawn_by_its_meaning_alone(client, home, kind):
    value, expected = DRAWN[kind]
    one_block(home, kind, value)

    drawn = client.get("/uji/").content.decode().split('<div class="prose">')[1].split("</article>")[0]

    assert expected in drawn
    assert "style=" not in drawn
    assert "<script" not in drawn


def test_chosen_practices_are_shown_to_those_who_may_see_them(client, cast, home):
    shown = public(cast["member"], cast["reviewer"], cast["safety_reviewer"], title="Untuk semua orang")
    inside = published(cast["member"], cast["reviewer"], title="Untuk jejaring saja")
    one_block(
        home, "entries", {"heading": "Pilihan", "practices": f"/library/{inside.slug}/\nhttps://situs.example/en/library/{shown.slug}/"}
    )

    visitors = client.get("/uji/").content.decode()
    client.force_login(cast["member2"])
    members = client.get("/uji/").content.decode()

    assert (shown.title in visitors, inside.title in visitors) == (True, False)
    assert members.index(inside.title) < members.index(shown.title)


def test_a_choice_that_nobody_may_see_leaves_no_trace(client, cast, home):
    inside = published(cast["member"], cast["reviewer"])
    one_block(home, "entries", {"heading": "Pilihan rahasia", "practices": inside.slug})

    assert "Pilihan rahasia" not in client.get("/uji/").content.decode()


# --- sections


def test_the_head_of_a_section_is_what_editors_wrote(client, library_page):
    SectionPage.objects.update(lede_id="Kalimat penyunting", lede_en="")

    indonesian, english = client.get("/library/").content.decode(), client.get("/en/library/").content.decode()

    assert '<p class="lede">Kalimat penyunting</p>' in indonesian
    assert '<p class="lede" lang="id">Kalimat penyunting</p>' in english
    assert library_page.get_url() == reverse("library")


def test_a_section_without_a_page_has_a_head_all_the_same(client, library_page):
    library_page.delete()

    assert client.get("/library/").content.decode().count("<h1>") == 1


def test_a_section_page_is_served_nowhere_else(client, library_page):
    library_page.slug = "pustaka-lain"
    library_page.save()

    assert client.get("/pustaka-lain/").status_code == 404
    assert client.get("/library/").status_code == 200


def test_featured_practices_stand_on_the_plain_shelf_for_those_who_may_see_them(client, cast, library_page):
    inside = published(cast["member"], cast["reviewer"], title="Untuk jejaring saja")
    SectionPage.objects.update(featured=inside.slug)

    visitors = client.get("/library/").content.decode()
    client.force_login(cast["member2"])
    members, asked = client.get("/library/").content.decode(), client.get("/library/?q=zzzz").content.decode()

    assert [inside.title in page for page in (visitors, members, asked)] == [False, True, False]


def test_the_preview_of_a_section_is_the_section_with_the_draft(client, cast, library_page):
    library_page.lede_id = "Draf penyunting"
    library_page.save_revision()
    client.force_login(cast["editor"])

    page = client.get(reverse("wagtailadmin_pages:view_draft", args=[library_page.pk])).content.decode()

    assert "Draf penyunting" in page
    assert 'data-narrow="cards"' not in page
    assert "Draf penyunting" not in client.get("/library/").content.decode()


@pytest.mark.parametrize("slug", ["about", "library"])
def test_a_preview_stands_in_a_frame_of_the_editors_screens_and_nowhere_else(client, cast, home, slug):
    page = Page.objects.child_of(home).get(slug=slug).specific
    told = {"title": page.title, "slug": slug, "title_en": "", "lede_id": "Draf penyunting", "lede_en": "", "section": "library"}
    told |= {"featured": "", "picture": "", "picture_alt_id": "", "picture_alt_en": "", "body_id-count": "0", "body_en-count": "0"}
    client.force_login(cast["editor"])
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    client.post(address, told)

    preview, itself = client.get(address, {"in_preview_panel": "true"}), client.get(f"/{slug}/")

    assert "Draf penyunting" in preview.content.decode()
    assert "frame-ancestors 'self'" in preview.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in itself.headers["Content-Security-Policy"]


def test_every_section_of_the_header_can_have_a_page():
    names = [name for name, _label in SectionPage._meta.get_field("section").flatchoices]

    assert names == [name for name, _label in menu.section_choices()]
    assert "library" in names


def test_a_picture_without_words_for_it_is_refused(media, library_page):
    library_page.picture = image()

    with pytest.raises(ValidationError, match="picture_alt_id"):
        library_page.clean()


# --- news


def test_news_stand_newest_first_on_their_page_and_on_home(client, home):
    index = NewsIndexPage.objects.get()
    for day in range(1, 13):
        index.add_child(instance=NewsPage(title=f"Kabar {day:02d}", slug=f"kabar-{day}", day=f"2026-01-{day:02d}"))

    first, second = client.get("/news/").content.decode(), client.get("/news/?page=2").content.decode()
    front = client.get("/").content.decode()

    told = [re.findall(r"Kabar \d\d", page.split("<main")[1].split("</main>")[0]) for page in (first, second, front)]
    assert told[0] == [f"Kabar {day:02d}" for day in range(12, 2, -1)]
    assert told[1] == ["Kabar 02", "Kabar 01"]
    assert told[2] == ["Kabar 12", "Kabar 11", "Kabar 10"]


def test_home_without_news_does_not_speak_of_them(client, home):
    assert 'id="h-news"' not in client.get("/").content.decode()


# --- pictures


@pytest.mark.parametrize("shape", ["plain", "band", "side"])
@pytest.mark.parametrize("form", pictures.FORMATS)
def test_a_picture_keeps_its_budget(media, shape, form):
    drawn = pictures.lightest(image(), shape, form)

    assert drawn.file.size <= pictures.MOST_BYTES[shape]
    assert drawn.filter_spec in pictures.SHOWN_TO_READERS


def test_a_picture_says_nothing_of_place_time_or_device():
    traces = Drawing.Exif()
    traces[0x010F], traces[0x0112] = "Kamera Kanari", 6
    original = photo(size=(80, 40), exif=traces)

    clean = without_traces(original)

    original.seek(0)
    assert b"Kanari" in original.read()
    assert b"Kanari" not in clean.read()
    with Drawing.open(clean) as drawn:
        assert (drawn.size, dict(drawn.getexif())) == ((40, 80), {})


def test_an_editors_upload_keeps_the_picture_alone(client, cast, media, home):
    traces = Drawing.Exif()
    traces[0x010F] = "Kamera Kanari"
    client.force_login(cast["editor"])

    client.post(
        reverse("wagtailimages:add"), {"title": "kelas", "file": photo(size=(80, 40), exif=traces), "collection": "1", "description": ""}
    )

    with Image.objects.get().file.open() as kept:
        assert b"Kanari" not in kept.read()


def test_a_picture_is_seen_once_its_page_is_published(client, cast, media, home):
    kept = image()
    page = one_block(home, "picture", {"picture": kept.pk, "alternative": "Kelas di balai desa", "shape": "plain", "caption": ""})
    shown = client.get("/uji/").content.decode()
    address = re.search(r'<img src="(/media/images/[^"]+)" alt="Kelas di balai desa"', shown)[1]
    thumbnail = kept.get_rendition("max-165x165").url
    assert client.get(address).headers["Content-Type"] == "image/webp"
    assert client.get(thumbnail).status_code == 404

    page.unpublish()

    assert client.get(address).status_code == 404
    client.force_login(cast["editor"])
    assert {client.get(address).status_code, client.get(thumbnail).status_code} == {200}


def test_originals_are_never_served(client, cast, media, home):
    kept = image()
    client.force_login(cast["editor"])

    assert client.get(kept.file.url).status_code == 404


# --- the second look


def test_another_editor_than_the_one_who_handed_in_approves(cast, home):
    page = TextPage.objects.get(slug="about")
    page.save_revision()
    first, second = cast["editor"], cast["member2"]
    second.groups.add(*first.groups.all())

    page.get_workflow().start(page, first)

    task = page.current_workflow_task
    assert task.specific.get_actions(page, first) == []
    assert [name for name, _label, _asks in task.specific.get_actions(page, second)] == ["reject", "approve", "approve"]


def test_publishing_a_page_is_journaled(client, cast, home):
    page = TextPage.objects.get(slug="about")
    client.force_login(cast["editor"])
    told = {"title": "Tentang kami", "title_en": "", "slug": "about", "lede_id": "Baru", "lede_en": "", "action-publish": "yes"}
    told |= {f"{body}-count": "0" for body in ("body_id", "body_en")}

    client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), told)

    page.refresh_from_db()
    assert (page.title, page.lede_id) == ("Tentang kami", "Baru")
    assert [activity.subject for activity in Activity.objects.filter(verb="published-page", actor=cast["editor"])] == [page]
