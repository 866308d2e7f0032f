"""Moderation."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ModerationConfig(AppConfig):
    name = "cop_site.moderation"
    label = "moderation"

    def ready(self) -> None:
        from cop_site.core import menu

        from . import policy

        menu.register_entry(url_name="moderation", label=_("Moderation"), icon="shield-check", allowed=policy.can_sit_at_desk)
