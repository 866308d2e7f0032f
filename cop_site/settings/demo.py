"""A site with invented content, on loopback."""

import secrets

from .base import *  # noqa: F403
from .base import VAR

# A demo started by mistake over a real site would give everybody a password to it (script/prepare.py writes the mark).
_mark = VAR / "mode"
if _mark.exists() and _mark.read_text().strip() == "production":
    raise read.BadSetting("COP_MODE", f"is demo, but {VAR} belongs to a real site: set COP_MODE=production, or another COP_VAR.")  # noqa: F405


def kept_secret() -> str:
    """The key of this clone, made at the first start and kept beside the database."""
    path = VAR / "secret-key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(64))
    return path.read_text().strip()


SECRET_KEY = read.words("SECRET_KEY", "") or kept_secret()  # noqa: F405
ALLOWED_HOSTS = read.names("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])  # noqa: F405
