"""Writing under another name: drawn by chance for each topic, and told to nobody."""

import json
import secrets
from functools import cache
from pathlib import Path
from typing import Any

from cop_site.accounts.models import User

from .models import Pseudonym, Topic

_TRIES = 50


@cache
def _words() -> dict[str, list[str]]:
    return json.loads((Path(__file__).parent / "data" / "pseudonyms.json").read_text())


def name_in(topic: Topic, person: User) -> Pseudonym:
    """The name of a person in a topic, the same as before where she has one; the topic's row is locked by who calls this."""
    found = Pseudonym.objects.filter(topic=topic, person=person).first()
    return found or Pseudonym.objects.create(topic=topic, person=person, name=_new_name(topic))


def _new_name(topic: Topic) -> str:
    taken = set(topic.pseudonyms.values_list("name", flat=True))
    for _try in range(_TRIES):
        name = f"{secrets.choice(_words()['things'])} {secrets.choice(_words()['qualities'])}"
        if name not in taken:
            return name
    return f"{name} {len(taken) + 1}"


def journaled_as(person: User, hides_name: bool) -> Any:
    """Who stands in the journal: the system's account for a person who hides her name, since the auditor is no moderator."""
    return User.objects.system() if hides_name else person


def journaled_why(held: str | None, hides_name: bool) -> str:
    """Why a post waits, for the journal; of one under another name that it does: why could say whose it is."""
    return "sealed" if held and hides_name else held or ""
