"""What the files of a course look like, so that somebody can tell when one of them changes.

They are looked at again and again rather than asked of the system: that needs no library, and works where
nobody is told of changes, as on what is mounted over a network or into a container.
"""

import os
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from os.path import abspath, dirname, isdir

from checker.config.file import find_config
from checker.reading.walking import Walk

# A look at a course takes some milliseconds; at a huge one, looking must not keep a processor busy.
_PAUSE = 0.25  # seconds
_SHARE = 20  # at least so many times as long as the look took

Looks = Mapping[str, tuple[int, int, int]]


def look(paths: Collection[str], config: str | None, without: Collection[str] = ()) -> Looks:
    """What each file looks like that a check of these paths may read; not of those `without`.

    These are all files below the folder of the configuration and below the paths, as git would see them.
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
    """What there is, and then each time what it has become once it has changed and keeps still."""
    seen = see()
    yield seen
    while True:
        began = time.monotonic()
        now = see()
        rest = max(_PAUSE, _SHARE * (time.monotonic() - began))
        if now == seen:
            pause(rest)
            continue
        # An editor writes in several steps, and a checkout takes its time.
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
        while folder and not isdir(folder):  # a file, or a glob
            folder = dirname(folder)
        if folder == path or not os.path.lexists(path):
            walk = Walk(folder or ".", lambda _name: True)
            walk.run()
            yield from walk.files
        else:
            yield path
