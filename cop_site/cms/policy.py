"""What editors may do in Wagtail's admin, and who sees their pictures."""

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy

from cop_site.accounts.policy import can_edit_pages, is_secretariat


class OnlyChange(ModelPermissionPolicy):
    """Terms and channels can be bettered; none is added or taken away here, whoever asks."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in {"change", "view"} and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


class OnlySecretariat(ModelPermissionPolicy):
    """What the guard lets pass is the secretariat's alone to list, to correct and to take off."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in {"add", "change", "delete", "view"} and is_secretariat(user)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


def can_see_picture(user: Any, *, is_drawn_for_readers: bool, is_on_a_published_page: bool) -> bool:
    """Editors see every picture; others those of published pages, in the sizes that pages show."""
    return can_edit_pages(user) or (is_drawn_for_readers and is_on_a_published_page)
