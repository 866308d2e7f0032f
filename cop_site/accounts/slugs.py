"""Addresses of organisations: which are free, past what apps above say is taken."""

from collections.abc import Callable, Collection

from django.utils.text import slugify

from .models import Organisation

_also_taken: list[Callable[[], Collection[str]]] = []


def keep_free(taken: Callable[[], Collection[str]]) -> None:
    """No organisation is given a slug that ``taken`` names when it is asked."""
    _also_taken.append(taken)


def free_slug(name: str) -> str:
    """A slug for a name: of two organisations with one name the second gets a number."""
    base = slugify(name)[:70] or "lembaga"
    taken = set(Organisation.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    taken |= {slug for others in _also_taken for slug in others() if slug.startswith(base)}
    return next(slug for slug in [base, *(f"{base}-{number}" for number in range(2, len(taken) + 3))] if slug not in taken)
