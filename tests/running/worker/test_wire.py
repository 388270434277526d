import errno
import os
import socket
from collections.abc import Iterator

import pytest

from checker.running.worker import wire


@pytest.fixture
def ends() -> Iterator[tuple[socket.socket, socket.socket]]:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with ours, theirs:
        yield ours, theirs


def test_messages_come_one_by_one_with_their_descriptors(ends: tuple[socket.socket, socket.socket]) -> None:
    ours, theirs = ends
    reads, writes = os.pipe()
    wire.send(ours, {"first": "ж"}, [writes])
    wire.send(ours, {"second": 2})
    received = wire.receive(theirs)
    assert received is not None
    message, [copy] = received
    assert message == {"first": "ж"}
    os.write(copy, b"through")
    assert os.read(reads, 99) == b"through"
    assert wire.receive(theirs) == ({"second": 2}, [])
    for each in (reads, writes, copy):
        os.close(each)


def test_when_the_other_side_is_gone_there_is_no_message(ends: tuple[socket.socket, socket.socket]) -> None:
    ours, theirs = ends
    ours.close()
    assert wire.receive(theirs) is None


def test_a_line_is_one_line() -> None:
    assert wire.line({"source": "a\nb\u2028ж"}) == b'{"source": "a\\nb\\u2028\\u0436"}\n'


def test_a_refusal_names_the_step() -> None:
    assert wire.refused(OSError(errno.EPERM, "not permitted", "mount /proc")) == {
        "refused": ["mount /proc", errno.EPERM, "not permitted"]
    }
    assert wire.refused(OSError("odd")) == {"refused": ["", 0, "odd"]}
