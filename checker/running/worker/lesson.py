"""Process 1 of a lesson's sandbox: it forks an interpreter for each session and sees it end.

Nothing of the lesson runs in it. It cannot be signalled, traced or read from inside, and with it ends
everything in the sandbox.
"""

import os
import signal
import socket
import time
from typing import NoReturn

from checker.running.sandbox import namespaces
from checker.running.sandbox.view import View
from checker.running.worker import session, wire

_LEFTOVER_SECONDS = 1.0
_PAUSE = 0.01


def start(view: View, request: wire.Message, descriptor: int) -> int:
    """Fork a sandbox that takes its orders from `descriptor`, a socket; returns its pidfd."""
    confinement = namespaces.Confinement(
        view=view,
        fixtures=request["fixtures"],
        disk=request["disk"],
        files=request["files"],
        processes=request["processes"],
        seconds=request["seconds"],
    )
    return namespaces.start(lambda: _run(confinement, descriptor))


def _run(confinement: namespaces.Confinement, descriptor: int) -> NoReturn:
    try:
        _keep_only(descriptor)
        # A signal from inside reaches process 1 only where a handler is set; Python sets one for SIGINT.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        channel = socket.socket(fileno=descriptor)
        if _enter(confinement, channel):
            _serve(channel)
    finally:
        os._exit(0)


def _keep_only(descriptor: int) -> None:
    """Close what the zygote had open but for the null device on 0, 1 and 2 and this one."""
    os.closerange(3, descriptor)
    os.closerange(descriptor + 1, os.sysconf("SC_OPEN_MAX"))


def _enter(confinement: namespaces.Confinement, channel: socket.socket) -> bool:
    try:
        namespaces.enter(confinement)
    except OSError as error:
        wire.send(channel, wire.refused(error))
        return False
    # By it the checker sees the processes of this sandbox, and these alone.
    processes = os.open("/proc", os.O_RDONLY | os.O_DIRECTORY)
    wire.send(channel, {"ready": True}, [processes])
    os.close(processes)
    return True


def _serve(channel: socket.socket) -> None:
    while (received := wire.receive(channel)) is not None:
        request, descriptors = received
        pid = os.fork()
        if pid == 0:
            channel.close()
            session.main(request, descriptors)
        for each in descriptors:
            os.close(each)
        process = os.pidfd_open(pid)
        wire.send(channel, {"started": True}, [process])
        os.close(process)
        status = _await(pid)
        _end_leftovers(grace=_LEFTOVER_SECONDS if os.WIFEXITED(status) else 0.0)
        wire.send(channel, {"ended": os.waitstatus_to_exitcode(status)})


def _await(pid: int) -> int:
    """Wait for one child and reap all others: orphans of a session become children of process 1."""
    while True:
        ended, status = os.waitpid(-1, 0)
        if ended == pid:
            return status


def _end_leftovers(grace: float) -> None:
    """Let processes that a session left behind end within `grace` seconds, then end them."""
    deadline = time.monotonic() + grace
    while _any_child() and time.monotonic() < deadline:
        time.sleep(_PAUSE)
    if _any_child():
        os.kill(-1, signal.SIGKILL)
        while _any_child():
            time.sleep(_PAUSE)


def _any_child() -> bool:
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return False
    return True
