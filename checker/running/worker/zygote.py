"""The zygote: an interpreter that has imported what lessons need, and forks a sandbox for each lesson.

A fork costs a few milliseconds, an import of pandas half a second. Nothing of any lesson ever runs in the
zygote itself, so that each lesson starts from the same state.
"""

import gc
import os
import signal
import socket
import sys
import traceback

from checker.running.sandbox.view import View, interpreter_view
from checker.running.worker import lesson, wire
from checker.running.worker.warmup import warm_up


def main() -> None:
    """Serve on the socket whose descriptor is the first argument, until the checker is gone."""
    channel = socket.socket(fileno=int(sys.argv[1]))
    try:
        _serve(channel)
    except Exception:  # noqa: BLE001 the checker is told, whatever it was
        wire.send(channel, {"failed": traceback.format_exc(limit=3)})


def _serve(channel: socket.socket) -> None:
    received = wire.receive(channel)
    if received is None:
        return
    request, _ = received
    view = _prepare(request)
    wire.send(channel, {"threads": len(os.listdir("/proc/self/task"))})
    while (received := wire.receive(channel)) is not None:
        request, descriptors = received
        _fork_lesson(channel, view, request, descriptors)


def _prepare(request: wire.Message) -> View:
    """Become what every session of this zygote is to start as."""
    os.dup2(1, 2)  # from here on failures are messages
    sys.path.remove(request["root"])
    sys.path += [each for each in request["site"] if each not in sys.path]
    view = interpreter_view(request["site"])
    warm_up(request["warm"])
    # Children that are forked end on their own; nobody here waits for them.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    # What is frozen is not touched by collections, so its pages stay shared with the children.
    gc.collect()
    gc.freeze()
    return view


def _fork_lesson(channel: socket.socket, view: View, request: wire.Message, descriptors: list[int]) -> None:
    """Start a sandbox that talks on the one descriptor of the request; answers with its pidfd."""
    try:
        process = lesson.start(view, request, descriptors[0])
    except OSError as error:
        wire.send(channel, wire.refused(error))
    else:
        wire.send(channel, {"started": True}, [process])
        os.close(process)
    finally:
        for each in descriptors:
            os.close(each)
