"""Pictures: decoded, turned upright and drawn anew, so that nothing but what is seen remains."""

import warnings
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from .outcome import Cleaned, Refusal

MOST_PIXELS = 40_000_000
KEPT_WHOLE = 12_600_000  # pixels; what has more is halved: it is for phones on slow lines
FORMATS = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP", "gif": "GIF"}
MODES = {"JPEG": {"L", "RGB"}, "PNG": {"1", "L", "LA", "P", "RGB", "RGBA", "I;16"}, "WEBP": {"RGB", "RGBA"}, "GIF": {"1", "L", "P"}}
HOW = {"JPEG": {"quality": 88}, "PNG": {"compress_level": 3}, "WEBP": {"quality": 85, "method": 2}, "GIF": {}}

ORIENTATION = 0x0112
_TO = Image.Transpose
TURNS = {
    2: _TO.FLIP_LEFT_RIGHT,
    3: _TO.ROTATE_180,
    4: _TO.FLIP_TOP_BOTTOM,
    5: _TO.TRANSPOSE,
    6: _TO.ROTATE_270,
    7: _TO.TRANSVERSE,
    8: _TO.ROTATE_90,
}


def clean(source: Path, target: Path, kind: str) -> Cleaned:
    """Draw the picture anew; place, time, device, thumbnails, comments and whatever hung behind it are gone."""
    form = FORMATS[kind]
    Image.MAX_IMAGE_PIXELS = None  # ours is asked below, before anything is decoded
    warnings.simplefilter("ignore")
    try:
        with Image.open(source, formats=[form]) as opened:
            _look_at_head(opened)
            drawn = _upright(opened, form)
            with target.open("wb") as file:
                drawn.save(file, form, **HOW[form])
            return Cleaned(kind, width=drawn.width, height=drawn.height)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError):
        raise Refusal("damaged") from None


def _look_at_head(picture: Image.Image) -> None:
    if picture.width * picture.height > MOST_PIXELS:
        raise Refusal("too-many-pixels")
    if picture.format != "MPO" and getattr(picture, "n_frames", 1) > 1:
        raise Refusal("moving")


def _upright(picture: Image.Image, form: str) -> Image.Image:
    """The pixels alone, as its maker held the camera."""
    turn = TURNS.get(picture.getexif().get(ORIENTATION, 1))
    if form == "JPEG" and picture.width * picture.height > KEPT_WHOLE:
        picture.draft(None, (picture.width // 2, picture.height // 2))
    picture.load()
    pixels = picture
    if pixels.mode not in MODES[form]:
        pixels = pixels.convert(_mode_for(pixels, form))
    if pixels.width * pixels.height > KEPT_WHOLE and pixels.mode not in {"1", "P", "I;16"}:
        pixels = pixels.reduce(2)
    if turn is not None:
        pixels = pixels.transpose(turn)
    # Whoever writes the file looks here for comments, profiles, places and resolutions.
    pixels.info = {name: value for name, value in pixels.info.items() if name == "transparency"}
    return pixels


def _mode_for(picture: Image.Image, form: str) -> str:
    if form == "GIF":
        return "P"
    has_alpha = picture.mode in {"RGBA", "LA", "PA", "RGBa", "La"} or "transparency" in picture.info
    return "RGBA" if has_alpha and form != "JPEG" else "RGB"
