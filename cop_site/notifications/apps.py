"""The notifications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "cop_site.notifications"
    label = "notifications"

    def ready(self) -> None:
        from cop_site.activity import errands
        from cop_site.core import menu
        from cop_site.forums import leafing

        from . import actions, listeners, mailing, policy  # noqa: F401 - listeners declare themselves

        leafing.register(actions.see_posts)
        errands.register(mailing.BELL, mailing.one_round)
        menu.register_entry(url_name="notifications", label=_("Notifications"), icon="bell", allowed=policy.can_be_told)
