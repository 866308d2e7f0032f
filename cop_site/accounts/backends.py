"""Who may sign in, and what Wagtail lets them do."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import Exists, OuterRef

from . import policy
from .models import Block, User


class PeopleBackend(AuthenticationBackend):
    """Sign-in by address; a suspended person is nobody from the next request on, whatever their session says."""

    def get_user(self, user_id: Any) -> User | None:
        """Whoever a session belongs to; whether she blocks anybody is read along, so that most readers are asked nothing more."""
        blocks = Exists(Block.objects.filter(person=OuterRef("pk")))
        person = User.objects.annotate(blocks_somebody=blocks).filter(pk=user_id).first()
        return person if person and self.user_can_authenticate(person) else None

    def user_can_authenticate(self, user: Any) -> bool:
        return user.is_active and user.suspended_at is None

    def _get_permissions(self, user_obj: Any, obj: Any, from_name: str) -> set[str]:
        """Permissions (Wagtail's) hang on a group, and count only while the task of editor is in force."""
        return super()._get_permissions(user_obj, obj, from_name) if policy.can_edit_pages(user_obj) else set()
