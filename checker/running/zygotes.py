"""The zygotes of an engine: started on demand by what lessons import, and replaced when they end."""

import errno
import os
import socket
import threading
from collections.abc import Sequence
from contextlib import ExitStack

from checker.errors import SandboxError
from checker.running.interpreter import Interpreter, own_interpreter
from checker.running.job import LessonJob
from checker.running.launch import ORDINARY, ROOT, Python, Sandboxing, start_zygote
from checker.running.sandbox.remedies import refusal
from checker.running.sandbox.tiers import ISOLATIONS
from checker.running.worker import wire

# What a zygote may import beforehand, when a lesson mentions it.
_WARM = ("pandas", "matplotlib", "confluent_kafka")
_READY_SECONDS = 60.0  # pandas without compiled files on a slow disk


# The whole environment of a lesson's interpreter; nothing of the checker's own environment is passed on.
_ENVIRONMENT = {
    "HOME": "/home/reader",
    "LANG": "C.UTF-8",
    # Sets print in the same order every time, so that outputs can be compared.
    "PYTHONHASHSEED": "0",
    # A fork copies only the calling thread, so the zygote must have no other.
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
    # Each arena reserves 64 MiB of address space, which counts against the limit.
    "MALLOC_ARENA_MAX": "2",
    "MPLBACKEND": "Agg",
}


_PATH = ("/usr/local/bin", "/usr/bin", "/bin")


class LostError(Exception):
    """A process of the engine was ended from outside."""


def warm_packages(job: LessonJob) -> tuple[str, ...]:
    """The packages that the zygote for this lesson should have imported."""
    texts = [text for session in job.sessions for cell in session.cells for text in (cell.setup, cell.source)]
    # The embedded Kafka uses the client's library.
    if any("kafka" in session.services for session in job.sessions):
        texts.append("confluent_kafka")
    return packages_in(texts)


def packages_in(texts: Sequence[str]) -> tuple[str, ...]:
    """The packages that can be imported beforehand and are mentioned."""
    return tuple(package for package in _WARM if any(package in text for text in texts))


def _environment(interpreter: Interpreter) -> dict[str, str]:
    path = os.pathsep.join([os.path.dirname(interpreter.executable), *_PATH])
    return {**_ENVIRONMENT, "PATH": path, **interpreter.library_path(os.environ)}


class Zygote:
    """The checker's end of one zygote; by default it runs the checker's own interpreter."""

    def __init__(
        self, warm: Sequence[str], sandboxing: Sandboxing = ORDINARY, interpreter: Interpreter | None = None
    ) -> None:
        self.tier = sandboxing.tier
        self._interpreter = interpreter or own_interpreter()
        python = Python(
            self._interpreter.executable, _environment(self._interpreter), self._interpreter.folders
        )
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._channel = ours
        self._is_silent = False
        self._lock = threading.Lock()
        self._channel.settimeout(_READY_SECONDS)
        with ExitStack() as on_failure:
            on_failure.callback(ours.close)
            with theirs:
                self._process = start_zygote(python, sandboxing, theirs.fileno())
            on_failure.callback(self.close)
            answer, _ = self._prepare(warm)
            on_failure.pop_all()
        self.has_one_thread = answer["threads"] == 1

    @property
    def is_alive(self) -> bool:
        """Whether the zygote can be asked.

        A killed process stops answering shortly before its end can be seen.
        """
        return not self._is_silent and self._process.poll() is None

    def fork(self, request: wire.Message, channel: socket.socket) -> int:
        """Start a sandbox whose process 1 talks on `channel`; returns the pidfd of that process.

        Raises LostError when that process or the zygote was ended from outside, SandboxError for a refusal.
        """
        answer, descriptors = self._ask(request, [channel.fileno()])
        if "lost" in answer:
            raise LostError
        if "refused" in answer:
            raise refusal(self.tier, *answer["refused"])
        return descriptors[0]

    def close(self) -> None:
        """End the zygote, and with it every sandbox that it has forked."""
        self._process.kill()
        self._process.wait()
        self._channel.close()
        if self._process.stderr is not None:
            self._process.stderr.close()

    def _prepare(self, warm: Sequence[str]) -> tuple[wire.Message, list[int]]:
        try:
            site = self._interpreter.folders
            return self._ask({"root": ROOT, "site": site, "warm": list(warm), "tier": self.tier})
        except LostError as error:
            _, complaint = self._process.communicate()
            if self._process.returncode < 0:  # it was killed, and may be started again
                raise
            last = complaint.decode(errors="replace").strip().rpartition("\n")[2]
            if last.startswith("bwrap: "):
                raise refusal(self.tier, "start bubblewrap", errno.EPERM, last[7:]) from error
            raise SandboxError(
                f"the interpreter for snippets, {self._interpreter.executable}, does not start: {last}"
            ) from error

    def _ask(self, message: wire.Message, descriptors: Sequence[int] = ()) -> tuple[wire.Message, list[int]]:
        with self._lock:
            try:
                wire.send(self._channel, message, descriptors)
                answer = wire.receive(self._channel)
            except TimeoutError as error:
                raise SandboxError(
                    f"the interpreter for snippets did not answer in {_READY_SECONDS:g} s"
                ) from error
            except OSError as error:
                self._is_silent = True
                raise LostError from error
            self._is_silent = answer is None
        if answer is None:
            raise LostError
        if "failed" in answer[0]:
            raise SandboxError(f"the interpreter for snippets failed: {answer[0]['failed'].strip()}")
        return answer


class Zygotes:
    """One zygote for each set of packages that lessons want; safe to use from several threads."""

    def __init__(self, sandboxing: Sandboxing = ORDINARY, interpreter: Interpreter | None = None) -> None:
        self._sandboxing = sandboxing
        self._interpreter = interpreter
        self._is_shared = ISOLATIONS[sandboxing.tier].TIER.shares_zygote
        self._lock = threading.Lock()
        self._zygotes: dict[tuple[tuple[str, ...], int], Zygote] = {}
        self._closed = False

    def get(self, warm: tuple[str, ...]) -> Zygote:
        """The living zygote for these packages; where lessons run one at a time, the calling thread's own."""
        key = (warm, 0 if self._is_shared else threading.get_ident())
        with self._lock:
            if self._closed:
                raise LostError
            zygote = self._zygotes.get(key)
            if zygote is None or not zygote.is_alive:
                zygote = self._zygotes[key] = self._replace(zygote, warm)
        return zygote

    def close(self) -> None:
        """End all zygotes; no others start afterwards."""
        with self._lock:
            self._closed = True
            for zygote in self._zygotes.values():
                zygote.close()

    def _replace(self, old: Zygote | None, warm: tuple[str, ...]) -> Zygote:
        if old is not None:
            old.close()
        zygote = Zygote(warm, self._sandboxing, self._interpreter)
        if zygote.has_one_thread:
            return zygote
        # A package that starts threads on import would leave them out of every fork.
        zygote.close()
        return Zygote((), self._sandboxing, self._interpreter)
