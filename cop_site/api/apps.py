"""The read API."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "cop_site.api"
    label = "api"
