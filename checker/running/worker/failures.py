"""Describes an exception as data, with its position in the lesson."""

import errno
import linecache
import os
from collections.abc import Iterator
from types import FrameType, TracebackType
from typing import Any

from checker.running.worker.wire import Message

_LONGEST_MESSAGE = 10_000
_OUTERMOST, _INNERMOST = 10, 20  # of a long traceback, such as that of endless recursion
_HARNESS = os.path.dirname(__file__) + "/"
# The file name of our functions that replace compiled ones and are called by a lesson.
STAND_IN = "<compiled>"
_STANDARD_LIBRARY = os.path.dirname(os.__file__) + "/"


# A frame, its line, and its position: line, and column in UTF-8 bytes.
_Entry = tuple[FrameType, int, tuple[int, int]]


def describe(error: BaseException, path: str) -> Message:
    """The exception as `type`, `bases`, `message`, `line`, `column` and `traceback` (path, line, function).

    The position is the deepest line of the lesson. The traceback has the lesson's frames and, when the
    exception came out of a library, the library's first and deepest frame.
    """
    places = list(traceback_places(error))
    own = [each for each in places if each[0].f_code.co_filename == path]
    line, column = _place(error, path, own)
    if len(own) > _OUTERMOST + _INNERMOST:
        own[_OUTERMOST:-_INNERMOST] = []
    shown = own + _library(places, own)
    return {
        "type": type_name(type(error)),
        "bases": [type_name(base) for base in type(error).__mro__[1:-1]],
        "message": sendable(_message(error)),
        "line": line,
        "column": column,
        "traceback": [_frame(frame, at) for frame, at, _ in shown],
    }


def type_name(kind: type) -> str:
    """The name as in Python's own tracebacks: dotted, except for builtins and classes of the lesson."""
    prefix = "" if kind.__module__ in {"builtins", "__main__"} else f"{kind.__module__}."
    return sendable(prefix + kind.__qualname__)


def sendable(text: str) -> str:
    """Text that any JSON reader accepts: lone surrogates are escaped, and long text is cut."""
    if len(text) > _LONGEST_MESSAGE:
        text = text[:_LONGEST_MESSAGE] + " …"
    return text.encode("utf-8", "backslashreplace").decode()


def refused_limit(error: BaseException) -> str | None:
    """Which limit made the kernel refuse something, when that is what the exception says."""
    if isinstance(error, MemoryError):
        return "memory"
    if isinstance(error, RuntimeError) and str(error) == "can't start new thread":
        return "processes"
    if isinstance(error, OSError):
        if error.errno == errno.ENOMEM:
            return "memory"
        if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
            return "disk"
        if error.errno == errno.EMFILE:
            return "open files"
        # A non-blocking socket also raises EAGAIN.
        if error.errno == errno.EAGAIN and _comes_from_fork(error):
            return "processes"
    return None


def lesson_traceback(error: BaseException) -> TracebackType | None:
    """The exception's traceback without the frames of the harness that every lesson's begins with."""
    entry = error.__traceback__
    while entry is not None and is_ours(entry):
        entry = entry.tb_next
    return entry


def is_ours(entry: TracebackType) -> bool:
    """Whether this is a frame of the harness, which also runs between a lesson and a service."""
    file = entry.tb_frame.f_code.co_filename
    return file == STAND_IN or file.startswith(_HARNESS)


def traceback_places(error: BaseException) -> Iterator[_Entry]:
    """Frame, line, and position (line, and column in UTF-8 bytes) of each entry, outermost first."""
    entry = error.__traceback__
    while entry is not None:
        if not is_ours(entry):
            yield entry.tb_frame, entry.tb_lineno, _position(entry)
        entry = entry.tb_next


def _position(entry: TracebackType) -> tuple[int, int]:
    positions = list(entry.tb_frame.f_code.co_positions())
    line, _, column, _ = positions[entry.tb_lasti // 2]
    return line or entry.tb_lineno, column or 0


def _library(places: list[_Entry], own: list[_Entry]) -> list[_Entry]:
    """The first and the last of the entries below the lesson's last one."""
    below = places[places.index(own[-1]) + 1 :] if own else places[-1:]
    return below if len(below) < 2 else [below[0], below[-1]]


def _place(error: BaseException, path: str, own: list[_Entry]) -> tuple[int, int]:
    if own:
        line, column = own[-1][2]
        before = linecache.getline(path, line).encode()[:column].decode(errors="ignore")
        return line, len(before) + 1
    if isinstance(error, SyntaxError) and error.filename == path:
        return error.lineno or 0, max(error.offset or 0, 0)
    return 0, 0


def _message(error: BaseException) -> str:
    try:
        # A syntax error's text repeats its position.
        return error.msg if isinstance(error, SyntaxError) else str(error)
    except BaseException as again:  # noqa: BLE001 a lesson's own __str__ may do anything
        return f"<{type_name(type(again))} while its message was made>"


def _frame(frame: FrameType, line: int) -> list[Any]:
    code = frame.f_code
    return [sendable(_short(code.co_filename)), line, sendable(code.co_qualname)]


def _short(filename: str) -> str:
    """A library's file name without the machine's own folders."""
    for folder in ("/site-packages/", "/dist-packages/", _STANDARD_LIBRARY):
        _, found, rest = filename.rpartition(folder)
        if found:
            return rest
    return filename


def _comes_from_fork(error: BaseException) -> bool:
    codes = [frame.f_code for frame, _, _ in traceback_places(error)]
    return any("fork" in name or "spawn" in name for code in codes[-1:] for name in code.co_names)
