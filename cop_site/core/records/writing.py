"""Files of records that a command writes."""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path


def write_whole(path: Path, pieces: Iterable[bytes]) -> None:
    """All of it or nothing: a half export would be taken for a whole one."""
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(pieces)
        Path(beside).replace(path)
    finally:
        Path(beside).unlink(missing_ok=True)
