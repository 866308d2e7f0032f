"""Finding: one port, one analyser, engines behind it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "cop_site.search"
    label = "search"

    def ready(self) -> None:
        from cop_site.core import readiness

        from .selectors import state

        without = _("Search does not answer at present. The sections and their lists work.")
        readiness.register("search", readiness.Part(state, _("Search of this site"), _("Answers."), without))
