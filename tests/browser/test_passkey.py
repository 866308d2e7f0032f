"""Passkeys in a real browser, with a device that Chromium plays; and what Back shows after signing out."""

import pytest

from tests import factories
from tests.browser import axe

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def person(site):
    return factories.person("Ada", email="ada@people.example")


@pytest.fixture
def page(site, new_context):
    """At http://localhost: a passkey belongs to a name, not to a number."""
    page = new_context(base_url=site.url.replace("127.0.0.1", "localhost")).new_page()
    page.troubles = []
    page.on("pageerror", lambda error: page.troubles.append(str(error)))
    page.on("console", lambda said: page.troubles.append(said.text) if said.type == "error" else None)
    return page


def with_device(page):
    wire = page.context.new_cdp_session(page)
    wire.send("WebAuthn.enable")
    device = wire.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})["authenticatorId"]
    return wire, device


def sign_in(page):
    page.goto("/accounts/login/")
    page.fill("input[name=login]", "ada@people.example")
    page.fill("input[name=password]", factories.PASSWORD)
    with page.expect_navigation():
        page.click("form[data-form=sign-in] button")


def sign_out(page):
    page.goto("/accounts/logout/")
    with page.expect_navigation():
        page.click("main form button")


def test_a_passkey_is_made_signs_in_and_is_taken_away(page, person, site):
    wire, device = with_device(page)
    sign_in(page)
    page.goto("/accounts/2fa/webauthn/add/")
    page.fill("input[name=password]", factories.PASSWORD)  # first: is it you?
    with page.expect_navigation():
        page.click("form[data-form=reauthenticate] button")

    page.fill("form[data-form=add-passkey] input[name=name]", "Telepon Ada")
    with page.expect_navigation():
        page.click("pass-key button")
    assert page.url.endswith("/accounts/2fa/recovery-codes/")
    assert len(page.locator("main code").all()) == 10
    [credential] = wire.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"]
    assert (credential["rpId"], credential["isResidentCredential"]) == ("localhost", True)

    sign_out(page)
    page.goto("/accounts/login/?next=/accounts/2fa/webauthn/")
    with page.expect_navigation(url="**/accounts/2fa/webauthn/"):
        page.click("pass-key button")
    assert page.locator("main li b").inner_text() == "Telepon Ada"

    sign_out(page)
    sign_in(page)  # the password alone leads to the second step, where the passkey helps too
    assert page.url.endswith("/accounts/2fa/authenticate/")
    axe.bring(page)
    assert axe.complaints(page) == []
    with page.expect_navigation():
        page.click("pass-key button")
    page.goto("/accounts/2fa/webauthn/")

    page.click("main li a >> nth=1")
    if page.url.count("reauthenticate"):
        page.fill("input[name=password]", factories.PASSWORD)
        with page.expect_navigation():
            page.click("form[data-form=reauthenticate] button")
    with page.expect_navigation():
        page.click("main form button")
    assert page.locator("main li b").count() == 0
    assert page.troubles == []


def test_without_an_answer_of_the_device_the_page_says_so_and_the_password_still_works(page, person):
    page.goto("/accounts/login/")
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('no')) }")
    page.click("pass-key button")
    page.locator("pass-key [role=status]").wait_for()

    sign_in(page)
    page.goto("/accounts/")
    assert page.url.endswith("/accounts/")


def test_without_javascript_the_door_offers_no_passkey(new_context, site, person):
    page = new_context(java_script_enabled=False).new_page()
    page.goto("/accounts/login/")

    assert page.locator("pass-key").is_hidden()
    sign_in(page)
    page.goto("/accounts/sessions/")
    assert page.locator("main .entries li").count() == 1


def test_after_signing_out_back_shows_nothing(page, person):
    sign_in(page)
    page.goto("/accounts/")
    assert page.locator("main").inner_text().count("ada@people.example") == 1

    sign_out(page)
    page.go_back()
    page.go_back()

    assert page.locator("body").inner_text().count("ada@people.example") == 0
