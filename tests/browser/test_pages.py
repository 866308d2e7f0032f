"""Every page that answers HTML, looked at by a machine: accessibility, width, console, hosts, weight of a first visit."""

from urllib.parse import urlsplit
from zlib import crc32

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.urls import get_resolver, reverse

from tests.browser import axe, world
from tests.canary.addresses import all_patterns

# Wagtail leaves the file that it draws a rendition into to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

NARROW, WIDE = {"width": 360, "height": 740}, {"width": 1280, "height": 800}
MOST_BYTES, MOST_REQUESTS = 60_000, 6

# Who looks at what: the name of a pattern, what it is filled or asked with, and what is done there before one looks.
WALKS = {
    "visitor": [
        ("wagtail_serve", "", ""),
        ("wagtail_serve", "", "menu"),
        ("wagtail_serve", "about/", ""),
        ("wagtail_serve", "code-of-conduct/", ""),
        ("wagtail_serve", "privacy/", ""),
        ("wagtail_serve", "help/", ""),
        ("wagtail_serve", "news/", ""),
        ("wagtail_serve", "news/kupang/", ""),
        ("library", "", ""),
        ("library", "", "sheet"),
        ("library", "?q=desa", "sorts"),
        ("library", "?q=desa&scale=desa-kelurahan", ""),
        ("library", "?q=zzzz", ""),
        ("events", "", ""),
        ("event", "event", ""),
        ("certificates", "", ""),
        ("certificates", "", "send"),
        ("search", "", ""),
        ("search", "?q=desa", ""),
        ("search", "?q=desa", "sheet"),
        ("search", "?q=desa&kind=practice&scale=desa-kelurahan&year_from=2000&sort=title", "sorts"),
        ("search", "?q=zzzz", ""),
        ("search", "?q=zzzz&kind=document", ""),
        ("search", "?q=desa&page=9", ""),
        ("practice", "public", ""),
        ("practice", "document", ""),
        ("practice", "whole", ""),
        ("practice", "nowhere", ""),
        ("reading-lists", "", ""),
        ("reading-list", "list", ""),
        ("directory", "", ""),
        ("directory", "", "sheet"),
        ("directory", "?view=cards&province=53", ""),
        ("directory", "?q=zzzz", ""),
        ("directory-matrix", "", ""),
        ("directory-matrix", "?by=province&layer=gugus-tugas", ""),
        ("directory-map", "", "unfold"),
        ("directory-map", "?as=outlines&mandate=pemulangan", ""),
        ("directory-map", "?province=53", ""),
        ("service-chain", "", ""),
        ("service-chain", "?origin=53&destination=MY", ""),
        ("coverage", "", ""),
        ("coverage", "?province=53", "unfold"),
        ("referral-sheet", "", ""),
        ("referral-sheet", "?province=53", ""),
        ("directory-freshness", "", ""),
        ("forums", "", ""),
        ("forum", "forum", ""),
        ("forum", "empty-forum", ""),
        ("topic", "topic", "unfold"),
        ("topic", "topic?page=2", ""),
        ("post-history", "answer", ""),
        ("organisation", "entry", ""),
        ("organisation", "alone", ""),
        ("organisation-confirm", "entry-token", "send"),
        ("moderation-account", "", ""),
        ("objection", "objection", "send"),
        ("status", "", ""),
        ("account_login", "", ""),
        ("account_login", "", "send"),
        ("account_signup", "", ""),
        ("account_signup", "", "send"),
        ("account_inactive", "", ""),
        ("account_email_verification_sent", "", ""),
        ("account_confirm_email", "key", ""),
        ("account_reset_password", "", ""),
        ("account_reset_password_done", "", ""),
        ("account_reset_password_from_key", "reset", ""),
        ("account_reset_password_from_key_done", "", ""),
        ("invited", "invitation", ""),
        ("invited", "invitation", "send"),
        ("invited", "nowhere", ""),
        ("demo-sign-ins", "", ""),
        ("demo-mails", "", ""),
        ("demo-mail", "mail", ""),
    ],
    "applicant": [("wagtail_serve", "", ""), ("my-application", "", ""), ("library", "", ""), ("account_logout", "", "")],
    "member": [
        # while the signing in is fresh: these ask for the password again after five minutes
        ("mfa_activate_totp", "", ""),
        ("mfa_activate_totp", "", "send"),
        ("mfa_add_webauthn", "", ""),
        ("wagtail_serve", "", "menu"),
        ("share", "", "unfold"),
        ("share", "?as=full", "unfold"),
        ("share", "?as=document", "unfold"),
        ("share", "?as=full", "send"),
        ("share", "?as=document", ""),
        ("my-texts", "", ""),
        ("practice-edit", "draft", "unfold"),
        ("practice-files", "draft", "unfold"),
        ("practice-files", "draft", "send"),
        ("practice", "published", ""),
        ("practice", "submitted", ""),
        ("practice-submit", "draft", ""),
        ("practice-discard", "draft", ""),
        ("practice-recall", "submitted", ""),
        ("practice-ask-public", "published", ""),
        ("practice-narrow", "published", ""),
        ("practice-withdraw", "published", ""),
        ("practice-withdraw", "published", "send"),
        ("practice-translate", "published", ""),
        ("practice-translation", "translation", ""),
        ("practice-add-to-list", "published", ""),
        ("practice-add-to-list", "published", "send"),
        ("reading-lists", "", ""),
        ("reading-list", "list", ""),
        ("reading-list-new", "", ""),
        ("reading-list-new", "", "send"),
        ("reading-list-edit", "list", ""),
        ("reading-list-delete", "list", ""),
        ("organisation", "entry", ""),
        ("organisation-edit", "entry", "unfold"),
        ("organisation-contacts", "entry", ""),
        ("organisation-contacts", "entry", "send"),
        ("organisation-logo-form", "entry", "send"),
        ("organisation-level", "entry", ""),
        ("organisation-stewards", "entry", ""),
        ("organisation-history", "entry", "unfold"),
        ("organisation-inquiries", "entry", ""),
        ("directory-mine", "", ""),
        ("organisation-new", "", "send"),
        ("forums", "", ""),
        ("topic", "topic", "unfold"),
        ("topic-new", "forum", "send"),
        ("topic-reply", "topic-number", ""),
        ("topic-outcome", "topic-number", ""),
        ("post-edit", "own-post", ""),
        ("post-delete", "own-post", ""),
        ("my-posts", "", "unfold"),
        ("report", "reported-post", ""),
        ("report", "reported-post", "send"),
        ("my-reports", "", "unfold"),
        ("decisions", "", ""),
        ("decision", "decision", "unfold"),
        ("decision", "decision", "send"),
        ("blocks", "", ""),
        ("block", "author", ""),
        ("events", "", ""),
        ("event", "event", ""),
        ("my-events", "", ""),
        ("event-certificate", "event", ""),
        ("event-room", "event", ""),
        ("event-room", "event?card=7", "unfold"),
        ("event-group", "group", ""),
        ("event-wall", "event", ""),
        ("room-replay", "event", ""),
        ("room-replay", "event?at=2", ""),
        ("event-group-why", "group", ""),
        ("event", "later", ""),
        ("event-room", "later", "unfold"),
        ("room-replay", "later", ""),
        ("notifications", "", ""),
        ("notification", "notification", ""),
        ("notification-settings", "", "unfold"),
        ("search", "?q=desa", "suggest"),
        ("saved-searches", "", ""),
        ("save-search", "?q=desa&scale=desa-kelurahan", ""),
        ("save-search", "?q=0812-3456-7890", "send"),
        ("saved-search-rename", "saved", ""),
        ("saved-search-delete", "saved", ""),
        ("circles", "", ""),
        ("circle", "circle", ""),
        ("people", "", ""),
        ("account_email", "", ""),
        ("account_change_password", "", ""),
        ("account_reauthenticate", "", ""),
        ("my-account", "", ""),
        ("sessions", "", ""),
        ("mfa_index", "", ""),
        ("mfa_list_webauthn", "", ""),
    ],
    "colleague": [
        ("my-account", "", ""),
        ("mfa_index", "", ""),
        ("mfa_list_webauthn", "", ""),
        ("mfa_edit_webauthn", "passkey", ""),
        ("mfa_remove_webauthn", "passkey", ""),
        ("mfa_deactivate_totp", "", ""),
        ("mfa_view_recovery_codes", "", ""),
        ("mfa_generate_recovery_codes", "", ""),
        ("mfa_reauthenticate", "", ""),
    ],
    "member2": [
        ("onboarding", "", ""),
        ("safety-briefing", "", ""),
        ("my-texts", "", ""),
        ("practice", "withdrawn", ""),
        ("organisation-claim", "alone", "send"),
        ("organisation-ask", "entry", "send"),
        ("search", "?q=desa", ""),
        ("practice-tried", "published", ""),
        ("practice-tried", "published", "send"),
        ("report-withdraw", "report", ""),
        ("report-withdraw", "report", "send"),
        ("practice", "published", ""),
    ],
    "reviewer": [
        ("review-desk", "", ""),
        ("review-desk", "?tab=done", ""),
        ("review-item", "submitted-number", ""),
        ("review-item", "submitted-number", "send"),
        ("review-item", "changed-number", ""),
        ("review-item", "full-number", "unfold"),
        ("review-item", "full-number", "send"),
        ("review-desk", "?tab=mine", ""),
        ("review-desk", "?tab=reports", ""),
        ("review-report", "report", ""),
        ("review-report", "report", "send"),
        ("practice-evidence", "published", "unfold"),
        ("practice-evidence", "published", "send"),
    ],
    "moderator": [
        ("topic", "topic", ""),
        ("moderation", "", "unfold"),
        ("moderation", "", "send"),
        ("moderation", "?tab=held&severity=3", ""),
        ("moderation", "?tab=decided", ""),
        ("case", "case", "unfold"),
        ("case", "case", "send"),
        ("appeals", "", ""),
        ("appeal", "appeal", "unfold"),
        ("appeal", "appeal", "send"),
        ("phrases", "", "send"),
        ("rota", "", "send"),
        ("words", "", "unfold"),
        ("word-new", "", "send"),
        ("word", "word", ""),
        ("words-import", "", "send"),
        ("topic-steer", "topic-number", "send"),
        ("topic-split", "topic-number", "send"),
        ("topic-merge", "topic-number", "send"),
        ("topic-restore", "deleted-topic", ""),
        ("post-unseal", "sealed-post", "send"),
        ("unsealings", "", ""),
        ("unsealing", "unsealing", ""),
    ],
    "safety_reviewer": [("review-desk", "?tab=safety", ""), ("safety-item", "asked-number", ""), ("organisation-level", "asked-entry", "")],
    "newcomer": [("onboarding", "", ""), ("onboarding", "", "send"), ("safety-briefing", "", "")],
    "secretariat": [
        ("invitations", "", ""),
        ("agreements", "", ""),
        ("agreements", "", "send"),
        ("applications", "", ""),
        ("application", "application", ""),
        ("people", "", ""),
        ("people", "?q=zzzz", ""),
        ("person", "person", ""),
        ("circles", "", ""),
        ("held-texts", "", ""),
        ("held-text", "held-number", ""),
        ("held-text", "held-number", "send"),
        ("import-desk", "", ""),
        ("import-desk", "", "send"),
        ("import-run", "import", ""),
        ("import-run", "import", "unfold"),
        ("export-texts", "", ""),
        ("practice-sealed", "draft-number", ""),
        ("practice-sealed", "draft-number", "send"),
        ("missed-questions", "", ""),
        ("directory-desk", "", "unfold"),
        ("directory-claim", "claim", "send"),
        ("organisation-list", "unlisted", ""),
        ("organisation-merge", "alone", "send"),
        ("organisation-unlist", "alone", "send"),
        ("organisation-verify", "alone", "send"),
        ("saved-searches", "", ""),
        ("forum-new", "", "send"),
        ("forum-edit", "forum", ""),
    ],
    "convenor": [
        ("event-room", "event", "unfold"),
        ("event-backstage", "event", ""),
        ("event-polls", "event", "send"),
        ("event-poll", "poll", "send"),
        ("event-silence", "event?line=2", ""),
        ("event", "event", ""),
        ("event-new", "", "send"),
        ("event-new", "?show=fgd", ""),
        ("event-edit", "event", ""),
        ("event-cancel", "event", "send"),
        ("event-discard", "event-draft", ""),
        ("event-offices", "event", ""),
        ("event-out", "guest", ""),
        ("events-attendance", "", ""),
        ("events-attendance", "", "send"),
        ("event-desk", "event", ""),
        ("event-desk", "event", "send"),
        ("event-report", "event", ""),
        ("my-events", "", "send"),
        ("room-record", "event", ""),
        ("room-record", "event?room=backstage", "send"),
        ("room-replay", "event?room=backstage", ""),
        ("event-groups", "grouped", "unfold"),
        ("event-groups", "event", "send"),
        ("event-groups-open", "grouped", ""),
        ("event-groups-close", "grouped", ""),
        ("circle", "circle", ""),
        ("circles", "", "send"),
        ("coverage-new", "", "send"),
        ("survey-new", "", "send"),
    ],
    "auditor": [("journal", "", ""), ("journal", "?verb=none", "")],
}
REFUSALS = {
    ("visitor", "practice", "nowhere"): 404,
    ("visitor", "invited", "nowhere"): 410,
    ("member", "people", ""): 403,
    ("member2", "practice", "withdrawn"): 410,
}
NOT_PAGES = {
    "set-theme set-zone set-escape admit decline change-role grant-task end-task join-organisation leave-organisation suspend lift-suspension let-in keep-typing drop-typing"
    " take-out withdraw-invitation review-claim review-release practice-file-remove practice-still-right practice-translation-confirm reading-list-ask reading-list-open"
    " reading-list-keep import-start import-drop saved-search-open organisation-still-right organisation-steward-end organisation-steward-renew draft-from-topic draft-from-card post-restore post-react post-answer forum-archive notifications-seen watch watch-word watch-end case-claim decision-undo event-announce event-clone event-rsvp event-leave event-invite event-attendance event-list words-starter unblock mute unmute": "deeds: they take POST alone, and answer with another page",
    "first-run": "stands only on a site without a secretariat: looked at below",
    "healthz readyz policy-report robots sitemap sitemap-part picture manifest favicon oai library-feed practice-bib practice-ris practice-json"
    " practice-csv events-calendar event-calendar": "for machines",
    "practice-file practice-copy import-template organisation-logo post-file words-csv": "downloads and pictures",
    "topic-people topic-latest notifications-unread room-log room-actions": "for scripts",
    "post topic-unread waiting waiting-item": "lead elsewhere",
    "event-poll-discard event-groups-change event-groups-apart event-groups-say event-groups-list": "deeds: they take POST alone, and answer with the page of groups, or with a file",
    "end-session end-sessions mfa_login_webauthn mfa_download_recovery_codes": "deeds: they answer with another page, or with a file",
    "mfa_authenticate mfa_reauthenticate_webauthn": "stand in the middle of a step with a passkey: looked at in test_passkey",
    "account_confirm_login_code account_set_password": "not used here: they lead elsewhere",
    "wagtaildocs_serve wagtaildocs_authenticate_with_password wagtailcore_authenticate_with_password wagtailcore_login": "of Wagtail; no"
    " page of the site leads there",
}
DO = {
    "menu": """() => document.querySelector("#menu").showPopover()""",
    "sheet": """() => document.querySelector("#saring").showPopover()""",
    "sorts": """() => { document.querySelector(".sorts").open = true }""",
    "suggest": """async () => {
      const box = document.querySelector("#q");
      box.value = "desa";
      box.dispatchEvent(new Event("input"));
      while (!document.querySelector("#q-saran [role=option]")) await new Promise(requestAnimationFrame);
    }""",
    "unfold": """() => document.querySelectorAll("details").forEach((one) => { one.open = true })""",
}
# Sends a form as it is, past what the browser would ask for: the page that says what is missing.
SEND = """() => {
  const form = document.querySelector("main form[method=post]");
  form.noValidate = true;
  form.requestSubmit(form.querySelector("[name=then][value=submit]") ?? document.querySelector("[form][value=refuse]"));
}"""
# What colours hang on: each kind of element in its kind of place.
COLOURED = """() => {
  const kind = (element) => `${element.localName}.${element.className} ${[...element.attributes].map(({name}) => name).join()}`;
  return [...new Set([...document.querySelectorAll("body *")].map((one) => `${kind(one.parentElement)} > ${kind(one)}`))];
}"""
looked_at_in_dark = set()
TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.slow
@pytest.mark.parametrize("who", WALKS)
def test_pages_are_accessible_fit_and_call_nobody(site, new_context, who):
    cast, samples = world.make(site)
    context = new_context(viewport=NARROW, reduced_motion="reduce")
    if who != "visitor":
        site.sign_in(context, cast[who])
    page, troubles = context.new_page(), {}
    heard = _listen(page, site.url)

    for name, sample, act in WALKS[who]:
        path = _address(name, sample, samples)
        found = _open(page, path, act, status=REFUSALS.get((who, name, sample), 200)) + _look_at(page) + heard
        if found:
            troubles[f"{path} {act}"] = list(dict.fromkeys(found))
        heard.clear()

    assert troubles == {}


@pytest.mark.slow
def test_the_page_of_the_first_run_is_no_worse(site, settings, new_context):
    len(get_resolver().url_patterns)  # read once, and for all tests: by the settings of a demo
    settings.IS_DEMO = False
    page, troubles = new_context(viewport=NARROW, reduced_motion="reduce").new_page(), {}
    heard = _listen(page, site.url)

    for act in ("", "send"):
        troubles[act] = _open(page, "/setup/", act, status=200) + _look_at(page) + heard
        heard.clear()

    assert troubles == {"": [], "send": []}


@pytest.mark.slow
def test_a_first_visit_is_light(site, new_context):
    _cast, samples = world.make(site)
    # Of each page its plain address, or else the first question that is asked of it.
    paths = {name: _address(name, sample, samples) for name, sample, _act in reversed(WALKS["visitor"]) if name != "wagtail_serve"}
    paths = {*paths.values(), *(f"/{sample}" for name, sample, _act in WALKS["visitor"] if name == "wagtail_serve")}
    paths |= {_address("directory-map", "?as=outlines", samples), _address("directory-matrix", "?by=province", samples)}

    weights = {path: _weigh(new_context(viewport=WIDE).new_page(), path) for path in paths | {"/en/", "/en/library/", "/en/news/kupang/"}}

    too_heavy = {path: (size, number) for path, (size, number) in weights.items() if size > MOST_BYTES or number > MOST_REQUESTS}
    assert too_heavy == {}
    assert min(size for size, _number in weights.values()) > 5_000, "nothing was weighed"


def test_axe_finds_in_a_hurry_what_it_finds_at_its_own_pace(page):
    faint = "".join(
        f"<p style='color: #{grey}; background: rgb(250 250 250 / {n}0%)'>Pudar</p>" for n, grey in enumerate(("aaa", "bbb", "333"))
    )
    page.set_content(f"<html lang='id'><title>Uji</title><main><h1>Uji</h1>{faint}<img src='data:,'></main>")
    page.evaluate(AXE_SCRIPT)
    at_its_own_pace = axe.complaints(page)

    axe.bring(page)

    assert axe.complaints(page) == at_its_own_pace
    assert at_its_own_pace == ["color-contrast: p:nth-child(2)", "color-contrast: p:nth-child(3)", "image-alt: img"]


def test_no_page_is_left_out():
    names = {pattern.name for route, pattern in all_patterns() if not route.startswith(("admin/", "api/"))}

    walked = {name for walk in WALKS.values() for name, _sample, _act in walk}
    left_out = {name for names_of_one_reason in NOT_PAGES for name in names_of_one_reason.split()}

    assert names - walked - left_out == set()
    assert walked & left_out == set()


def _address(name, sample, samples):
    if name == "wagtail_serve":
        return f"/{sample}"
    row, _mark, query = sample.partition("?")
    return reverse(name, args=samples.get(row, [])) + (f"?{query}" if query else "")


def _open(page, path, act, *, status):
    """The page, after what is to be done there; another page than the one that was asked for is a trouble."""
    page.set_viewport_size(NARROW)
    page.emulate_media(color_scheme="light")
    answer = page.goto(path)
    found = [] if answer.status == status else [f"answered {answer.status}"]
    if urlsplit(page.url).path != urlsplit(path).path and not page.url.endswith("-set-password/"):
        found.append(f"led to {page.url}")
    if act == "send":
        with page.expect_navigation() as sent:
            page.evaluate(SEND)
        found += [] if sent.value.status in {200, 422} else [f"sent, answered {sent.value.status}"]
    elif act:
        page.evaluate(DO[act])
    return found


def _look_at(page):
    """In light with every rule; in dark for the colours, where something stands that no page before had. Half of the pages are narrow in light and wide in dark, the others the other way round. And whether it scrolls sideways."""
    axe.bring(page)
    found = [f"{width} px too wide"] if (width := page.evaluate(TOO_WIDE)) > 0 else []
    light, dark = (NARROW, WIDE) if crc32(page.url.encode()) % 2 else (WIDE, NARROW)
    found += _look_in(page, "light", light)
    coloured = set(page.evaluate(COLOURED)) - looked_at_in_dark
    if coloured:
        found += _look_in(page, "dark", dark, "color-contrast")
        looked_at_in_dark.update(coloured)
    return found


def _look_in(page, scheme, size, *rules):
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=scheme)
    return [f"{size['width']} {scheme}, {one}" for one in axe.complaints(page, *rules)]


def _listen(page, home):
    """What the page says on its console, and whom else it calls; that a page was refused is no trouble."""
    heard = []
    page.on("pageerror", lambda error: heard.append(f"script: {error}"))
    page.on("console", lambda said: heard.append(f"console: {said.text}") if said.type == "error" and not _is_refusal(said, page) else None)
    page.on("request", lambda request: None if request.url.startswith((home, "data:")) else heard.append(f"calls {request.url}"))
    return heard


def _is_refusal(said, page):
    return said.text.startswith("Failed to load resource") and urlsplit(said.location["url"]).path == urlsplit(page.url).path


def _weigh(page, path):
    """Bytes as they came over the wire, heads included, and requests, of a browser that was never here."""
    came, asked = [], []
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.on("Network.requestWillBeSent", lambda event: asked.append(event["request"]["url"]))
    wire.on("Network.loadingFinished", lambda event: came.append(event["encodedDataLength"]))
    page.goto(path, wait_until="networkidle")
    page.context.close()
    return sum(came), len([url for url in asked if not url.startswith("data:")])
