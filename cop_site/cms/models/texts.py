"""What the site says about itself."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .written import WrittenPage


class TextPage(WrittenPage):
    """About, code of conduct, privacy, help, and what else editors want to say; listed in the foot of every page if they wish."""

    parent_page_types = ["cms.HomePage"]
    subpage_types: list[str] = []
    show_in_menus_default = True
    template = "cms/written_page.html"

    class Meta:
        verbose_name = _("text page")
        verbose_name_plural = _("text pages")

    def __str__(self) -> str:
        return f"text page {self.pk}"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | {"is_public": True}
