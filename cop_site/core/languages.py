"""Makes the catalogues that Django reads (.mo) from those that people edit (.po), without gettext's tools."""

import os
from collections.abc import Iterable
from pathlib import Path

import polib


def compile_catalogues(folders: Iterable[Path]) -> list[Path]:
    """Write every ``.mo`` that is missing or older than its ``.po``; returns what was written."""
    sources = [source for folder in folders for source in sorted(Path(folder).glob("*/LC_MESSAGES/*.po"))]
    stale = [source for source in sources if _is_stale(source)]
    for source in stale:
        half = source.with_suffix(f".{os.getpid()}.half")  # several processes may do this at once
        polib.pofile(str(source)).save_as_mofile(str(half))
        half.replace(source.with_suffix(".mo"))
    return [source.with_suffix(".mo") for source in stale]


def _is_stale(source: Path) -> bool:
    target = source.with_suffix(".mo")
    return not target.exists() or target.stat().st_mtime_ns < source.stat().st_mtime_ns
