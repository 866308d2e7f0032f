"""Sockets and the room hub."""

from django.apps import AppConfig
from django.conf import settings


class LiveConfig(AppConfig):
    name = "cop_site.live"
    label = "live"

    def ready(self) -> None:
        if settings.REDIS_URL:
            from . import bells

            bells.carry()
