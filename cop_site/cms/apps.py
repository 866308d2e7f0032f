"""What editors publish with Wagtail."""

from django.apps import AppConfig


class CmsConfig(AppConfig):
    name = "cop_site.cms"
    label = "cms"
