"""Small files that belong to the demo's documents, made from their own text: a Word document, a PDF."""

import re
import textwrap
import zipfile
from io import BytesIO
from xml.sax.saxutils import escape

_MARKS = re.compile(r"^#+ |^> |\*\*|(?<!\w)\*|\*(?!\w)|^---$", re.MULTILINE)
_LONG_AGO = (2026, 1, 1, 0, 0, 0)  # the same bytes each time
_OFFICE = "http://schemas.openxmlformats.org"
_TYPES = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="{_OFFICE}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""
_RELATIONS = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="{_OFFICE}/package/2006/relationships">
<Relationship Id="rId1" Type="{_OFFICE}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"""
LINES, COLUMNS = 52, 90  # of a page


def paper(ending: str, title: str, words: str) -> bytes:
    """A file of that kind with the plain words of a text."""
    lines = [title, "", *_MARKS.sub("", words).splitlines()]
    return {"docx": _docx, "pdf": _pdf}[ending](lines)


def _docx(lines: list[str]) -> bytes:
    body = "".join(f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>' for line in lines)
    document = f'<w:document xmlns:w="{_OFFICE}/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>'
    parts = {"[Content_Types].xml": _TYPES, "_rels/.rels": _RELATIONS, "word/document.xml": document}
    whole = BytesIO()
    with zipfile.ZipFile(whole, "w") as packed:
        for name, content in parts.items():
            packed.writestr(zipfile.ZipInfo(name, _LONG_AGO), content, zipfile.ZIP_DEFLATED)
    return whole.getvalue()


def _pdf(lines: list[str]) -> bytes:
    shown = [part for line in lines for part in textwrap.wrap(line, COLUMNS) or [""]]
    pages = [shown[start : start + LINES] for start in range(0, len(shown), LINES)]
    numbers = range(4, 4 + 2 * len(pages), 2)
    kids = " ".join(f"{number} 0 R" for number in numbers)
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, page in zip(numbers, pages, strict=True):
        drawn = _drawn(page)
        fonts = "/Resources << /Font << /F1 3 0 R >> >>"
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {fonts} /Contents {number + 1} 0 R >>")
        objects.append(f"<< /Length {len(drawn.encode('cp1252', 'replace'))} >>\nstream\n{drawn}\nendstream")
    return _bound(objects)


def _drawn(page: list[str]) -> str:
    """What a page's stream says: each line below the other."""
    said = [re.sub(r"([()\\])", r"\\\1", line) for line in page]
    return "BT /F1 10 Tf 14 TL 56 780 Td " + " ".join(f"({line}) Tj T*" for line in said) + " ET"


def _bound(objects: list[str]) -> bytes:
    whole, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(whole))
        whole += f"{number} 0 obj\n{content}\nendobj\n".encode("cp1252", "replace")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(whole)}\n%%EOF\n"
    return whole + end.encode("ascii")
