"""What editors hand in beside words: pictures, without what cameras write into them."""

import io
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image, ImageOps
from wagtail.images.forms import BaseImageForm


class PictureForm(BaseImageForm):
    """Keeps the picture alone: place, time and device of an upload are dropped, its orientation is kept."""

    def clean_file(self) -> Any:
        uploaded = self.cleaned_data["file"]
        return without_traces(uploaded) if "file" in self.changed_data else uploaded


def without_traces(uploaded: Any) -> ContentFile:
    """The same picture, drawn anew: what is not a pixel is gone."""
    uploaded.seek(0)
    with Image.open(uploaded) as original:
        drawn = ImageOps.exif_transpose(original)
        plain = Image.new(drawn.mode, drawn.size)
        if drawn.palette:
            plain.putpalette(drawn.getpalette("RGB"))
        plain.paste(drawn)
        if "transparency" in drawn.info:
            plain.info["transparency"] = drawn.info["transparency"]
        form, kept = original.format, {"quality": 92} if original.format in {"JPEG", "WEBP", "AVIF"} else {}
    out = io.BytesIO()
    plain.save(out, form, **kept)
    clean = ContentFile(out.getvalue(), name=uploaded.name)
    clean.content_type = getattr(uploaded, "content_type", None)
    return clean
