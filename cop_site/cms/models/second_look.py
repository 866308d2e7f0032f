"""The one step of the page workflow."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, TaskState


class SecondLook(AbstractGroupApprovalTask):
    """Another editor reads a page before it is published; whoever handed it in cannot approve it."""

    class Meta:
        verbose_name = _("second look")

    def __str__(self) -> str:
        return f"second look {self.pk}"

    @classmethod
    def get_description(cls) -> Any:
        return _("Another editor than the one who handed it in reads the page and publishes it, or asks for changes.")

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        state = obj.current_workflow_state
        return [] if state and state.requested_by_id == user.pk else super().get_actions(obj, user)

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> Any:
        states = super().get_task_states_user_can_moderate(user, **kwargs)
        return states.exclude(workflow_state__requested_by=user.pk) if states else TaskState.objects.none()
