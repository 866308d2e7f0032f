"""Terms, regions and official channels."""

from django.apps import AppConfig


class VocabularyConfig(AppConfig):
    name = "cop_site.vocabulary"
    label = "vocabulary"
