"""People, organisations and circles: who is who, and who may see what."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "cop_site.accounts"
    label = "accounts"
