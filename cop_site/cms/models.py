"""Pages that editors publish. One tree; a page carries both languages (docs/decisions/004-one-wagtail-tree-both-languages.md)."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet

from . import selectors


class PublishedPages(PageQuerySet):
    def visible_to(self, user: Any) -> "PublishedPages":
        """Editors' pages are for everybody once they are published."""
        return self.live().public()


class HomePage(Page):
    """The front door: what this is, what is new, how to join."""

    heading_id = models.CharField(_("heading (Indonesian)"), max_length=120)
    heading_en = models.CharField(_("heading (English)"), max_length=120, blank=True)
    lede_id = models.TextField(_("introduction (Indonesian)"), max_length=400)
    lede_en = models.TextField(_("introduction (English)"), max_length=400, blank=True)
    searches_id = models.CharField(_("often searched (Indonesian)"), max_length=200, blank=True, help_text=_("Words separated by commas."))
    searches_en = models.CharField(_("often searched (English)"), max_length=200, blank=True, help_text=_("Words separated by commas."))

    objects = PageManager.from_queryset(PublishedPages)()

    parent_page_types = ["wagtailcore.Page"]
    subpage_types: list[str] = []
    max_count = 1
    template = "cms/home_page.html"

    content_panels = [
        *Page.content_panels,
        MultiFieldPanel([FieldPanel("heading_id"), FieldPanel("lede_id"), FieldPanel("searches_id")], heading=_("Indonesian")),
        MultiFieldPanel([FieldPanel("heading_en"), FieldPanel("lede_en"), FieldPanel("searches_en")], heading=_("English")),
    ]

    def __str__(self) -> str:
        return f"home page {self.pk}"

    @property
    def heading(self) -> str:
        """The heading in the reader's language, else in the other."""
        return (self.heading_en if get_language() == "en" else "") or self.heading_id

    @property
    def lede(self) -> str:
        """The introduction in the reader's language, else in the other."""
        return (self.lede_en if get_language() == "en" else "") or self.lede_id

    @property
    def searches(self) -> list[str]:
        """Words that readers may try first."""
        told = (self.searches_en if get_language() == "en" else "") or self.searches_id
        return [word.strip() for word in told.split(",") if word.strip()]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | {"home": selectors.home(request.user), "is_public": True}
