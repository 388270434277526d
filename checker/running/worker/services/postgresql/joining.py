"""The session's end of a PostgreSQL server: tells SQL cells where it is, or why there is none."""

from socket import socket

from checker.running.worker import wire
from checker.running.worker.services.services import Services


def join(services: Services, answer: wire.Message, line: socket) -> None:
    """Note where the server is; without one, cells that fail for that reason are excused."""
    line.close()
    if "failed" in answer:
        services.absent = answer["failed"]
    else:
        services.database = {name: answer[name] for name in ("path", "user", "database")}
