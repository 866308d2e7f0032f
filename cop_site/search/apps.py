"""Finding: one port, one analyser, engines behind it."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "cop_site.search"
    label = "search"
