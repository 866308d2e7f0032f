"""Pages that editors publish. One tree; a page carries both languages (docs/decisions/004-one-wagtail-tree-both-languages.md)."""

from .home import HomePage
from .news import NewsIndexPage, NewsPage
from .second_look import SecondLook
from .sections import SectionPage
from .texts import TextPage
from .written import PublishedPages, Told

__all__ = ["HomePage", "NewsIndexPage", "NewsPage", "PublishedPages", "SecondLook", "SectionPage", "TextPage", "Told"]
