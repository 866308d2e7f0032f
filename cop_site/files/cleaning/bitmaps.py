"""Pictures inside other files: their pixels stay as they are, what else they carry is cut out."""

import struct

from .outcome import Refusal

# JPEG: JFIF's own segment and Adobe's word on colours; everything else of the kind is notes.
JPEG_KEPT = {0xE0, 0xEE}
PNG_KEPT = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"pHYs", b"sBIT", b"bKGD"}
WEBP_KEPT = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF"}


def without_notes(data: bytes) -> bytes:
    """A JPEG, PNG, GIF or WebP with its pixels alone; other kinds cannot be cleaned."""
    try:
        if data.startswith(b"\xff\xd8\xff"):
            return jpeg(data)
        if data.startswith(b"\x89PNG\r\n\x1a\n"):
            return _png(data)
        if data.startswith((b"GIF87a", b"GIF89a")):
            return _gif(data)
        if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
            return _webp(data)
    except (IndexError, struct.error):
        raise Refusal("damaged") from None
    raise Refusal("embedded-picture")


def jpeg(data: bytes) -> bytes:
    """A JPEG up to its end mark, without EXIF, XMP, profiles, thumbnails and comments."""
    kept, at = [b"\xff\xd8"], 2
    while data[at] == 0xFF:
        mark = data[at + 1]
        if mark == 0xFF:  # filling
            at += 1
            continue
        if mark == 0xD9:
            break
        length = 2 + struct.unpack_from(">H", data, at + 2)[0]
        segment = data[at : at + length]
        if mark == 0xDA:
            end = _end_of_scan(data, at + length)
            kept.append(data[at:end])
            at = end
            continue
        is_note = (0xE0 <= mark <= 0xEF and mark not in JPEG_KEPT) or mark == 0xFE
        if mark == 0xE0 and not segment[4:].startswith(b"JFIF\0"):
            is_note = True  # a thumbnail
        if not is_note:
            kept.append(_plain_jfif(segment) if mark == 0xE0 else segment)
        at += length
    return b"".join([*kept, b"\xff\xd9"])


def _plain_jfif(segment: bytes) -> bytes:
    """JFIF's segment may hold a thumbnail behind its 14 bytes."""
    return b"\xff\xe0\x00\x10" + segment[4:16] + b"\x00\x00"


def _end_of_scan(data: bytes, at: int) -> int:
    """Where the pixels of one scan end: at the next mark that is neither stuffing nor a restart."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            return len(data) if at < 0 else at
        if data[at + 1] == 0 or 0xD0 <= data[at + 1] <= 0xD7 or data[at + 1] == 0xFF:
            at += 1 if data[at + 1] == 0xFF else 2
            continue
        return at


def _png(data: bytes) -> bytes:
    kept, at = [data[:8]], 8
    while at < len(data):
        length, name = struct.unpack_from(">I4s", data, at)
        if name in PNG_KEPT:
            kept.append(data[at : at + 12 + length])
        if name == b"IEND":
            return b"".join(kept)
        at += 12 + length
    raise Refusal("damaged")


def _webp(data: bytes) -> bytes:
    kept, at, end = [], 12, min(len(data), 8 + struct.unpack_from("<I", data, 4)[0])
    while at + 8 <= end:
        name, length = struct.unpack_from("<4sI", data, at)
        chunk = bytearray(data[at : at + 8 + length + length % 2])
        if name == b"VP8X":
            chunk[8] &= 0b00010010  # what it says of alpha and motion; no profile, EXIF, XMP
        if name in WEBP_KEPT:
            kept.append(bytes(chunk))
        at += 8 + length + length % 2
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _gif(data: bytes) -> bytes:
    at = 13 + _colours(data[10])
    kept = [data[:at]]
    while data[at] != 0x3B:
        start = at
        if data[at] == 0x21:
            is_kept = data[at + 1] == 0xF9 or (data[at + 1] == 0xFF and data[at + 3 : at + 14] == b"NETSCAPE2.0")
            at = _after_blocks(data, at + 2)
        elif data[at] == 0x2C:
            is_kept = True
            at = _after_blocks(data, at + 11 + _colours(data[at + 9]))
        else:
            raise Refusal("damaged")
        if is_kept:
            kept.append(data[start:at])
    return b"".join([*kept, b";"])


def _colours(flags: int) -> int:
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _after_blocks(data: bytes, at: int) -> int:
    while data[at]:
        at += 1 + data[at]
    return at + 1
