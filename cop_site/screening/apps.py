"""The screening app: plain functions, no rows."""

from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    name = "cop_site.screening"
    label = "screening"
    verbose_name = "screening"
