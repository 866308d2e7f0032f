"""People, organisations and circles as identities; what each may see hangs on these rows."""

from ..entry.models import Acceptance, Document, Edition, Invitation, SetUpCode
from .applications import Application
from .circles import Circle, CircleMembership
from .organisations import Membership, Organisation
from .people import SYSTEM_HANDLE, Level, Role, User
from .shared import Shared
from .standing import Block, Task

__all__ = [
    "SYSTEM_HANDLE",
    "Acceptance",
    "Application",
    "Block",
    "Circle",
    "CircleMembership",
    "Document",
    "Edition",
    "Invitation",
    "Level",
    "Membership",
    "Organisation",
    "Role",
    "SetUpCode",
    "Shared",
    "Task",
    "User",
]
