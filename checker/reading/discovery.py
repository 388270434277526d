"""Finds lessons: files that are named, and files below folders that are named."""

import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import partial

from msgspec import Struct

from checker.errors import UsageError
from checker.model import Problem, Span
from checker.reading.globs import is_glob, matches
from checker.reading.source import tree_root
from checker.reading.walking import Walk
from checker.spelling import nearest

LESSON_PATTERNS = ("**/*.mdx", "**/*.md")

# Markdown for people who work on a course, not for its readers; unless a pattern ends with the name.
_NOT_LESSONS = frozenset(
    ("changelog.md", "code_of_conduct.md", "contributing.md", "license.md", "readme.md", "security.md")
)


class Discovery(Struct, frozen=True):
    """The lessons' paths, relative to the current folder and sorted, and what could not be read.

    `roots` holds for each file the folder that its links may not lead out of.
    """

    files: tuple[str, ...]
    roots: tuple[str, ...]
    problems: tuple[Problem, ...]

    @property
    def paths(self) -> list[str]:
        """The sorted paths of the lessons, including those that could not be read."""
        return sorted({*self.files, *(each.span.path for each in self.problems)})


def is_for_readers(name: str) -> bool:
    """Whether a Markdown file of this name may be a lesson, and is not a README or the like."""
    return name.lower() not in _NOT_LESSONS


def discover(
    paths: Sequence[str], patterns: Sequence[str] = LESSON_PATTERNS, names: Collection[str] | None = None
) -> Discovery:
    """Find the lessons that `paths` mean: files of any name, folders, globs.

    A folder means the files below it that match one of `patterns` (relative to it or to any folder above) and
    that git does not ignore; READMEs and the like must be named by a pattern. A glob means those of them that
    it matches, or whose folder it matches. With `names`, only files of these names are found in folders.
    Raises UsageError for a path that does not exist.
    """
    named = [_shown(path) for path in paths if _is_file(path)]
    walks = [_walk(path, patterns, names) for path in paths if not _is_file(path)]
    found = [(path, tree_root(os.path.dirname(path) or ".")) for path in named]
    found += sorted((path, walk.root) for walk in walks for path in walk.files)
    found += sorted((path, walk.root) for walk in walks for path in walk.links)
    # A walk of `..` reaches the current folder again.
    roots = {
        os.path.relpath(path) if path.startswith("..") else path: root for path, root in _each_once(found)
    }
    files = tuple(sorted(roots))
    problems = dict.fromkeys(problem for walk in walks for problem in walk.problems)
    return Discovery(files, tuple(roots[path] for path in files), (*problems, *_collisions(files)))


def without_others(found: Discovery, folder: str, patterns: Sequence[str]) -> Discovery:
    """Drop files that a walk through `folder` would not find; others get the names that the walk gives them.

    A list of changed files also names READMEs and files that are not lessons of the course. It may name a
    lesson by its file, by a link to it, or by both, in any order.
    """
    files = set(map(os.path.realpath, found.files))
    # Which name of a file is used can only be decided when all of them are known.
    is_real = files == set(map(os.path.abspath, found.files))
    names = frozenset(map(os.path.basename, files)) if is_real else None
    kept = _found_in(folder, patterns, names, files)
    if names and len(kept) < len(files):  # a link to it may have any name
        kept = _found_in(folder, patterns, None, files)
    paths = sorted(kept)
    return Discovery(tuple(paths), tuple(kept[path] for path in paths), found.problems)


def _found_in(
    folder: str, patterns: Sequence[str], names: Collection[str] | None, files: Collection[str]
) -> dict[str, str]:
    """The paths by which a walk finds these real files, with their roots."""
    walked = discover((folder,), patterns, names)
    pairs = zip(walked.files, walked.roots, strict=True)
    return {path: root for path, root in pairs if os.path.realpath(path) in files}


def is_lesson(path: str, patterns: Sequence[str] = LESSON_PATTERNS) -> bool:
    """Whether a walk through its folder finds the file at this path, or would find it once it is saved."""
    if _is_file(path):
        folder = os.path.dirname(path) or "."
        return os.path.abspath(path) in map(os.path.abspath, discover((folder,), patterns).files)
    return _is_meant(os.path.abspath(path), patterns)


def _is_file(path: str) -> bool:
    return os.path.lexists(path) and not os.path.isdir(path)


def _walk(path: str, patterns: Sequence[str], names: Collection[str] | None) -> Walk:
    folder, glob = _split_glob(path)
    if not os.path.isdir(folder):
        raise _no_such_path(folder)
    walk = Walk(_shown(folder), partial(_is_wanted, os.path.realpath(folder), patterns, names, glob))
    walk.run()
    return walk


def _shown(path: str) -> str:
    """The path relative to the current folder, in its shortest form."""
    if ".." in path.split("/"):
        # `link/..` is not the folder that contains the link.
        path = os.path.join(os.path.realpath(os.path.dirname(path)), os.path.basename(path))
    return os.path.relpath(path)


def _split_glob(path: str) -> tuple[str, str]:
    """The folder to walk and the pattern below it, "" when the path is no glob."""
    if os.path.lexists(path) or not is_glob(path):
        return path, ""
    names = path.split("/")
    plain = next((number for number, name in enumerate(names) if is_glob(name)), len(names))
    folder = "/".join(names[:plain])
    return folder or ("/" if path.startswith("/") else "."), "/".join(names[plain:])


def _is_wanted(
    folder: str, patterns: Sequence[str], names: Collection[str] | None, glob: str, name: str
) -> bool:
    """Whether the file with this name below the walked folder is a lesson that is asked for."""
    path = os.path.join(folder, name)
    if names is not None and os.path.basename(name) not in names:
        return False
    named = () if is_for_readers(os.path.basename(glob)) else (glob,)
    if not _is_meant(path, (*patterns, *named)):
        return False
    return not glob or any(matches(part, glob) for part in (name, *_folders_of(name)))


def _is_meant(path: str, patterns: Iterable[str]) -> bool:
    """Whether one of the patterns stands for the file at this absolute path.

    A configuration's patterns count from its folder, which is the walked one or lies above it.
    """
    name = os.path.basename(path)
    if not is_for_readers(name):
        patterns = (each for each in patterns if os.path.basename(each) == name)
    return any(matches(path, f"**/{each}") for each in patterns)


def _folders_of(name: str) -> Iterator[str]:
    while "/" in name:
        name = name.rpartition("/")[0]
        yield name


def _each_once(found: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The first of several paths to the same file, each with its root."""
    seen: set[str] = set()
    files = tuple(found)
    for each, real in zip(files, real_paths(path for path, _ in files), strict=True):
        if real not in seen:
            seen.add(real)
            yield each


def real_paths(files: Iterable[str]) -> Iterator[str]:
    """The real path of each file, as from `realpath`.

    Each folder is resolved once instead of once for each of its files, which matters in a large course.
    """
    folders: dict[str, str] = {}
    for path in files:
        folder, name = os.path.split(path)
        if os.path.islink(path):
            yield os.path.realpath(path)
        else:
            real = folders.get(folder) or folders.setdefault(folder, os.path.realpath(folder))
            yield os.path.join(real, name)


def _collisions(paths: Sequence[str]) -> Iterator[Problem]:
    """Files whose names differ only on Linux: on macOS or Windows, a checkout loses all but one of them."""
    first: dict[str, str] = {}
    for path in paths:
        other = first.setdefault(_folded(path), path)
        if other != path:
            message = f"on macOS and Windows this is the same file name as {other!r}: rename one of them"
            yield Problem("unreadable-file", message, Span(path, 1, 1, 1, 1, 0, 0))


def _folded(path: str) -> str:
    if path.isascii():
        return path.lower()
    from unicodedata import normalize

    return normalize("NFC", normalize("NFC", path).casefold())


def _no_such_path(path: str) -> UsageError:
    """The error for a missing path, with suggestions for the part that does not exist."""
    missing = path.rstrip("/")
    while os.path.dirname(missing) and not os.path.isdir(os.path.dirname(missing)):
        missing = os.path.dirname(missing)
    folder, name = os.path.split(missing)
    near = nearest(name, _names_in(folder or "."))
    remedy = f"Did you mean {os.path.join(folder, near)!r}?" if near else f"Paths count from {os.getcwd()}."
    return UsageError(f"there is no file or folder {path!r}", remedy)


def _names_in(folder: str) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []
