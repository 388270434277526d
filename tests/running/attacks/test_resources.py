"""Bounds: what would take the machine with it, seen from outside, in every tier."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from checker.model import Outcome
from checker.running.engine import Engine
from checker.running.job import Limits
from tests.running.attacks.conftest import TRIES, run_in
from tests.running.cells import cases, lesson, outcomes

MEBIBYTE = 1 << 20
SMALL = Limits(
    cell_seconds=1.5,
    session_seconds=3.0,
    memory=200 * MEBIBYTE,
    processes=30,
    disk=8 * MEBIBYTE,
    files=200,
    output=10_000,
)

# What is expected: the kind of outcome, or several that are as good.
BOMBS = """
== fork-bomb: limit timed-out crashed
while True:
    try:
        os.fork()
    except OSError:
        pass
== fork-bomb-that-exits: timed-out limit
while True:
    try:
        if os.fork() == 0:
            os.setsid()
    except OSError:
        pass
== thread-bomb: limit
import threading, time
threading.stack_size(65536)
for _ in range(3000):
    threading.Thread(target=time.sleep, args=(30,), daemon=True).start()
== process-bomb: limit
import subprocess
for _ in range(500):
    subprocess.Popen(["sleep", "30"])
== memory-in-one: limit
bytearray(4 << 30)
== memory-bit-by-bit: limit
held = []
while True:
    held.append(b"x" * (1 << 20))
== memory-by-many: limit
import time
for _ in range(8):
    if os.fork() == 0:
        held = bytearray(b"x") * (60 << 20)
        time.sleep(30)
time.sleep(30)
== shared-anonymous-memory: limit
import mmap
held = [mmap.mmap(-1, 64 << 20) for _ in range(8)]
for each in held:
    for at in range(0, len(each), 4096):
        each[at] = 1
import time
time.sleep(5)
== one-large-file: limit
with open("f", "wb") as file:
    while True:
        file.write(bytes(1 << 20))
== many-files-of-bytes: limit
for number in range(64):
    with open(f"f{number}", "wb") as file:
        file.write(os.urandom(1 << 20))
import time
time.sleep(1)
== many-empty-files: limit
for number in range(5000):
    open(f"f{number}", "w").close()
import time
time.sleep(1)
== many-folders: limit
for number in range(5000):
    os.mkdir(f"d{number}")
import time
time.sleep(1)
== files-that-were-removed: limit
held = []
for number in range(64):
    file = open(f"f{number}", "wb")
    os.unlink(f"f{number}")
    file.write(os.urandom(1 << 20))
    file.flush()
    held.append(file)
import time
time.sleep(1)
== stops-itself: timed-out
import signal
os.kill(os.getpid(), signal.SIGSTOP)
== stops-in-a-child: timed-out
import signal
child = os.fork()
if child == 0:
    os.kill(os.getpid(), signal.SIGSTOP)
os.waitpid(child, 0)
== closes-everything: timed-out
import time
os.closerange(0, 4096)
time.sleep(60)
== busy-in-many-threads: timed-out limit
import threading
def spin():
    while True:
        pass
for _ in range(8):
    threading.Thread(target=spin).start()
spin()
== hangs-at-the-end: timed-out
import atexit, time
atexit.register(time.sleep, 60)
x = 1
== never-lets-go-of-the-lock: timed-out
libc_ = ctypes.PyDLL(None)
libc_.pause()
"""


@pytest.fixture(scope="module")
def small(tier: str) -> Iterator[Engine]:
    with Engine(SMALL, workers=1, tier=tier) as shared:
        yield shared


@pytest.mark.parametrize(("source", "expected"), cases(BOMBS))
def test_a_bomb_is_ended_in_time(small: Engine, source: str, expected: str) -> None:
    started = time.monotonic()
    bomb, after = outcomes(
        small, lesson(TRIES + source, path="a.mdx", timeout=1.5), lesson("print('fine')", path="b.mdx")
    )
    assert bomb.kind in expected.split(), bomb
    assert time.monotonic() - started < 20
    assert (after.kind, after.stdout) == ("passed", "fine\n")


def test_a_sparse_file_takes_no_space_and_is_allowed(tier: str) -> None:
    source = "with open('f', 'wb') as file:\n    file.truncate(4 << 20)\nprint(os.stat('f').st_size)"
    assert run_in(tier, source, SMALL).stdout == f"{4 << 20}\n"


def test_a_flood_of_output_is_kept_in_part_and_told(tier: str) -> None:
    source = "import sys\nfor _ in range(2000):\n    sys.stdout.write('x' * 65536)\nprint('end')"
    outcome = run_in(tier, source, Limits(cell_seconds=20.0, output=10_000))
    assert outcome.kind == "passed", outcome
    assert len(outcome.stdout) < 11_000
    assert "dropped" in outcome.stdout


def test_what_a_lesson_prints_cannot_break_the_checker(tier: str) -> None:
    source = r"""
os.write(1, b"\xff\xfe\x00\x1b[31m\r::error::x\n" + bytes(range(256)))
os.write(2, b"\xed\xa0\x80" * 100)
print("\N{RIGHT-TO-LEFT OVERRIDE}\u2028")
"""
    outcome: Outcome = run_in(tier, source)
    assert outcome.kind == "passed"
    outcome.stdout.encode()


def test_no_core_is_left_behind(tier: str, tmp_path: Path) -> None:
    pattern = Path("/proc/sys/kernel/core_pattern").read_text()
    before = os.listdir(tmp_path)
    outcome = run_in(tier, "libc.abort()")
    assert outcome.kind == "crashed"
    assert os.listdir(tmp_path) == before
    assert Path("/proc/sys/kernel/core_pattern").read_text() == pattern


def test_ordinary_work_fits_into_the_limits(tier: str) -> None:
    source = """
import threading, subprocess, sys
data = bytearray(500 << 20)
for at in range(0, len(data), 4096):
    data[at] = 1
threads = [threading.Thread(target=print, args=("thread",)) for _ in range(50)]
for each in threads: each.start()
for each in threads: each.join()
print(subprocess.run([sys.executable, "-c", "print(7)"], capture_output=True, text=True).stdout)
"""
    outcome = run_in(tier, source, Limits(cell_seconds=20.0))
    assert outcome.kind == "passed", outcome
    assert outcome.stdout.count("thread") == 50
    assert outcome.stdout.endswith("7\n\n")
