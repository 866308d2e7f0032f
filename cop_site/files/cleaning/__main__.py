"""``python -m cop_site.files.cleaning SOURCE TARGET EXTENSION``: cleans one file and says in JSON what came of it."""

import json
import resource
import sys
from dataclasses import asdict
from pathlib import Path

from . import work
from .outcome import Refusal

MEMORY, PROCESSOR_TIME, LARGEST_FILE, OPEN_FILES = 560 * 1024 * 1024, 5, 160 * 1024 * 1024, 64


def limit() -> None:
    """Before anything of the file is read: whatever it makes a program do, it does not do it to the server."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_TIME, PROCESSOR_TIME + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))


def main(source: Path, target: Path, extension: str) -> dict:
    try:
        return {"cleaned": asdict(work.clean(source, target, extension))}
    except Refusal as refusal:
        return {"refused": refusal.code}


if __name__ == "__main__":
    limit()
    json.dump(main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]), sys.stdout)
