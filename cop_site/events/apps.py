"""Events."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "cop_site.events"
    label = "events"

    def ready(self) -> None:
        from cop_site.accounts import policy
        from cop_site.core import menu

        menu.register_section(url_name="events", label=_("Events"), icon="calendar-days")
        policy.keep_unlisted("gathering")  # who comes to an event is read by those who lead it
