"""People, organisations and circles: who is who, and who may see what."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "cop_site.accounts"
    label = "accounts"

    def ready(self) -> None:
        from cop_site.core.menu import register_entry

        from . import policy, scopes
        from .entry import policy as entry

        scopes.register("province", _("Province"), scopes.provinces)
        scopes.register("language", _("Language"), scopes.languages)
        register_entry(url_name="onboarding", label=_("First steps"), icon="check", allowed=entry.is_asked)
        register_entry(url_name="my-application", label=_("My application"), icon="clock", allowed=policy.can_apply)
        register_entry(url_name="circles", label=_("Circles"), icon="users-round", allowed=policy.can_see_circles)
        register_entry(url_name="applications", label=_("Applications"), icon="door-open", allowed=policy.can_decide_applications)
        register_entry(url_name="invitations", label=_("Invitations"), icon="door-open", allowed=entry.can_invite)
        register_entry(url_name="agreements", label=_("What everybody accepts"), icon="check", allowed=entry.can_ask_again)
        register_entry(url_name="people", label=_("People"), icon="list", allowed=policy.can_see_people)
        register_entry(url_name="journal", label=_("Journal"), icon="eye", allowed=policy.can_read_journal)
