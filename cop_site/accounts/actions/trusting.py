"""What a person is in the network, and what she is trusted with on top."""

from datetime import date

from django.contrib.auth.models import Group
from django.utils import timezone

from cop_site.activity.actions import record
from cop_site.activity.deeds import deed
from cop_site.activity.verbs import Verb
from cop_site.core.access import require

from .. import policy, scopes
from ..models import Role, Task, User

EDITORS = "Editors"  # Wagtail's page permissions hang on this group


@deed
def change_role(person: User, role: str, *, by: User, until: date | None = None) -> User:
    """Make a person something else in the network, from now until a day or for good; their tasks stay as they are."""
    person = User.objects.select_for_update().get(pk=person.pk)
    require(policy.can_change_role(by, person, Role(role)))
    if (person.role, person.role_until) != (role, until):
        was, person.role, person.role_until = person.role, Role(role), until
        person.save(update_fields=["role", "role_until"])
        record(Verb.CHANGED_ROLE, by=by, subject=person, was=was, role=role, until=until.isoformat() if until else None)
    return person


@deed
def grant_task(person: User, kind: str, *, by: User, reason: str, ends_on: date, scope: str = "") -> Task:
    """Trust a person with a task until a day; granting it again only moves the day. A local moderator has a ``scope``, nobody else."""
    require(policy.can_grant_task(by, person))
    require(scopes.is_known(scope, viewer=by) if kind == Task.Kind.MODERATOR else not scope)
    task, _is_new = Task.objects.update_or_create(
        person=person, kind=Task.Kind(kind), scope=scope, ended_at=None, defaults={"reason": reason, "granted_by": by, "ends_on": ends_on}
    )
    if kind == Task.Kind.EDITOR:
        person.groups.add(Group.objects.get_or_create(name=EDITORS)[0])
    record(Verb.GRANTED_TASK, by=by, subject=person, reason=reason, task=kind, scope=scope or None, ends_on=ends_on.isoformat())
    return task


@deed
def end_task(task: Task, *, by: User) -> Task:
    """End a task now."""
    require(policy.can_end_task(by))
    if task.ended_at is None:
        task.ended_at = timezone.now()
        task.save(update_fields=["ended_at"])
        if task.kind == Task.Kind.EDITOR:
            task.person.groups.remove(*Group.objects.filter(name=EDITORS))
        record(Verb.ENDED_TASK, by=by, subject=task.person, task=task.kind, scope=task.scope or None)
    return task
