"""Unsent text: what someone typed into a form that could not be taken is kept with their session and given back."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, QueryDict

from .addresses import parts_of

_SHELF = "unsent"
ABOUT = "about"
_SECRETS = {"password", "password1", "password2", "oldpassword", "code"}  # a code opens what a password opens
_NEVER_KEPT = {"csrfmiddlewaretoken", "deed_key", *_SECRETS}
_LONGEST = 200_000
_MOST_FORMS = 5
_A_TEXT = 40  # characters: shorter ones are choices, or typed again
_passing: set[tuple[str, str]] = set()


def never_keep(field: str, value: str) -> None:
    """Nothing is kept of a form in which ``field`` says ``value``: a session stands beside a person, and some choices must not."""
    _passing.add((field, value))


def keep(request: HttpRequest, form: str) -> bool:
    """Keep what was posted to ``form`` (its ``data-form`` name), and say whether it was kept; secrets never are."""
    fields = {name: request.POST.getlist(name) for name in request.POST if name not in _NEVER_KEPT}
    if any(value in fields.get(field, ()) for field, value in _passing):
        return False
    if sum(len(value) for values in fields.values() for value in values) > _LONGEST:
        return False
    shelf = {name: kept for name, kept in request.session.get(_SHELF, {}).items() if name != form}
    shelf[form] = fields
    request.session[_SHELF] = dict(list(shelf.items())[-_MOST_FORMS:])
    return True


def recall(request: HttpRequest, form: str, *, about: object = None) -> QueryDict | None:
    """What was kept of ``form``, or None.

    A form that stands on many pages carries in its field ``about`` what it is about: words about one person or text
    must never come back in the form about another.
    """
    fields = request.session.get(_SHELF, {}).get(form)
    if fields is None or (about is not None and fields.get(ABOUT) != [str(about)]):
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


def mark(view: Callable[..., Any], form: str) -> None:
    """Say which form a view takes, so that it can be kept before the view was reached."""
    view.takes_form = form  # type: ignore[attr-defined]


def form_behind(request: HttpRequest) -> str:
    """The name of the form that the view at this address takes, or an empty string."""
    return getattr(getattr(request.resolver_match, "func", None), "takes_form", "")


def to_send_again(request: HttpRequest) -> list[tuple[str, str]]:
    """What was posted from a page of this site, field by field, for a form that sends it again.

    Secrets are left out: such a form comes back, filled in but for them. And nothing of what another site's page sent:
    no one shall be led to confirm with one press what a stranger wrote.
    """
    if not _came_from_here(request):
        return []
    left_out = {"csrfmiddlewaretoken", *_SECRETS}
    fields = [(name, value) for name in request.POST if name not in left_out for value in request.POST.getlist(name)]
    return fields if sum(len(value) for _name, value in fields) <= _LONGEST else []


def texts(request: HttpRequest) -> list[str]:
    """The longer texts among what was posted from a page of this site, to be shown once more where they cannot be sent again."""
    return [value for name, value in to_send_again(request) if len(value) >= _A_TEXT and name not in _NEVER_KEPT]


def had_secret(request: HttpRequest) -> bool:
    """Whether a password or a code was among what was posted."""
    return bool(_SECRETS & set(request.POST))


def _came_from_here(request: HttpRequest) -> bool:
    """By headers that a page cannot forge."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return False
    origin = request.headers.get("Origin") or request.headers.get("Referer", "")
    return parts_of(origin).netloc == request.get_host()
