"""The ports by which lessons call the broker, and what goes to and fro between them and the broker's own."""

import selectors
import socket
from collections.abc import Iterable
from contextlib import suppress

_LOOPBACKS = ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1"))
_CHUNK = 1 << 16
_MOST_HELD = 1 << 20  # of bytes that one side has sent and the other not taken
_MOST_CONNECTIONS = 200


class _End:
    """One end of a relayed connection, and what is still to be written to it."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self.other: _End | None = None
        self.unsent = bytearray()


class Relay:
    """Listens on ports of the loopback and leads each connection to `target`, in a selector's loop."""

    def __init__(
        self, selector: selectors.BaseSelector, ports: Iterable[int], target: tuple[str, int]
    ) -> None:
        self._selector, self._ports, self._target = selector, sorted(set(ports)), target
        self._listeners: list[socket.socket] = []
        self._ends: set[_End] = set()

    def open(self) -> None:
        """Listen. Raises OSError when a port cannot be had."""
        for port in self._ports:
            for family, address in _LOOPBACKS:
                listener = _listen(family, address, port)
                if listener is not None:
                    self._listeners.append(listener)
                    self._selector.register(listener, selectors.EVENT_READ, self._accept)

    def close(self) -> None:
        """Listen no more, and end all connections."""
        for listener in self._listeners:
            self._selector.unregister(listener)
            listener.close()
        self._listeners = []
        for end in list(self._ends):
            self._drop(end)

    def _accept(self, listener: socket.socket, _: int) -> None:
        try:
            incoming, _address = listener.accept()
        except OSError:
            return
        if len(self._ends) >= 2 * _MOST_CONNECTIONS:
            incoming.close()
            return
        outgoing = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        try:
            outgoing.connect(self._target)
        except OSError:
            incoming.close()
            outgoing.close()
            return
        near, far = _End(incoming), _End(outgoing)
        near.other, far.other = far, near
        for end in (near, far):
            end.connection.setblocking(False)
            end.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._ends.add(end)
            self._selector.register(
                end.connection, selectors.EVENT_READ, lambda _, e, end=end: self._move(end, e)
            )

    def _move(self, end: _End, events: int) -> None:
        """Take what has come from one end, write to it what the other has sent."""
        other = end.other
        if other is None:  # pragma: no cover
            return
        try:
            if events & selectors.EVENT_READ:
                data = end.connection.recv(_CHUNK)
                if not data:
                    self._drop(end)
                    return
                other.unsent += data
                self._write(other)
            if events & selectors.EVENT_WRITE:
                self._write(end)
        except BlockingIOError:
            pass
        except OSError:
            self._drop(end)
            return
        self._watch(end)
        self._watch(other)

    def _write(self, end: _End) -> None:
        with suppress(BlockingIOError):
            sent = end.connection.send(end.unsent) if end.unsent else 0
            del end.unsent[:sent]

    def _watch(self, end: _End) -> None:
        """Read from an end only as far as the other takes it."""
        if end not in self._ends or end.other is None:
            return
        reads = selectors.EVENT_READ if len(end.other.unsent) < _MOST_HELD else 0
        events = reads | (selectors.EVENT_WRITE if end.unsent else 0)
        key = self._selector.get_key(end.connection)
        if not events:
            events = selectors.EVENT_WRITE
        if key.events != events:
            self._selector.modify(end.connection, events, key.data)

    def _drop(self, end: _End) -> None:
        for each in (end, end.other):
            if each is not None and each in self._ends:
                self._ends.discard(each)
                self._selector.unregister(each.connection)
                each.connection.close()


def _listen(family: int, address: str, port: int) -> socket.socket | None:
    """A listener; None where there is no such loopback."""
    try:
        listener = socket.socket(family, socket.SOCK_STREAM)
    except OSError:
        if family == socket.AF_INET6:
            return None
        raise
    listener.setblocking(False)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((address, port))
        listener.listen()
    except OSError:
        listener.close()
        if family == socket.AF_INET6:
            return None
        raise
    return listener
