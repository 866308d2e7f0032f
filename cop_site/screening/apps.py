"""The personal-data guard, and the list of what may stand."""

from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    name = "cop_site.screening"
    label = "screening"
    verbose_name = "screening"

    def ready(self) -> None:
        from . import watching
        from .allowlist import read_from
        from .selectors import allowlist, watched

        read_from(allowlist)
        watching.read_from(watched)
