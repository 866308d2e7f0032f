"""The demo network and its mailbox."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "cop_site.demo"
    label = "demo"
