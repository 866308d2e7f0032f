"""What browsers tell about what the Content-Security-Policy stopped."""

import json
import logging

import pytest
from django.core.cache import cache
from django.test import Client

ONE = "application/csp-report"
SEVERAL = "application/reports+json"


@pytest.fixture(autouse=True)
def _nothing_told_yet():
    cache.clear()


@pytest.fixture
def told(caplog):
    """The lines of the log that are about reports."""
    caplog.set_level(logging.WARNING, logger="cop_site.core.policy_reports")
    return lambda: [line.getMessage() for line in caplog.records if line.name == "cop_site.core.policy_reports"]


def send(body, kind=ONE, **headers):
    return Client(enforce_csrf_checks=True).post("/reports/policy", body, content_type=kind, headers=headers).status_code


def report(rule="script-src-elem", stopped="inline", **more):
    return json.dumps({"csp-report": {"effective-directive": rule, "blocked-uri": stopped, **more}})


@pytest.mark.parametrize(
    ("stopped", "words"),
    [
        ("inline", "inline"),
        ("https://evil.example/x.js?token=s3cret", "something from elsewhere"),
        ("http://testserver/accounts/password/reset/key/1-s3cret/", "an address of this site"),
        ("http://[", "something from elsewhere"),
    ],
)
def test_the_log_says_which_rule_stopped_what_kind_of_thing(stopped, words, told, db):
    status = send(report(stopped=stopped, **{"document-uri": "http://testserver/library/s3cret/", "referrer": "https://s3cret.example/"}))

    assert status == 204
    assert told() == [f"The Content-Security-Policy stopped something: script-src, {words}"]


def test_several_reports_in_the_newer_form_are_read_too(told, db):
    body = [{"type": "csp-violation", "body": {"effectiveDirective": rule, "blockedURL": "eval"}} for rule in ("img-src", "style-src-attr")]

    assert send(json.dumps(body), SEVERAL) == 204

    assert told() == [f"The Content-Security-Policy stopped something: {rule}, eval" for rule in ("img-src", "style-src")]


def test_the_same_is_written_once_an_hour_and_words_of_others_never(told, db):
    for number in range(20):
        send(report(rule=f"made-up-{number}\nline", stopped=f"https://x{number}.example/"))

    assert told() == ["The Content-Security-Policy stopped something: unknown, something from elsewhere"]


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        ("{", ONE, 400),
        ("[" * 16_000, ONE, 400),
        ("null", ONE, 204),
        ('[1, null, {"body": []}]', SEVERAL, 204),
        ('{"csp-report": "x"}', ONE, 204),
        (" " * 20_000, ONE, 413),
        (report(), "text/plain", 415),
        ("rule=script-src", "application/x-www-form-urlencoded", 415),
    ],
)
def test_what_is_no_report_is_refused_or_passed_over(body, kind, status, told, db):
    assert send(body, kind) == status

    assert told() == []


def test_a_report_sent_for_another_site_is_refused(db):
    assert send(report(), **{"Sec-Fetch-Site": "cross-site"}) == 403
