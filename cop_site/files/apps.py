"""The files app."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "cop_site.files"
    label = "files"
