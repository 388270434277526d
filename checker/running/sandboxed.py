"""The checker's end of one lesson's sandbox: process 1, and what it forks."""

import os
import select
import signal
import socket
from contextlib import ExitStack, suppress
from types import TracebackType
from typing import Self

from checker.running.job import LessonJob, Limits
from checker.running.memory import memory_used
from checker.running.sandbox.remedies import refusal
from checker.running.verdicts import session_seconds
from checker.running.worker import wire
from checker.running.zygotes import LostError, Zygote

_ANSWER_SECONDS = 30.0


class LessonSandbox:
    """A sandbox that is ready for sessions; a context manager, after which nothing of it is left."""

    def __init__(self, zygote: Zygote, job: LessonJob, limits: Limits, fixtures: str | None) -> None:
        self._limits = limits
        request = {
            "fixtures": fixtures,
            "disk": limits.disk,
            "files": limits.files,
            "processes": limits.processes,
            "seconds": max((session_seconds(each, limits) for each in job.sessions), default=0.0),
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
                raise refusal(*answer["refused"])
            self._processes = descriptors[0]
            on_failure.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._processes)
        self._end()
        self.channel.close()

    def fork_session(self, request: wire.Message, descriptors: list[int]) -> int:
        """Start an interpreter on these descriptors; returns its pidfd."""
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

    def is_over_memory(self) -> bool:
        """Do all processes together use more than the limit?"""
        return memory_used(self._processes, self._limits.memory) > self._limits.memory

    def _end(self) -> None:
        """End process 1, and so everything in the sandbox, and see it gone."""
        with suppress(ProcessLookupError):  # when it has gone by itself
            signal.pidfd_send_signal(self._process, signal.SIGKILL)
        gone = select.poll()
        gone.register(self._process, select.POLLIN)
        gone.poll(_ANSWER_SECONDS * 1000)
        os.close(self._process)
