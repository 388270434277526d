"""The way out of a sandbox: it leads to one address, whatever is asked, and not too often."""

import os
import select
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from checker.running.services import way_out as module
from checker.running.services.way_out import WayOut

SECONDS = 5.0


@pytest.fixture
def broker() -> Iterator[socket.socket]:
    """Takes connections, as a broker would."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(SECONDS)
        yield server


def address(server: socket.socket) -> str:
    return f"127.0.0.1:{server.getsockname()[1]}"


def ask(way: WayOut, words: bytes = b"c") -> tuple[bytes, list[int]]:
    """What is answered, as who is inside gets it."""
    way.theirs.settimeout(SECONDS)
    way.theirs.send(words)
    data, descriptors, _, _ = socket.recv_fds(way.theirs, 512, 4)
    return data, list(descriptors)


def connected(way: WayOut, words: bytes = b"c") -> socket.socket:
    (descriptor,) = ask(way, words)[1]
    there = socket.socket(fileno=descriptor)
    there.settimeout(SECONDS)
    return there


def test_what_is_written_comes_there_and_back(broker: socket.socket) -> None:
    with WayOut(address(broker)) as way, connected(way) as inside:
        with broker.accept()[0] as outside:
            inside.sendall(b"ask")
            assert outside.recv(10) == b"ask"
            outside.setblocking(True)
            sends = threading.Thread(target=outside.sendall, args=(b"x" * 1_000_000,))
            sends.start()
            came = 0
            while came < 1_000_000:
                came += len(inside.recv(1 << 16))
            sends.join()
        assert way.trouble == ""


def test_what_is_handed_in_is_no_socket_of_the_network(broker: socket.socket) -> None:
    """One could be connected anew, and to anybody."""
    with WayOut(address(broker)) as way, connected(way) as inside:
        assert inside.family == socket.AF_UNIX
        assert inside.getpeername() == ""


@pytest.mark.parametrize("words", [b"10.0.0.1:80", b'{"connect": "10.0.0.1:80"}', b"\xff" * 60_000])
def test_nobody_inside_says_whereto(broker: socket.socket, words: bytes) -> None:
    with WayOut(address(broker)) as way, connected(way, words), broker.accept()[0] as outside:
        assert outside.getsockname() == broker.getsockname()


def test_descriptors_from_inside_are_dropped(broker: socket.socket) -> None:
    with WayOut(address(broker)) as way:
        reads, writes = os.pipe()
        socket.send_fds(way.theirs, [b"c"], [writes])
        os.close(writes)
        data, descriptors, _, _ = socket.recv_fds(way.theirs, 10, 1)
        assert data == b"here"
        os.close(descriptors[0])
        assert os.read(reads, 1) == b""  # nobody else has it open
        os.close(reads)


def test_why_nobody_answers_is_told(broker: socket.socket) -> None:
    where = address(broker)
    broker.close()
    with WayOut(where) as way:
        assert ask(way) == (b"connection refused", [])
        assert way.trouble == "connection refused"
        way.begin()
        assert way.trouble  # it is still away


def test_a_name_that_is_none_is_told() -> None:
    with WayOut(f"{'a' * 70}:9092") as way:
        assert ask(way)[1] == []
        assert way.trouble


def test_what_is_over_is_no_trouble_of_the_next_cell(
    broker: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    with WayOut(address(broker)) as way:
        with monkeypatch.context() as patch:
            patch.setattr(socket, "create_connection", _refuse)
            assert ask(way)[1] == []
        connected(way).close()
        assert way.trouble == "no route"
        way.begin()
        assert way.trouble == ""


def _refuse(*_: object) -> socket.socket:
    raise OSError(113, "No route")


def test_there_are_so_many_and_no_more(broker: socket.socket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST_CONNECTIONS", 3)
    with WayOut(address(broker)) as way, ExitStack() as held:
        for _ in range(3):
            held.enter_context(connected(way))
        assert ask(way) == (b"too many connections", [])
        assert way.trouble == ""


def test_whoever_floods_waits(broker: socket.socket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST_CONNECTIONS", 0)
    with WayOut(address(broker)) as way:
        began = time.monotonic()
        for _ in range(36):
            ask(way)
        assert time.monotonic() - began > 0.3  # four more than come at once, eight a second


def test_it_ends_with_either_side(broker: socket.socket) -> None:
    with WayOut(address(broker)) as way:
        inside = connected(way)
        way.theirs.close()
        with inside, broker.accept()[0] as outside:
            assert outside.recv(1) == b""
            assert inside.recv(1) == b""


def test_what_the_broker_does_not_take_is_not_held(broker: socket.socket) -> None:
    with WayOut(address(broker)) as way, connected(way) as inside, broker.accept()[0]:
        inside.setblocking(False)
        sent = 0
        began = time.process_time()
        while select.select([], [inside], [], 0.5)[1] and sent < 1 << 28:
            sent += inside.send(b"x" * (1 << 16))
        time.sleep(1)
        assert sent < 1 << 26
        assert time.process_time() - began < 0.8  # and nobody turns round and round meanwhile
