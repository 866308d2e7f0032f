"""The network's follow-up: so far, what grew out of talks."""

from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "cop_site.network"
    label = "network"
