"""Relays between pairs of connections, with bounded buffers."""

import selectors
import socket
from contextlib import suppress

_CHUNK = 1 << 16
_MOST_HELD = 1 << 20  # bytes that one side has sent and the other has not taken


class _End:
    """One end of a relayed connection, and the data still to be written to it."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self.other = self  # until it is joined
        self.unsent = bytearray()
        self.events = 0


class Pairs:
    """Copies between the ends of pairs, in a selector's loop; both ends of a pair are closed together."""

    def __init__(self, selector: selectors.BaseSelector, most_held: int = _MOST_HELD) -> None:
        self._selector, self._most_held = selector, most_held
        self._ends: set[_End] = set()

    def __len__(self) -> int:
        """The number of pairs."""
        return len(self._ends) // 2

    def join(self, one: socket.socket, another: socket.socket) -> None:
        """Copy between these from now on, and close both when either ends."""
        near, far = _End(one), _End(another)
        near.other, far.other = far, near
        for end in (near, far):
            end.connection.setblocking(False)
            if end.connection.family != socket.AF_UNIX:
                end.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._ends.add(end)
            self._listen(end, selectors.EVENT_READ)

    def close(self) -> None:
        """End all pairs."""
        for end in list(self._ends):
            self._drop(end)

    def _move(self, end: _End, events: int) -> None:
        """Read what has come from one end, and write to it what the other has sent."""
        other = end.other
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
        """Read from an end only as fast as the other accepts data."""
        if end not in self._ends:
            return
        reads = selectors.EVENT_READ if len(end.other.unsent) < self._most_held else 0
        self._listen(end, reads | (selectors.EVENT_WRITE if end.unsent else 0))

    def _listen(self, end: _End, events: int) -> None:
        """Wait for these events; with none, the end is unregistered, or it would wake us again and again."""
        if events == end.events:
            return
        before, end.events = end.events, events
        if not events:
            self._selector.unregister(end.connection)
        elif not before:
            self._selector.register(end.connection, events, lambda _, e: self._move(end, e))
        else:
            self._selector.modify(end.connection, events, self._selector.get_key(end.connection).data)

    def _drop(self, end: _End) -> None:
        for each in (end, end.other):
            if each in self._ends:
                self._ends.discard(each)
                self._listen(each, 0)
                each.connection.close()
