"""Why a file is not taken, each in one sentence that also says what to do."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "missing": _("No file arrived. Please choose one and send it again."),
    "empty": _("The file is empty. Please look at it on your device and choose it again."),
    "too-large": _("The file is larger than 20 MB. Please make it smaller, for instance with fewer or smaller pictures."),
    "unknown-kind": _(
        "Files of this kind are not taken. Please send it as PDF, or as a document, table, presentation or picture of today."
    ),
    "not-here": _("Files of this kind are not taken here. These are: %(kinds)s."),
    "web-page": _("This is a web page or a drawing that can carry programs (HTML, SVG). Please save it as PDF or as a picture (PNG)."),
    "archive": _("This is an archive with other files in it. Please send the files one by one."),
    "heic": _("Pictures in the format HEIC or AVIF cannot be cleaned here. Please save the picture as JPG and send that."),
    "old-office": _("This is an old format, or it is locked with a password. Please save it without a password as DOCX, XLSX or PPTX."),
    "encrypted": _("The file is locked with a password. Please save it without one, so that it can be looked through."),
    "damaged": _("The file is damaged or not what its name says. Please open it, save it anew and send that."),
    "too-many-pixels": _("The picture has more than 40 million pixels. Please make it smaller and send it again."),
    "moving": _("The picture moves. Please send a still picture."),
    "macros": _("There are programs (macros) in the file. Please save it without macros, as DOCX, XLSX, PPTX or PDF."),
    "script": _("There are programs in the PDF. Please print it to a new PDF and send that."),
    "objects": _("There is another file inside this one, such as a table behind a chart. Please put it in as a picture."),
    "attachments": _("There are other files attached inside the PDF. Please send them one by one."),
    "outside": _(
        "The file fetches something from outside: a template, a picture, another table. Please put it into the file itself, or break the link."
    ),
    "comments": _("There are comments in the file, with the names of those who wrote them. Please delete all comments and send it again."),
    "changes": _(
        "There are tracked changes in the file, with names and deleted words. Please accept or reject them all and send it again."
    ),
    "hidden": _("There are hidden sheets or slides in the file. Please show them, or delete them, and send it again."),
    "pivot": _("There is a pivot table in the file; it keeps a hidden copy of all its data. Please paste it as plain values."),
    "form": _("The PDF is a filled-in or signed form. Please send the blank form, or print it to a new PDF without anybody’s data."),
    "media": _("There is sound or film in the file. Please take it out and send it again."),
    "embedded-picture": _(
        "There is a picture in the file of a kind that cannot be cleaned (EMF, WMF, SVG, TIFF). Please put it in as PNG or JPG."
    ),
    "part": _("There is something in the file that cannot be looked through, such as a font. Please save it without, or as PDF."),
    "bomb": _("Unpacked, the file is far too large. Please split it into smaller ones."),
    "too-many-pages": _("The PDF has more than 300 pages. Please split it."),
    "too-much-text": _("There is more text in the file than can be looked through. Please split it."),
    "too-heavy": _("It takes too long to look the file through. Please split it, or make it simpler."),
    "not-utf8": _("The letters of this text cannot be read. Please save it as UTF-8 and send it again."),
    "formula": _("A cell of the table begins like a formula (=, +, - or @); on other devices it would be run. Please send plain values."),
    "busy": _("Many files are being looked through right now. Please send yours again in a minute."),
}


class Refused(ValidationError):
    """A file that was not taken; ``code`` says why, the message says it to its sender."""

    def __init__(self, code: str, kinds: Iterable[str] = ()) -> None:
        super().__init__(SENTENCES[code], code=code, params={"kinds": ", ".join(kinds).upper()})
