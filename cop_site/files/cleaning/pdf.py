"""PDF files: written anew from what a reader sees, without properties, scripts, attachments, notes and filled-in fields."""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from .outcome import Cleaned, Heard, Refusal
from .pdf_rules import cleanse, refuse

MOST_PAGES = 300
MOST_OBJECTS = 200_000


def clean(source: Path, target: Path, kind: str) -> Cleaned:
    """Write what is reachable from the pages: earlier versions of a changed file do not come along."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        return _clean(source, target, kind)
    except (Refusal, MemoryError):
        raise
    except Exception:  # a PDF can be broken in more ways than its reader has errors for
        raise Refusal("damaged") from None


def _clean(source: Path, target: Path, kind: str) -> Cleaned:
    heard = Heard()
    with source.open("rb") as file:
        reader = PdfReader(file, strict=False)
        if reader.is_encrypted:
            raise Refusal("encrypted")
        pages = len(reader.pages)
        if not 0 < pages <= MOST_PAGES:
            raise Refusal("too-many-pages" if pages else "damaged")
        root: Any = reader.trailer["/Root"]
        _walk(root, lambda found: refuse(found, heard))
        _listen(reader, heard)
        _walk(root, cleanse)
        _write(reader, target)
    return Cleaned(kind, heard.text(), pages=pages)


def _walk(root: Any, look: Callable[[DictionaryObject], None]) -> None:
    """Show every dictionary that can be reached, each once, before what hangs on it."""
    waiting, seen = [root], set()
    while waiting:
        found = waiting.pop()
        if isinstance(found, IndirectObject):
            if (found.idnum, found.generation) in seen:
                continue
            seen.add((found.idnum, found.generation))
            found = found.get_object()
        if len(seen) > MOST_OBJECTS:
            raise Refusal("too-heavy")
        if isinstance(found, DictionaryObject):
            look(found)
        waiting.extend(_hanging_on(found))


def _hanging_on(found: Any) -> Iterator[Any]:
    values = found.values() if isinstance(found, DictionaryObject) else found if isinstance(found, ArrayObject) else ()
    for value in values:
        if isinstance(value, IndirectObject | DictionaryObject | ArrayObject | StreamObject):
            yield value


def _listen(reader: PdfReader, heard: Heard) -> None:
    """The text of each page. A page whose letters cannot be told is like a scan: people look at it."""
    for page in reader.pages:
        try:
            said = page.extract_text()
        except (MemoryError, RecursionError):
            raise Refusal("too-heavy") from None
        except Exception:  # noqa: S112 - see above: the page's text is unknown, its picture is not
            continue
        heard.add(f"{said}\n")


def _write(reader: PdfReader, target: Path) -> None:
    writer = PdfWriter(clone_from=reader)
    writer.metadata = None
    with target.open("wb") as file:
        writer.write(file)
