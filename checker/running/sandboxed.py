"""The checker's end of one lesson's sandbox: process 1, and what it forks."""

import os
import select
import signal
import socket
import tempfile
from contextlib import ExitStack, suppress
from secrets import token_hex
from types import TracebackType
from typing import Self

from checker.running.job import LessonJob, Limits
from checker.running.sandbox.folders import remove_tree
from checker.running.sandbox.remedies import refusal
from checker.running.sandbox.tier import NOTHING, Layout, Place
from checker.running.verdicts import session_seconds
from checker.running.watch import Excess, Watch
from checker.running.worker import wire
from checker.running.zygotes import LostError, Zygote

_ANSWER_SECONDS = 30.0
_END_SECONDS = 10.0


class LessonSandbox:
    """A sandbox that is ready for sessions; a context manager that leaves nothing behind."""

    def __init__(
        self,
        zygote: Zygote,
        job: LessonJob,
        limits: Limits,
        fixtures: str | None,
        layout: Layout = NOTHING,
    ) -> None:
        # Some tiers keep the lesson's files there. The first process creates it, so that nobody else can.
        self._folder = os.path.join(tempfile.gettempdir(), f"coursecheck-{token_hex(16)}")
        request = {
            "fixtures": fixtures,
            **layout._asdict(),
            "folder": self._folder,
            "disk": limits.disk,
            "files": limits.files,
            "processes": limits.processes,
            "seconds": max(
                (session_seconds(each, limits) for each in job.sessions),
                default=limits.session_seconds,
            ),
        }
        with ExitStack() as on_failure:
            self.channel, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            on_failure.callback(self.channel.close)
            self.channel.settimeout(_ANSWER_SECONDS)
            with theirs:
                self._process = zygote.fork(request, theirs)
            on_failure.callback(self._end)
            answer, descriptors = self.receive()
            if "refused" in answer:
                raise refusal(zygote.tier, *answer["refused"])
            processes, folder = descriptors
            self._watch = Watch(Place(**answer["ready"]), processes, folder, limits)
            on_failure.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._watch.close()
        self._end()

    def fork_session(self, request: wire.Message, descriptors: list[int]) -> int:
        """Start an interpreter with these descriptors; returns its pidfd."""
        try:
            wire.send(self.channel, request, descriptors)
        except OSError as error:
            raise LostError from error
        _, answered = self.receive()
        return answered[0]

    def receive(self) -> tuple[wire.Message, list[int]]:
        """The next message of process 1."""
        try:
            received = wire.receive(self.channel)
        except OSError as error:
            raise LostError from error
        if received is None:
            raise LostError
        return received

    def excess(self) -> Excess | None:
        """The limit that all processes of the lesson together exceed, if any."""
        return self._watch.excess()

    def _end(self) -> None:
        """End the first process, and with it everything in the sandbox, and wait for it."""
        self.channel.close()  # it then ends the others and itself
        gone = select.poll()
        gone.register(self._process, select.POLLIN)
        if not gone.poll(_END_SECONDS * 1000):
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._process, signal.SIGKILL)
            gone.poll(_ANSWER_SECONDS * 1000)
        os.close(self._process)
        remove_tree(self._folder)  # in case it was ended from outside
