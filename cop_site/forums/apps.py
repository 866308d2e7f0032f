"""The forums."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ForumsConfig(AppConfig):
    name = "cop_site.forums"
    label = "forums"

    def ready(self) -> None:
        from cop_site.core import menu

        from . import documents, policy

        menu.register_section(url_name="forums", label=_("Forums"), icon="messages-square")
        menu.register_entry(url_name="my-posts", label=_("My posts"), icon="messages-square", allowed=policy.can_write)
        menu.register_entry(url_name="waiting", label=_("Waiting posts"), icon="clock", allowed=policy.can_moderate)
        documents.register_kind()
