"""Who brings records in, who carries them away, and who sees what an import came to."""

from typing import Any

from django.db.models import Q

from cop_site.accounts.policy import NOTHING, is_secretariat


def can_import(user: Any) -> bool:
    """The secretariat brings in records from elsewhere."""
    return is_secretariat(user)


def can_export(user: Any) -> bool:
    """The secretariat carries texts away whole, and no more of them than each of its people may see."""
    return is_secretariat(user)


def import_runs_visible_to(user: Any) -> Q:
    """What an import came to is for the secretariat; the words of the file are for whoever brought it."""
    return Q() if can_import(user) else NOTHING


def sees_words_of(user: Any, run: Any) -> bool:
    """Whoever brought the file, as long as its words are kept."""
    return can_import(user) and run.by_id == user.pk


def can_run(user: Any, run: Any) -> bool:
    """Whoever brought the file says that it is brought in: publishing is her own word that it is safe."""
    return sees_words_of(user, run) and run.state == "ready"


def can_drop(user: Any, run: Any) -> bool:
    """Whoever brought the file lets go of it before anything was done with it."""
    return sees_words_of(user, run) and run.state in {"looking", "ready"}
