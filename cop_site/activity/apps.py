"""The journal: who did what to what, and when."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class ActivityConfig(AppConfig):
    name = "cop_site.activity"
    label = "activity"

    def ready(self) -> None:
        # Every app's listeners and timed jobs, so that a deed in any process knows who must hear of it.
        autodiscover_modules("listeners", "clock")

        from cop_site.core import readiness

        from . import errands, sealing
        from .actions import SEALS
        from .selectors import state_of_deliveries

        errands.register(SEALS, sealing.one_round)

        late = _("News of what happened comes later than usual: mails, and new texts in search. Nothing is lost.")
        readiness.register("deliveries", readiness.Part(state_of_deliveries, _("What follows by itself"), _("Up to date."), late))
