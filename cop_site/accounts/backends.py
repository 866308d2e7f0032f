"""Who may sign in, and what Wagtail lets them do."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from . import policy


class PeopleBackend(AuthenticationBackend):
    """Sign-in by address; a suspended person is nobody from the next request on, whatever their session says."""

    def user_can_authenticate(self, user: Any) -> bool:
        return user.is_active and user.suspended_at is None

    def _get_permissions(self, user_obj: Any, obj: Any, from_name: str) -> set[str]:
        """Permissions (Wagtail's) hang on a group, and count only while the task of editor is in force."""
        return super()._get_permissions(user_obj, obj, from_name) if policy.can_edit_pages(user_obj) else set()
