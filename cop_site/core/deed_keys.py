"""The key that makes a form harmless to send twice."""

from uuid import UUID

from django.http import HttpRequest

FIELD = "deed_key"


def deed_key(request: HttpRequest) -> UUID | None:
    """The key that the form was drawn with, or None where it carries none that can be read."""
    try:
        return UUID(request.POST.get(FIELD, ""))
    except ValueError:
        return None
