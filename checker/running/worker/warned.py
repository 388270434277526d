"""The warnings that a reader would see, recorded with the line of the lesson that is answerable."""

import sys
import warnings
from types import FrameType
from typing import TextIO

from checker.running.worker.failures import sendable, type_name

_MOST = 200  # different warnings of one cell


class WarningRecorder:
    """Stands where Python prints warnings.

    A lesson that filters or catches warnings does so as everywhere: what it hides is not recorded.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._seen: dict[tuple[str, str, int], None] = {}

    def install(self) -> None:
        """Let Python show what it shows by default, but every time: a later cell may do the same again.

        The filters that are there stay: Python's own, and those that libraries set for themselves.
        """
        warnings.filterwarnings("always", category=DeprecationWarning, module="__main__")
        warnings.simplefilter("always", append=True)
        warnings.showwarning = self._show

    def take(self) -> list[tuple[str, str, int]]:
        """The type, message and line of what was recorded since the last time, each once."""
        seen, self._seen = self._seen, {}
        return list(seen)

    def _show(  # noqa: PLR0913, PLR0917 the signature that the warnings module calls
        self,
        message: Warning | str,
        category: type[Warning],
        filename: str,
        lineno: int,
        file: TextIO | None = None,
        line: str | None = None,
    ) -> None:
        if file is not None:
            file.write(warnings.formatwarning(message, category, filename, lineno, line))
        elif len(self._seen) < _MOST:
            at = lineno if filename == self._path else self._deepest_line()
            self._seen[type_name(category), sendable(str(message)), at] = None

    def _deepest_line(self) -> int:
        """The lesson's line that is running; a library's own line means nothing to a reader."""
        frame: FrameType | None = sys._getframe(1)  # noqa: SLF001 the only way to one's callers
        while frame is not None and frame.f_code.co_filename != self._path:
            frame = frame.f_back
        return frame.f_lineno if frame is not None else 0
