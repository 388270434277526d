"""The network, sockets and shared memory of the machine; and what a lesson may have of its own."""

import contextlib
import os
import secrets
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from checker.model import Outcome
from checker.running.engine import Engine
from tests.running.attacks.conftest import TRIES, Attack
from tests.running.cells import lesson, outcomes
from tests.running.conftest import Run


def listening(family: int, kind: int, address: object, protocol: int = 0) -> socket.socket:
    server = socket.socket(family, kind, protocol)
    server.bind(address)  # type: ignore[arg-type]
    server.setblocking(False)
    if kind == socket.SOCK_STREAM:
        server.listen()
    return server


class World:
    """Servers of every kind that a lesson could reach."""

    def __init__(self, folder: Path, servers: contextlib.ExitStack) -> None:
        self.name = secrets.token_hex(8)
        self.path = str(folder / "s")
        self.datagrams_path = str(folder / "d")
        unix, inet = socket.AF_UNIX, socket.AF_INET
        stream, datagrams = socket.SOCK_STREAM, socket.SOCK_DGRAM
        self.tcp = servers.enter_context(listening(inet, stream, ("127.0.0.1", 0)))
        self.udp = servers.enter_context(listening(inet, datagrams, ("127.0.0.1", 0)))
        self.by_path = servers.enter_context(listening(unix, stream, self.path))
        self.by_name = servers.enter_context(listening(unix, stream, "\0" + self.name))
        self.datagrams_by_path = servers.enter_context(listening(unix, datagrams, self.datagrams_path))
        self.datagrams_by_name = servers.enter_context(listening(unix, datagrams, f"\0{self.name}d"))
        for path in (self.path, self.datagrams_path):
            os.chmod(path, 0o777)

    def facts(self) -> dict[str, Any]:
        return {
            "tcp": self.tcp.getsockname(),
            "udp": self.udp.getsockname(),
            "path": self.path,
            "abstract": "\0" + self.name,
            "datagrams_path": self.datagrams_path,
            "datagrams_abstract": f"\0{self.name}d",
        }

    def was_reached(self) -> list[str]:
        reached = []
        for name in ("tcp", "by_path", "by_name"):
            with contextlib.suppress(BlockingIOError):
                getattr(self, name).accept()
                reached.append(name)
        for name in ("udp", "datagrams_by_path", "datagrams_by_name"):
            with contextlib.suppress(BlockingIOError):
                getattr(self, name).recv(9)
                reached.append(name)
        return reached


@pytest.fixture
def world(outside: Path) -> Iterator[World]:
    with contextlib.ExitStack() as servers:
        yield World(outside, servers)


REACH = """
import array, socket as s
attempt(lambda: s.create_connection(tcp, 1))
attempt(lambda: s.socket(s.AF_INET, s.SOCK_STREAM, 262).connect(tcp))
attempt(lambda: s.socket(s.AF_INET6, s.SOCK_STREAM).connect(("::ffff:127.0.0.1", tcp[1])))
attempt(lambda: s.socket().sendto(b"x", s.MSG_FASTOPEN, tcp))
def fast_open_later():
    sock = s.socket()
    sock.setsockopt(s.IPPROTO_TCP, 30, 1)
    sock.connect(tcp)
    sock.send(b"x")
attempt(fast_open_later)
attempt(lambda: s.socket(s.AF_INET, s.SOCK_DGRAM).sendto(b"x", udp))
attempt(lambda: s.socket(s.AF_INET, s.SOCK_DGRAM, 136).sendto(b"x", udp))
attempt(lambda: s.socket(s.AF_UNIX).connect(abstract))
attempt(lambda: s.socket(s.AF_UNIX).connect(path))
attempt(lambda: s.socket(s.AF_UNIX).connect(os.path.relpath(path)))
attempt(lambda: (os.chdir(os.path.dirname(path)), s.socket(s.AF_UNIX).connect("s")))
attempt(lambda: s.socket(s.AF_UNIX, s.SOCK_DGRAM).sendto(b"x", datagrams_path))
attempt(lambda: s.socket(s.AF_UNIX, s.SOCK_DGRAM).sendto(b"x", datagrams_abstract))
attempt(lambda: s.socketpair(s.AF_UNIX, s.SOCK_DGRAM)[0].sendto(b"x", datagrams_path))
attempt(lambda: s.socketpair(s.AF_UNIX, s.SOCK_DGRAM)[0].sendto(b"x", datagrams_abstract))
attempt(lambda: s.socketpair(s.AF_UNIX, s.SOCK_DGRAM)[0].connect(datagrams_path))
attempt(lambda: s.socketpair(s.AF_UNIX, s.SOCK_STREAM)[0].connect(path))
attempt(lambda: s.socketpair(s.AF_UNIX, s.SOCK_SEQPACKET)[0].connect(path))
attempt(lambda: s.create_connection(("192.0.2.1", 80), 1))
attempt(lambda: s.getaddrinfo("example.com", 80))
"""
FAMILIES = """
import socket as s
for family, kind, protocol in (
    (40, 1, 0), (17, 3, 0), (38, 5, 0), (2, 3, 1), (2, 3, 255), (16, 3, 9), (16, 3, 15), (16, 3, 4),
    (31, 3, 1), (29, 3, 1), (15, 2, 2), (44, 3, 0), (21, 5, 0), (39, 2, 0),
):
    attempt(lambda: s.socket(family, kind, protocol))
"""


def test_nothing_outside_is_reached_by_network(attack: Attack, world: World) -> None:
    attack(REACH, 20, **world.facts())
    assert world.was_reached() == []


def test_families_that_no_namespace_holds_cannot_be_opened(attack: Attack) -> None:
    assert "DONE" not in attack(FAMILIES, 14)


def test_nobody_outside_reaches_a_server_of_a_lesson(engine: Engine) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    serve = f"""
import socket
try:
    server = socket.create_server(("0.0.0.0", {port}))
except OSError as error:
    print(error)
else:
    server.settimeout(1)
    own = socket.create_connection(server.getsockname())
    server.accept()
    print("own client")
    try:
        print("stranger", server.accept())
    except TimeoutError:
        print("nobody")
"""
    answered = []
    results: list[Outcome] = []
    waiter = threading.Thread(target=lambda: results.extend(outcomes(engine, lesson(serve))))
    waiter.start()
    while waiter.is_alive():
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port), 0.1).close()
            answered.append(port)
        time.sleep(0.02)
    waiter.join()
    assert answered == []
    without = "[Errno 64] Machine is not on the network\n"
    assert results[0].stdout in ("own client\nnobody\n", without)


def test_a_port_is_free_again_for_the_next_lesson(tier: str, engine: Engine) -> None:
    source = """
import socket
server = socket.socket()
server.bind(("127.0.0.1", 9092))
server.listen()
left = socket.create_connection(("127.0.0.1", 9092))
accepted = server.accept()
print("listens")
"""
    if tier == "landlock":
        source = "print('listens')"
    for _ in range(3):
        [outcome] = outcomes(engine, lesson(source))
        assert outcome.stdout == "listens\n", outcome


SHARED = """
attempt(lambda: call(29, 194, key, 4096, 0o1666))
attempt(lambda: call(68, 186, key, 0o1666))
attempt(lambda: call(64, 190, key, 1, 0o1666))
attempt(lambda: call(319, 279, b"memory", 0))
attempt(lambda: call(447, 447, 0))
def queue():
    made = call(240, 180, name, os.O_CREAT | os.O_RDWR, 0o666, 0)
    return made
attempt(queue)
attempt(lambda: open("/dev/shm/" + name.decode(), "w").write("x"))
attempt(lambda: __import__("_multiprocessing").SemLock(1, 1, 1, "/" + name.decode(), False))
from multiprocessing.shared_memory import SharedMemory
attempt(lambda: SharedMemory(name.decode(), True, 99))
"""


def test_no_memory_shared_with_the_host_is_left(attack: Attack) -> None:
    key = secrets.randbelow(1 << 30) + 1
    name = "left" + secrets.token_hex(8)
    attack(SHARED, 9, key=key, name=name.encode())
    for kind in ("shm", "msg", "sem"):
        listed = [line.split()[0] for line in Path(f"/proc/sysvipc/{kind}").read_text().splitlines()[1:]]
        assert str(key) not in listed
    assert not [each for each in os.listdir("/dev/shm") if name in each]


def test_memory_that_the_host_shares_is_not_read(attack: Attack, token: str) -> None:
    shared = Path("/dev/shm") / f"host{secrets.token_hex(8)}"
    shared.write_text(token)
    shared.chmod(0o666)
    try:
        printed = attack("attempt(lambda: open(path).read())", 1, path=str(shared))
        assert token not in printed
        assert shared.read_text() == token
    finally:
        shared.unlink()


def test_a_pair_of_connected_sockets_is_no_network(run: Run) -> None:
    source = """
import asyncio, socket, threading
a, b = socket.socketpair()
threading.Thread(target=lambda: b.sendall(b"hi")).start()
print(a.recv(2))
async def add(x): return x + 1
print(asyncio.run(add(1)))
"""
    [outcome] = run(TRIES + source)
    assert outcome.stdout == "b'hi'\n2\n", outcome
