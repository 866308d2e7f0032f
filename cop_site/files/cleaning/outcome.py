"""What cleaning comes to: a clean file with its text, or a refusal by its code."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Cleaned:
    """What is known of a file that was written clean."""

    kind: str
    text: str = ""
    pages: int | None = None
    width: int | None = None
    height: int | None = None


class Refusal(Exception):
    """A file that is not taken; ``code`` names the sentence that its sender reads (``files.refusing``)."""

    def __init__(self, code: str, number: int = 0) -> None:
        super().__init__(code)
        self.code, self.number = code, number


MOST_TEXT = 400_000  # characters: what the personal-data guard looks through in seconds


class Heard:
    """The text of a file as it is read, piece by piece; too much of it cannot be looked through."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0

    def add(self, piece: str) -> None:
        self._length += len(piece)
        if self._length > MOST_TEXT:
            raise Refusal("too-much-text")
        self._pieces.append(piece)

    def text(self) -> str:
        lines = (" ".join(line.split()) for line in "".join(self._pieces).replace("\0", "").splitlines())
        return "\n".join(line for line in lines if line)
