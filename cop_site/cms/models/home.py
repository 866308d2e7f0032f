"""The front door."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PageManager

from .. import selectors
from .news import NewsPage
from .written import InBothLanguages, PublishedPages, Told


class HomePage(InBothLanguages, Page):
    """The front door: what this is, what is new, how to join."""

    heading_id = models.CharField(_("heading (Indonesian)"), max_length=120)
    heading_en = models.CharField(_("heading (English)"), max_length=120, blank=True)
    lede_id = models.TextField(_("introduction (Indonesian)"), max_length=400)
    lede_en = models.TextField(_("introduction (English)"), max_length=400, blank=True)
    searches_id = models.CharField(_("often searched (Indonesian)"), max_length=200, blank=True, help_text=_("Words separated by commas."))
    searches_en = models.CharField(_("often searched (English)"), max_length=200, blank=True, help_text=_("Words separated by commas."))
    # What actions.ensure_home made once: it is not made again after editors threw it away.
    was_given = models.JSONField(default=list, editable=False)

    objects = PageManager.from_queryset(PublishedPages)()

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["cms.TextPage", "cms.NewsIndexPage", "cms.SectionPage"]
    max_count = 1
    template = "cms/home_page.html"

    content_panels = [
        FieldPanel("title"),
        MultiFieldPanel([FieldPanel("heading_id"), FieldPanel("lede_id"), FieldPanel("searches_id")], heading=_("Indonesian")),
        MultiFieldPanel([FieldPanel("heading_en"), FieldPanel("lede_en"), FieldPanel("searches_en")], heading=_("English")),
    ]
    promote_panels: list[Any] = []

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def __str__(self) -> str:
        return f"home page {self.pk}"

    @property
    def heading(self) -> Told:
        """The heading in the reader's language, else in the other."""
        return self.told("heading")

    @property
    def searches(self) -> list[str]:
        """Words that readers may try first."""
        return [word.strip() for word in self.told("searches").words.split(",") if word.strip()]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        told = {"home": selectors.home(request.user), "news": NewsPage.objects.visible_to(request.user).newest_first()[:3]}
        return super().get_context(request, *args, **kwargs) | told | {"is_public": True}
