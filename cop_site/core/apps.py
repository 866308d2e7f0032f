"""Plain tools that know no word of the domain."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "cop_site.core"
    label = "core"
