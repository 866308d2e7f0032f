"""The kinds of files that are taken: how each is called, and what it may be used for."""

from dataclasses import dataclass

from cop_site.core.bodies import LARGEST_FILE

MOST_BYTES = LARGEST_FILE


@dataclass(frozen=True)
class Kind:
    """One kind by the ending of its names."""

    media_type: str
    is_picture: bool = False


_OPEN_XML = "application/vnd.openxmlformats-officedocument"
KINDS = {
    "jpg": Kind("image/jpeg", is_picture=True),
    "png": Kind("image/png", is_picture=True),
    "webp": Kind("image/webp", is_picture=True),
    "gif": Kind("image/gif", is_picture=True),
    "pdf": Kind("application/pdf"),
    "docx": Kind(f"{_OPEN_XML}.wordprocessingml.document"),
    "xlsx": Kind(f"{_OPEN_XML}.spreadsheetml.sheet"),
    "pptx": Kind(f"{_OPEN_XML}.presentationml.presentation"),
    "odt": Kind("application/vnd.oasis.opendocument.text"),
    "txt": Kind("text/plain; charset=utf-8"),
    "csv": Kind("text/csv; charset=utf-8"),
}
ALL = tuple(KINDS)
EXTENSIONS = {kind.media_type: extension for extension, kind in KINDS.items()}
