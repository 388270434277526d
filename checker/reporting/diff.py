"""A changed lesson as a unified diff for `git apply` and `patch -p1`."""

from collections.abc import Iterator
from difflib import unified_diff

_NO_NEWLINE = "\\ No newline at end of file\n"


def diff(path: str, old: str, new: str) -> str:
    """The difference between two texts of one file, with three lines of context."""
    return "".join(_lines(path, old, new))


def _lines(path: str, old: str, new: str) -> Iterator[str]:
    # Only line feeds end lines, as for the programs that apply a diff.
    for line in unified_diff(_split(old), _split(new), _quoted(f"a/{path}"), _quoted(f"b/{path}")):
        yield line if line.endswith("\n") else f"{line}\n{_NO_NEWLINE}"


def _split(text: str) -> list[str]:
    parts = text.split("\n")
    return [f"{part}\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])


def _quoted(path: str) -> str:
    """A path as git writes it: quoted and escaped when it contains special characters."""
    quoted = "".join(map(_escaped, path))
    return path if quoted == path else f'"{quoted}"'


def _escaped(char: str) -> str:
    if char in '"\\':
        return f"\\{char}"
    if "\udc80" <= char <= "\udcff":  # a byte that could not be decoded (PEP 383)
        return f"\\{ord(char) - 0xDC00:03o}"
    return char if char >= " " and char != "\x7f" else f"\\{ord(char):03o}"
