"""Non-Python parts of Python blocks: prompts, and lines that only a notebook understands."""

from typing import Literal

from msgspec import Struct

from checker.patterns import regex

_PROMPT = regex(r"([ \t]*)(?:>>>|In \[[0-9]*\]:)(?: |$)")
_CONTINUATION = regex(r"[ \t]*(?:\.\.\.|\.{3,}:)(?: |$)")

# What may be before the `=` of `files = !ls` or `result = %time f()`.
_TARGET = regex(r"[\w.\[\], \t]+")
# `df.head?`, `??len`
_HELP = regex(r"\?{1,2}[\w.%]+|[\w.%]+\?{1,2}")
# What follows is Python again, and the names that it binds stay bound.
_TIMED_STATEMENT = regex(r"([ \t]*)%time(?:it)?[ \t]+(?=[^\s\-])")
_CELL_MAGIC = regex(r"[ \t]*%%(\w+)")
# What lessons write above a cell magic: nothing, a comment, the magic that loads it.
_BEFORE_CELL_MAGIC = regex(r"[ \t]*(?:$|#|%(?!%)|!)")
_MAGIC = regex(r"[ \t]*[%!]")
_PYTHON_CELL_MAGICS = {"time", "timeit", "capture", "prun", "memit"}

_TRACEBACK = "Traceback (most recent call last)"

_TOKEN = regex(
    r"(?P<long>\"{3}|'{3})"
    r"|\"(?:\\.|[^\"\\])*\"?|'(?:\\.|[^'\\])*'?"
    r"|\#.*"
    r"|(?P<open>[(\[{])|(?P<close>[)\]}])"
)


_STRING_ENDS = {quotes: regex(rf"(?:\\.|[^\\])*?{quotes}") for quotes in ('"""', "'''")}


class Plain(Struct, frozen=True):
    """Plain Python with as many lines as the original.

    `shifts[i]` columns were removed from the front of line i + 1.
    """

    source: str
    shifts: tuple[int, ...]
    magics: tuple[tuple[int, str], ...] = ()


def has_prompts(code: str) -> bool:
    """Whether a line begins with `>>>` or `In [1]:`, not indented further than the rest as in a docstring."""
    lines = [line for line in code.split("\n") if line.strip()]
    margin = min((len(line) - len(line.lstrip()) for line in lines), default=0)
    return any((match := _PROMPT.match(line)) and len(match[1]) == margin for line in lines)


def without_prompts(code: str) -> Plain:
    """The code of a console session: prompts are removed, the expected output is blanked."""
    lines, shifts = [], []
    inside = False
    for line in code.split("\n"):
        match = _PROMPT.match(line) or (_CONTINUATION.match(line) if inside else None)
        inside = match is not None
        lines.append(line[match.end() :] if match else "")
        shifts.append(match.end() if match else 0)
    return Plain("\n".join(lines), tuple(shifts))


def prompt_lines(code: str) -> dict[int, Literal["first", "more"]]:
    """The lines (from 1) of a console session that are code: first lines of statements, and further ones."""
    found: dict[int, Literal["first", "more"]] = {}
    inside = False
    for number, line in enumerate(code.split("\n"), 1):
        if _PROMPT.match(line):
            found[number] = "first"
        elif inside and _CONTINUATION.match(line):
            found[number] = "more"
        inside = number in found
    return found


def raising_lines(code: str) -> dict[int, str]:
    """The lines (from 1) of a console session's statements whose expected output is an exception."""
    found: dict[int, str] = {}
    statement: list[int] = []
    inside = False
    for number, line in enumerate(code.split("\n"), 1):
        if _PROMPT.match(line):
            statement, inside = [number], True
        elif inside and _CONTINUATION.match(line):
            statement.append(number)
        else:
            inside = False
            if line.lstrip().startswith(_TRACEBACK):
                found |= dict.fromkeys(statement, line.strip())
    return found


def without_magics(plain: Plain) -> Plain:
    """Replace notebook lines by Python that does nothing; they are returned as `magics`."""
    lines, shifts = plain.source.split("\n"), list(plain.shifts)
    first = next((i for i, line in enumerate(lines) if not _BEFORE_CELL_MAGIC.match(line)), 0)
    if (cell_magic := _CELL_MAGIC.match(lines[first])) and cell_magic[1] not in _PYTHON_CELL_MAGICS:
        blanked = [*[""] * first, "pass", *[""] * (len(lines) - first - 1)]
        found = [(at, line.strip()) for at, line in enumerate(lines[: first + 1], 1) if _MAGIC.match(line)]
        return Plain("\n".join(blanked), plain.shifts, tuple(found))
    magics = []
    opened = _Opened()
    number = 0
    while number < len(lines):
        line = lines[number]
        replaced = None if opened.inside else _replace(line)
        if replaced is None:
            opened.read(line)
            number += 1
            continue
        magics.append((number + 1, line.strip()))
        lines[number] = replaced
        shifts[number] += _timed_width(line)
        number += 1
        while line.endswith("\\") and number < len(lines):
            line, lines[number] = lines[number], ""
            number += 1
    return Plain("\n".join(lines), tuple(shifts), tuple(magics))


def _replace(line: str) -> str | None:
    """The Python that replaces a notebook line; None when the line is not one."""
    if match := _TIMED_STATEMENT.match(line):
        return match[1] + line[match.end() :]
    code = line.strip(" \t")
    margin = line[: len(line) - len(line.lstrip(" \t"))]
    if code.startswith(("%", "!")) or _HELP.fullmatch(code):
        return f"{margin}pass"
    target, equals, value = code.partition("=")
    if equals and value.lstrip(" \t").startswith(("%", "!")) and _TARGET.fullmatch(target):
        return f"{margin}{target}= None"
    return None


def _timed_width(line: str) -> int:
    match = _TIMED_STATEMENT.match(line)
    return match.end() - len(match[1]) if match else 0


class _Opened:
    """The brackets and the long string that are still open after the lines read so far.

    A line that begins inside one is not a notebook line, whatever it begins with.
    """

    def __init__(self) -> None:
        self._depth = 0
        self._quotes = ""
        self._joined = False

    @property
    def inside(self) -> bool:
        return bool(self._depth > 0 or self._quotes or self._joined)

    def read(self, line: str) -> None:
        at = 0
        while at < len(line):
            if self._quotes:
                end = _STRING_ENDS[self._quotes].match(line, at)
                if not end:
                    break
                self._quotes, at = "", end.end()
            match = _TOKEN.search(line, at)
            if not match:
                break
            self._quotes = match["long"] or ""
            self._depth = max(0, self._depth + bool(match["open"]) - bool(match["close"]))
            at = match.end()
        self._joined = line.endswith("\\")
