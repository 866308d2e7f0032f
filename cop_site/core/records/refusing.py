"""Why a line or a file is not taken in, in a sentence for whoever brought it."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

HIDDEN = "…"


class Refused(Exception):
    """A line that is not taken in.

    ``sentence`` is English and can be translated; ``said`` among its names is what the file says there, which is told to
    whoever brought the file and kept no longer than the file. ``indonesian`` is the sentence where no catalogue has it.
    """

    def __init__(self, sentence: str, **named: str) -> None:
        super().__init__(sentence)
        self.sentence, self.named = sentence, named

    def __str__(self) -> str:
        """For commands, which speak English."""
        return self.sentence % self.named


class Unreadable(Refused):
    """Nothing of a file can be read: a sentence without its subject, which is the file."""


def quoted(said: Any) -> str:
    """What a file says, short enough for a sentence."""
    return repr(str(said)[:60])


def in_readers_language(sentence: str, named: dict[str, str], *, with_words: bool) -> str:
    """A sentence as kept, told anew; without the words of the file where its reader may not have them."""
    if get_language() == "id" and named.get("indonesian"):
        return named["indonesian"]
    words = {name: said if with_words or name != "said" else HIDDEN for name, said in named.items()}
    return _(sentence) % (words | {"said": words.get("said", HIDDEN)}) if sentence else ""
