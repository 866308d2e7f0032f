"""What editors may do in Wagtail's admin beyond pages."""

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy


class OnlyChange(ModelPermissionPolicy):
    """Terms and channels can be bettered; none is added or taken away here, whoever asks."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in {"change", "view"} and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)
