"""Every address of the site, from its resolver, filled with sample rows. A pattern nobody gave a sample fails the walk."""

import re
from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern

ENTRY_PAGES = (
    "edit contacts history claim stewards steward-end steward-renew ask inquiries logo logo-form level merge list unlist verify still-right"
).split()
TOPIC_PAGES = "reply unread latest people outcome steer split merge restore".split()
EVENT_PAGES = (
    "calendar edit announce clone cancel discard rsvp leave desk invite offices attendance list report certificate polls wall"
).split()
GROUP_PAGES = ("", "-change", "-apart", "-open", "-close", "-say", "-list")
POST_PAGES = "unseal history edit delete restore react answer file".split()
# What a named argument stands for. Keys are (url name, argument) where the name alone would not tell.
ARGUMENTS = {
    "slug": "slug",
    **{(f"reading-list{end}", "slug"): "list" for end in ("", "-edit", "-delete", "-ask", "-open", "-keep")},
    ("practice-sealed", "pk"): "practice",
    ("held-text", "pk"): "practice",
    ("review-item", "pk"): "practice",
    ("safety-item", "pk"): "practice",
    ("review-claim", "pk"): "practice",
    ("review-release", "pk"): "practice",
    ("review-report", "pk"): "report",
    ("report-withdraw", "pk"): "report",
    ("application", "pk"): "application",
    ("admit", "pk"): "application",
    ("decline", "pk"): "application",
    ("circle", "pk"): "circle",
    ("let-in", "pk"): "circle",
    ("take-out", "pk"): "circle",
    ("withdraw-invitation", "pk"): "invitation",
    ("invited", "token"): "token",
    "handle": "handle",
    "file": "file",
    ("practice-file", "name"): "file_name",
    **{(name, "slug"): "organisation" for name in ("organisation", *(f"organisation-{end}" for end in ENTRY_PAGES))},
    **{(f"organisation-steward-{deed}", "pk"): "stewardship" for deed in ("end", "renew")},
    ("directory-claim", "pk"): "claim",
    ("organisation-confirm", "token"): "entry_token",
    **{(f"saved-search-{deed}", "pk"): "saved" for deed in ("open", "rename", "delete")},
    **{(name, "slug"): "forum" for name in ("forum", "topic-new", "forum-edit", "forum-archive")},
    **{(name, "pk"): "topic" for name in ("topic", *(f"topic-{end}" for end in TOPIC_PAGES))},
    ("topic", "slug"): "topic_slug",
    ("draft-from-topic", "pk"): "topic",
    ("draft-from-card", "slug"): "event",
    ("draft-from-card", "seq"): "card",
    **{(name, "pk"): "post" for name in ("post", "waiting-item", *(f"post-{end}" for end in POST_PAGES))},
    ("post-file", "file"): "post_file",
    ("post-file", "name"): "file_name",
    ("unsealing", "pk"): "unsealing",
    **{(name, "slug"): "event" for name in ("event", "event-room", "event-backstage", "event-silence")},
    **{(f"event-{page}", "slug"): "event" for page in EVENT_PAGES},
    ("event-out", "slug"): "event_of_guests",
    ("event-out", "handle"): "guest",
    **{(name, "slug"): "event" for name in ("event-poll", "event-poll-discard")},
    **{(name, "number"): "poll" for name in ("event-poll", "event-poll-discard")},
    **{(f"room-{page}", "slug"): "event" for page in ("record", "replay")},
    **{(f"event-groups{page}", "slug"): "event" for page in GROUP_PAGES},
    **{(name, "slug"): "event" for name in ("event-group", "event-group-why")},
    **{(name, "room"): "group" for name in ("event-group", "event-group-why")},
    **{(name, "room"): "room" for name in ("room-log", "room-actions")},
    ("notification", "pk"): "notification",
    ("watch-end", "pk"): "watch",
    **{(name, "pk"): "case" for name in ("case", "case-claim")},
    **{(name, "pk"): "decision" for name in ("decision", "decision-undo")},
    ("appeal", "pk"): "appeal",
    ("word", "pk"): "word",
    ("report", "kind"): "report_kind",
    ("block", "kind"): "block_kind",
    ("unblock", "pk"): "block",
    ("block", "pk"): "report_pk",
    ("report", "pk"): "report_pk",
}
# Samples for addresses of libraries, whose rows we do not plant.
FIXED = {
    "account_confirm_email": [{"key": "MQ:aaaa:bbbb"}],
    "account_reset_password_from_key": [{"uidb36": "1", "key": "set-password"}, {"uidb36": "1", "key": "abc-def"}],
    "wagtaildocs_serve": [{"document_id": 1, "document_filename": "a.pdf"}],
    "wagtaildocs_authenticate_with_password": [{"restriction_id": 1}],
    "wagtailcore_authenticate_with_password": [{"page_view_restriction_id": 1, "page_id": 1}],
    "wagtailimages_serve": [{"signature": "x", "image_id": 1, "filter_spec": "original"}],
    "picture": [{"name": "none.webp"}],
    "sitemap-part": [
        {"section": "pages"},
        {"section": "sections"},
        {"section": "library"},
        {"section": "directory"},
        {"section": "forums"},
    ],
    "demo-mail": [{"name": "20260101-000000-000000000-00000000"}],
    "objection": [{"token": "kanari"}],
    "end-session": [{"pk": 1}],
    "import-run": [{"pk": 1}],
    "import-start": [{"pk": 1}],
    "import-drop": [{"pk": 1}],
    "mfa_edit_webauthn": [{"pk": 1}],
    "mfa_remove_webauthn": [{"pk": 1}],
    "end-task": [{"handle": "kanari", "pk": 1}],
    "leave-organisation": [{"handle": "kanari", "pk": 1}],
}


class NoSample(AssertionError):
    """A pattern was added and the canary does not know how to visit it."""


def all_patterns(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Routes and their patterns; the language prefix is left out, both languages are walked."""
    for entry in (resolver or get_resolver()).url_patterns:
        own = "" if isinstance(entry.pattern, LocalePrefixPattern) else str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from all_patterns(entry, prefix + own)
        else:
            yield prefix + own, entry


def addresses(samples: dict[str, list]) -> list[str]:
    """Paths of our own patterns, with every sample row in every place."""
    paths: dict[str, None] = {}
    for route, pattern in all_patterns():
        if not route.startswith("admin/"):
            for path in _filled(route, pattern, samples):
                paths[path] = None
    return list(paths)


def admin_addresses() -> list[str]:
    """Wagtail's admin, with number 1 wherever it asks for a row; without the page that raises an error on purpose."""
    routes = [route for route, pattern in all_patterns() if route.startswith("admin/") and pattern.name != "wagtailadmin_error_test"]
    return [_plain(re.sub(r"<(?:\w+:)?\w+>", "1", route)) for route in routes]


def _filled(route: str, pattern: URLPattern, samples: dict[str, list]) -> Iterator[str]:
    names = list(pattern.pattern.converters) or re.findall(r"\(\?P<(\w+)>", route)
    if pattern.name in FIXED:
        choices = FIXED[pattern.name]
    elif not names:
        choices = [{}]
    else:
        choices = _choices(pattern, names, samples)
    for chosen in choices:
        yield _plain(_fill(route, chosen))


def _choices(pattern: URLPattern, names: list[str], samples: dict[str, list]) -> list[dict]:
    kinds = {name: ARGUMENTS.get((pattern.name, name)) or ARGUMENTS.get(name) for name in names}
    unknown = [name for name, kind in kinds.items() if kind not in samples]
    if unknown:
        raise NoSample(
            f"The canary has no sample for {unknown} of {pattern.name or pattern.pattern}: add one in tests/canary/addresses.py."
        )
    first = {name: samples[kind][0] for name, kind in kinds.items()}
    return [first | {name: value} for name, kind in kinds.items() for value in samples[kind]]


def _fill(route: str, chosen: dict) -> str:
    for name, value in chosen.items():
        route = re.sub(rf"<(?:\w+:)?{name}>", str(value), route)
        route = re.sub(rf"\(\?P<{name}>(?:\[[^\]]*\]|[^()\[\]]|\([^()]*\))*\)", str(value), route)
    return route


def _plain(route: str) -> str:
    """A route without the signs of regular expressions."""
    return "/" + re.sub(
        r"\\(.)", r"\1", route.replace("^", "").replace("$", "").replace("\\Z", "").replace("(?:", "").replace(")", "").replace("?", "")
    )
