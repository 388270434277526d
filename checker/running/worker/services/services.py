"""What a session's cells need of the lab's services: what is missing there, and when topics are drained."""

import os
import signal
import threading
from collections.abc import Callable
from typing import NoReturn

from checker.running.worker.wire import Message

# Errors that a missing topic does not cause; every client uses one of these words when nobody listens.
_NOBODY_THERE = ("refused", "resolution", "not known", "not on the network", "failed to resolve")
_OWN_FAULTS = (NameError, TypeError, AttributeError, ImportError, SyntaxError, LookupError)


class NotInLabError(BaseException):
    """A lesson needs something that the lab does not have; the lesson is not meant to handle this."""


class Services:
    """The services of a session. `tell` sends the checker a message while a cell runs.

    `cell` is the number of the running cell, from 1. `drained` says that it is interrupted when its topics
    are drained, `timeout` is its time in seconds, and `is_interrupted` says that it was interrupted.
    `database` holds the arguments of a client of the lab's PostgreSQL, and `absent` the end of "it needs …"
    where there is none.
    """

    def __init__(self, tell: Callable[[Message], None] = lambda _: None) -> None:
        self.cell = 0
        self.drained = False
        self.timeout = 0.0
        self._tell = tell
        self._nonce = ""
        self._owner = os.getpid()
        # Threads may outlive their cell, and a message while no cell runs would be taken for a fault.
        self._lock = threading.Lock()
        self._is_running = False
        self.is_interrupted = False
        self._lack = self._excuse = ""
        self.database: Message = {}
        self.absent = ""

    def begin(self, cell: Message) -> None:
        """A cell begins."""
        self.cell += 1
        self.drained = cell.get("drained", False)
        self.timeout = cell["timeout"]
        self._nonce = cell.get("nonce", "")
        self.is_interrupted = False
        self._is_running = True

    def lack(self, what: str) -> NoReturn:
        """End the cell, which needs `what` the lab does not have: the end of "it needs …".

        The cell counts as skipped for the first such reason, whatever the lesson does with the exception.
        """
        self._lack = self._lack or f"it needs {what}"
        raise NotInLabError(what)

    def excuse(self, what: str) -> None:
        """Note that the lab lacks `what` the cell needs: if the cell fails for it, it counts as skipped."""
        self._excuse = self._excuse or f"it needs {what}"

    def take_lack(self, error: BaseException | None) -> str:
        """The cell is over, with `error` if any: why it counts as skipped, empty when it does not."""
        with self._lock:
            self._is_running = False
        excused = error is not None and not isinstance(error, _OWN_FAULTS)
        lack = self._lack or (self._excuse if excused else "")
        if not lack and self.absent and excused and any(each in str(error) for each in _NOBODY_THERE):
            lack = f"it needs {self.absent}"
        self._lack = self._excuse = ""
        return lack

    def reads(self) -> None:
        """A cell that is interrupted when its topics are drained begins to read them."""
        if self.drained:
            self._say(drained=False)

    def interrupt(self, cell: int) -> None:
        """Interrupt the cell as a reader would who has seen everything: once, whichever thread asks."""
        if cell != self.cell or self.is_interrupted or not self._say(drained=True):
            return
        self.is_interrupted = True
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)

    def _say(self, *, drained: bool) -> bool:
        """Report the cell's progress to the checker; false when no cell runs in this process."""
        with self._lock:
            if self._is_running and os.getpid() == self._owner:
                self._tell({"nonce": self._nonce, "drained": drained})
                return True
        return False
