"""The checker's end of one session: sends it cells, reads output and reports, enforces limits."""

import os
import select
import signal
import socket
import time
from contextlib import ExitStack, suppress
from fcntl import ioctl
from secrets import token_hex
from struct import unpack
from termios import FIONREAD
from types import TracebackType
from typing import Self

from checker.running import messages, verdicts
from checker.running.capture import Capture, Stream
from checker.running.job import CellJob, Limits, SessionJob
from checker.running.lab import Lab
from checker.running.sandboxed import LessonSandbox
from checker.running.services.way_out import WayOut
from checker.running.verdicts import Verdict
from checker.running.watch import Excess
from checker.running.worker import wire
from checker.running.zygotes import LostError

_TICK = 0.02  # seconds between two checks of the memory
_CHUNK = 1 << 16
_LONGEST_REPORT = 4 << 20
_END_SECONDS = 10.0
_SERVICE_SECONDS = 120.0
# A cell that reads topics interrupts itself when it has read them, or is interrupted after this long, but
# before its time is over.
_READING_SECONDS, _BEFORE_END = 8.0, 1.5
_NEVER = float("inf")


class RunningSession:
    """One interpreter in a sandbox, for the cells of one session in order; a context manager.

    `capture` holds what was printed since the last call of `run`.
    """

    def __init__(
        self, sandbox: LessonSandbox, job: SessionJob, limits: Limits, request: wire.Message, lab: Lab
    ) -> None:
        self.capture = Capture(limits.output)
        self._sandbox, self._job, self._limits = sandbox, job, limits
        self._seconds = verdicts.session_seconds(job, limits)
        self._ends = time.monotonic() + self._seconds
        self._status: int | None = None
        self._way: WayOut | None = None
        self._received = bytearray()
        self._unsent = b""
        self._interrupted, self._is_reading = "", False
        self._looks = 0.0
        self._events = 0
        # Polling the output as well would wake us for every line that is printed.
        self._reports, self._everything = select.poll(), select.poll()
        with ExitStack() as theirs, ExitStack() as ours:
            self._channel, channel = socket.socketpair()
            ours.enter_context(self._channel)
            theirs.enter_context(channel)
            output, errors = (_pipe(ours, theirs) for _ in range(2))
            descriptors = [channel.fileno(), output[1], errors[1]]
            services = lab.among(job.services)
            if services:
                descriptors.append(_file(theirs, lab.only(services).encoded()))
            if lab.kafka is not None and lab.kafka.bootstrap is not None and "kafka" in services:
                self._way = ours.enter_context(WayOut(lab.kafka.bootstrap))
                descriptors.append(self._way.theirs.fileno())
            self._process = sandbox.fork_session({**request, "services": services}, descriptors)
            ours.callback(os.close, self._process)
            if self._way is not None:
                self._way.theirs.close()  # otherwise its end would never be seen
            self._resources = ours.pop_all()
        self._streams: dict[int, Stream] = {output[0]: "stdout", errors[0]: "stderr"}
        self._channel.setblocking(False)
        for descriptor in self._streams:
            self._everything.register(descriptor, select.POLLIN)
        for poll in (self._reports, self._everything):
            poll.register(sandbox.channel, select.POLLIN)
        self._listen(select.POLLIN)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._resources.close()

    def prepare(self) -> None:
        """Wait for the services, so that their start-up time does not count against a cell."""
        if self._job.services:
            self._ends = time.monotonic() + _SERVICE_SECONDS
            self.run(CellJob(-1, "", 1, _SERVICE_SECONDS))
            self._ends = time.monotonic() + self._seconds

    def run(self, cell: CellJob) -> Verdict:
        """Run one cell to its end or to a limit. No cell can follow a verdict that ends the session."""
        self.capture = Capture(self._limits.output)
        if self._way is not None:
            self._way.begin()
        message = {
            "source": cell.source,
            "first_line": cell.first_line,
            "setup": cell.setup,
            "setup_line": cell.setup_line,
            "console": cell.console,
            "watch": cell.watch,
            "trace": cell.trace,
            "figures": cell.figures,
            "tell": cell.tell,
            "timeout": cell.timeout,
            "drained": cell.drained,
            "statements": cell.statements,
        }
        return self._ask(message, cell.timeout, cell.interrupt)

    def excused(self, verdict: Verdict) -> Verdict:
        """The verdict on the last cell; skipped when the real broker could not be reached."""
        if self._way is None or not self._way.trouble:
            return verdict
        return verdicts.without_broker(verdict, self._way.address, self._way.trouble)

    def finish(self) -> Verdict:
        """Let the interpreter end by itself, with leftover threads and processes and exit handlers."""
        verdict = self._ask({}, self._limits.cell_seconds, None)
        if not verdict.ends_session:
            self._channel.shutdown(socket.SHUT_WR)
            self._await_end()
            if self._status:
                return verdicts.ended_early(self._status)
        return verdict

    def _ask(self, message: wire.Message, timeout: float, interrupt: float | None) -> Verdict:
        nonce = token_hex(16)
        self._unsent = wire.line({"nonce": nonce, **message})
        self._send_more()
        verdict = self._await_report(nonce, timeout, interrupt)
        if verdict.ends_session and self._status is None:
            self._signal(signal.SIGKILL)
            self._await_end()
        # The report follows everything that the cell printed, so all of it is in the pipes by now.
        for descriptor in self._streams:
            self._read_stream(descriptor, _available(descriptor))
        return verdict

    def _await_report(self, nonce: str, timeout: float, interrupt: float | None) -> Verdict:
        now = time.monotonic()
        ends = min(now + timeout, self._ends)
        interrupts = _NEVER if interrupt is None else now + interrupt
        self._interrupted, self._is_reading, started = "", False, now
        self._looks = listens = now + _TICK
        while now < ends:
            if self._interrupted:
                interrupts = _NEVER  # once is enough, and it may have interrupted itself
            elif self._is_reading and interrupts is not _NEVER:
                # It will interrupt itself; a slow machine must not cut short what it reads.
                interrupts = max(interrupts, min(started + _READING_SECONDS, ends - _BEFORE_END))
            if now >= interrupts:
                self._signal(signal.SIGINT)
                self._interrupted, interrupts = verdicts.INTERRUPTED, _NEVER
            if now >= self._looks and (excess := self._excess()):
                return verdicts.over_limit(excess, self._limits)
            # A cell that ends within one tick has its output in the pipes; one that fills them waits that
            # long.
            poll = self._reports if now < listens else self._everything
            self._wait(poll, min(ends, interrupts, self._looks) - now)
            verdict = self._hear(nonce)
            if verdict is not None:
                return verdict
            now = time.monotonic()
        if ends == self._ends:
            return verdicts.session_timed_out(self._seconds)
        return verdicts.timed_out(timeout)

    def _signal(self, number: signal.Signals) -> None:
        with suppress(ProcessLookupError):  # it has ended already, which will be reported
            signal.pidfd_send_signal(self._process, number)

    def _excess(self) -> Excess | None:
        started = time.monotonic()
        excess = self._sandbox.excess()
        now = time.monotonic()
        # Checking costs more the more there is to check: never spend most of the time on it.
        self._looks = now + max(_TICK, 2 * (now - started))
        return excess

    def _hear(self, nonce: str) -> Verdict | None:
        """What the session sent since the last call: its report, its end, or nothing yet."""
        line, complete, rest = self._received.partition(b"\n")
        while complete and (reading := messages.read_progress(bytes(line), nonce)) is not None:
            self._is_reading = True
            if reading.drained:
                self._interrupted = verdicts.DRAINED
            self._received = rest
            line, complete, rest = rest.partition(b"\n")
        if complete or len(line) > _LONGEST_REPORT:
            self._received = rest
            report = messages.read_report(bytes(line), nonce)
            if report is None:
                return verdicts.meddled()
            return verdicts.verdict(report, self._job, self._limits, interrupted=self._interrupted)
        if self._status is not None:
            return verdicts.ended_early(self._status)
        return None

    def _await_end(self) -> None:
        """Wait until process 1 says that the session and everything it left behind are gone."""
        deadline = time.monotonic() + _END_SECONDS
        while self._status is None:
            remaining = deadline - time.monotonic()
            if remaining < 0:
                raise LostError
            self._wait(self._everything, remaining)

    def _wait(self, poll: "select.poll", seconds: float) -> None:
        """Wait for a descriptor to become ready, and read or write."""
        for descriptor, event in poll.poll(max(0.0, seconds) * 1000):
            if descriptor in self._streams:
                self._read_stream(descriptor, _CHUNK)
            elif descriptor == self._sandbox.channel.fileno():
                answer, _ = self._sandbox.receive()
                self._status = answer["ended"]
            elif event & select.POLLOUT:
                self._send_more()
            else:
                self._receive_more()

    def _read_stream(self, descriptor: int, size: int) -> None:
        data = os.read(descriptor, size) if size else b""
        self.capture.add(self._streams[descriptor], data)
        if size and not data:
            self._everything.unregister(descriptor)

    def _send_more(self) -> None:
        """Send a cell of any size without blocking on a session that does not read."""
        try:
            sent = self._channel.send(self._unsent)
        except BlockingIOError:
            sent = 0
        except OSError:
            sent = len(self._unsent)  # nobody reads: process 1 will report how the session ended
        self._unsent = self._unsent[sent:]
        self._listen(select.POLLIN | select.POLLOUT if self._unsent else select.POLLIN)

    def _receive_more(self) -> None:
        try:
            data = self._channel.recv(_CHUNK)
        except OSError:
            data = b""
        self._received += data
        if not data:
            self._listen(0)

    def _listen(self, events: int) -> None:
        """Wait for these events on the session's channel; for none when there are none."""
        if events == self._events:
            return
        self._events = events
        for poll in (self._reports, self._everything):
            if events:
                poll.register(self._channel, events)
            else:
                poll.unregister(self._channel)


def _pipe(reads: ExitStack, writes: ExitStack) -> tuple[int, int]:
    """A pipe whose ends are closed with these stacks."""
    pipe = os.pipe()
    reads.callback(os.close, pipe[0])
    writes.callback(os.close, pipe[1])
    return pipe


def _file(closes: ExitStack, content: bytes) -> int:
    """An in-memory file with this content, readable only through its descriptor."""
    descriptor = os.memfd_create("lab")
    closes.callback(os.close, descriptor)
    with open(descriptor, "wb", closefd=False) as file:
        file.write(content)
    return descriptor


def _available(descriptor: int) -> int:
    """How many bytes a pipe holds right now; later output is not waited for."""
    (count,) = unpack("i", ioctl(descriptor, FIONREAD, b"\0\0\0\0"))
    return int(count)
