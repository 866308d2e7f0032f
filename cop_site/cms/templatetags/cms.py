"""What pages of every app ask of the editors' tree: heads of sections, links in the foot, pictures, chosen practices."""

from typing import Any

from django import template
from django.utils.safestring import SafeString
from wagtail.rich_text import RichText, expand_db_html

from cop_site.core.text import tidied
from cop_site.search.port import Shown

from .. import foot, heads, pictures, selectors
from ..models import SectionPage

register = template.Library()


@register.simple_tag(takes_context=True)
def foot_pages(context: Any) -> list[foot.FootLink]:
    """The published pages below home that editors want in the foot of every page."""
    return foot.links(context.get("request"))


@register.inclusion_tag("cms/_section_head.html", takes_context=True)
def section_head(context: Any, section: str, *, title: str, lede: str) -> dict[str, Any]:
    """The head of a section as editors wrote it; ``title`` and ``lede`` stand in where there is no such page.

    Chosen practices are shown on the section's plain address alone: with a question, its answers come first.
    """
    request = context["request"]
    page = _section_page(request, section)
    featured = selectors.chosen_practices(request.user, page.featured_slugs) if page and not request.GET else []
    return {"request": request, "page": page, "title": title, "lede": lede, "featured": featured}


def _section_page(request: Any, section: str) -> SectionPage | None:
    previewed = getattr(request, "previewed_section", None)
    if previewed and previewed.section == section:
        return previewed
    return heads.head_of(section)


@register.simple_tag(takes_context=True)
def chosen_practices(context: Any, slugs: list[str]) -> list[Shown]:
    """Practices by their slugs, as far as this reader may see them."""
    return selectors.chosen_practices(context["request"].user, slugs)


@register.filter
def tidy(words: RichText | str) -> SafeString:
    """Rich text as members' words are shown: clean and without classes."""
    return tidied(expand_db_html(words.source if isinstance(words, RichText) else str(words)))


@register.inclusion_tag("cms/_picture.html")
def picture(image: Any, shape: str, alternative: str) -> dict[str, Any]:
    """A picture within the budget, in the formats that browsers read."""
    drawn = [pictures.lightest(image, shape, form) for form in pictures.FORMATS]
    return {"better": drawn[0], "plain": drawn[1], "alternative": alternative}
