"""Records the warnings that a reader would see, with the lesson's line that causes them."""

import sys
import warnings
from collections.abc import Callable
from functools import wraps
from types import FrameType
from typing import Any, TextIO

from checker.running.worker.failures import sendable, type_name

_MOST = 200  # different warnings of one cell
# Warnings of pandas about code rather than data (PDEP-17, and chained assignment).
_ABOUT_CODE = ("PandasChangeWarning", "ChainedAssignmentError")
# The original functions, so that wrapping them again does not wrap them twice.
_SETTERS: dict[str, Callable[..., None]] = {
    "simplefilter": warnings.simplefilter,
    "filterwarnings": warnings.filterwarnings,
}


class WarningRecorder:
    """Replaces the function with which Python prints warnings.

    A lesson can filter and catch warnings as usual, and what it hides is not recorded. Warnings of pandas
    about wrong or deprecated code are recorded even when a lesson ignores warnings.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._seen: dict[tuple[str, str, int], None] = {}
        self._knows_pandas = False

    def install(self) -> None:
        """Show warnings as Python does by default, but every time: a later cell may cause the same again.

        Existing filters stay: Python's own, and those that libraries set for themselves.
        """
        warnings.filterwarnings("always", category=DeprecationWarning, module="__main__")
        warnings.simplefilter("always", append=True)
        warnings.showwarning = self._show
        for name, set_filter in _SETTERS.items():
            setattr(warnings, name, _keeping(set_filter, self._path))
        self._knows_pandas = _let_pandas_speak()

    def take(self) -> list[tuple[str, str, int]]:
        """The type, message and line of the warnings since the last call, each once."""
        self._knows_pandas = self._knows_pandas or _let_pandas_speak()
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


def _keeping(set_filter: Callable[..., None], path: str) -> Callable[..., None]:
    """The same function, but filters let pandas' warnings about code through; errors stay errors.

    Applies only to calls from the lesson: pandas suppresses its own warnings internally.
    """

    @wraps(set_filter)
    def filter_(action: str, *args: Any, **kwargs: Any) -> None:
        set_filter(action, *args, **kwargs)
        if action != "error" and sys._getframe(1).f_code.co_filename == path:  # noqa: SLF001 one's caller
            _let_pandas_speak()

    return filter_


def _let_pandas_speak() -> bool:
    """Record pandas' warnings about code even from its own lines; returns whether pandas is loaded."""
    errors = sys.modules.get("pandas.errors")
    for name in _ABOUT_CODE:
        category = getattr(errors, name, None)
        if isinstance(category, type) and issubclass(category, Warning):
            _SETTERS["simplefilter"]("always", category)
    return errors is not None
