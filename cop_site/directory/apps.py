"""The directory."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    name = "cop_site.directory"
    label = "directory"

    def ready(self) -> None:
        from cop_site.accounts import slugs
        from cop_site.core import menu
        from cop_site.screening.standing import register

        from . import addresses, documents, policy
        from .selectors import desk, standing

        menu.register_section(url_name="directory", label=_("Directory"), icon="users-round")
        menu.register_entry(url_name="directory-mine", label=_("My organisations"), icon="users-round", allowed=policy.is_member)
        menu.register_entry(url_name="directory-desk", label=_("Directory desk"), icon="shield-check", allowed=desk.is_open_to)
        slugs.keep_free(addresses.taken)
        documents.register_kind()
        register("organisation", standing.entries)
        register("inquiry", standing.inquiries)
