"""What a session says to the checker about its cells, and whether it can be that.

It comes from the lesson's own process, so nothing in it is believed: a line that is not of this form, or not
about the cell that runs, counts as nothing.
"""

from typing import Annotated, Literal, TypeVar

import msgspec
from msgspec import Meta, Struct

from checker.model.traces import Step, Told

Refusal = Literal["memory", "processes", "disk", "open files"]
# Whatever a session says, it stays a number that every reader of the results can take.
Count = Annotated[int, Meta(ge=0, lt=1 << 31)]


class Failure(Struct, frozen=True):
    """An exception as a session describes it: see `worker.failures.describe`."""

    type: str
    bases: tuple[str, ...]
    message: str
    line: Count
    column: Count
    traceback: tuple[tuple[str, Count, str], ...]


class Swallow(Failure, frozen=True):
    """An exception that the lesson's own code ended: see `worker.swallowed`."""

    handler: str
    handler_line: Count


class Explored(Struct, frozen=True, forbid_unknown_fields=True):
    """What the rest of a cell gave that ended in an exception: see `worker.exploring`."""

    errors: tuple[Failure, ...] = ()
    warnings: tuple[tuple[str, str, Count], ...] = ()


class Report(Struct, frozen=True, forbid_unknown_fields=True):
    """What a session says at the end of a cell."""

    nonce: str
    error: Failure | None
    limit: Refusal | None
    swallowed: tuple[Swallow, ...]
    warnings: tuple[tuple[str, str, Count], ...]
    completed: tuple[Count, ...] = ()
    later: Explored = Explored()
    trace: tuple[Step, ...] = ()
    figures: tuple[bytes, ...] = ()
    told: tuple[Told, ...] = ()
    lacks: str = ""


class Reading(Struct, frozen=True, forbid_unknown_fields=True):
    """What a session says while its cell reads topics; drained, it sends itself the Ctrl-C."""

    nonce: str
    drained: bool


_Message = TypeVar("_Message", Report, Reading)


def read_report(line: bytes, nonce: str) -> Report | None:
    """The report of the cell with this nonce; None when the line is anything else."""
    return _decode(line, nonce, Report)


def read_progress(line: bytes, nonce: str) -> Reading | None:
    """The news of how far the cell with this nonce has read; None when the line is anything else."""
    return _decode(line, nonce, Reading)


def _decode(line: bytes, nonce: str, kind: type[_Message]) -> _Message | None:
    try:
        message = msgspec.json.decode(line, type=kind)
    except (msgspec.DecodeError, RecursionError):
        return None
    return message if message.nonce == nonce else None
