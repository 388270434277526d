"""The first process of a lesson: it forks an interpreter for each session and waits for its end.

No code of the lesson runs in it, and the lesson cannot signal, trace or read it. When it ends, or the checker
or the zygote does, everything of the lesson ends with it.
"""

import os
import select
import signal
import socket
import time
from typing import NoReturn

from checker.running.sandbox import keeping
from checker.running.sandbox.tier import Confinement, Isolation, Layout
from checker.running.sandbox.view import View
from checker.running.worker import session, wire
from checker.running.worker.services import starting

_LEFTOVER_SECONDS = 1.0
_PAUSE = 0.01
_REAP_SECONDS = 0.02  # zombies count against the limit on processes until they are reaped


class AbandonedError(Exception):
    """The checker or the zygote is gone."""


def start(isolation: Isolation, view: View, request: wire.Message, descriptor: int, zygote: int) -> int:
    """Fork a sandbox that takes its orders from the socket `descriptor`; returns its pidfd.

    `zygote` is the pidfd of the calling process.
    """
    confinement = Confinement(
        view=view,
        fixtures=request["fixtures"],
        folder=request["folder"],
        disk=request["disk"],
        files=request["files"],
        processes=request["processes"],
        seconds=request["seconds"],
        layout=Layout(
            hosts=tuple(request["hosts"]),
            shown=tuple((source, target) for source, target in request["shown"]),
            folders=tuple(request["folders"]),
            segments=request["segments"],
        ),
    )
    return isolation.start(lambda: _run(isolation, confinement, descriptor, zygote))


def _run(isolation: Isolation, confinement: Confinement, descriptor: int, zygote: int) -> NoReturn:
    try:
        keeping.keep_only(descriptor, zygote)
        # Inside its namespace, process 1 gets only signals for which it has a handler; Python installs one
        # for SIGINT.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        channel = socket.socket(fileno=descriptor)
        try:
            if _enter(isolation, confinement, channel):
                _Keeper(isolation, channel, zygote).serve()
        finally:
            isolation.end_all()
            isolation.leave()
    finally:
        os._exit(0)


def _enter(isolation: Isolation, confinement: Confinement, channel: socket.socket) -> bool:
    try:
        place = isolation.enter(confinement)
    except OSError as error:
        wire.send(channel, wire.refused(error))
        return False
    # Through these the checker watches the processes and the files of this sandbox.
    folders = [os.open(each, os.O_RDONLY | os.O_DIRECTORY) for each in ("/proc", place.disk)]
    wire.send(channel, {"ready": place._asdict()}, folders)
    for each in folders:
        os.close(each)
    return True


class _Keeper:
    """Serves the checker's orders, one session at a time."""

    def __init__(self, isolation: Isolation, channel: socket.socket, zygote: int) -> None:
        self._isolation, self._channel, self._zygote = isolation, channel, zygote

    def serve(self) -> None:
        """Serve until the checker is gone, or has enough."""
        try:
            while (received := wire.receive(self._channel)) is not None:
                self._run_session(*received)
        except (AbandonedError, OSError):
            return  # whoever ended it expects no answer

    def _run_session(self, request: wire.Message, descriptors: list[int]) -> None:
        own, others = descriptors[:3], descriptors[3:]
        services = [starting.start(self._isolation, name, others) for name in request["services"]]
        pid = os.fork()
        if pid == 0:
            self._channel.close()
            for each in (self._zygote, *others, *(each.process for each in services)):
                os.close(each)
            session.main(self._isolation, request, own, {each.name: each.line for each in services})
        for each in descriptors:
            os.close(each)
        for service in services:
            service.line.close()
        process = os.pidfd_open(pid)
        try:
            wire.send(self._channel, {"started": True}, [process])
            status = self._await(pid, process)
        finally:
            os.close(process)
            for service in services:
                starting.end(service)
        self._end_leftovers(grace=_LEFTOVER_SECONDS if os.WIFEXITED(status) else 0.0)
        wire.send(self._channel, {"ended": os.waitstatus_to_exitcode(status)})

    def _await(self, pid: int, process: int) -> int:
        """Wait for the session, and reap orphans, which become children of this process."""
        poll = select.poll()
        for each in (process, self._zygote, self._channel.fileno()):
            poll.register(each, select.POLLIN)
        while True:
            ready = {each for each, _ in poll.poll(_REAP_SECONDS * 1000)}
            while (ended := os.waitpid(-1, os.WNOHANG))[0]:
                if ended[0] == pid:
                    return ended[1]
            if ready - {process}:  # no order comes while a session runs: this is an end of file
                raise AbandonedError

    def _end_leftovers(self, grace: float) -> None:
        """Let processes that a session left behind end within `grace` seconds, then end them."""
        deadline = time.monotonic() + grace
        while keeping.has_children() and time.monotonic() < deadline:
            time.sleep(_PAUSE)
        self._isolation.end_all()
