"""The way out of a sandbox, for a course that names a real broker: to its address and nowhere else.

The session asks for a connection and cannot choose its target: the content of its request is ignored. It is
handed one end of a pair of local sockets, and data is copied here between the other end and the broker. The
TCP socket stays here, because a socket that is handed in could be connected anew, to any address.
"""

import selectors
import socket
import threading
import time
from contextlib import suppress
from types import TracebackType
from typing import Self

from checker.running.worker.services.kafka.hosts import split
from checker.running.worker.services.kafka.pairs import Pairs

# A client takes three connections; a flood of requests waits in its own sandbox.
_MOST_CONNECTIONS = 64
_BURST, _PER_SECOND = 32.0, 8.0
_MOST_HELD = 1 << 17  # bytes, in each direction of each connection
_CONNECT_SECONDS, _END_SECONDS = 5.0, 10.0


class WayOut:
    """Connects one session to the broker at `address`, in a thread; a context manager.

    `theirs` is the end of the line that is passed to the session's sandbox.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        self._line, self.theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._line.setblocking(False)
        self._selector = selectors.DefaultSelector()
        self._pairs = Pairs(self._selector, _MOST_HELD)
        self._trouble, self._is_down = "", False
        self._budget, self._counted = _BURST, time.monotonic()
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.theirs.close()
        with suppress(OSError):  # nobody is left at the other end
            self._line.shutdown(socket.SHUT_RDWR)
        self._thread.join(_END_SECONDS)

    def begin(self) -> None:
        """A cell begins: forget earlier trouble, unless it still lasts."""
        if not self._is_down:
            self._trouble = ""

    @property
    def trouble(self) -> str:
        """Why the broker could not be reached since the cell began; empty when it could."""
        return self._trouble

    def _serve(self) -> None:
        with self._selector, self._line:
            try:
                while self._turn():
                    pass
            except OSError as error:  # the line is gone, or nobody takes the answers
                self._trouble = self._trouble or str(error)
            finally:
                self._pairs.close()

    def _turn(self) -> bool:
        """Wait for an event and handle it; returns false when the line is closed."""
        pause = self._pause()
        is_asked = False
        self._watch_line(not pause)
        for key, events in self._selector.select(pause or None):
            if key.fileobj is self._line:
                is_asked = True
            elif key.fileobj.fileno() >= 0:  # type: ignore[union-attr]  # not closed a moment ago
                key.data(key.fileobj, events)
        return self._answer() if is_asked else True

    def _watch_line(self, wanted: bool) -> None:
        is_watched = self._line in self._selector.get_map()
        if wanted and not is_watched:
            self._selector.register(self._line, selectors.EVENT_READ)
        elif is_watched and not wanted:
            self._selector.unregister(self._line)

    def _pause(self) -> float:
        """The seconds for which requests are not answered, because too many connections were asked for."""
        now = time.monotonic()
        self._budget = min(_BURST, self._budget + (now - self._counted) * _PER_SECOND)
        self._counted = now
        return 0.0 if self._budget >= 1 else (1 - self._budget) / _PER_SECOND

    def _answer(self) -> bool:
        # The kernel drops descriptors that come along, since there is no buffer for them.
        if not self._line.recv(1):
            return False
        self._budget -= 1
        if len(self._pairs) >= _MOST_CONNECTIONS:
            self._line.send(b"too many connections")
            return True
        try:
            connection = socket.create_connection(split(self.address), _CONNECT_SECONDS)
        except (OSError, UnicodeError) as error:
            self._trouble, self._is_down = _words(error), True
            self._line.send(self._trouble.encode())
            return True
        self._is_down = False
        ours, handed = socket.socketpair()
        self._pairs.join(ours, connection)  # this closes them when nobody is left to receive the other end
        with handed:
            socket.send_fds(self._line, [b"here"], [handed.fileno()])
        return True


def _words(error: Exception) -> str:
    return (getattr(error, "strerror", None) or str(error) or type(error).__name__).lower()
