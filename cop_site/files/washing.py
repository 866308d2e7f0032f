"""Has a file cleaned by a process of its own, with little memory and little time."""

import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from django.conf import settings

from .cleaning.outcome import Cleaned
from .refusing import SENTENCES, Refused

AT_ONCE = threading.BoundedSemaphore(2)
PATIENCE, LONGEST = 20.0, 40.0  # seconds of a clock; what a file may cost, the process counts itself
KEEPS_ITS_ENVIRONMENT = {"PYTHONUTF8": "1", "PATH": "/usr/bin:/bin"}


def wash(source: Path, target: Path, extension: str) -> Cleaned:
    """Write what ``source`` holds clean to ``target``; a file that is not taken is ``Refused``."""
    if not AT_ONCE.acquire(timeout=PATIENCE):
        raise Refused("busy")
    try:
        told = _run(source, target, extension)
    finally:
        AT_ONCE.release()
    if refused := told.get("refused"):
        raise Refused(refused if refused in SENTENCES else "damaged")
    return Cleaned(**told["cleaned"])


def _run(source: Path, target: Path, extension: str) -> dict[str, Any]:
    """What the process said. One that was ended took too much; one that stumbled met something broken."""
    command = [sys.executable, "-m", "cop_site.files.cleaning", str(source), str(target), extension]
    try:
        done = subprocess.run(  # noqa: S603 - our own program; the name of the file is ours too
            command,
            cwd=settings.ROOT,
            env=KEEPS_ITS_ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=LONGEST,
            check=False,
        )
    except subprocess.TimeoutExpired:  # it had little of the processor: others are at work
        return {"refused": "busy"}
    if done.returncode < 0:
        return {"refused": "too-heavy"}
    return json.loads(done.stdout) if done.returncode == 0 else {"refused": "damaged"}
