"""Members' words: nothing runs, nothing is fetched, and what was typed is what stands there."""

import time

import pytest

from cop_site.core import text
from tests.hostile import MARKUP, VECTORS, Reader


@pytest.mark.parametrize("group", MARKUP)
def test_no_forbidden_element_attribute_or_address_is_left(group):
    found = {vector: forbidden for vector in MARKUP[group] if (forbidden := Reader(text.render(vector)).forbidden)}

    assert found == {}


def test_the_corpus_is_large_enough():
    assert len(VECTORS) >= 250


def test_nh3_finds_nothing_that_bleach_let_through():
    """Both read the same tree; spelling of entities apart, the last word changes nothing."""

    def tree(html: str) -> tuple:
        read = Reader(html)
        return read.elements, read.ends, read.words, read.strange

    found = [vector for vector in VECTORS if tree(bleached := text.first_word(text.written(vector))) != tree(text.last_word(bleached))]

    assert found == []


def test_markup_without_markdown_in_it_is_shown_as_typed():
    typed = [
        vector
        for group in (
            "script tags",
            "event handlers",
            "svg and math",
            "mutation",
            "tags that fetch",
            "entities",
            "template and script contexts",
        )
        for vector in MARKUP[group]
        if not set(vector) & set("*`\\&[]_#{\x00")
        and "://" not in vector
        and not vector.startswith(("-", "+", ">", " "))
        and "\n>" not in vector
    ]

    changed = {vector: shown for vector in typed if (shown := Reader(text.render(vector)).words) != " ".join(text.normal(vector).split())}

    assert len(typed) > 80
    assert changed == {}


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("5 < 6 & 7 > 2", "5 < 6 & 7 > 2"),
        ("&amp;lt;b&amp;gt;", "&lt;b&gt;"),
        ("&amp;#60;b", "&#60;b"),
        ("`&lt;b&gt;`", "&lt;b&gt;"),
        ("R&D, AT&T, &copy;", "R&D, AT&T, ©"),
        ('“kutip” dan "kutip"', '“kutip” dan "kutip"'),
        ("![gambar](https://contoh.org/a.png)", "!gambar (contoh.org)"),
        ("a\u202eb\u2066c", "abc"),
        ("&#x202e;a", "a"),
        ("e\u0301", "é"),
        ("a\x00b\x07c\x1bd", "abcd"),
        ("\ud83da", "a"),
        ("baris\r\nsatu", "baris satu"),
    ],
)
def test_what_is_typed_is_what_stands_there(typed, shown):
    assert Reader(text.render(typed)).words == shown


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("# Judul", "<h2>Judul</h2>"),
        ("## Bagian", "<h2>Bagian</h2>"),
        ("*miring* **tebal**", "<p><em>miring</em> <strong>tebal</strong></p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("> kutipan", "<blockquote>\n<p>kutipan</p>\n</blockquote>"),
        ("a\n\n---\n\nb", "<p>a</p>\n<hr>\n<p>b</p>"),
    ],
)
def test_markdown_becomes_html(typed, html):
    assert text.render(typed).strip() == html


def test_every_link_says_that_its_author_is_a_member():
    links = [link for vector in VECTORS for link in Reader(text.render(vector)).links]

    assert len(links) > 40
    assert {link["rel"] for link in links} == {"noopener nofollow ugc"}


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("[di sini](https://contoh.org/a)", "di sini (contoh.org)"),
        ("[https://bank.example](https://evil.example)", "https://bank.example (evil.example)"),
        ("[evil.example.bank.com](https://evil.example)", "evil.example.bank.com (evil.example)"),
        ("[bank.example/evil.example](https://evil.example)", "bank.example/evil.example (evil.example)"),
        ("[evil.example@bank.com](https://evil.example)", "evil.example@bank.com (evil.example)"),
        ("https://contoh.org/laporan", "https://contoh.org/laporan"),
        ("lihat contoh.org", "lihat contoh.org"),
        ("<https://contoh.org>", "https://contoh.org"),
        ("[**tebal**](https://contoh.org)", "tebal (contoh.org)"),
        ("[а](https://contoh.org)", "а (contoh.org)"),
        ("[rak](/library/)", "rak"),
        ("[kami](http://localhost:8000/library/)", "kami"),
    ],
)
def test_the_host_of_another_site_stands_beside_its_link(typed, shown):
    read = Reader(text.render(typed))

    assert read.words == shown
    assert len(read.links) == 1


@pytest.mark.parametrize(
    "address",
    [
        "//evil.example",
        "/\\evil.example",
        "https:evil.example",
        "http:\\\\evil.example",
        "https://a@evil.example",
        "tel:110",
        "ftp://a.org",
        "a",
        "#a",
        "?a",
    ],
)
def test_an_address_that_is_not_what_it_seems_is_no_link(address):
    read = Reader(text.render(f"[kata *ini*](<{address}>)"))

    assert read.links == []
    assert "kata ini" in read.words


def test_a_query_in_an_address_survives():
    assert Reader(text.render("https://contoh.org/?a=1&copy=2&lt=3")).links[0]["href"] == "https://contoh.org/?a=1&copy=2&lt=3"


def test_cleaning_what_is_clean_changes_nothing():
    changed = [vector for vector in VECTORS if text.last_word(text.render(vector)) != text.render(vector)]

    assert changed == []


def test_plain_words_have_no_tags_and_no_entities():
    assert text.plain(text.render("**A & B** < C\n\n- satu\n- dua")) == "A & B < C satu dua"


def test_one_line_is_one_line():
    assert text.one_line("  a\r\nb\u2028c\x00\t d\u202e ") == "a b c d"


N = 10_000
STRESS = {
    "brackets": "[" * N,
    "brackets closed": "[" * N + "]" * N,
    "links opened": "[a](" * (N // 4),
    "pictures opened": "![" * (N // 2),
    "links in links": "[a" * (N // 2) + "](b)" * (N // 4),
    "stars": "*" * N,
    "stars and words": "*a " * (N // 3),
    "stars both ways": "*a **b " * (N // 7),
    "underscores": "_a_" * (N // 3),
    "backticks": "`" * N,
    "backticks of all lengths": "".join("`" * n + " " for n in range(1, 200)),
    "quotes": "> " * (N // 2),
    "quotes in lines": "> " * 100 + "\n" + (">" * 50 + "\n") * 200,
    "lists": "- " * (N // 2),
    "lists in lines": "".join(" " * n + "- a\n" for n in range(150)),
    "numbers": "1. a\n" * (N // 5),
    "table": "|a" * (N // 2) + "\n" + "|-" * (N // 2),
    "table rows": "|a|b|\n|-|-|\n" + "|x|y|\n" * (N // 6),
    "headings": "# a\n" * (N // 4),
    "underlined": "a\n=\n" * (N // 4),
    "rules": "---\n" * (N // 4),
    "fences": "```\n" * (N // 4),
    "entities": "&amp;" * (N // 5),
    "ampersands": "&" * N,
    "half entities": "&#" * (N // 2),
    "less than": "<" * N,
    "tags": "<a>" * (N // 3),
    "comments": "<!--" * (N // 4),
    "addresses": "https://contoh.org/a " * (N // 21),
    "one address": "https://contoh.org/" + "a" * N,
    "dots": "a." * (N // 2),
    "dots and a country": "a." * (N // 2) + "id",
    "brackets in an address": "https://contoh.org/" + "(" * (N // 2) + ")" * (N // 2),
    "at signs": "a@" * (N // 2),
    "backslashes": "\\" * N,
    "references": "".join(f"[{n}]: /a\n" for n in range(N // 12)) + "[1]" * 500,
    "accents": "e" + "\u0301" * N,
    "blank lines": "\n" * N,
    "spaces": "a" + " " * N + "b",
    "tabs": "\t" * N + "a",
    "one word": "a" * N,
}


@pytest.mark.slow
@pytest.mark.parametrize("name", STRESS)
def test_rendering_takes_no_longer_than_the_text_deserves(name):
    started = time.thread_time()

    html = text.render(STRESS[name])

    assert time.thread_time() - started < 2
    assert Reader(html).forbidden == []


def test_there_are_enough_stress_inputs():
    assert len(STRESS) >= 38
