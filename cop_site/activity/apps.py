"""The journal: who did what to what, and when."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ActivityConfig(AppConfig):
    name = "cop_site.activity"
    label = "activity"

    def ready(self) -> None:
        # Every app's listeners and timed jobs, so that a deed in any process knows who must hear of it.
        autodiscover_modules("listeners", "clock")
