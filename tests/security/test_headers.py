"""What every answer carries, on every address, for whoever asks."""

import json
import subprocess
import sys

import pytest
from django.conf import settings

from tests import databases, factories
from tests.test_start import PRODUCTION

POLICY = {
    "default-src": {"'none'"},
    "script-src": {"'self'"},
    "style-src": {"'self'"},
    "img-src": {"'self'", "data:", "blob:"},
    "font-src": {"'self'"},
    "connect-src": {"'self'", "wss://testserver", "ws://testserver"},
    "manifest-src": {"'self'"},
    "form-action": {"'self'"},
    "object-src": {"'none'"},
    "base-uri": {"'none'"},
    "frame-ancestors": {"'none'"},
    "report-uri": {"/reports/policy"},
    "require-trusted-types-for": {"'script'"},
}
# Wagtail's own rooms, for editors only: docs/decisions/006-editors-screens.md.
ADMIN_POLICY = POLICY | {
    "script-src": {"'self'", "'unsafe-inline'"},
    "style-src": {"'self'", "'unsafe-inline'"},
    "connect-src": {"'self'"},
    "frame-src": {"'self'"},
    "frame-ancestors": {"'self'"},
}
del ADMIN_POLICY["require-trusted-types-for"]
# What members upload opens nowhere on this site: docs/files.md.
DOWNLOAD_POLICY = {"sandbox": set(), "default-src": {"'none'"}}
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
ROUTES = {"visitor": ("ours", "english"), "author": ("ours",), "secretariat": ("ours",), "editor": ("admin",)}


def policy_of(answer):
    parts = [part.split() for part in answer.headers.get("Content-Security-Policy", "").split(";") if part.strip()]
    return {name: set(values) for name, *values in parts}


def expected_policy(path, answer, *, is_editor):
    if "/files/" in path and answer.status_code == 200 and answer.headers.get("Content-Disposition"):  # of the library and the forums
        return DOWNLOAD_POLICY
    if path.startswith("/admin/") and is_editor:
        return ADMIN_POLICY
    # htmx writes HTML: what loads it goes without trusted types.
    if b"/bundles/htmx." in getattr(answer, "content", b""):
        return {name: values for name, values in POLICY.items() if name != "require-trusted-types-for"}
    return POLICY


@pytest.mark.canary
@pytest.mark.parametrize("who", ROUTES)
def test_every_answer_carries_the_headers(who, client_of, paths):
    client, wrong = client_of(who), {}
    way = [path for route in ROUTES[who] for path in paths[route]]

    for path in way:
        answer = client.get(path)
        if found := what_is_wrong(path, answer, who):
            wrong[f"{path} ({answer.status_code})"] = found

    assert len(way) > 50
    assert wrong == {}


@pytest.mark.parametrize("who", ["visitor", "moderator"])
def test_the_editors_rooms_refuse_others_under_the_sites_own_policy(who, client_of):
    for path in ("/admin/", "/admin/pages/", "/admin/practices/"):
        answer = client_of(who).get(path)

        assert answer.status_code == (302 if who == "visitor" else 403)
        assert policy_of(answer) == POLICY


def what_is_wrong(path, answer, who):
    found = [name for name, value in FIXED.items() if answer.headers.get(name) != value]
    if policy_of(answer) != expected_policy(path, answer, is_editor=who == "editor"):
        found.append(answer.headers.get("Content-Security-Policy", "no policy"))
    if "geolocation=()" not in answer.headers.get("Permissions-Policy", ""):
        found.append("Permissions-Policy")
    kind = answer.headers.get("Content-Type", "").replace('"', "")
    if (
        (answer.streaming or answer.content)
        and "charset=utf-8" not in kind.lower()
        and not kind.startswith(("image/", "font/", "application/octet", "application/vnd.openxmlformats"))
    ):
        found.append(f"charset: {kind}")
    if who != "visitor" and "no-store" not in answer.headers.get("Cache-Control", ""):
        found.append(f"Cache-Control: {answer.headers.get('Cache-Control')}")
    if answer.status_code >= 500 and path not in {"/readyz"}:
        found.append("broken")
    return found


@pytest.mark.parametrize(
    ("asked", "sockets"),
    [
        ({"secure": True}, {"'self'", "wss://testserver"}),
        ({"headers": {"host": "localhost:8123"}}, {"'self'", "wss://localhost:8123", "ws://localhost:8123"}),
        ({"headers": {"host": "evil.example"}}, {"'self'"}),
        ({"headers": {"host": "localhost; script-src *"}}, {"'self'"}),
    ],
)
def test_pages_open_sockets_at_the_host_that_was_asked_and_nowhere_else(asked, sockets, client, db):
    answer = client.get("/healthz", **asked)

    assert policy_of(answer) == POLICY | {"connect-src": sockets}


def test_bundles_and_pictures_carry_the_headers_too(client):
    from cop_site.core.assets import asset_url

    for name in ("site.css", "site.js", "img/sprite.svg"):
        answer = client.get(asset_url(name))

        assert answer.status_code == 200
        assert {header: answer.headers.get(header) for header in FIXED} == FIXED
        assert "charset=utf-8" in answer["Content-Type"].replace('"', "")


def test_a_form_that_was_refused_is_not_stored_either(client_of):
    answer = client_of("author").post("/library/share/", {"title": ""})

    assert answer.status_code == 422
    assert "no-store" in answer["Cache-Control"]


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(client, db):
    person = factories.person("Ada")
    client.get("/accounts/login/")
    client.post("/accounts/login/", {"login": person.email, "password": factories.PASSWORD})
    client.post("/theme/", {"theme": "dark"})

    assert set(client.cookies) == {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.DEVICE_COOKIE_NAME, "theme"}
    assert {name: (cookie["httponly"], cookie["samesite"]) for name, cookie in client.cookies.items()} == dict.fromkeys(
        client.cookies, (True, "Lax")
    )


ASK_IN_PRODUCTION = """
import json, django
django.setup()
from django.test import Client
client = Client(headers={"host": "forum.example"})
plain = client.get("/accounts/login/")
page = client.get("/setup/", secure=True)  # a site without a secretariat leads everybody there
client.get("/library/", secure=True)
client.post("/theme/", {"theme": "dark"}, secure=True)
from cop_site.core.assets import asset_url
ways = ["/no-such-page/", "/setup/", "/healthz", "/api/v1/search", asset_url("site.css")]
print(json.dumps({
    "everywhere": {client.get(way, secure=True).headers.get("Strict-Transport-Security") for way in ways} == {page.headers.get("Strict-Transport-Security")},
    "plain": [plain.status_code, plain.headers.get("Location")],
    "status": page.status_code,
    "hsts": page.headers.get("Strict-Transport-Security"),
    "cookies": {name: {key: cookie[key] for key in ("secure", "httponly", "samesite", "path", "domain")} for name, cookie in client.cookies.items()},
}))
"""


@pytest.mark.slow
def test_production_speaks_https_only_and_its_cookies_are_bound_to_the_host(tmp_path, django_db_setup):
    (tmp_path / "db.sqlite3").write_bytes(databases.template().read_bytes())

    done = subprocess.run(
        [sys.executable, "-c", ASK_IN_PRODUCTION],
        env={**PRODUCTION, "COP_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "cop_site.settings", "PATH": "/usr/bin:/bin"},
        cwd=databases.ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])

    assert told["plain"] == [301, "https://forum.example/accounts/login/"]
    assert told["status"] == 200
    assert told["hsts"] == "max-age=31536000; includeSubDomains; preload"
    assert told["everywhere"]
    assert set(told["cookies"]) == {"__Host-csrf", "__Host-theme"}
    for name, cookie in told["cookies"].items():
        assert cookie["secure"], name
        assert cookie["httponly"], name
        assert (cookie["samesite"], cookie["path"], cookie["domain"]) == ("Lax", "/", ""), name


def test_production_names_its_cookies_so_that_they_are_bound_to_the_host():
    source = (databases.ROOT / "cop_site/settings/production.py").read_text()

    assert 'SESSION_COOKIE_NAME = "__Host-session"' in source
    assert 'DEVICE_COOKIE_NAME = "__Host-device"' in source
