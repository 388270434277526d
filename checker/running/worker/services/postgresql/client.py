"""A minimal client of PostgreSQL's protocol 3.0, for the checker's own simple queries.

Answers are discarded except for errors. The server belongs to a lesson, so nothing that it says is relied on.

Source: https://www.postgresql.org/docs/current/protocol-message-formats.html
"""

import socket
import struct
from collections.abc import Iterator
from types import TracebackType
from typing import Self

_PROTOCOL = 196608  # 3.0
_LENGTH = struct.Struct("!I")
_LONGEST = 64 << 20
_CHUNK = 1 << 16


class ServerError(Exception):
    """An error that the server reports.

    `state` is the SQLSTATE and `message` the text. `position` counts characters of the query from 1; it is 0
    when the server gives none.
    """

    def __init__(self, state: str, message: str, position: int, hint: str) -> None:
        super().__init__(message)
        self.state = state
        self.message = message
        self.position = position
        self.hint = hint


class LostConnectionError(Exception):
    """The server is gone, or violates the protocol."""


class Connection:
    """A connection through a socket file, for a user whom the server trusts; a context manager.

    Raises OSError when nobody listens and ServerError when the server refuses. `has_failed_transaction` says
    that it accepts nothing but a ROLLBACK.
    """

    def __init__(self, path: str, user: str, database: str, seconds: float | None = None) -> None:
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._received = bytearray()
        self.has_failed_transaction = False
        try:
            self._socket.settimeout(seconds)
            self._socket.connect(path)
            names = ("user", user, "database", database, "client_encoding", "UTF8")
            body = _LENGTH.pack(_PROTOCOL) + b"".join(each.encode() + b"\0" for each in names) + b"\0"
            self._socket.sendall(_LENGTH.pack(len(body) + 4) + body)
            self._finish()
        except BaseException:
            self._socket.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection; the server rolls back what is not committed."""
        self._socket.close()

    def run(self, query: str, data: bytes = b"") -> None:
        """Run one query to its end; `data` is the input of a COPY FROM STDIN in it. Raises ServerError."""
        self._send(b"Q", query.encode() + b"\0")
        self._finish(data)

    def _finish(self, data: bytes = b"") -> None:
        """Read until the server is ready for the next query, then raise the first error, if any."""
        error: ServerError | None = None
        for kind, body in self._messages():
            match kind:
                case b"E":
                    error = error or _error(body)
                    if error.state.startswith(("28", "3D", "57P")):
                        raise error  # it is not going to be ready
                case b"G":
                    self._send(b"d", data)
                    self._send(b"c", b"")
                case b"R" if body != b"\0\0\0\0":
                    raise LostConnectionError("the server wants to know who asks")
                case b"Z":
                    self.has_failed_transaction = body == b"E"
                    break
        if error is not None:
            raise error

    def _send(self, kind: bytes, body: bytes) -> None:
        try:
            self._socket.sendall(kind + _LENGTH.pack(len(body) + 4) + body)
        except (BrokenPipeError, ConnectionResetError) as error:
            raise LostConnectionError("the server has closed the connection") from error

    def _messages(self) -> Iterator[tuple[bytes, bytes]]:
        while True:
            kind, length = self._take(1), _LENGTH.unpack(self._take(4))[0] - 4
            if not 0 <= length <= _LONGEST:
                raise LostConnectionError("the server sends a message of no length")
            yield kind, self._take(length)

    def _take(self, count: int) -> bytes:
        while len(self._received) < count:
            try:
                data = self._socket.recv(_CHUNK)
            except ConnectionResetError as error:
                raise LostConnectionError("the server has closed the connection") from error
            if not data:
                raise LostConnectionError("the server has closed the connection")
            self._received += data
        taken = bytes(self._received[:count])
        del self._received[:count]
        return taken


def _error(body: bytes) -> ServerError:
    fields = {
        each[:1].decode(errors="replace"): each[1:].decode(errors="replace") for each in body.split(b"\0")
    }
    position = fields.get("P", "")
    return ServerError(
        fields.get("C", ""),
        fields.get("M", ""),
        int(position) if position.isascii() and position.isdigit() and len(position) < 10 else 0,
        fields.get("H", ""),
    )
