"""The zygote: an interpreter that has imported what lessons need, and forks a sandbox for each lesson.

A fork takes a few milliseconds, an import of pandas half a second. No code of a lesson runs in the zygote
itself, so that each lesson starts from the same state.
"""

import gc
import os
import select
import signal
import socket
import sys
import traceback

from checker.running.sandbox import keeping
from checker.running.sandbox.tier import Isolation
from checker.running.sandbox.tiers import ISOLATIONS
from checker.running.sandbox.view import View, interpreter_view
from checker.running.worker import lesson, session, wire
from checker.running.worker.warmup import rehearse, warm_up


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
    zygote = _Zygote(channel, ISOLATIONS[request["tier"]](), _prepare(request))
    wire.send(channel, {"threads": len(os.listdir("/proc/self/task"))})
    zygote.serve()


def _prepare(request: wire.Message) -> View:
    """Prepare this process: every session of this zygote starts as a copy of it."""
    os.dup2(1, 2)  # from here on, failures are sent as messages
    sys.path.remove(request["root"])
    sys.path += [each for each in request["site"] if each not in sys.path]
    view = interpreter_view(request["site"])
    warm_up(request["warm"])
    rehearse()
    session.own_modules()
    # Nobody here waits for the forked children.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    keeping.adopt_orphans()
    # Frozen objects are ignored by the garbage collector, so their pages stay shared with the children.
    gc.collect()
    gc.freeze()
    return view


class _Zygote:
    """Forks sandboxes, and cleans up after one whose first process was ended from outside."""

    def __init__(self, channel: socket.socket, isolation: Isolation, view: View) -> None:
        self._channel, self._isolation, self._view = channel, isolation, view
        self._itself = os.pidfd_open(os.getpid())
        self._poll = select.poll()
        self._poll.register(channel, select.POLLIN)
        self._lessons: dict[int, int] = {}

    def serve(self) -> None:
        """Serve until the checker is gone, or the next lesson needs a fresh zygote."""
        while True:
            ready = {each for each, _ in self._poll.poll()}
            for process in ready & self._lessons.keys():
                self._see_end(process)
            # The next request finds no zygote here and starts another.
            if not self._lessons and self._isolation.is_spent():
                return
            if self._channel.fileno() in ready:
                received = wire.receive(self._channel)
                if received is None:
                    return
                self._fork_lesson(*received)

    def _fork_lesson(self, request: wire.Message, descriptors: list[int]) -> None:
        """Start a sandbox that talks on the one descriptor of the request; answers with its pidfd."""
        try:
            process = lesson.start(self._isolation, self._view, request, descriptors[0], self._itself)
        except (BrokenPipeError, FileNotFoundError, ProcessLookupError):
            wire.send(self._channel, {"lost": True})  # it was ended from outside before it had begun
        except OSError as error:
            wire.send(self._channel, wire.refused(error))
        else:
            wire.send(self._channel, {"started": True}, [process])
            self._lessons[process] = keeping.pid_of(process)
            self._poll.register(process, select.POLLIN)
        finally:
            for each in descriptors:
                os.close(each)

    def _see_end(self, process: int) -> None:
        self._poll.unregister(process)
        del self._lessons[process]
        os.close(process)
        keeping.end_orphans(kept=self._lessons.values())
