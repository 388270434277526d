"""Evaluates the `.gitignore` files from the repository's root down to a folder.

Like git, the walk that uses this tests every folder on the way by itself and never enters an ignored one.
(pathspec applies a pattern to everything below instead, which gives other answers for `a/**` with `!*.md`,
and its regular expressions can be made to backtrack.)
"""

import errno
import os
import re
import stat

from msgspec import Struct

from checker.model import Problem, Span
from checker.patterns import regex
from checker.reading.globs import match_names

IGNORE_FILE = ".gitignore"

MAX_BYTES = 256 * 1024

# A backslash removes the special meaning of what follows; git also supports `[^…]`.
_ESCAPE = regex(r"\\(.)|\[\^")


class Pattern(Struct, frozen=True):
    """One line of a `.gitignore`. `hides` is false for `!…`, which restores what an earlier line ignored."""

    names: tuple[str, ...]
    anchored: bool
    folders_only: bool
    hides: bool

    def fits(self, path: str, *, is_folder: bool) -> bool:
        """Whether the line matches the file or folder at `path`, relative to the `.gitignore`."""
        if self.folders_only and not is_folder:
            return False
        names = path.split("/")
        return match_names(names if self.anchored else names[-1:], self.names)


class Ignores(Struct, frozen=True):
    """The patterns of the `.gitignore` in `folder`, the last line first, and those of the folders `above`."""

    folder: str
    patterns: tuple[Pattern, ...]
    above: "Ignores | None"

    def hide(self, path: str, *, is_folder: bool) -> bool:
        """Whether this absolute path is ignored; the last matching line of the deepest file decides."""
        name = path.removeprefix(self.folder.rstrip("/") + "/")
        for pattern in self.patterns:
            if pattern.fits(name, is_folder=is_folder):
                return pattern.hides
        return self.above is not None and self.above.hide(path, is_folder=is_folder)


def load_ignores(folder: str, above: Ignores | None, problems: list[Problem]) -> Ignores | None:
    """The patterns that apply in an absolute folder: its own, if any, before those `above`."""
    path = os.path.join(folder, IGNORE_FILE)
    try:
        text = _read(path)
    except FileNotFoundError:
        return above
    except OSError as error:
        message = f"this file cannot be read ({error.strerror}): what it ignores is checked, too"
        problems.append(Problem("unreadable-file", message, Span(os.path.relpath(path), 1, 1, 1, 1, 0, 0)))
        return above
    patterns = [parse_pattern(line.removesuffix("\r")) for line in text.split("\n")]
    return Ignores(folder, tuple(pattern for pattern in reversed(patterns) if pattern), above)


def load_ignores_above(folder: str, root: str, problems: list[Problem]) -> Ignores | None:
    """The patterns of the folders from `root` down to the parent of `folder`, both absolute.

    None when they ignore `folder` itself: whoever names an ignored folder wants its contents.
    """
    ignores: Ignores | None = None
    at = root
    for name in folder.removeprefix(root).strip("/").split("/") if folder != root else ():
        ignores = load_ignores(at, ignores, problems)
        at = os.path.join(at, name)
        if ignores and ignores.hide(at, is_folder=True):
            return None
    return ignores


def parse_pattern(line: str) -> Pattern | None:
    r"""Parse one line as git does; None for a blank line and a comment.

    Trailing blanks are removed unless escaped (`\ `); a `/` before the last character anchors the pattern to
    the folder.
    """
    text = line.rstrip(" ")
    if text != line and text.endswith("\\"):
        text += " "
    if text.startswith("#"):
        return None
    hides = not text.startswith("!")
    text = text.removeprefix("!")
    folders_only = text.endswith("/")
    text = text.removesuffix("/")
    if not text:
        return None
    names = tuple(_ESCAPE.sub(_unescape, name) for name in text.removeprefix("/").split("/"))
    return Pattern(names, anchored="/" in text, folders_only=folders_only, hides=hides)


def _unescape(found: re.Match[str]) -> str:
    """Convert to fnmatch's syntax, where a class of one character removes its special meaning."""
    if found[0] == "[^":
        return "[!"
    return f"[{found[1]}]" if found[1] in "*?[" else found[1]


def _read(path: str) -> str:
    # git does not follow a link here. O_NONBLOCK: opening a FIFO would wait for its writer.
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise FileNotFoundError(path)
        data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
    return data.decode("utf-8-sig", "surrogateescape")
