"""Who may sign in, and what Wagtail lets them do."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, QuerySet

from . import policy
from .asking import written_once
from .models import Block, User


@written_once
def _people(_viewer: Any, *, pk: int) -> QuerySet[User]:
    return User.objects.annotate(blocks_somebody=Exists(Block.objects.filter(person=OuterRef("pk")))).filter(pk=pk)


class PeopleBackend(AuthenticationBackend):
    """Sign-in by address; a suspended person is nobody from the next request on, whatever their session says."""

    def get_user(self, user_id: Any) -> User | None:
        """Whoever a session belongs to; whether she blocks anybody is read along, so that most readers are asked nothing more."""
        person = next(iter(_people(AnonymousUser(), pk=int(user_id))), None)
        return person if person and self.user_can_authenticate(person) else None

    def user_can_authenticate(self, user: Any) -> bool:
        return user.is_active and user.suspended_at is None

    def _get_permissions(self, user_obj: Any, obj: Any, from_name: str) -> set[str]:
        """Permissions (Wagtail's) hang on a group, and count only while the task of editor is in force."""
        return super()._get_permissions(user_obj, obj, from_name) if policy.can_edit_pages(user_obj) else set()
