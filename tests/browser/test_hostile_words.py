"""A corpus of hostile texts, planted in every field and looked at in every place, in a real browser: nothing runs, nothing is fetched."""

from email.message import EmailMessage
from urllib.parse import quote

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from cop_site.accounts.models import Circle, CircleMembership
from cop_site.library.actions.parts import rendered
from cop_site.library.models import Practice
from cop_site.search import indexing
from tests import factories
from tests.hostile import VECTORS

EACH = 60
TEXTS = ["summary", "context", "problem", "results", "what_failed", "safeguarding"]
WORD = "tikarpandan"  # in every title, so that one search finds them all

TELLTALE = """
for (const name of ["alert", "confirm", "prompt", "msgbox"]) window[name] = () => { console.log("HOSTILE WORDS RAN: " + name); };
addEventListener("securitypolicyviolation", (event) => console.log("POLICY: " + event.violatedDirective + " " + event.blockedURI + " " + event.sample));
"""
# Everything on a page that none of our templates writes, and that none may come from a member's words.
FORBIDDEN = """() => {
  const found = [];
  for (const element of document.querySelectorAll("*")) {
    const name = element.localName;
    for (const attribute of element.attributes) if (/^on|^style$|^srcdoc$|^formaction$|^ping$|^xlink:href$/i.test(attribute.name)) found.push(name + "[" + attribute.name + "]");
    if (["iframe", "object", "embed", "style", "img", "video", "audio", "base", "math", "frame", "portal", "template", "marquee", "foreignobject", "animate", "set", "noembed", "xmp", "plaintext"].includes(name)) found.push(name);
    if (name === "script" && element.type === "application/ld+json") { try { JSON.parse(element.textContent); } catch { found.push("script that is no data"); } continue; }
    if (name === "script" && element.origin !== location.origin && new URL(element.src || "x:y").origin !== location.origin) found.push("script");
    if (name === "meta" && element.httpEquiv) found.push("meta " + element.httpEquiv);
    if (name === "link" && /stylesheet|preload|prefetch|icon/.test(element.rel) && !/^data:/.test(element.href) && new URL(element.href).origin !== location.origin) found.push("link " + element.href);
    if (name === "form" && new URL(element.action).origin !== location.origin) found.push("form " + element.action);
    if (name === "a" && element.hasAttribute("href") && !["http:", "https:", "mailto:", "tel:"].includes(element.protocol)) found.push("a " + element.href);
    if (name === "a" && element.closest(".prose, .steps, .both") && element.origin !== location.origin && !element.rel.includes("ugc")) found.push("a without rel " + element.href);
  }
  return found;
}"""


class Watch:
    """All that a browser context did which it should not have done."""

    def __init__(self, context, site):
        self.site, self.ran, self.foreign, self.policy, self.nodes, self.status = site, [], [], [], {}, {}
        context.add_init_script(TELLTALE)
        context.on("console", self.hear)
        context.on("dialog", self.dismiss)
        context.on("request", self.note)
        context.route(lambda url: not url.startswith(site.url), lambda route: route.abort())
        self.page = context.new_page()

    def hear(self, message):
        if "HOSTILE WORDS RAN" in message.text:
            self.ran.append((message.page.url, message.text))
        elif message.text.startswith("POLICY") or "Content Security Policy" in message.text:
            self.policy.append((message.page.url, message.text))

    def dismiss(self, dialog):
        self.ran.append((dialog.page.url, dialog.message))
        dialog.dismiss()

    def note(self, request):
        if not request.url.startswith((self.site.url, "data:", "blob:")):
            self.foreign.append(request.url)

    def look_at(self, path, *, is_text=False):
        answer = self.page.goto(path)
        self.status[path] = answer.status
        found = [] if is_text else self.page.evaluate(FORBIDDEN)
        if found:
            self.nodes[path] = sorted(set(found))
        return answer


@pytest.fixture
def planted(site):
    """Eight practices on the shelf and eight at the desk, with all vectors in each of their kinds of field."""
    batches = [VECTORS[at : at + EACH] for at in range(0, len(VECTORS), EACH)]
    secretariat = factories.person("Sekretariat", role="secretariat")
    author = factories.person("Penulis <script>alert(1)</script>\"'><img src=x onerror=alert(1)>", handle="penulis")
    reviewer, editor = factories.person("Penelaah"), factories.person("Penyunting")
    factories.task(reviewer, "reviewer", by=secretariat)
    factories.task(editor, "editor", by=secretariat)
    editor.groups.add(Group.objects.get(name="Editors"))
    organisation = factories.organisation('<svg onload=alert(1)> & "Tikar" \'', is_listed=True)
    factories.membership(author, organisation)
    circle = Circle.objects.create(
        name_id=" ".join(VECTORS[:60]), purpose_id=" ".join(VECTORS[60:120]), owner=author, ends_on=timezone.localdate()
    )
    CircleMembership.objects.create(circle=circle, person=author)
    applicant = factories.person(" ".join(VECTORS[30:40]), handle="pelamar", role="applicant")
    factories.application(applicant, organisation_name=" ".join(VECTORS[:30]), reason="\n".join(VECTORS[:100]))
    shelved = [plant(number, batch, author, organisation, state="published") for number, batch in enumerate(batches)]
    at_the_desk = [plant(number, batch, author, organisation, state="submitted") for number, batch in enumerate(batches)]
    indexing.rebuild()
    people = {"author": author, "reviewer": reviewer, "editor": editor, "secretariat": secretariat, "applicant": applicant}
    return {"shelved": shelved, "desk": at_the_desk, "people": people, "circle": circle}


def plant(number, batch, author, organisation, *, state):
    sane = [vector.encode("utf-8", "ignore").decode().replace("\x00", "") for vector in batch]  # what a database takes
    now = timezone.now()
    practice = Practice(
        author=author,
        organisation=organisation,
        slug=f"{state}-{number}",
        title=f"{WORD} " + " ".join(" ".join(sane).split()),
        document_kind="studi-kasus",
        evidence_level="rintisan",
        state=state,
        live=state == "published",
        visibility="publik" if state == "published" else "jaringan",
        steps=sane,
        lessons=sane,
        submitted_at=now,
        first_published_at=now,
        last_published_at=now,
        **{name: sane[at % len(sane)] + "\n\n" + "\n\n".join(sane[at :: len(TEXTS)]) for at, name in enumerate(TEXTS)},
    )
    practice.html = rendered(practice)
    practice.save()
    practice.save_revision(user=author, clean=False)  # titles are longer here than a form allows
    return practice


def walk_as_a_visitor(watch, planted):
    for page in (1,):
        watch.look_at(f"/library/?page={page}")
        assert watch.page.locator(".entries .entry").count() == len(planted["shelved"])
    watch.look_at(f"/search/?q={WORD}")
    assert watch.page.locator(".entries .entry").count() == len(planted["shelved"])
    watch.look_at("/")
    for practice in planted["shelved"]:
        watch.look_at(f"/library/{practice.slug}/")
    watch.look_at(f"/api/v1/search?q={WORD}&size=100", is_text=True)
    watch.look_at(f"/api/v1/suggest?q={WORD}", is_text=True)
    for at in range(0, len(VECTORS), 20):
        asked = quote(" ".join(VECTORS[at : at + 20]).encode("utf-8", "ignore")[:2000])
        watch.look_at(f"/search/?q={asked}")
    watch.look_at(f"/library/?q={asked}&scale={asked}&sort={asked}&page={asked}")
    watch.look_at(f"/accounts/login/?next={asked}")


def walk_as_insiders(watches, planted):
    watches["author"].look_at("/library/mine/")
    watches["author"].look_at("/accounts/circles/")
    watches["author"].look_at(f"/accounts/circles/{planted['circle'].pk}/")
    watches["reviewer"].look_at("/library/review/")
    watches["secretariat"].look_at("/accounts/applications/")
    watches["secretariat"].look_at("/accounts/people/")
    watches["secretariat"].look_at("/accounts/people/penulis/")
    watches["secretariat"].look_at(f"/accounts/applications/{planted['people']['applicant'].application.pk}/")
    watches["applicant"].look_at("/accounts/application/")
    for shelved, waiting in zip(planted["shelved"], planted["desk"], strict=True):
        watches["author"].look_at(f"/library/{shelved.slug}/edit/")
        watches["reviewer"].look_at(f"/library/review/{waiting.pk}/")
    watches["author"].look_at(f"/library/{shelved.slug}/withdraw/")


def walk_through_the_letters(watch, site):
    for at in range(0, len(VECTORS), EACH):
        letter = EmailMessage()
        words = "\n".join(VECTORS[at : at + EACH]).encode("utf-8", "ignore").decode().replace("\x00", "")
        letter["Subject"] = " ".join("".join(sign for sign in words if sign.isprintable()).split())[:900]
        letter["To"], letter["From"] = "ada@people.example", "no-reply@people.example"
        letter.set_content(words)
        (site.mail_folder / f"20260101-000000-{at:09d}-00000000.eml").write_bytes(letter.as_bytes())
    watch.look_at("/demo/mail/")
    for at in range(0, len(VECTORS), EACH):
        watch.look_at(f"/demo/mail/20260101-000000-{at:09d}-00000000/")


@pytest.mark.slow
@pytest.mark.parametrize("bypass_csp", [False, True], ids=["with CSP", "CSP bypassed"])
def test_no_hostile_word_runs_or_fetches_anything(bypass_csp, site, planted, new_context):
    watches = {"visitor": Watch(new_context(bypass_csp=bypass_csp, viewport={"width": 1280, "height": 900}), site)}
    for name, person in planted["people"].items():
        if name != "editor":
            context = new_context(bypass_csp=bypass_csp, viewport={"width": 1280, "height": 900})
            site.sign_in(context, person)
            watches[name] = Watch(context, site)

    walk_as_a_visitor(watches["visitor"], planted)
    walk_as_insiders(watches, planted)
    walk_through_the_letters(watches["visitor"], site)

    seen = {path: status for watch in watches.values() for path, status in watch.status.items()}
    assert {path: status for path, status in seen.items() if status != 200} == {}
    assert len(seen) > 60
    for name, watch in watches.items():
        assert watch.ran == [], name
        assert watch.foreign == [], name
        assert watch.nodes == {}, name
        assert watch.policy == [], name


def test_the_watch_notices_what_it_should(site, new_context):
    """The same page with hostile markup in it, written past the site: the telltales tell."""
    watch = Watch(new_context(bypass_csp=True), site)
    watch.page.goto("/healthz")
    html = "<img src=https://evil.example/p.png onerror=alert(1)><script>alert(1)</script><a href=javascript:alert(1)>x</a>"

    watch.page.set_content(html)
    watch.page.wait_for_timeout(300)

    assert watch.ran != []
    assert watch.foreign == ["https://evil.example/p.png"]
    assert {"img", "img[onerror]", "a javascript:alert(1)"} <= set(watch.page.evaluate(FORBIDDEN))


def test_the_policy_alone_stops_scripts_and_foreign_fetches(site, new_context):
    """Were a hostile element to come through the cleaning, the policy would still hold."""
    watch = Watch(new_context(), site)
    watch.page.goto("/")
    for source in ("img", "script", "iframe"):
        watch.page.evaluate(
            "(name) => { const made = document.createElement(name); try { made.src = 'https://evil.example/' + name; } catch {} document.body.append(made); }",
            source,
        )
    watch.page.evaluate(
        "() => { const made = document.createElement('p'); try { made.setAttribute('onclick', 'alert(1)'); } catch {} document.body.append(made); made.click(); }"
    )
    refused = watch.page.evaluate(
        "() => { try { document.body.innerHTML = '<img src=x onerror=alert(1)>'; return false; } catch { return true; } }"
    )
    watch.page.wait_for_timeout(300)

    assert watch.ran == []
    assert {text.split()[1] for _url, text in watch.policy if text.startswith("POLICY")} >= {"img-src", "require-trusted-types-for"}
    assert refused
