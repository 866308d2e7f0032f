"""What a local moderator can look after: the apps that own such places say which there are."""

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.utils.functional import Promise

from cop_site.vocabulary import selectors as words

Choice = tuple[str, str | Promise]  # the name of a place, and what people read
Places = Callable[[Any], Iterable[Choice]]  # those that a viewer may know of

_places: dict[str, tuple[str | Promise, Places]] = {}


def register(what: str, label: str | Promise, places: Places) -> None:
    """Let people be trusted with places of this kind; in a task one of them stands as ``<what>:<name>``."""
    _places[what] = (label, places)


def choices(viewer: Any) -> list[tuple[str, list[Choice]]]:
    """Every scope that ``viewer`` may know of, in groups, as the form that grants the task offers them."""
    return [(str(label), [(f"{what}:{name}", said) for name, said in places(viewer)]) for what, (label, places) in _places.items()]


def is_known(scope: str, *, viewer: Any) -> bool:
    """Whether ``viewer`` knows of such a place."""
    what, _colon, name = scope.partition(":")
    return what in _places and name in dict(_places[what][1](viewer))


def labels(tasks: Iterable[Any], *, viewer: Any) -> list[str]:
    """What people read for the scope of each task; the kind of place alone where ``viewer`` may not know of the place, or it is gone."""
    of_all = [task.scope for task in tasks]
    known = {scope: f"{label}: {said}" for label, found in choices(viewer) for scope, said in found} if any(of_all) else {}
    return [known.get(scope) or _kind_of(scope) for scope in of_all]


def _kind_of(scope: str) -> str:
    what = scope.partition(":")[0]
    return str(_places[what][0]) if what in _places else ""


def provinces(_viewer: Any) -> list[Choice]:
    """Where in the country."""
    return [(code, words.province_name(code)) for code in words.provinces()]


def languages(_viewer: Any) -> list[Choice]:
    """In which language members write."""
    return list(settings.LANGUAGES)
