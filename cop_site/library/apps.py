"""Good practices: shared, reviewed, found."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LibraryConfig(AppConfig):
    name = "cop_site.library"
    label = "library"

    def ready(self) -> None:
        from cop_site.accounts.policy import can_review, can_review_safety, is_moderator
        from cop_site.core import menu
        from cop_site.screening.standing import register

        from . import carrying_policy, documents, policy
        from .selectors import standing

        menu.register_section(url_name="library", label=_("Library"), icon="book-open")
        menu.register_entry(url_name="share", label=_("Share a practice"), icon="plus", allowed=policy.may_have_texts)
        menu.register_entry(url_name="my-texts", label=_("My texts"), icon="pencil", allowed=policy.may_have_texts)
        menu.register_entry(
            url_name="review-desk",
            label=_("Review desk"),
            icon="shield-check",
            allowed=lambda user: can_review(user) or can_review_safety(user),
        )
        menu.register_entry(url_name="held-texts", label=_("Held texts"), icon="shield-alert", allowed=is_moderator)
        menu.register_entry(url_name="import-desk", label=_("Bring in texts"), icon="paperclip", allowed=carrying_policy.can_import)
        documents.register_kinds()
        for kind, read in {"practice": standing.practices, "list": standing.lists, "adaptation": standing.reports}.items():
            register(kind, read)
