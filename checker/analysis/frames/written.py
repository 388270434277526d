"""Methods that write data to a file, or give it as text when they are given none."""

from collections.abc import Callable

from checker.analysis.frames.arguments import Arguments
from checker.analysis.frames.kinds import NONE, UNKNOWN, Kind, Written


def written(path: str) -> Callable[[object, Arguments], Kind]:
    """What such a method gives; `path` is its first argument, the file."""

    def result(_of: object, arguments: Arguments) -> Kind:
        if arguments.open:
            return UNKNOWN
        return Written() if arguments.get(path, 0) in (None, NONE) else NONE

    return result
