"""What editors build pages from. They choose what a thing means, never how it looks; each block has one template."""

import re
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

WORDS = ["bold", "italic", "link"]
TEXT = [*WORDS, "ol", "ul", "blockquote"]
LEVELS = [("h2", _("Part")), ("h3", _("Smaller part"))]
TONES = [("", _("Information")), ("good", _("Good news")), ("wait", _("Take care")), ("stop", _("Danger"))]
SHAPES = [("plain", _("Picture (3:2)")), ("band", _("Band (16:5)"))]


def slugs_in(lines: str) -> list[str]:
    """The last parts of addresses, one a line; what is no address is left out."""
    found = [re.search(r"([\w-]+)/?\s*$", line) for line in lines.splitlines()]
    return list(dict.fromkeys(one[1] for one in found if one))


class Heading(blocks.StructBlock):
    words = blocks.CharBlock(max_length=120, label=_("Words"))
    level = blocks.ChoiceBlock(choices=LEVELS, default="h2", label=_("Level"))

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "cms/blocks/heading.html"


class Notice(blocks.StructBlock):
    tone = blocks.ChoiceBlock(choices=TONES, default="", required=False, label=_("Tone"))
    words = blocks.RichTextBlock(features=WORDS, label=_("Words"))

    class Meta:
        icon = "info-circle"
        label = _("Notice")
        template = "cms/blocks/notice.html"


class Side(blocks.StructBlock):
    heading = blocks.CharBlock(max_length=80, label=_("Heading"))
    words = blocks.RichTextBlock(features=TEXT, label=_("Words"))


class TwoSides(blocks.StructBlock):
    first = Side(label=_("First side"))
    second = Side(label=_("Second side"))

    class Meta:
        icon = "duplicate"
        label = _("Two sides")
        template = "cms/blocks/two_sides.html"


class ChosenValue(blocks.StructValue):
    @property
    def slugs(self) -> list[str]:
        return slugs_in(self.get("practices") or "")


class Entries(blocks.StructBlock):
    heading = blocks.CharBlock(max_length=80, label=_("Heading"))
    practices = blocks.TextBlock(
        rows=4, label=_("Practices"), help_text=_("Addresses of practices, one a line. Readers see those that they may read.")
    )

    class Meta:
        icon = "list-ul"
        label = _("Chosen practices")
        template = "cms/blocks/entries.html"
        value_class = ChosenValue


class Figure(blocks.StructBlock):
    number = blocks.CharBlock(max_length=20, label=_("Figure"))
    meaning = blocks.CharBlock(max_length=80, label=_("What it counts"))


class Picture(blocks.StructBlock):
    picture = ImageChooserBlock(label=_("Picture"))
    alternative = blocks.CharBlock(max_length=200, label=_("What the picture shows"), help_text=_("For those who cannot see it."))
    caption = blocks.CharBlock(max_length=200, required=False, label=_("Caption"))
    shape = blocks.ChoiceBlock(choices=SHAPES, default="plain", label=_("Shape"))

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "cms/blocks/picture.html"


class TableValue(blocks.StructValue):
    @property
    def head(self) -> list[str]:
        return self._rows[0] if self._rows else []

    @property
    def rows(self) -> list[list[tuple[str, str]]]:
        """Each cell with the head of its column."""
        return [list(zip(self.head, [*row, *[""] * len(self.head)], strict=False)) for row in self._rows[1:]]

    @property
    def _rows(self) -> list[list[str]]:
        lines = [line for line in (self.get("cells") or "").splitlines() if line.strip()]
        return [[cell.strip() for cell in re.split(r"[|\t]", line.strip().strip("|"))] for line in lines]


class Table(blocks.StructBlock):
    caption = blocks.CharBlock(max_length=120, label=_("Caption"))
    cells = blocks.TextBlock(
        rows=6, label=_("Cells"), help_text=_("A row a line, cells separated by | or pasted from a sheet. The first row names the columns.")
    )

    class Meta:
        icon = "table"
        label = _("Table")
        template = "cms/blocks/table.html"
        value_class = TableValue


class Body(blocks.StreamBlock):
    """A page's text, block by block."""

    heading = Heading()
    paragraph = blocks.RichTextBlock(features=TEXT, icon="pilcrow", label=_("Paragraph"), template="cms/blocks/paragraph.html")
    notice = Notice()
    steps = blocks.ListBlock(
        blocks.RichTextBlock(features=WORDS, label=_("Step")), icon="list-ol", label=_("Steps"), template="cms/blocks/steps.html"
    )
    two_sides = TwoSides()
    entries = Entries()
    figures = blocks.ListBlock(Figure(), icon="order", label=_("Figures"), template="cms/blocks/figures.html")
    picture = Picture()
    table = Table()
    channels = blocks.StaticBlock(
        icon="help",
        label=_("Official channels"),
        admin_text=_("The official channels, as on every page."),
        template="cms/blocks/channels.html",
    )

    class Meta:
        required: Any = False
