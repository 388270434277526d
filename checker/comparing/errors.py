"""Recognises exceptions as lessons show them: a traceback, or its last line."""

import re

from msgspec import Struct

from checker.comparing.texts import Comparer, TooLongError
from checker.patterns import regex

_BEGINS = regex(r"[ \t]*(?:Traceback \(most recent call last|-{20,}[ \t]*$)", re.MULTILINE)
_ENDS = regex(
    r"(?:[A-Za-z_]\w*\.)*(?P<name>[A-Z]\w*(?:Error|Exception|Warning|Interrupt|Exit|Iteration))"
    r"(?::[ \t]*(?P<message>.*))?"
)


class ShownError(Struct, frozen=True):
    """The exception at the end of a text: the text before it, its type without the module, and its message.

    `is_traceback` says that more than its last line is shown.
    """

    before: str
    name: str
    message: str
    is_traceback: bool


def shown_error(text: str) -> ShownError | None:
    """The exception at the end of a text, if there is one."""
    lines = text.rstrip().split("\n")
    found = next((each for line in reversed(lines) if (each := _ENDS.fullmatch(line.strip()))), None)
    begins = _BEGINS.search(text)
    if begins is not None and found is not None:
        return ShownError(text[: begins.start()], found["name"], found["message"] or "", is_traceback=True)
    last = _ENDS.fullmatch(lines[-1].strip())
    if last is None:
        return None
    return ShownError("\n".join(lines[:-1]), last["name"], last["message"] or "", is_traceback=False)


def shows_error(text: str, raised: str, message: str) -> bool:
    """Whether a text ends in this exception: in its traceback, or in its last line with the same message."""
    shown = shown_error(text)
    if shown is None or shown.name != raised.rpartition(".")[2]:
        return False
    try:
        return shown.is_traceback or Comparer().same(*last_line(raised, message, shown))
    except TooLongError:
        return False


def last_line(name: str, message: str, shown: ShownError) -> tuple[str, str]:
    """The last line of a traceback, as shown and as raised; a message that is not shown does not count."""
    first = message.partition("\n")[0]
    name = name.rpartition(".")[2]
    if not shown.message:
        return shown.name, name
    return f"{shown.name}: {shown.message}", f"{name}: {first}" if first else name
