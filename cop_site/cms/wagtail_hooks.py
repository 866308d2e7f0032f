"""What we add to Wagtail's admin, and what its doings mean to the journal."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cop_site.activity.actions import record
from cop_site.activity.verbs import Verb
from cop_site.library.models import Practice
from cop_site.screening import actions as screening
from cop_site.screening.models import Allowance
from cop_site.vocabulary import actions as vocabulary
from cop_site.vocabulary.models import OfficialChannel, Term

from . import foot, heads


class TermViews(SnippetViewSet):
    model = Term
    icon = "tag"
    menu_label = _("Vocabulary")
    add_to_admin_menu = True
    list_display = ["vocabulary", "label_id", "label_en", "slug"]
    list_filter = ["vocabulary"]
    search_fields = ["label_id", "label_en", "slug"]
    panels = [FieldPanel("label_id"), FieldPanel("label_en")]
    copy_view_enabled = False
    inspect_view_enabled = False


class ChannelViews(SnippetViewSet):
    model = OfficialChannel
    icon = "help"
    menu_label = _("Official channels")
    add_to_admin_menu = True
    list_display = ["name_id", "number", "source", "checked_on"]
    panels = [FieldPanel("name_id"), FieldPanel("name_en"), FieldPanel("number"), FieldPanel("source"), FieldPanel("checked_on")]
    copy_view_enabled = False
    inspect_view_enabled = False


class AllowanceViews(SnippetViewSet):
    model = Allowance
    icon = "check"
    menu_label = _("Contacts in texts")
    add_to_admin_menu = True
    list_display = ["kind", "value", "source", "checked_on"]
    list_filter = ["kind"]
    panels = [FieldPanel("kind"), FieldPanel("value"), FieldPanel("source"), FieldPanel("checked_on")]
    copy_view_enabled = False
    inspect_view_enabled = False


register_snippet(TermViews)
register_snippet(ChannelViews)
register_snippet(AllowanceViews)


@hooks.register("after_edit_snippet")
@transaction.atomic
def words_were_bettered(request: HttpRequest, instance: Any) -> None:
    if isinstance(instance, Term):
        vocabulary.change_label(instance, by=request.user)
    elif isinstance(instance, OfficialChannel):
        vocabulary.change_channel(instance, by=request.user)


@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
@transaction.atomic
def contact_was_listed(request: HttpRequest, instance: Any) -> None:
    if isinstance(instance, Allowance):
        screening.list_contact(instance, by=request.user)


@hooks.register("before_delete_snippet")
@transaction.atomic
def contact_is_unlisted(request: HttpRequest, instances: Any) -> HttpResponse | None:
    """Deleted by the deed, while the journal still knows what it is about."""
    contacts = [instance for instance in instances if isinstance(instance, Allowance)]
    if request.method != "POST" or not contacts:
        return None
    for contact in contacts:
        screening.unlist_contact(contact, by=request.user)
    return redirect("wagtailsnippets_screening_allowance:list")


@hooks.register("after_publish_page")
@hooks.register("after_unpublish_page")
@hooks.register("after_delete_page")
@hooks.register("after_move_page")
def foot_may_have_changed(request: HttpRequest, page: Any) -> None:
    foot.forget()
    heads.forget()


@hooks.register("after_publish_page")
@transaction.atomic
def page_was_published(request: HttpRequest, page: Any) -> None:
    record(Verb.PUBLISHED_PAGE, by=request.user, subject=page)


@hooks.register("after_unpublish_page")
@transaction.atomic
def page_was_unpublished(request: HttpRequest, page: Any) -> None:
    record(Verb.UNPUBLISHED_PAGE, by=request.user, subject=page)


# --- practices are listed here for editors, and worked on in the site's own screens


def practices(request: HttpRequest) -> HttpResponse:
    """What this editor may see of the library, with links to the pages themselves."""
    found = Practice.objects.visible_to(request.user).published().for_lists().order_by("-last_published_at")[:200]
    return render(request, "cms/admin_practices.html", {"practices": found})


@hooks.register("register_admin_urls")
def practices_url() -> list[Any]:
    return [path("practices/", practices, name="admin-practices")]


@hooks.register("register_admin_menu_item")
def practices_menu_item() -> MenuItem:
    return MenuItem(_("Practices"), reverse("admin-practices"), icon_name="doc-full", order=150)
