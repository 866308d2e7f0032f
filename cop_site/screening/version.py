"""Which rules were applied: what was read under other rules is read again."""

from hashlib import sha256
from pathlib import Path

_HERE = Path(__file__).parent
# These say nothing about what is found.
_NOT_RULES = {"__init__.py", "actions.py", "apps.py", "fixes.py", "kinds.py", "models.py", "policy.py", "selectors.py"}
# Nor what belongs to watched words: for new ones everything is looked through anyway.
_NOT_RULES |= {"matching.py", "patterns.py", "scanning.py", "standing.py", "watching.py", "wordlists.py"}
_NOT_DATA = {"watched_words.csv"}


def _fingerprint() -> str:
    """Of every rule and word list: nobody has to remember to count up."""
    rules = [path for path in sorted(_HERE.glob("*.py")) if path.name not in _NOT_RULES]
    told = b"".join(
        path.name.encode() + path.read_bytes()
        for path in [*rules, *(path for path in sorted((_HERE / "data").iterdir()) if path.name not in _NOT_DATA)]
    )
    return sha256(told).hexdigest()[:12]


RULES_VERSION = _fingerprint()
