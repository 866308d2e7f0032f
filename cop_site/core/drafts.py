"""Unsent text: what someone typed into a form that could not be taken is kept with their session and given back."""

from django.http import HttpRequest, QueryDict

_SHELF = "unsent"
_NEVER_KEPT = {"csrfmiddlewaretoken", "deed_key", "password", "password1", "password2", "oldpassword"}
_LONGEST = 200_000
_MOST_FORMS = 5


def keep(request: HttpRequest, form: str) -> None:
    """Keep what was posted to ``form`` (its ``data-form`` name); secrets are never kept."""
    fields = {name: request.POST.getlist(name) for name in request.POST if name not in _NEVER_KEPT}
    if sum(len(value) for values in fields.values() for value in values) > _LONGEST:
        return
    shelf = {name: kept for name, kept in request.session.get(_SHELF, {}).items() if name != form}
    shelf[form] = fields
    request.session[_SHELF] = dict(list(shelf.items())[-_MOST_FORMS:])


def recall(request: HttpRequest, form: str) -> QueryDict | None:
    """What was kept of ``form``, or None."""
    fields = request.session.get(_SHELF, {}).get(form)
    if fields is None:
        return None
    found = QueryDict(mutable=True)
    for name, values in fields.items():
        found.setlist(name, values)
    return found


def drop(request: HttpRequest, form: str) -> None:
    """Forget what was kept of ``form``: it was sent."""
    shelf = request.session.get(_SHELF, {})
    if form in shelf:
        request.session[_SHELF] = {name: kept for name, kept in shelf.items() if name != form}
