"""Joins the stylesheets and scripts into bundles: one file each, a mark of its content in its name, compressed beside it."""

import gzip
import hashlib
import os
import re
from functools import lru_cache
from pathlib import Path
from uuid import uuid4

import brotli
from django.conf import settings
from django.contrib.staticfiles import finders

# Order matters: layers come first, then what is plain, then components, then what may overrule them.
STYLES = """
    layers tokens reset base layout
    icon weave brand button skip demo_band channels masthead sections menu search page_head hero mat
    tag chip badge evidence panel entry notice toast facets check toolbar pages prose steps both sides picture thread cite
    field finding stepper action_bar choice fold queue desk tabs bell compare scores veil table cell matrix tile_map outlines chain coverage organisations referral avatar post writer figures progress unwoven dialog_page passkey who_sees offline_note foot
    utilities forced_colors print
"""
BEHAVIOURS = (
    "quick_exit word_count text_tools own_device keep_text save_state auto_save offline_note copy_text suggest_words asks_again new_answers"
)
ROOM = "outbox link reader moment lines state head desk board drag polls asking groups later panes presence live_room"

PIECES = ("fonts/jakarta.woff2", "img/sprite.svg", "img/favicon.svg")
BUNDLES = {
    "site.css": tuple(f"css/{name}.css" for name in STYLES.split()),
    "site.js": tuple(f"js/{name}.js" for name in BEHAVIOURS.split()),
    "htmx.js": ("django_htmx/htmx-2.min.js",),
    "passkey.js": ("js/passkey.js",),
    "bell.js": ("js/unread_count.js", "js/ring_line.js"),  # after site.js, for whoever has a bell
    "desk.js": ("js/desk_keys.js",),
    "room.css": ("css/room.css",),
    "groups.css": ("css/groups.css",),
    "groups.js": ("js/drag_seats.js",),
    "wall.css": ("css/room.css", "css/wall.css"),
    "wall.js": tuple(f"js/room/{name}.js" for name in ("link", "moment", "state", "polls", "wall")),
    "replay.css": ("css/replay.css",),
    "replay.js": ("js/room/moment.js", "js/room_replay.js"),
    "room.js": tuple(f"js/room/{name}.js" for name in ROOM.split()),
}
FOLDER = "bundles/"
ALREADY_COMPRESSED = {".woff2"}


def asset_url(name: str) -> str:
    """The address of a bundle (``site.css``) or of a piece (``img/sprite.svg``); it changes with the content."""
    return f"{settings.STATIC_URL}{FOLDER}{build()[name]}"


@lru_cache(maxsize=1)
def build() -> dict[str, str]:
    """Write every bundle that is not there yet; returns the file name of each."""
    names = {piece: _write(Path(piece).name, source_of(piece)) for piece in PIECES}
    for bundle, sources in BUNDLES.items():
        joined = b"\n".join(source_of(source) for source in sources)
        names[bundle] = _write(bundle, _finished_css(joined, names) if bundle.endswith(".css") else joined)
    return names


def source_of(path: str) -> bytes:
    """A source as it lies in ``static/``."""
    found = finders.find(path)
    if not found:
        raise FileNotFoundError(f"The bundles need static/{path}, which is not there.")
    return Path(found).read_bytes()


def _finished_css(css: bytes, names: dict[str, str]) -> bytes:
    """The sheet without comments and indentation, pointing at pieces by the name they got (same folder)."""
    text = re.sub(r"/\*.*?\*/", "", css.decode(), flags=re.DOTALL)
    text = re.sub(r'url\("\.\./([^"]+)"\)', lambda piece: f'url("{names[piece[1]]}")', text)
    return re.sub(r"\s+", " ", text).strip().encode()


def _write(name: str, content: bytes) -> str:
    stem, extension = os.path.splitext(name)
    hashed = f"{stem}.{hashlib.sha256(content).hexdigest()[:12]}{extension}"
    target = Path(settings.BUNDLE_ROOT) / hashed
    if target.exists():
        return hashed
    target.parent.mkdir(parents=True, exist_ok=True)
    if extension not in ALREADY_COMPRESSED:
        _place(target.with_name(hashed + ".gz"), gzip.compress(content, mtime=0))
        _place(target.with_name(hashed + ".br"), brotli.compress(content))
    _place(target, content)  # last: where it stands, its compressed forms stand too
    return hashed


def _place(target: Path, content: bytes) -> None:
    """Several processes and threads may start at once: nobody ever reads half a file, or sees one in the folder."""
    workshop = target.parent.with_name(f"{target.parent.name}.making")
    workshop.mkdir(exist_ok=True)
    half = workshop / f"{target.name}.{uuid4().hex}"
    half.write_bytes(content)
    half.replace(target)
