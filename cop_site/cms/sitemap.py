"""What anybody may find: public practices, entries, topics and published pages, in both languages."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse
from wagtail.models import Page

from cop_site.core.menu import section_choices
from cop_site.directory.models import Listing
from cop_site.forums.models import Topic
from cop_site.library.models import Practice

from .models import PublishedPages

ON_A_PAGE = 2000  # times two languages, each with its alternates


class InBoth(Sitemap):
    """Each address in Indonesian and in English, and each entry names the other."""

    i18n = True
    alternates = True
    x_default = True
    limit = ON_A_PAGE


class Pages(InBoth):
    """Published pages; the sections' own addresses are among ``Sections``."""

    def items(self) -> QuerySet:
        return PublishedPages(Page).visible_to(AnonymousUser()).filter(depth__gte=2, sectionpage=None).order_by("path")

    def location(self, item: Any) -> str:
        return item.get_url()

    def lastmod(self, item: Any) -> datetime | None:
        return item.last_published_at


class Sections(InBoth):
    """The sections of the site."""

    def items(self) -> list[str]:
        return [name for name, _label in section_choices()]

    def location(self, item: Any) -> str:
        return reverse(item)


class Practices(InBoth):
    """Practices that everybody may read."""

    def items(self) -> QuerySet:
        return Practice.objects.visible_to(AnonymousUser()).published().only("slug", "last_published_at").order_by("pk")

    def lastmod(self, item: Any) -> datetime | None:
        return item.last_published_at


class Organisations(InBoth):
    """Entries of the directory that everybody may read."""

    def items(self) -> QuerySet:
        return Listing.objects.visible_to(AnonymousUser()).listed().select_related("organisation").order_by("pk")

    def lastmod(self, item: Any) -> datetime | None:
        return item.changed_at


class Topics(InBoth):
    """Topics that everybody may read."""

    def items(self) -> QuerySet:
        return Topic.objects.visible_to(AnonymousUser()).shown().only("slug", "last_post_at").order_by("pk")

    def lastmod(self, item: Any) -> datetime | None:
        return item.last_post_at


MAPS = {"pages": Pages, "sections": Sections, "library": Practices, "directory": Organisations, "forums": Topics}
