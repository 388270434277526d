"""A session: one interpreter with one namespace, in which the cells run as they come.

The checker sends one cell at a time and waits for its report, so that every byte printed before the report
belongs to that cell. The report carries the cell's nonce, which only code that reached the end of the cell
can send.
"""

import json
import os
import sys
from collections.abc import Mapping
from functools import cache
from os import getpid  # imported by name: a lesson may replace what is in the module
from socket import socket
from typing import Literal, NoReturn

from checker.running.sandbox import libc
from checker.running.sandbox.limits import limit_memory
from checker.running.sandbox.tier import Isolation
from checker.running.worker import wire
from checker.running.worker.leftovers import end_leftovers
from checker.running.worker.notebook import Notebook
from checker.running.worker.services.joining import join
from checker.running.worker.sql import SqlNotebook


def main(
    isolation: Isolation, request: wire.Message, descriptors: list[int], lines: Mapping[str, socket]
) -> NoReturn:
    """Become the session; `descriptors` are its channel, its standard output and its standard error.

    `lines` lead to the services that were started for it, by name.
    """
    try:
        channel, output, errors = descriptors
        os.setsid()
        # Process 1 is not dumpable and its forks inherit that; a lesson may read its own /proc/self.
        libc.prctl("show the session", libc.PR_SET_DUMPABLE, 1)
        _take_streams(output, errors)
        isolation.enter_session()
        _forget_checker(request["path"])
        os.environ.update(request["env"])
        limit_memory(request["memory"], request["processes"])
        orders = socket(fileno=channel)
        services = join(lines, lambda message: _send(orders, wire.line(message)))
        _serve(Notebook(request["path"], services), SqlNotebook(request["path"], services), orders)
    except BaseException as error:  # noqa: BLE001 a fault of ours, or what a lesson has done to us: both are shown
        sys.__excepthook__(type(error), error, error.__traceback__)
    finally:
        os._exit(1)


def _take_streams(output: int, errors: int) -> None:
    null = os.open(os.devnull, os.O_RDONLY)
    for source, target in ((null, 0), (output, 1), (errors, 2)):
        os.dup2(source, target)
        os.close(source)
    _replace("stdin", 0, "r", "strict")
    _replace("stdout", 1, "w", "strict")
    _replace("stderr", 2, "w", "backslashreplace")


def _replace(name: str, descriptor: int, mode: Literal["r", "w"], errors: str) -> None:
    """Reopen a standard stream with line buffering, so that output before a crash is not lost."""
    stream = open(descriptor, mode, buffering=1, encoding="utf-8", errors=errors, closefd=False)  # noqa: SIM115
    vars(sys)[name] = vars(sys)[f"__{name}__"] = stream


def _forget_checker(path: str) -> None:
    """Clean up the interpreter like a notebook's: none of our modules, imports from the working folder."""
    for name in own_modules():
        del sys.modules[name]
    sys.argv = [path]
    sys.path.insert(0, "")


@cache
def own_modules() -> tuple[str, ...]:
    """The names of our modules. The zygote asks once for all sessions, since looking touches many pages."""
    return tuple(name for name in sys.modules if name.partition(".")[0] == "checker")


def _serve(notebook: Notebook, sql: SqlNotebook, channel: socket) -> NoReturn:
    owner = getpid()
    with channel, channel.makefile("rb") as orders:
        for order in orders:
            cell: wire.Message = json.loads(order)
            report = _run(cell, notebook, sql)
            _flush()
            if getpid() != owner:
                # The cell has forked, and this is the child: its end is not the end of the cell.
                os._exit(1 if report["error"] else 0)
            _send(channel, wire.line({"nonce": cell["nonce"], **report}))
    os._exit(0)


def _run(cell: wire.Message, notebook: Notebook, sql: SqlNotebook) -> wire.Message:
    if "source" not in cell:
        return end_leftovers(notebook)
    return sql.run(cell) if cell["statements"] else notebook.run(cell)


def _send(channel: socket, line: bytes) -> None:
    try:
        channel.sendall(line)
    except OSError:  # the cell has closed descriptors that are not its own
        os._exit(1)


def _flush() -> None:
    """Flush the interpreter's own streams, whatever a lesson has done to sys.stdout."""
    for stream in (sys.__stdout__, sys.__stderr__, sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except Exception:  # noqa: BLE001, S112 closed or replaced by the lesson: its own affair
            continue
