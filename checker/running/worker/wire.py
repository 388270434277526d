"""The protocol between the checker and its processes: JSON objects, with file descriptors beside them.

Control messages are short and sent one to a packet. A session's channel is a stream of lines, because a block
can have any length.
"""

import json
import socket
from collections.abc import Sequence
from typing import Any

Message = dict[str, Any]

_LONGEST = 1 << 16
_MOST_DESCRIPTORS = 5


def send(channel: socket.socket, message: Message, descriptors: Sequence[int] = ()) -> None:
    """Send one control message."""
    socket.send_fds(channel, [json.dumps(message).encode()], list(descriptors))


def receive(channel: socket.socket) -> tuple[Message, list[int]] | None:
    """Wait for one control message and its descriptors; None when the other side is gone."""
    data, descriptors, _, _ = socket.recv_fds(channel, _LONGEST, _MOST_DESCRIPTORS)
    if not data:
        return None
    message: Message = json.loads(data)
    return message, descriptors


def line(message: Message) -> bytes:
    """A message for a session's channel."""
    return json.dumps(message).encode() + b"\n"


def refused(error: OSError) -> Message:
    """The message that a step was refused: which one, the error number, and the reason."""
    return {"refused": [error.filename or "", error.errno or 0, error.strerror or str(error)]}
