"""What editors say at the head of a section."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import resolve, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PageManager

from cop_site.core.menu import section_choices

from ..blocks import slugs_in
from .written import InBothLanguages, PublishedPages, Told


class SectionPage(InBothLanguages, Page):
    """The head of a section: introduction, picture, chosen practices.

    Its address is the section's own, which the section's view answers; that view draws this page with the tags of
    ``templatetags/cms.py``. Nowhere else is it served. A new section is a new row.
    """

    section = models.CharField(_("section"), max_length=40, choices=section_choices, unique=True)
    lede_id = models.TextField(_("introduction (Indonesian)"), max_length=400)
    lede_en = models.TextField(_("introduction (English)"), max_length=400, blank=True)
    picture = models.ForeignKey(
        "wagtailimages.Image", verbose_name=_("picture"), on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    picture_alt_id = models.CharField(_("what the picture shows (Indonesian)"), max_length=200, blank=True)
    picture_alt_en = models.CharField(_("what the picture shows (English)"), max_length=200, blank=True)
    featured = models.TextField(
        _("chosen practices"), blank=True, help_text=_("Addresses of practices, one a line. Readers see those that they may read.")
    )

    objects = PageManager.from_queryset(PublishedPages)()

    parent_page_types = ["cms.HomePage"]
    subpage_types: list[str] = []
    content_panels = [
        FieldPanel("section"),
        MultiFieldPanel([FieldPanel("title"), FieldPanel("lede_id"), FieldPanel("picture_alt_id")], heading=_("Indonesian")),
        MultiFieldPanel([FieldPanel("title_en"), FieldPanel("lede_en"), FieldPanel("picture_alt_en")], heading=_("English")),
        FieldPanel("picture"),
        FieldPanel("featured"),
    ]
    promote_panels: list[Any] = []

    class Meta:
        verbose_name = _("head of a section")
        verbose_name_plural = _("heads of sections")

    def __str__(self) -> str:
        return f"section page {self.pk}"

    @property
    def picture_alt(self) -> Told:
        """What the picture shows, in the reader's language, else in the other."""
        return self.told("picture_alt")

    @property
    def featured_slugs(self) -> list[str]:
        return slugs_in(self.featured)

    def clean(self) -> None:
        super().clean()
        if self.picture_id and not self.picture_alt_id:
            raise ValidationError({"picture_alt_id": _("Say what the picture shows, for those who cannot see it.")})

    def get_url_parts(self, request: HttpRequest | None = None) -> Any:
        parts = super().get_url_parts(request)
        return parts and (parts[0], parts[1], reverse(self.section))

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        raise Http404

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The section itself, with this draft at its head."""
        request.previewed_section = self
        view = resolve(reverse(self.section))
        return view.func(request, *view.args, **view.kwargs)
