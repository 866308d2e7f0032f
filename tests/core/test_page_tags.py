"""The tags that page templates write with."""

import re

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory


def drawn(source: str, path: str = "/library/", **context) -> str:
    request = RequestFactory().get(path)
    return Template("{% load page %}" + source).render(Context({"request": request, **context}))


@pytest.mark.parametrize(
    ("language", "path", "expected"),
    [
        ("en", "/library/?q=a&page=2", "/en/library/?q=a&amp;page=2"),
        ("id", "/en/library/", "/library/"),
        ("id", "/library/", "/library/"),
        ("en", "/", "/en/"),
        ("id", "/en/", "/"),
        ("en", "/english-lessons/", "/en/english-lessons/"),
        ("en", '/x/?q="><script>', "/en/x/?q=&quot;&gt;&lt;script&gt;"),
        ("id", "/en//evil.example/", "/evil.example/"),
        ("en", "/a%3Fb/", "/en/a%3Fb/"),
    ],
)
def test_a_page_has_the_same_address_in_the_other_language(language, path, expected):
    assert drawn(f"{{% page_url_in '{language}' %}}", path) == expected


def test_a_new_choice_keeps_the_rest_of_the_query_and_starts_at_page_one():
    assert drawn("{% query_with sort='new' %}", "/library/?q=a&scale=x&scale=y&page=3") == "?q=a&amp;scale=x&amp;scale=y&amp;sort=new"
    assert drawn("{% query_with page=3 %}", "/library/?q=a&page=2") == "?q=a&amp;page=3"
    assert drawn("{% query_with q=none %}", "/library/?q=a&scale=x") == "?scale=x"


def test_taking_a_filter_away_leaves_its_neighbours():
    assert drawn("{% query_without 'scale' 'x' %}", "/library/?scale=x&scale=y&page=3") == "?scale=y"


def test_every_deed_key_is_a_new_one():
    first, second = drawn("{% deed_key %}"), drawn("{% deed_key %}")

    assert re.fullmatch(r'<input type="hidden" name="deed_key" value="[0-9a-f-]{36}">', first)
    assert first != second


def test_an_icon_is_silent_and_comes_from_the_hashed_sprite():
    svg = drawn("{% icon 'search' %}")

    assert re.fullmatch(r'<svg class="icon" aria-hidden="true"><use href="/static/bundles/sprite\.[0-9a-f]{12}\.svg#search"/></svg>', svg)


def test_page_numbers_leave_gaps_in_long_lists():
    page = Paginator(range(1000), 10).page(50)

    assert drawn("{% page_numbers page as numbers %}{{ numbers|join:' ' }}", page=page) == "1 … 48 49 50 51 52 … 100"


class Story(forms.Form):
    title = forms.CharField(label="Judul", help_text="Satu kalimat.")
    text = forms.CharField(label="Isi", widget=forms.Textarea, required=False)
    level = forms.ChoiceField(label="Siapa", widget=forms.RadioSelect, choices=[("a", "Anggota"), ("b", "Publik")])
    choice_help = {"level": {"b": "Ditelaah dulu."}}
    findings: dict = {}


def test_a_field_names_its_help_its_words_and_its_errors():
    form = Story({"title": ""})

    html = drawn("{% field form.title words='3 kata' %}", form=form)

    assert 'data-state="stop"' in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_title_helptext id_title_words id_title_error"' in html
    assert all(f'id="id_title_{part}"' in html for part in ("helptext", "words", "error"))


def test_a_finding_shows_its_place_masked_and_stops_the_field():
    form = Story({"title": "x", "text": "y", "level": "a"})
    form.findings = {
        "text": [{"action": "block", "title": "Ada nomor", "before": "NIK ", "mask": "••••", "after": " dan", "advice": "Hapus."}]
    }

    html = drawn("{% errors_summary form %}{% field form.text %}", form=form)

    assert "NIK <i>••••</i> dan" in html
    assert '<a href="#id_text">Isi</a>: Ada nomor' in html
    assert 'data-state="stop"' in html


def test_a_warning_asks_and_does_not_stop():
    form = Story({"title": "x", "text": "y", "level": "a"})
    form.findings = {"text": [{"action": "warn", "title": "Mungkin", "before": "", "mask": "•", "after": "", "advice": ""}]}

    html = drawn("{% errors_summary form %}{% field form.text %}", form=form)

    assert 'data-state="warn"' in html
    assert "aria-invalid" not in html
    assert "errors-summary" not in html


def test_choices_are_one_fieldset_with_their_help():
    html = drawn("{% field form.level %}", form=Story())

    assert html.count("<fieldset") == 1
    assert html.count('type="radio"') == 2
    assert "Ditelaah dulu." in html


def test_what_people_type_is_never_markup():
    form = Story({"title": '"><script>alert(1)</script>', "text": "</textarea><script>"})

    html = drawn("{% for bound in form %}{% field bound %}{% endfor %}", form=form)

    assert "<script" not in html


def test_the_summary_calls_a_field_what_the_page_calls_it():
    class Door(forms.Form):
        login = forms.CharField(label="Login")
        word = forms.CharField(label="Word")

    page = drawn("{% errors_summary form login='E-mail' %}", form=Door({}))

    assert re.findall(r'<a href="#\w+">([^<]+)</a>', page) == ["E-mail", "Word"]
