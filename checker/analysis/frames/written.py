"""Methods that write data to a file, or return it as text when no file is given."""

from collections.abc import Callable

from checker.analysis.frames.arguments import Arguments
from checker.analysis.frames.kinds import NONE, UNKNOWN, Kind, Written


def written(path: str) -> Callable[[object, Arguments], Kind]:
    """Makes the evaluation of such a method; `path` is its first parameter, the file."""

    def result(_of: object, arguments: Arguments) -> Kind:
        if arguments.open:
            return UNKNOWN
        return Written() if arguments.get(path, 0) in (None, NONE) else NONE

    return result
