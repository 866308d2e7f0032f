"""Sockets and the room hub."""

from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "cop_site.live"
    label = "live"
