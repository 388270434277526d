"""What a zygote answers when it cannot start a lesson."""

import errno
import os
import socket
from collections.abc import Callable
from typing import NoReturn

import pytest

from checker.running.sandbox.bare import Bare
from checker.running.sandbox.view import View
from checker.running.worker import wire
from checker.running.worker.zygote import _Zygote

REQUEST: wire.Message = {
    "fixtures": None,
    "folder": "",
    "disk": 1,
    "files": 1,
    "processes": 1,
    "seconds": 1.0,
    "hosts": [],
    "shown": [],
    "folders": [],
    "segments": False,
}


class Failing(Bare):
    """A tier in which starting fails in this way."""

    def __init__(self, error: OSError) -> None:
        super().__init__()
        self._error = error

    def start(self, inside: Callable[[], NoReturn]) -> int:  # noqa: ARG002 as the protocol has it
        raise self._error


@pytest.mark.parametrize(
    ("number", "answer"),
    [
        (errno.EPERM, {"refused": ["map the user", errno.EPERM, "Operation not permitted"]}),
        (errno.ENOSPC, {"refused": ["map the user", errno.ENOSPC, "No space left on device"]}),
        (errno.EPIPE, {"lost": True}),
        (errno.ENOENT, {"lost": True}),
        (errno.ESRCH, {"lost": True}),
    ],
)
def test_a_refusal_is_told_from_a_process_that_was_killed(number: int, answer: wire.Message) -> None:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    error = OSError(number, os.strerror(number), "map the user")
    with ours, theirs:
        zygote = _Zygote(theirs, Failing(error), View((), ()))
        zygote._fork_lesson(REQUEST, [os.open(os.devnull, os.O_RDONLY)])
        assert wire.receive(ours) == (answer, [])
    os.close(zygote._itself)
