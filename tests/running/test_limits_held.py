"""Limits: what goes over one is ended, told apart from the others, and takes nothing else with it."""

import time

import pytest

from checker.running.engine import Engine
from checker.running.job import CellJob, LessonJob, Limits, SessionJob
from tests.running.cells import cases, kinds, lesson, outcomes, session
from tests.running.conftest import Run

MEBIBYTE = 1 << 20


@pytest.fixture(scope="module")
def small(engine: Engine) -> Engine:
    """The shared engine's zygotes with limits that are reached soon."""
    tight = Engine(
        Limits(
            cell_seconds=5.0,
            session_seconds=8.0,
            memory=200 * MEBIBYTE,
            processes=20,
            disk=4 * MEBIBYTE,
            files=50,
            output=1000,
        )
    )
    tight._zygotes = engine._zygotes
    return tight


WITHIN = """
== memory: passed
x = bytearray(150 << 20)
for i in range(0, len(x), 4096):
    x[i] = 1
== disk: passed
open("f", "wb").write(bytes(3 << 20));
== files: passed
for i in range(40):
    open(f"f{i}", "w").close()
== threads: passed
import threading, time
for i in range(15):
    threading.Thread(target=time.sleep, args=(.05,)).start()
== output: passed
print("x" * 900)
== pool: passed
import multiprocessing as m
with m.Pool(2) as p:
    print(p.map(abs, [-1]))
"""


@pytest.mark.parametrize(("source", "kind"), cases(WITHIN))
def test_within_the_limit(small: Engine, source: str, kind: str) -> None:
    results = outcomes(small, lesson(source, "x = 1"))
    assert [(outcome.kind, outcome.reason) for outcome in results] == [(kind, "")] * 2


OVER = """
== one-allocation: 200 MiB of memory
b"x" * (10 << 30)
== growing: 200 MiB of memory
x = []
while True:
    x.append(b"x" * (1 << 20))
== together: 200 MiB of memory
import os, time
for i in range(6):
    if not os.fork():
        x = bytearray(b"x") * (60 << 20)
        time.sleep(30)
time.sleep(30)
== refused-mapping: 200 MiB of memory
import mmap
mmap.mmap(-1, 900 << 20)
== shared-mapping: 200 MiB of memory
import mmap
x = mmap.mmap(-1, 280 << 20)
for i in range(0, len(x), 4096):
    x[i] = 1
== one-file: 4 MiB or 50 files
open("f", "wb").write(bytes(5 << 20))
== disk: 4 MiB or 50 files
for i in range(5):
    open(f"f{i}", "wb").write(bytes(1 << 20))
== shm: 4 MiB or 50 files
open("/dev/shm/f", "wb").write(bytes(5 << 20))
== files: 4 MiB or 50 files
for i in range(60):
    open(f"/tmp/f{i}", "w").close()
== processes: 20 processes and threads
import os, time
for i in range(40):
    if not os.fork():
        time.sleep(30)
== threads: 20 processes and threads
import threading, time
for i in range(40):
    threading.Thread(target=time.sleep, args=(9,)).start()
== subprocesses: 20 processes and threads
import subprocess
for i in range(40):
    subprocess.Popen(["sleep", "30"])
== descriptors: too many files open
import os
fs = [os.dup(1) for i in range(2000)]
"""


@pytest.mark.parametrize(("source", "limit"), cases(OVER))
def test_over_a_limit(small: Engine, source: str, limit: str) -> None:
    over, after = outcomes(small, lesson("print('before')\n" + source, "'after'"))
    assert over.kind == "limit", over
    assert limit in over.reason
    assert over.stdout == "before\n"
    assert (after.kind, after.reason) == (
        "not-run",
        "the session ended when the block at line 10 went over a limit",
    )


def test_a_limit_that_a_lesson_handles_is_its_own_affair(small: Engine) -> None:
    handled = "try:\n    b'x' * (10 << 30)\nexcept MemoryError:\n    print('too much')"
    [outcome] = outcomes(small, lesson(handled))
    assert (outcome.kind, outcome.stdout) == ("passed", "too much\n")


def test_a_socket_that_would_block_is_an_error_and_no_limit(run: Run) -> None:
    [outcome] = run("import socket\na, b = socket.socketpair()\na.setblocking(False)\na.recv(1)")
    assert (outcome.kind, outcome.error and outcome.error.type) == ("failed", "BlockingIOError")


def test_output_beyond_the_limit_is_dropped_and_said_and_the_block_goes_on(small: Engine) -> None:
    first, second = outcomes(small, lesson("print('x' * 2000)\nprint('on')", "print('next')"))
    assert first.kind == "passed"
    assert first.stdout == "x" * 1000 + "\n… dropped 1,004 bytes"
    assert second.stdout == "next\n"


def test_too_long_is_timed_out_with_what_was_printed(run: Run) -> None:
    slow, after = run("print('tick', flush=True)\nwhile True: pass", "1", timeout=0.3)
    assert (slow.kind, slow.reason, slow.stdout) == (
        "timed-out",
        "it was still running after 0.3 s",
        "tick\n",
    )
    assert (after.kind, after.reason) == ("not-run", "the session ended when the block at line 10 timed out")


STUCK = """
== stopped: timed-out
import os, signal
os.kill(os.getpid(), signal.SIGSTOP)
== closed-everything: timed-out
import os, time
os.closerange(0, 4096)
time.sleep(60)
== deaf: timed-out
import signal, time
signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
time.sleep(60)
== hangs-at-the-end: timed-out
import atexit, time
atexit.register(time.sleep, 60)
x = 1
"""


@pytest.mark.parametrize(("source", "kind"), cases(STUCK))
def test_what_does_not_end_is_timed_out(engine: Engine, source: str, kind: str) -> None:
    quick = Engine(Limits(cell_seconds=0.4))
    quick._zygotes = engine._zygotes
    started = time.monotonic()
    [outcome] = outcomes(quick, lesson(source, timeout=0.4))
    assert outcome.kind == kind
    assert time.monotonic() - started < 5


def test_a_session_has_a_limit_of_its_own(engine: Engine) -> None:
    quick = Engine(Limits(session_seconds=0.4, cell_seconds=5.0))
    quick._zygotes = engine._zygotes
    nap = "import time\ntime.sleep(.25)"
    first, second, third = outcomes(quick, lesson(nap, nap, nap))
    assert kinds([first, second, third]) == ["passed", "timed-out", "not-run"]
    assert second.reason == "the session's blocks together take more than 0.4 s"


def test_a_block_that_was_given_time_gives_it_to_its_session(engine: Engine) -> None:
    quick = Engine(Limits(session_seconds=0.2, cell_seconds=0.2))
    quick._zygotes = engine._zygotes
    [outcome] = outcomes(quick, lesson("import time\ntime.sleep(.4)", timeout=3.0))
    assert outcome.kind == "passed"


def test_a_session_that_is_over_leaves_the_lesson_s_other_sessions_alone(engine: Engine) -> None:
    job = LessonJob("l.mdx", (session("import os; os._exit(0)", "1"), session("'fine'", name="other")))
    results = outcomes(engine, job)
    assert kinds(results) == ["crashed", "not-run", "passed"]


ENDLESS = """
== to-the-top:
while True: pass
== handled: bye
import time
try:
    while True:
        time.sleep(.01)
except KeyboardInterrupt:
    print("bye")
== asyncio: cleaned up
import asyncio
async def f():
    try:
        while True:
            await asyncio.sleep(.01)
    finally:
        print("cleaned up")
asyncio.run(f())
== own-handler:
import signal, time
on = []
signal.signal(signal.SIGINT, lambda *_: on.append(1))
while not on:
    time.sleep(.01)
"""


@pytest.mark.parametrize(("source", "printed"), cases(ENDLESS))
def test_an_endless_block_is_interrupted_and_the_session_goes_on(run: Run, source: str, printed: str) -> None:
    endless, after = run(source, "'on'", interrupt=0.2)
    assert (endless.kind, endless.stdout.strip(), endless.error) == ("interrupted", printed, None)
    assert (after.kind, after.stdout) == ("passed", "'on'\n")


def test_an_interrupt_that_is_not_needed_is_not_sent(run: Run) -> None:
    [outcome] = run("1", interrupt=3.0)
    assert outcome.kind == "passed"


def test_what_is_raised_while_interrupted_is_a_failure(run: Run) -> None:
    [outcome] = run(
        "import time\ntry:\n    while True: time.sleep(.01)\nexcept KeyboardInterrupt:\n    1/0",
        interrupt=0.2,
    )
    assert (outcome.kind, outcome.error and outcome.error.type) == ("failed", "ZeroDivisionError")


def test_a_block_that_ignores_the_interrupt_is_timed_out(run: Run) -> None:
    stubborn = (
        "import time\nwhile True:\n    try:\n        time.sleep(60)\n    except KeyboardInterrupt: pass"
    )
    [outcome] = run(stubborn, interrupt=0.1, timeout=0.4)
    assert outcome.kind == "timed-out"


def test_cells_of_any_size_are_handed_over(engine: Engine) -> None:
    long = "x = '" + "y" * (3 << 20) + "'\nlen(x)"
    [outcome] = outcomes(engine, LessonJob("l.mdx", (SessionJob("", (CellJob(0, long, 1, 5.0),)),)))
    assert outcome.stdout == f"{3 << 20}\n"
