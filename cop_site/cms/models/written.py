"""What all pages have in common: words in both languages, and who reads them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet

from ..blocks import Body


@dataclass(frozen=True)
class Told:
    """Words of a page as one reader gets them; ``is_borrowed`` where their own language has none."""

    words: Any
    language: str
    is_borrowed: bool


class PublishedPages(PageQuerySet):
    def visible_to(self, user: Any) -> "PublishedPages":
        """Editors' pages are for everybody once they are published."""
        return self.live().public()


class InBothLanguages(models.Model):
    """A page whose words stand twice: ``…_id`` and ``…_en`` (of the title: ``title`` and ``title_en``)."""

    title_en = models.CharField(_("title (English)"), max_length=255, blank=True)

    class Meta:
        abstract = True

    def told(self, name: str) -> Told:
        """What stands in a pair of fields, in the reader's language, else in the other."""
        own, other = ("en", "id") if get_language() == "en" else ("id", "en")
        words = self._words(name, own)
        if words:
            return Told(words, own, is_borrowed=False)
        borrowed = self._words(name, other)
        return Told(borrowed, other, is_borrowed=bool(borrowed))

    def _words(self, name: str, language: str) -> Any:
        return self.title if (name, language) == ("title", "id") else getattr(self, f"{name}_{language}")

    @property
    def heading(self) -> Told:
        """The title in the reader's language, else in the other."""
        return self.told("title")

    @property
    def lede(self) -> Told:
        """The introduction in the reader's language, else in the other."""
        return self.told("lede")


class WrittenPage(InBothLanguages, Page):
    """A page of words: title, introduction, body, each in both languages."""

    lede_id = models.TextField(_("introduction (Indonesian)"), max_length=400, blank=True)
    lede_en = models.TextField(_("introduction (English)"), max_length=400, blank=True)
    body_id = StreamField(Body(), verbose_name=_("text (Indonesian)"), blank=True)
    body_en = StreamField(Body(), verbose_name=_("text (English)"), blank=True)

    objects = PageManager.from_queryset(PublishedPages)()

    content_panels = [
        MultiFieldPanel([FieldPanel("title"), FieldPanel("lede_id"), FieldPanel("body_id")], heading=_("Indonesian")),
        MultiFieldPanel([FieldPanel("title_en"), FieldPanel("lede_en"), FieldPanel("body_en")], heading=_("English")),
    ]
    promote_panels = [FieldPanel("slug"), FieldPanel("show_in_menus")]

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        refuse_taken(self.slug)

    @property
    def body(self) -> Told:
        """The text in the reader's language, else in the other."""
        return self.told("body")


def refuse_taken(slug: str) -> None:
    """A page must not be called as a part of the site is: its address would lead there."""
    if slug in path_words():
        raise ValidationError({"slug": _("A part of the site has this address. Choose another word.")})


def path_words() -> set[str]:
    """The first words of all addresses that belong to the site itself."""
    return set(_first_words(get_resolver())) - {""} | {"en", "id", "ws", "oai", "feeds"}


def _first_words(resolver: URLResolver) -> Iterator[str]:
    for entry in resolver.url_patterns:
        word = "" if isinstance(entry.pattern, LocalePrefixPattern) else str(entry.pattern).strip("^").split("/")[0]
        if not word and isinstance(entry, URLResolver):
            yield from _first_words(entry)
        yield word
