"""Editors' pictures in the sizes that pages show: light enough for a slow phone, and told apart from what editors alone see."""

from collections.abc import Iterator

from django.db.models import QuerySet
from wagtail.images.models import AbstractImage, AbstractRendition, Rendition

SHAPES = {"plain": ((720, 480), (480, 320)), "band": ((720, 225), (480, 150)), "side": ((480, 320), (360, 240))}
FORMATS = ("avif", "webp")
MOST_BYTES = {"plain": 24_000, "band": 24_000, "side": 15_000}
QUALITIES = (60, 45, 32, 22)


def recipes(shape: str, form: str) -> Iterator[str]:
    """How a picture may be drawn, the best first: Wagtail's filter specs."""
    large, small = SHAPES[shape]
    for width, height in (large, small):
        for quality in QUALITIES:
            yield f"fill-{width}x{height}|format-{form}|{form}quality-{quality}"


# A picture drawn otherwise (a thumbnail of the image list) is for editors.
SHOWN_TO_READERS = frozenset(recipe for shape in SHAPES for form in FORMATS for recipe in recipes(shape, form))


def lightest(image: AbstractImage, shape: str, form: str) -> AbstractRendition:
    """The best rendition that keeps the budget; of a picture that never does, the smallest."""
    known = {one.filter_spec: one for one in _made(image, shape, form)}
    for recipe in recipes(shape, form):
        rendition = known.get(recipe) or image.get_rendition(recipe)
        if rendition.file.size <= MOST_BYTES[shape]:
            break
    return rendition


def _made(image: AbstractImage, shape: str, form: str) -> QuerySet[Rendition]:
    return image.renditions.filter(filter_spec__in=list(recipes(shape, form)))
