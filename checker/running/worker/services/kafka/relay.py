"""The ports by which lessons call the broker, relayed to the broker's own port."""

import selectors
import socket
from collections.abc import Callable, Iterable

from checker.running.worker.services.kafka.pairs import Pairs

_LOOPBACKS = ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1"))
_MOST_CONNECTIONS = 200


class Ports:
    """Listens on ports of the loopback and passes connections on, in a selector's loop."""

    def __init__(
        self,
        selector: selectors.BaseSelector,
        ports: Iterable[int],
        take: Callable[[socket.socket], None],
    ) -> None:
        self._selector, self._ports, self._take = selector, sorted(set(ports)), take
        self._listeners: list[socket.socket] = []

    def open(self) -> None:
        """Listen. Raises OSError when a port is not available."""
        for port in self._ports:
            for family, address in _LOOPBACKS:
                listener = _listen(family, address, port)
                if listener is not None:
                    self._listeners.append(listener)
                    self._selector.register(listener, selectors.EVENT_READ, self._accept)

    def close(self) -> None:
        """Stop listening."""
        for listener in self._listeners:
            self._selector.unregister(listener)
            listener.close()
        self._listeners = []

    def _accept(self, listener: socket.socket, _: int) -> None:
        try:
            incoming, _address = listener.accept()
        except OSError:
            return
        self._take(incoming)


class Relay:
    """Relays each connection on these ports to `target`, in a selector's loop."""

    def __init__(
        self, selector: selectors.BaseSelector, ports: Iterable[int], target: tuple[str, int]
    ) -> None:
        self._target = target
        self._ports = Ports(selector, ports, self._lead)
        self._pairs = Pairs(selector)

    def open(self) -> None:
        """Listen. Raises OSError when a port is not available."""
        self._ports.open()

    def close(self) -> None:
        """Stop listening, and end all connections."""
        self._ports.close()
        self._pairs.close()

    def _lead(self, incoming: socket.socket) -> None:
        if len(self._pairs) >= _MOST_CONNECTIONS:
            incoming.close()
            return
        outgoing = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        try:
            outgoing.connect(self._target)
        except OSError:
            incoming.close()
            outgoing.close()
            return
        self._pairs.join(incoming, outgoing)


def _listen(family: int, address: str, port: int) -> socket.socket | None:
    """A listener; None where this loopback does not exist."""
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
