"""Good practices: shared, reviewed, found."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LibraryConfig(AppConfig):
    name = "cop_site.library"
    label = "library"

    def ready(self) -> None:
        from cop_site.accounts.policy import can_review, can_review_safety
        from cop_site.core import menu
        from cop_site.search import registry

        from . import documents, policy

        menu.register_section(url_name="library", label=_("Library"), icon="book-open")
        menu.register_entry(url_name="share", label=_("Share a practice"), icon="plus", allowed=policy.may_have_texts)
        menu.register_entry(url_name="my-texts", label=_("My texts"), icon="pencil", allowed=policy.may_have_texts)
        menu.register_entry(
            url_name="review-desk",
            label=_("Review desk"),
            icon="shield-check",
            allowed=lambda user: can_review(user) or can_review_safety(user),
        )
        registry.register(
            policy.KIND,
            label=_("Practices"),
            documents=documents.practice_documents,
            visible=documents.visible_practices,
            link=lambda practice: practice.get_absolute_url(),
            title=documents.title_of,
        )
