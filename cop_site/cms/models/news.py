"""What is new, told by the editors."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PageManager

from .. import selectors
from .written import InBothLanguages, PublishedPages, WrittenPage, refuse_taken


class PublishedNews(PublishedPages):
    def newest_first(self) -> "PublishedNews":
        return self.order_by("-day", "-pk")


class NewsPage(WrittenPage):
    """One piece of news."""

    day = models.DateField(_("day"), default=timezone.localdate)

    objects = PageManager.from_queryset(PublishedNews)()

    template = "cms/written_page.html"
    parent_page_types = ["cms.NewsIndexPage"]
    subpage_types: list[str] = []
    content_panels = [FieldPanel("day"), *WrittenPage.content_panels]
    promote_panels = [FieldPanel("slug")]

    class Meta:
        verbose_name = _("piece of news")
        verbose_name_plural = _("news")

    def __str__(self) -> str:
        return f"news page {self.pk}"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | {"is_public": True}


class NewsIndexPage(InBothLanguages, Page):
    """All news, the newest first."""

    lede_id = models.TextField(_("introduction (Indonesian)"), max_length=400, blank=True)
    lede_en = models.TextField(_("introduction (English)"), max_length=400, blank=True)

    objects = PageManager.from_queryset(PublishedPages)()

    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.NewsPage"]
    max_count = 1
    show_in_menus_default = True
    template = "cms/news_index_page.html"
    content_panels = [
        MultiFieldPanel([FieldPanel("title"), FieldPanel("lede_id")], heading=_("Indonesian")),
        MultiFieldPanel([FieldPanel("title_en"), FieldPanel("lede_en")], heading=_("English")),
    ]
    promote_panels = [FieldPanel("slug"), FieldPanel("show_in_menus")]

    class Meta:
        verbose_name = _("list of news")
        verbose_name_plural = _("lists of news")

    def __str__(self) -> str:
        return f"news index page {self.pk}"

    def clean(self) -> None:
        super().clean()
        refuse_taken(self.slug)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        news = NewsPage.objects.visible_to(request.user).child_of(self).newest_first()
        told = {"news": selectors.part_of(news, request.GET.get("page")), "is_public": True}
        return super().get_context(request, *args, **kwargs) | told
