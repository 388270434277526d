"""Hostile snippets, each judged by what is seen outside the sandbox. They never run anywhere else."""

import contextlib
import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from checker.model import Outcome
from checker.running.engine import Engine
from checker.running.job import LessonJob, Limits
from tests.running.cells import lesson, outcomes, session
from tests.running.conftest import Run

TRIES = "def attempt(act):\n    try:\n        print('DONE', act())\n    except BaseException as error:\n        print('REFUSED', type(error).__name__, error)\n"
"""Each attack goes on after a refusal, and says that it was made."""


@pytest.fixture
def token() -> str:
    return "SECRET" + secrets.token_hex(8)


def attack(run: Run, source: str, count: int = 1) -> Outcome:
    """Run an attack and make sure that it did its worst: `count` attempts to the last line."""
    [outcome] = run(TRIES + source)
    assert outcome.kind == "passed", outcome
    assert outcome.stdout.count("REFUSED ") + outcome.stdout.count("DONE ") == count
    return outcome


def test_files_outside_are_neither_read_nor_written(run: Run, tmp_path: Path, token: str) -> None:
    secret = tmp_path / "key"
    secret.write_text(token)
    outcome = attack(
        run,
        f"import os, pathlib\np = pathlib.Path({str(secret)!r})\n"
        "attempt(lambda: p.read_text())\nattempt(lambda: p.write_text('owned'))\nattempt(lambda: p.unlink())\n"
        "attempt(lambda: os.link(p, 'linked'))\nattempt(lambda: os.listdir(p.parent))\n"
        "attempt(lambda: (p.parent / 'new').write_text('x'))\nattempt(lambda: os.chmod(p, 0))\n",
        count=7,
    )
    assert token not in outcome.stdout
    assert [each.name for each in tmp_path.iterdir()] == ["key"]
    assert secret.read_text() == token


def test_the_project_and_home_are_not_there(run: Run) -> None:
    folders = [
        str(Path(__file__).parents[2] / "tests"),
        os.path.expanduser("~/.ssh"),
        "/etc/shadow",
        "/sys",
        "/var/tmp",
    ]
    outcome = attack(run, f"import os\nfor each in {folders}: attempt(lambda: os.stat(each))", count=5)
    assert "DONE" not in outcome.stdout


def test_the_scratch_places_of_the_host_stay_clean(run: Run) -> None:
    name = "left-" + secrets.token_hex(8)
    places = ["/tmp", "/var/tmp", "/dev/shm", "/run", "."]
    attack(run, f"for each in {places}: attempt(lambda: open(f'{{each}}/{name}', 'w').write('x'))", count=5)
    assert not any(Path(place, name).exists() for place in places)


def test_what_a_sandbox_shows_of_the_interpreter_cannot_be_changed(run: Run) -> None:
    standard = Path(os.__file__)
    before = standard.stat()
    attack(
        run,
        f"import os\nattempt(lambda: open({os.__file__!r}, 'a'))\nattempt(lambda: os.utime({os.__file__!r}))\n"
        f"attempt(lambda: os.utime('/dev/null'))\nattempt(lambda: open({sys.prefix!r} + '/lib/x', 'w'))",
        count=4,
    )
    assert standard.stat().st_mtime_ns == before.st_mtime_ns
    assert not Path(sys.prefix, "lib", "x").exists()


def test_the_environment_of_the_checker_is_not_seen(
    token: str, monkeypatch: pytest.MonkeyPatch, engine: Engine
) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", token)
    source = (
        "import os, subprocess, sys\nattempt(lambda: dict(os.environ))\n"
        "attempt(lambda: open('/proc/self/environ').read())\nattempt(lambda: open('/proc/1/environ').read())\n"
        "attempt(lambda: subprocess.run(['env'], capture_output=True).stdout)"
    )
    with Engine(Limits(), env={"COURSE": "yes"}) as fresh:
        [outcome] = outcomes(fresh, lesson(TRIES + source))
    assert outcome.stdout.count("DONE") == 3
    assert token not in outcome.stdout
    assert "'COURSE': 'yes'" in outcome.stdout


def test_no_descriptor_of_the_checker_is_open(engine: Engine, tmp_path: Path, token: str) -> None:
    (tmp_path / "key").write_text(token)
    leaks = [os.open(tmp_path / "key", os.O_RDONLY), os.open(tmp_path, os.O_RDONLY)]
    for leak in leaks:
        os.set_inheritable(leak, True)
    source = (
        "import os\nfor each in range(3, 64):\n"
        "    attempt(lambda: os.pread(each, 99, 0))\n"
        "    attempt(lambda: os.read(os.open('key', 0, dir_fd=each), 99))"
    )
    with Engine(Limits()) as fresh:
        [outcome] = outcomes(fresh, lesson(TRIES + source))
    for leak in leaks:
        os.close(leak)
    assert outcome.stdout.count("REFUSED") == 122
    assert token not in outcome.stdout


@pytest.fixture
def victim(token: str) -> Iterator[subprocess.Popen[str]]:
    """A process of the same user with a secret in memory, that says which signals it gets."""
    code = (
        "import signal, sys, time\nsecret = sys.stdin.readline()\n"
        "for s in (10, 12, 15): signal.signal(s, lambda *a: print('signal', flush=True))\n"
        "print('ready', flush=True)\nwhile True: time.sleep(1)"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin is not None and process.stdout is not None
    process.stdin.write(token + "\n")
    process.stdin.flush()
    assert process.stdout.readline() == "ready\n"
    with process:
        yield process
        process.kill()


def test_other_processes_are_out_of_reach(run: Run, victim: subprocess.Popen[str], token: str) -> None:
    outcome = attack(
        run,
        "import ctypes, os\nlibc = ctypes.CDLL(None, use_errno=True)\n"
        f"pid = {victim.pid}\n"
        "def call(*a):\n    r = libc.syscall(*a)\n    if r < 0: raise OSError(ctypes.get_errno(), '')\n    return r\n"
        "for s in (10, 12, 15, 19, 9): attempt(lambda: os.kill(pid, s))\n"
        "attempt(lambda: open(f'/proc/{pid}/mem', 'rb'))\nattempt(lambda: open(f'/proc/{pid}/cmdline').read())\n"
        "attempt(lambda: call(101 if os.uname().machine == 'x86_64' else 117, 16, pid, 0, 0))\n"
        "attempt(lambda: os.kill(-1, 10))",
        count=9,
    )
    assert token not in outcome.stdout
    assert victim.poll() is None
    os.kill(victim.pid, signal.SIGUSR1)  # ours is the first that it gets
    assert victim.stdout is not None
    assert victim.stdout.readline() == "signal\n"
    victim.kill()
    assert victim.stdout.read() == ""


def test_the_first_process_of_the_sandbox_cannot_be_ended_or_read(run: Run) -> None:
    source = (
        "import os\nfor s in (1, 2, 9, 15, 19): attempt(lambda: os.kill(1, s))\n"
        "for f in ('mem', 'environ', 'maps'): attempt(lambda: open(f'/proc/1/{f}', 'rb').read(9))\n"
        "attempt(lambda: os.listdir('/proc/1/fd'))"
    )
    outcome, after = run(TRIES + source, "'alive'")
    assert outcome.stdout.count("REFUSED PermissionError") == 4
    assert after.stdout == "'alive'\n"


def listening(family: int, kind: int, address: object) -> socket.socket:
    server = socket.socket(family, kind)
    server.bind(address)  # type: ignore[arg-type]
    server.setblocking(False)
    if kind == socket.SOCK_STREAM:
        server.listen()
    return server


def test_nothing_outside_is_reached_by_network(run: Run, tmp_path: Path) -> None:
    name = secrets.token_hex(8)
    path = str(tmp_path / "s")
    with contextlib.ExitStack() as servers:
        tcp = servers.enter_context(listening(socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", 0)))
        udp = servers.enter_context(listening(socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", 0)))
        abstract = servers.enter_context(listening(socket.AF_UNIX, socket.SOCK_STREAM, "\0" + name))
        by_path = servers.enter_context(listening(socket.AF_UNIX, socket.SOCK_STREAM, path))
        attack(
            run,
            "import socket as s\n"
            f"attempt(lambda: s.create_connection({tcp.getsockname()!r}, 1))\n"
            f"attempt(lambda: s.socket(s.AF_INET, s.SOCK_STREAM, 262).connect({tcp.getsockname()!r}))\n"
            f"attempt(lambda: s.socket(s.AF_INET, s.SOCK_DGRAM).sendto(b'x', {udp.getsockname()!r}))\n"
            f"attempt(lambda: s.socket(s.AF_UNIX).connect('\\0{name}'))\n"
            f"attempt(lambda: s.socket(s.AF_UNIX).connect({path!r}))\n"
            "attempt(lambda: s.socket(40, s.SOCK_STREAM).connect((2, 22)))\n"
            "attempt(lambda: s.create_connection(('192.0.2.1', 80), 1))\n"
            "attempt(lambda: s.getaddrinfo('example.com', 80))",
            count=8,
        )
        for server in (tcp, abstract, by_path):
            with pytest.raises(BlockingIOError):
                server.accept()
        with pytest.raises(BlockingIOError):
            udp.recv(9)


def test_nobody_outside_reaches_a_server_of_a_lesson(engine: Engine) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    serve = (
        f"import socket\nserver = socket.create_server(('0.0.0.0', {port}))\nserver.settimeout(1)\n"
        "own = socket.create_connection(server.getsockname())\nserver.accept()\nprint('own client')\n"
        "try:\n    print('stranger', server.accept())\nexcept TimeoutError:\n    print('nobody')"
    )
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
    assert results[0].stdout == "own client\nnobody\n"


def marked_processes(mark: str) -> list[str]:
    found = []
    for each in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            if mark in each.read_text(errors="replace"):
                found.append(each.parent.name)
    return found


def test_no_process_survives(run: Run) -> None:
    mark = "86400." + secrets.token_hex(4)[:6].translate(str.maketrans("abcdef", "123456"))
    [outcome] = run(
        "import os, subprocess\n"
        f"subprocess.Popen(['sleep', '{mark}'], start_new_session=True)\n"
        f"if os.fork() == 0:\n    os.setsid()\n    os.fork()\n    os.execvp('sleep', ['sleep', '{mark}'])\n"
        "print('left')"
    )
    assert outcome.stdout == "left\n"
    deadline = time.monotonic() + 5
    while marked_processes(mark) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert marked_processes(mark) == []


def test_no_memory_shared_with_the_host_is_left(run: Run) -> None:
    key = secrets.randbelow(1 << 30) + 1
    attack(
        run,
        "import ctypes, os\nlibc = ctypes.CDLL(None, use_errno=True)\n"
        f"def get():\n    if libc.shmget({key}, 4096, 0o1666) < 0: raise OSError(ctypes.get_errno(), 'shmget')\n"
        "attempt(get)",
    )
    listed = [line.split()[0] for line in Path("/proc/sysvipc/shm").read_text().splitlines()[1:]]
    assert str(key) not in listed


NOT_A_PASS = [
    pytest.param("import os\nos._exit(0)", "crashed", id="exit-at-once"),
    pytest.param("import os\nos.execv('/bin/true', ['true'])", "crashed", id="another-program"),
    pytest.param("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", "crashed", id="killed"),
    pytest.param("import ctypes\nctypes.string_at(0)", "crashed", id="segmentation-fault"),
    pytest.param("import os, threading, time\nthreading.Timer(.05, os._exit, (0,)).start()\ntime.sleep(2)", "crashed", id="thread-exits"),
    pytest.param("import atexit, os\natexit.register(os._exit, 0)\nx = 1", "crashed", id="exit-handler-exits"),
    pytest.param("import os\nos.closerange(3, 4096)\nx = 1", "crashed", id="closed-descriptors"),
    pytest.param("import os\nfor i in range(3, 64):\n    try: os.write(i, b'{\"nonce\": \"\", \"error\": null}\\n')\n    except OSError: pass", "crashed", id="writes-everywhere"),
    pytest.param("import os\nfor i in range(3, 64):\n    try: os.write(i, b'[' * 99999 + b'\\n')\n    except OSError: pass", "crashed", id="writes-deep-nesting"),
    pytest.param("import os\nfor i in range(3, 64):\n    try:\n        while True: os.write(i, b'x' * 65536)\n    except OSError: pass", "crashed", id="floods-everywhere"),
    pytest.param("import sys\nsys.exit(0)\nraise AssertionError", "failed", id="early-exit"),
    pytest.param("print('1 passed')\nprint('OK')\nraise AssertionError", "failed", id="says-it-passed"),
    pytest.param("import os, sys\nos.dup2(os.open(os.devnull, 1), 2)\nos.dup2(2, 1)\nraise AssertionError", "failed", id="in-silence"),
    pytest.param("import builtins, sys\nsys.excepthook = print\nbuiltins.BaseException = int\nraise AssertionError", "crashed", id="patched-builtins"),
    pytest.param("import sys\nfor m in list(sys.modules.values()):\n    for n in ('describe', 'ends_cell'):\n        if hasattr(m, n): setattr(m, n, lambda *a: None)\nraise AssertionError", "failed", id="patched-modules"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "kind"), NOT_A_PASS)
def test_a_snippet_that_must_not_pass_does_not(run: Run, source: str, kind: str) -> None:
    [outcome] = run("print('ran', flush=True)\n" + source)
    assert outcome.stdout.startswith("ran\n")
    assert outcome.kind == kind, outcome
    assert outcome.reason


def test_a_session_does_not_reach_the_next_and_a_lesson_not_another(engine: Engine) -> None:
    poison = (
        "import builtins, json, os, sys\njson.loads = builtins.sorted = None\nos.environ['OWNED'] = '1'\n"
        "sys.modules['owned'] = sys\nopen('shared', 'w').write('of the lesson')\nopen('/tmp/json.py', 'w')\nx = 1"
    )
    look = (
        "import builtins, json, os, sys\n"
        "print(json.loads('{}'), sorted([2, 1]), 'OWNED' in os.environ, 'owned' in sys.modules, 'x' in globals(),"
        " os.path.exists('shared'))"
    )
    jobs = [
        LessonJob("a.mdx", (session(poison), session(look, name="two"))),
        LessonJob("b.mdx", (session(look),)),
    ]
    _, next_session, next_lesson = outcomes(engine, *jobs)
    assert next_session.stdout == "{} [1, 2] False False False True\n"
    assert next_lesson.stdout == "{} [1, 2] False False False False\n"


def test_a_session_s_processes_do_not_outlive_it(engine: Engine) -> None:
    spy = "import subprocess\nsubprocess.Popen(['sh', '-c', 'while true; do date > spied; done'])\nx = 1"
    look = "import os, time\nif os.path.exists('spied'): os.unlink('spied')\ntime.sleep(.2)\nos.path.exists('spied')"
    _, second = outcomes(engine, LessonJob("a.mdx", (session(spy), session(look, name="two"))))
    assert second.stdout == "False\n"


SURFACE = [
    pytest.param("libc.unshare(0x10000000)", id="user-namespace"),
    pytest.param("libc.syscall(CLONE, 0x10000011, 0, 0, 0, 0)", id="clone-into-namespace"),
    pytest.param("libc.mount(b'none', b'/tmp', b'tmpfs', 0, None)", id="mount"),
    pytest.param("libc.umount2(b'/tmp', 2)", id="umount"),
    pytest.param("libc.chroot(b'.')", id="chroot"),
    pytest.param("libc.ptrace(0, 0, 0, 0)", id="ptrace"),
    pytest.param("libc.syscall(425, 8, 0)", id="io_uring"),
    pytest.param("libc.syscall(438, 0, 0, 0)", id="pidfd_getfd"),
    pytest.param("libc.syscall(435, 0, 0)", id="clone3"),
    pytest.param("libc.syscall(9999)", id="from-the-future"),
    pytest.param("libc.setuid(0)", id="setuid"),
    pytest.param("libc.prctl(24, 0, 0, 0, 0)", id="capability-bounds"),
    pytest.param("libc.sethostname(b'x', 1)", id="host-name"),
    pytest.param("libc.klogctl(3, None, 0)", id="kernel-log"),
    pytest.param("libc.personality(0x0040000)", id="personality"),
]


@pytest.mark.parametrize("call", SURFACE)
def test_the_kernel_refuses(run: Run, call: str) -> None:
    [outcome] = run(
        "import ctypes, os\nlibc = ctypes.CDLL(None, use_errno=True)\n"
        f"CLONE = 56 if os.uname().machine == 'x86_64' else 220\nprint({call})"
    )
    assert outcome.stdout == "-1\n"


def test_fixtures_are_copied_and_links_out_of_them_are_not_followed(
    tmp_path: Path, token: str, engine: Engine
) -> None:
    (tmp_path / "secret").write_text(token)
    fixtures = tmp_path / "fixtures"
    (fixtures / "data").mkdir(parents=True)
    (fixtures / "data" / "a.csv").write_text("a\n1\n")
    (fixtures / "out").symlink_to(tmp_path / "secret")
    (fixtures / "in").symlink_to("data/a.csv")
    os.mkfifo(fixtures / "pipe")
    source = (
        "import os\nprint(sorted(os.listdir()))\nattempt(lambda: open('in').read())\n"
        "attempt(lambda: open('out').read())\nattempt(lambda: open('data/a.csv', 'a').write('2\\n'))"
    )
    with Engine(Limits(), fixtures=str(fixtures)) as fresh:
        [outcome] = outcomes(fresh, lesson(TRIES + source))
    assert outcome.stdout.startswith("['data', 'in', 'out']\nDONE a\n1\n\nREFUSED FileNotFoundError")
    assert outcome.stdout.endswith("DONE 2\n")
    assert (fixtures / "data" / "a.csv").read_text() == "a\n1\n"
