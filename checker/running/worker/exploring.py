"""Finds what the rest of a cell would raise and warn of after an exception.

A cell that breaks in five places should report five. The remaining statements are tried in a fork, whose
output and bindings are discarded.
"""

import ast
import json
import os
import select
import signal
import time
from collections.abc import Callable, Sequence
from types import CodeType
from typing import Any, NoReturn

from checker.running.worker.wire import Message

_SECONDS = 2.0
_RESERVE = 1.0  # seconds of the cell's own time that are left for its report
_MOST_ERRORS = 20
_CHUNK = 1 << 16
_LONGEST = 1 << 20

NOTHING: Message = {"errors": [], "warnings": []}


def rest_after(tree: ast.Module, line: int) -> list[ast.stmt]:
    """The top-level statements of a cell after the one that covers a line; empty when none covers it."""
    for index, statement in enumerate(tree.body):
        if _first_line(statement) <= line <= (statement.end_lineno or statement.lineno):
            return tree.body[index + 1 :]
    return []


def explore(
    codes: Sequence[CodeType],
    run: Callable[[CodeType], None],
    describe: Callable[[BaseException], Any],
    take_warnings: Callable[[], Any],
    *,
    ends: float,
) -> Message:
    """Run each of these in a fork, continuing after exceptions, until the time `ends`.

    Returns `errors` and `warnings`.
    """
    ends = min(time.monotonic() + _SECONDS, ends - _RESERVE)
    if not codes or time.monotonic() >= ends:
        return NOTHING
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        _go_on(codes, run, describe, take_warnings, writes)
    os.close(writes)
    try:
        return _understood(_read(reads, ends))
    finally:
        os.close(reads)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def _go_on(
    codes: Sequence[CodeType],
    run: Callable[[CodeType], None],
    describe: Callable[[BaseException], Any],
    take_warnings: Callable[[], Any],
    writes: int,
) -> NoReturn:
    try:
        null = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(null, stream)
        errors = []
        for code in codes:
            try:
                run(code)
            except BaseException as error:  # noqa: BLE001 whatever a lesson raises is what is asked for
                errors.append(describe(error))
        found = {"errors": errors[:_MOST_ERRORS], "warnings": take_warnings()}
        data = json.dumps(found).encode()
        while data:
            data = data[os.write(writes, data) :]
    finally:
        os._exit(0)


def _read(reads: int, ends: float) -> bytes:
    data = b""
    while len(data) < _LONGEST:
        ready, _, _ = select.select([reads], [], [], max(0.0, ends - time.monotonic()))
        part = os.read(reads, _CHUNK) if ready else b""
        if not part:
            break
        data += part
    return data


def _understood(data: bytes) -> Message:
    try:
        found: Message = json.loads(data)
    except ValueError:  # the fork was ended, by itself or by its time limit
        return NOTHING
    return found


def _first_line(statement: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(statement, "decorator_list", [])
    return min([statement.lineno, *(each.lineno for each in decorators)])
