"""What stands in the log: where something broke, not what was in it."""

import logging
import traceback
from types import TracebackType

Caught = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class WithoutWords(logging.Formatter):
    """Tracebacks with their lines and the kinds of error; an error's own message may hold what a member wrote."""

    def formatException(self, ei: Caught) -> str:  # noqa: N802 - logging's name
        error, told = ei[1], []
        while error is not None:
            told.append("".join(traceback.format_tb(error.__traceback__)) + type(error).__qualname__)
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\nwhich came after\n".join(told)
