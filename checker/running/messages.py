"""Decodes what a session reports about its cells.

Reports come from the lesson's own process, so nothing in them is trusted: a line that does not have this
form, or is not about the running cell, is ignored.
"""

from typing import Annotated, Literal, TypeVar

import msgspec
from msgspec import Meta, Struct

from checker.model.traces import Step, Told

Refusal = Literal["memory", "processes", "disk", "open files"]
# Numbers in a report stay in a range that every reader of the results can handle.
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
    """An exception that the lesson's own code swallowed: see `worker.swallowed`."""

    handler: str
    handler_line: Count


class Explored(Struct, frozen=True, forbid_unknown_fields=True):
    """What the rest of a cell gave after an exception: see `worker.exploring`."""

    errors: tuple[Failure, ...] = ()
    warnings: tuple[tuple[str, str, Count], ...] = ()


class Report(Struct, frozen=True, forbid_unknown_fields=True):
    """What a session reports at the end of a cell."""

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
    """What a session reports while its cell reads topics; when `drained`, it interrupts itself."""

    nonce: str
    drained: bool


_Message = TypeVar("_Message", Report, Reading)


def read_report(line: bytes, nonce: str) -> Report | None:
    """The report of the cell with this nonce; None when the line is anything else."""
    return _decode(line, nonce, Report)


def read_progress(line: bytes, nonce: str) -> Reading | None:
    """The progress of the cell with this nonce; None when the line is anything else."""
    return _decode(line, nonce, Reading)


def _decode(line: bytes, nonce: str, kind: type[_Message]) -> _Message | None:
    try:
        message = msgspec.json.decode(line, type=kind)
    except (msgspec.DecodeError, RecursionError):
        return None
    return message if message.nonce == nonce else None
