"""The forums."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ForumsConfig(AppConfig):
    name = "cop_site.forums"
    label = "forums"

    def ready(self) -> None:
        from cop_site.accounts import blocking, scopes
        from cop_site.core import menu
        from cop_site.screening import standing

        from . import documents, policy
        from .selectors.own import author_to_block
        from .selectors.standing import posts
        from .selectors.steering import places_to_moderate

        menu.register_section(url_name="forums", label=_("Forums"), icon="messages-square")
        menu.register_entry(url_name="my-posts", label=_("My posts"), icon="messages-square", allowed=policy.can_keep_own)
        documents.register_kind()
        standing.register("post", posts)
        blocking.register("post", author_to_block)
        scopes.register("forum", _("Forum"), places_to_moderate)
