"""Days and times on the reader's own clock."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

LATE = datetime(2026, 11, 20, 16, 30, tzinfo=UTC)  # a Friday night in Jakarta, Saturday in Jayapura


def drawn(tag, moment, *, zone="", language="id"):
    request = RequestFactory().get("/")
    if zone:
        request.COOKIES["zone"] = zone
    with translation.override(language):
        return Template("{% load moments %}{% " + tag + " moment %}").render(Context({"request": request, "moment": moment}))


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("", '<time datetime="2026-11-20T23:30:00+07:00">20 November 2026, 23.30 WIB</time>'),
        ("Asia/Jakarta", '<time datetime="2026-11-20T23:30:00+07:00">20 November 2026, 23.30 WIB</time>'),
        ("Asia/Makassar", '<time datetime="2026-11-21T00:30:00+08:00">21 November 2026, 00.30 WITA</time>'),
        ("Asia/Jayapura", '<time datetime="2026-11-21T01:30:00+09:00">21 November 2026, 01.30 WIT</time>'),
        ("Mars/Base", '<time datetime="2026-11-20T23:30:00+07:00">20 November 2026, 23.30 WIB</time>'),
    ],
)
def test_a_moment_is_told_on_the_readers_clock_with_its_word(zone, words):
    assert drawn("local_time", LATE, zone=zone) == words


@pytest.mark.parametrize(("language", "month"), [("id", "Mei"), ("en", "May")])
def test_months_are_told_in_the_readers_language(language, month):
    assert f"3 {month} 2026" in drawn("local_time", datetime(2026, 5, 3, 5, 0, tzinfo=UTC), language=language)


def test_the_day_of_a_moment_is_the_readers_day():
    assert drawn("local_day", LATE, zone="Asia/Jayapura") == '<time datetime="2026-11-21">21 November 2026</time>'


def test_a_day_is_the_same_day_everywhere():
    assert drawn("local_day", date(2026, 11, 20), zone="Asia/Jayapura") == '<time datetime="2026-11-20">20 November 2026</time>'


@pytest.mark.parametrize("tag", ["local_time", "local_day"])
def test_what_has_not_happened_is_not_told(tag):
    assert drawn(tag, None) == ""


def test_a_mail_that_nobody_reads_yet_tells_the_sites_own_time():
    words = Template("{% load moments %}{% local_time moment %}").render(Context({"moment": LATE}))

    assert "23.30 WIB" in words
