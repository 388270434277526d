"""Polls the files of a course for changes.

Polling needs no library and works where the system reports no changes, such as on network mounts and mounts
into a container.
"""

import os
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from os.path import abspath, dirname, isdir

from checker.config.file import find_config
from checker.reading.walking import Walk

# One look at a course takes milliseconds, but with very many files polling must not keep a processor busy.
_PAUSE = 0.25  # seconds
_SHARE = 20  # the pause is at least so many times as long as the look

Looks = Mapping[str, tuple[int, int, int]]


def look(paths: Collection[str], config: str | None, without: Collection[str] = ()) -> Looks:
    """The state of each file that a check of these paths may read, except those in `without`.

    These are all files below the configuration's folder and below the paths that git does not ignore.
    """
    passed_over = {abspath(each) for each in without}
    found = {}
    for path in _files(paths, config):
        if abspath(path) not in passed_over:
            try:
                status = os.stat(path)
            except OSError:
                continue
            found[path] = (status.st_ino, status.st_size, status.st_mtime_ns)
    return found


def changes(see: Callable[[], Looks], pause: Callable[[float], None] = time.sleep) -> Iterator[Looks]:
    """The state of the files, first at once and then each time it has changed and settled."""
    seen = see()
    yield seen
    while True:
        began = time.monotonic()
        now = see()
        rest = max(_PAUSE, _SHARE * (time.monotonic() - began))
        if now == seen:
            pause(rest)
            continue
        # An editor writes in several steps, and a checkout takes time.
        pause(_PAUSE)
        while (later := see()) != now:
            now = later
            pause(_PAUSE)
        seen = now
        yield seen


def _files(paths: Collection[str], config: str | None) -> Iterator[str]:
    named = config or find_config(next(iter(paths)))
    tops = [*([dirname(named) or "."] if named else []), *paths]
    if named:
        yield named
    for path in tops:
        folder = path
        while folder and not isdir(folder):  # a file or a glob
            folder = dirname(folder)
        if folder == path or not os.path.lexists(path):
            walk = Walk(folder or ".", lambda _name: True)
            walk.run()
            yield from walk.files
        else:
            yield path
