"""The files of this machine that a lesson may read: its interpreter, the system's programs and libraries."""

import os
import sys
from collections.abc import Iterable, Iterator
from typing import NamedTuple

# Only these parts of an interpreter's prefix: `python -m venv .` makes a whole project its prefix.
_OF_PREFIX = ("bin", "lib", "lib64", "pyvenv.cfg")
_SYSTEM = (
    "/usr",
    "/bin",
    "/sbin",
    "/lib",
    "/lib32",
    "/lib64",
    "/etc/ld.so.cache",
    # Debian's libraries, such as libblas.so.3, link here.
    "/etc/alternatives",
)
_MOST_LINKS = 40  # the kernel's own limit


class View(NamedTuple):
    """Existing folders and files by real path, and the symbolic links that lead to them."""

    paths: tuple[str, ...]
    links: tuple[tuple[str, str], ...]


def interpreter_view(site_folders: Iterable[str]) -> View:
    """What this interpreter and the packages in `site_folders` consist of, as absolute paths."""
    prefixes = {sys.prefix, sys.exec_prefix, sys.base_prefix, sys.base_exec_prefix}
    of_prefixes = (os.path.join(prefix, part) for prefix in sorted(prefixes) for part in _OF_PREFIX)
    return view_of(
        [
            *_SYSTEM,
            *_settings_of_java(),
            *of_prefixes,
            sys.executable,
            os.path.dirname(os.__file__),
            *site_folders,
        ]
    )


def _settings_of_java() -> Iterator[str]:
    """Files outside of /usr that a distribution's Java needs to start."""
    yield from (f"/etc/{name}" for name in os.listdir("/etc") if name.startswith("java-"))


def view_of(wanted: Iterable[str]) -> View:
    """The smallest view that contains everything in `wanted` that exists."""
    links: dict[str, str] = {}
    paths: set[str] = set()
    for each in wanted:
        real = _follow(each, links)
        if real is not None and os.path.exists(real):
            paths.add(real)
    outer = tuple(sorted(each for each in paths if not _within(each, paths)))
    return View(outer, tuple(sorted(link for link in links.items() if not _within(link[0], outer))))


def _follow(path: str, links: dict[str, str]) -> str | None:
    """The real path, adding every symbolic link on the way to `links`; None for circular links."""
    for _ in range(_MOST_LINKS):
        link = next((each for each in steps(os.path.normpath(path)) if os.path.islink(each)), None)
        if link is None:
            return os.path.normpath(path)
        links[link] = os.readlink(link)
        rest = os.path.normpath(path)[len(link) :].lstrip("/")
        path = os.path.join(os.path.dirname(link), links[link], rest)
    return None


def steps(path: str) -> Iterator[str]:
    """/a, /a/b, /a/b/c for /a/b/c."""
    parts = path.strip("/").split("/")
    for count in range(1, len(parts) + 1):
        yield "/" + "/".join(parts[:count])


def _within(path: str, folders: Iterable[str]) -> bool:
    return any(path.startswith(folder + "/") for folder in folders)
