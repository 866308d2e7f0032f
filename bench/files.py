"""What cleaning costs: processor time and the most memory of the process that cleans, for each kind of file.

``python bench/files.py`` makes the files itself, good and hostile ones, and prints a line for each.
"""

import io
import os
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cop_site.settings.test")

from PIL import Image  # noqa: E402

from tests.files import fixtures as made  # noqa: E402

LARGE = (7000, 5700)  # 39.9 million pixels


def noise(size: tuple[int, int]) -> Image.Image:
    return Image.effect_noise(size, 40).convert("RGB")


def drawn(picture: Image.Image, form: str, **how: int) -> bytes:
    file = io.BytesIO()
    picture.save(file, form, **how)
    return file.getvalue()


def many_words(pages: int) -> bytes:
    """A docx as long as a manual."""
    line = "<w:p><w:r><w:t>Pendamping mencatat langkah bersama warga desa setiap pekan.</w:t></w:r></w:p>"
    return made.docx(body=line * 40 * pages)


def bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in made.docx_parts().items():
            package.writestr(name, data)
        package.writestr("word/media/image2.jpeg", b"\0" * 140_000_000)
    return file.getvalue()


FILES: dict[str, Callable[[], bytes]] = {
    "photo, 12 Mpx.jpg": lambda: made.jpg(noise((4000, 3000))),
    "photo, 40 Mpx.jpg": lambda: drawn(noise(LARGE), "JPEG", quality=80),
    "drawing, 40 Mpx.png": lambda: drawn(Image.new("RGB", LARGE, "navy"), "PNG"),
    "photo, 8 Mpx.png": lambda: drawn(noise((3200, 2500)), "PNG", compress_level=1),
    "photo, 10 Mpx.webp": lambda: drawn(noise((3600, 2800)), "WEBP", quality=80),
    "drawing.gif": made.gif,
    "one page.pdf": lambda: made.pdf(photo=True),
    "manual of 100 pages.docx": lambda: many_words(100),
    "table.xlsx": made.xlsx,
    "slides.pptx": made.pptx,
    "text.odt": made.odt,
    "200,000 letters.txt": lambda: b"Catatan kerja.\n" * 13_000,
    "says 10,000 Mpx.png": lambda: made.png_that_says(100_000, 100_000),
    "zip bomb.docx": bomb,
    "eats time.pdf": lambda: made.pdf("x) Tj (" * 1_500_000),
}


def measure(name: str, folder: Path) -> str:
    source, target = folder / "given", folder / "clean"
    # Made by a process of its own: what is started from a large process counts as large itself.
    subprocess.run([sys.executable, __file__, name, str(source)], check=True)  # noqa: S603 - ourselves
    size = source.stat().st_size / 2**20
    command = [sys.executable, "-m", "cop_site.files.cleaning", str(source), str(target), name.rpartition(".")[2]]
    began = time.monotonic()
    child = os.posix_spawn(command[0], command, {**os.environ, "PYTHONPATH": str(ROOT)}, file_actions=_quiet(folder / "told"))
    _pid, status, used = os.wait4(child, 0)
    told = (folder / "told").read_text()[:40] if os.WIFEXITED(status) else "ended: took too much"
    seconds = used.ru_utime + used.ru_stime
    return f"{name:26} {size:6.1f} MB {seconds:6.2f} s {time.monotonic() - began:6.2f} s {used.ru_maxrss / 1024:6.0f} MB  {told}"


def _quiet(place: Path) -> list[tuple]:
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    return [(os.POSIX_SPAWN_OPEN, 1, str(place), flags, 0o600), (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0)]


def main() -> None:
    subprocess.run([sys.executable, "-c", "import PIL.Image, pypdf"], check=True, cwd=ROOT)  # noqa: S603 - warm
    print(f"{'file':26} {'size':>9} {'cpu':>8} {'clock':>8} {'memory':>9}  what came of it")
    with tempfile.TemporaryDirectory() as folder:
        for name in FILES:
            print(measure(name, Path(folder)), flush=True)


if __name__ == "__main__":
    if len(sys.argv) == 3:
        Path(sys.argv[2]).write_bytes(FILES[sys.argv[1]]())
    else:
        main()
