"""A server that says what a test wants, and keeps what it is told."""

import socket
import struct
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

READY, IN_FAILED_TRANSACTION = b"ZI", b"ZE"
WELCOME = (b"R\0\0\0\0", b"Sserver_version\0015\0", READY)


def error(**fields: str) -> bytes:
    """An error with these fields."""
    return b"E" + b"".join(f"{name}{value}\0".encode() for name, value in fields.items()) + b"\0"


class Server:
    """`answers` are what is said to each connection's start and to each query, in turn."""

    def __init__(self, path: str, answers: Sequence[Sequence[bytes]]) -> None:
        self.path = path
        self.heard: list[bytes] = []
        self._answers = iter(answers)
        self._connection: socket.socket | None = None
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(path)
        self._listener.listen()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        if self._connection is not None:
            with suppress(OSError):
                self._connection.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._listener.close()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self._connection = connection
            with connection, suppress(OSError):  # the client has gone
                self._talk(connection)

    def _talk(self, connection: socket.socket) -> None:
        kind = b""
        while header := connection.recv(len(kind) + 4, socket.MSG_WAITALL):
            (length,) = struct.unpack("!I", header[len(kind) :])
            self.heard.append(header[: len(kind)] + connection.recv(length - 4, socket.MSG_WAITALL))
            if self.heard[-1][:1] not in (b"d", b"c"):
                try:
                    answer = next(self._answers)
                except StopIteration:
                    return
                for each in answer:
                    connection.sendall(each[:1] + struct.pack("!I", len(each) + 3) + each[1:])
            kind = b"?"


@contextmanager
def serving(folder: Path, *answers: Sequence[bytes]) -> Iterator[Server]:
    """A server on a socket file in this folder."""
    server = Server(str(folder / ".s"), answers)
    try:
        yield server
    finally:
        server.close()
