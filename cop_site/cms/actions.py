"""Deeds that prepare the tree of pages."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.utils import timezone
from wagtail.models import GroupPagePermission, Site, Workflow, WorkflowPage, WorkflowTask
from wagtail.models import Page as AnyPage

from cop_site.accounts.actions import EDITORS
from cop_site.accounts.models import User
from cop_site.activity.deeds import deed

from .models import HomePage, NewsIndexPage, SecondLook, SectionPage, TextPage

EDITORS_MAY = ["access_admin", "change_term", "change_officialchannel"]
FIRST_PAGES = Path(__file__).parent / "data" / "pages.json"
KINDS: dict[str, Any] = {"text": TextPage, "news": NewsIndexPage, "section": SectionPage}


@deed
def ensure_home(*, by: User) -> HomePage:
    """The site has a home page and what stands below it, and editors may edit and publish.

    Each page is given once: what editors changed, or threw away, stays as they left it.
    """
    editors = _let_editors_in()
    home = HomePage.objects.first() or _build_home()
    missing = [page for page in _first_pages() if page["key"] not in home.was_given]
    for page in missing:
        _give(home, page)
    if "second-look" not in home.was_given:
        _offer_second_look(home, editors)
        missing.append({"key": "second-look"})
    if missing:
        home.was_given = [*home.was_given, *(page["key"] for page in missing)]
        HomePage.objects.filter(pk=home.pk).update(was_given=home.was_given)
    return home


def _build_home() -> HomePage:
    root = AnyPage.get_first_root_node()
    home = root.add_child(
        instance=HomePage(
            title="Beranda",
            title_en="Home",
            slug="beranda",
            heading_id="Pengalaman lapangan, dianyam bersama.",
            heading_en="Field experience, woven together.",
            lede_id="Ruang belajar jejaring pencegahan dan penanganan perdagangan orang di Indonesia. Praktik yang sudah dicoba, ditelaah sejawat, dan bisa ditemukan kembali.",
            lede_en="A learning space of the network against human trafficking in Indonesia. Practices that were tried, reviewed by peers, and can be found again.",
            searches_id="peraturan desa, reintegrasi, restitusi, awak kapal",
            searches_en="village regulation, reintegration, restitution, fishing crew",
        )
    )
    Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "localhost", "root_page": home})
    # Wagtail's own welcome page, which nobody wrote.
    AnyPage.objects.child_of(root).exclude(pk=home.pk).filter(depth=2, slug="home", owner=None).delete()
    return home


@cache
def _first_pages() -> list[dict[str, Any]]:
    """What a new site says about itself, with the site's name put in."""
    return json.loads(FIRST_PAGES.read_text(encoding="utf-8").replace("{site_name}", json.dumps(settings.SITE_NAME)[1:-1]))


def _give(home: HomePage, page: dict[str, Any]) -> None:
    if home.get_children().filter(slug=page["slug"]).exists():
        return
    fields = {name: json.dumps(value) if name.startswith("body") else value for name, value in page["fields"].items()}
    now = timezone.now()
    kept = {"first_published_at": now, "last_published_at": now, "show_in_menus": page["kind"] != "section"}
    home.add_child(instance=KINDS[page["kind"]](slug=page["slug"], **fields, **kept))


def _offer_second_look(home: HomePage, editors: Group) -> None:
    """The workflow of all pages: another editor looks. Publishing at once stays possible, and is journaled all the same."""
    if WorkflowPage.objects.filter(page=home).exists():
        return
    task = SecondLook.objects.create(name="Penyunting kedua membaca")
    task.groups.add(editors)
    workflow = Workflow.objects.create(name="Dibaca penyunting kedua")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    WorkflowPage.objects.create(workflow=workflow, page=home)


def _let_editors_in() -> Group:
    editors, _is_new = Group.objects.get_or_create(name=EDITORS)
    editors.permissions.add(*Permission.objects.filter(codename__in=EDITORS_MAY))
    root = AnyPage.get_first_root_node()
    for codename in ("add_page", "change_page", "publish_page"):
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.get_or_create(group=editors, page=root, permission=permission)
    return editors
