"""Finding: one port, one analyser, engines behind it."""

from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "cop_site.search"
    label = "search"

    def ready(self) -> None:
        from cop_site.core import menu, readiness

        from . import policy
        from .selectors import state

        without = _("Search does not answer at present. The sections and their lists work.")
        readiness.register("search", readiness.Part(state, _("Search of this site"), _("Answers."), without))
        if settings.ELASTICSEARCH_URL:
            from cop_site.activity import errands

            from .mirroring import Errand, state_of_mirror
            from .outbox import BELL

            errands.register(BELL, Errand().round)
            away = _("The server that helps to search does not answer as it should. The database answers instead; nothing is missing.")
            readiness.register("elasticsearch", readiness.Part(state_of_mirror, _("Search server"), _("Answers."), away))
        menu.register_entry(url_name="saved-searches", label=_("Saved searches"), icon="pin", allowed=policy.can_save_searches)
        menu.register_entry(url_name="missed-questions", label=_("What was not found"), icon="circle-help", allowed=policy.can_see_misses)
