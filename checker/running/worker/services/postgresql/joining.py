"""The session's end of a PostgreSQL server: where its SQL cells find it, or why lessons do not."""

from socket import socket

from checker.running.worker import wire
from checker.running.worker.services.services import Services


def join(services: Services, answer: wire.Message, line: socket) -> None:
    """Note where the server is; where there is none, what fails for it is no fault of the lesson's."""
    line.close()
    if "failed" in answer:
        services.absent = answer["failed"]
    else:
        services.database = {name: answer[name] for name in ("path", "user", "database")}
