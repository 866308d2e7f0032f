"""Good practices: shared, reviewed, found."""

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "cop_site.library"
    label = "library"
