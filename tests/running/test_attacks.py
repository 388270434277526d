"""Hostile snippets, each judged by what is seen outside the sandbox. They never run anywhere else."""

import ast
import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from checker.model import Outcome
from checker.running.engine import Engine
from checker.running.job import LessonJob, Limits
from checker.running.sandbox.view import interpreter_view
from tests.running.cells import cases, lesson, outcomes, session
from tests.running.conftest import Run
from tests.sandboxes import needs_sandbox

# Each attack goes on after a refusal, and says that it was made.
TRIES = """
def attempt(act):
    try:
        print("DONE", act())
    except BaseException as error:
        print("REFUSED", type(error).__name__, error)
"""


@pytest.fixture
def token() -> str:
    return "SECRET" + secrets.token_hex(8)


@pytest.fixture
def outside() -> Iterator[Path]:
    """A folder that everybody on this machine may read and change: nothing but the sandbox protects it."""
    folder = Path(tempfile.mkdtemp(dir="/var/tmp"))
    folder.chmod(0o777)
    yield folder
    shutil.rmtree(folder)


def with_facts(source: str, facts: dict[str, Any]) -> str:
    """The snippet, told where the outside world is. Secrets it is never told: one in its output is a leak."""
    told = "".join(f"{name} = {value!r}\n" for name, value in facts.items())
    return TRIES + told + source


def attack(run: Run, source: str, count: int, **facts: Any) -> Outcome:
    """Run an attack and make sure that it did its worst: `count` attempts to the last line."""
    [outcome] = run(with_facts(source, facts))
    assert outcome.kind == "passed", outcome
    assert outcome.stdout.count("REFUSED ") + outcome.stdout.count("DONE ") == count
    return outcome


def test_files_outside_are_neither_read_nor_written(run: Run, outside: Path, token: str) -> None:
    secret = outside / "key"
    secret.write_text(token)
    secret.chmod(0o666)
    source = """
import os, pathlib
path = pathlib.Path(path)
attempt(lambda: path.read_text())
attempt(lambda: path.write_text("owned"))
attempt(lambda: path.unlink())
attempt(lambda: os.link(path, "linked"))
attempt(lambda: os.listdir(path.parent))
attempt(lambda: (path.parent / "new").write_text("x"))
attempt(lambda: os.chmod(path, 0))
"""
    outcome = attack(run, source, 7, path=str(secret))
    assert token not in outcome.stdout
    assert [each.name for each in outside.iterdir()] == ["key"]
    assert secret.read_text() == token


def test_the_project_and_home_are_not_there(run: Run) -> None:
    own = [str(Path(__file__).parents[2] / "tests"), os.path.expanduser("~/.ssh")]
    source = "import os\nfor each in folders: attempt(lambda: os.stat(each))"
    outcome = attack(run, source, 5, folders=[*own, "/etc/shadow", "/sys", "/var/lib"])
    assert "DONE" not in outcome.stdout


def test_the_tree_holds_nothing_else(run: Run) -> None:
    [outcome] = run("import os\nos.listdir('/')")
    shown = {path.split("/")[1] for path in interpreter_view([]).paths}
    links = {link.split("/")[1] for link, _ in interpreter_view([]).links}
    assert set(ast.literal_eval(outcome.stdout)) == {"dev", "etc", "home", "proc", "tmp"} | shown | links


def test_all_that_is_mounted_is_read_only_but_the_lesson_s_disk(run: Run) -> None:
    [outcome] = run("print(open('/proc/self/mountinfo').read())")
    writable = set()
    for line in outcome.stdout.split("\n")[:-2]:
        fields = line.split()
        point, options = fields[4], set(fields[5].split(","))
        assert "nosuid" in options
        assert "nodev" in options or point.startswith("/dev/")
        if "ro" not in options:
            writable.add(point)
    assert writable == {"/home/reader", "/tmp", "/dev/shm"}


def test_no_privilege_is_left(run: Run) -> None:
    [outcome] = run("print(open('/proc/self/status').read())")
    status = dict(line.split(":\t") for line in outcome.stdout.split("\n") if ":\t" in line)
    assert {int(value, 16) for name, value in status.items() if name.startswith("Cap")} == {0}
    assert (status["NoNewPrivs"], status["Seccomp"]) == ("1", "2")
    assert status["Uid"] == "1000\t1000\t1000\t1000"


def test_the_only_descriptors_are_the_streams_and_the_session_s_channel(run: Run) -> None:
    source = """
import os
present = []
for each in range(1024):
    try:
        present.append(os.readlink(f"/proc/self/fd/{each}").partition(":")[0])
    except OSError:
        pass
present
"""
    [outcome] = run(source)
    assert outcome.stdout == "['/dev/null', 'pipe', 'pipe', 'socket']\n"


def test_the_scratch_places_of_the_host_stay_clean(run: Run) -> None:
    name = "left-" + secrets.token_hex(8)
    places = ["/tmp", "/var/tmp", "/dev/shm", "/run", "."]
    source = "for each in places: attempt(lambda: open(f'{each}/{name}', 'w').write('x'))"
    attack(run, source, 5, places=places, name=name)
    assert not any(Path(place, name).exists() for place in places)


def test_what_a_sandbox_shows_of_the_interpreter_cannot_be_changed(run: Run) -> None:
    standard, new = Path(os.__file__), Path(sys.prefix, "lib", "new")
    before = standard.stat()
    source = """
import os
attempt(lambda: open(standard, "a"))
attempt(lambda: os.utime(standard))
attempt(lambda: os.utime("/dev/null"))
attempt(lambda: open(new, "w"))
"""
    attack(run, source, 4, standard=str(standard), new=str(new))
    assert standard.stat().st_mtime_ns == before.st_mtime_ns
    assert not new.exists()


@needs_sandbox
def test_the_environment_of_the_checker_is_not_seen(token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", token)
    source = """
import os, subprocess
attempt(lambda: dict(os.environ))
attempt(lambda: open("/proc/self/environ").read())
attempt(lambda: open("/proc/1/environ").read())
attempt(lambda: subprocess.run(["env"], capture_output=True).stdout)
"""
    with Engine(Limits(), env={"COURSE": "yes"}) as fresh:
        [outcome] = outcomes(fresh, lesson(with_facts(source, {})))
    assert outcome.stdout.count("DONE") == 3
    assert token not in outcome.stdout
    assert "'COURSE': 'yes'" in outcome.stdout


@needs_sandbox
def test_no_descriptor_of_the_checker_is_open(outside: Path, token: str) -> None:
    (outside / "key").write_text(token)
    leaks = [os.open(outside / "key", os.O_RDONLY), os.open(outside, os.O_RDONLY)]
    for leak in leaks:
        os.set_inheritable(leak, True)
    source = """
import os
for each in range(3, 64):
    attempt(lambda: os.pread(each, 99, 0))
    attempt(lambda: os.read(os.open("key", os.O_RDONLY, dir_fd=each), 99))
"""
    with Engine(Limits()) as fresh:
        [outcome] = outcomes(fresh, lesson(with_facts(source, {})))
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
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(token + "\n")
    process.stdin.flush()
    assert process.stdout.readline() == "ready\n"
    with process:
        yield process
        process.kill()


def test_other_processes_are_out_of_reach(run: Run, victim: subprocess.Popen[str], token: str) -> None:
    source = """
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
def call(*arguments):
    if libc.syscall(*arguments) < 0:
        raise OSError(ctypes.get_errno(), "system call")
for number in (10, 12, 15, 19, 9):
    attempt(lambda: os.kill(victim, number))
attempt(lambda: os.kill(-1, 10))
attempt(lambda: open(f"/proc/{victim}/mem", "rb"))
attempt(lambda: open(f"/proc/{victim}/cmdline").read())
attempt(lambda: call(101 if os.uname().machine == "x86_64" else 117, 16, victim, 0, 0))
attempt(lambda: call(438, os.pidfd_open(victim), 0, 0))
"""
    outcome = attack(run, source, 10, victim=victim.pid)
    assert token not in outcome.stdout
    assert victim.poll() is None
    os.kill(victim.pid, signal.SIGUSR1)  # ours is the first that it gets
    assert victim.stdout is not None
    assert victim.stdout.readline() == "signal\n"
    victim.kill()
    assert victim.stdout.read() == ""


def test_the_first_process_of_the_sandbox_cannot_be_ended_or_read(run: Run) -> None:
    source = """
import os
for number in (1, 2, 9, 15, 19):
    attempt(lambda: os.kill(1, number))
for name in ("mem", "environ", "maps"):
    attempt(lambda: open(f"/proc/1/{name}", "rb").read(9))
attempt(lambda: os.listdir("/proc/1/fd"))
"""
    outcome, after = run(with_facts(source, {}), "'alive'")
    assert outcome.stdout.count("REFUSED PermissionError") == 4
    assert after.stdout == "'alive'\n"


def listening(family: int, kind: int, address: object) -> socket.socket:
    server = socket.socket(family, kind)
    server.bind(address)  # type: ignore[arg-type]
    server.setblocking(False)
    if kind == socket.SOCK_STREAM:
        server.listen()
    return server


def test_nothing_outside_is_reached_by_network(run: Run, outside: Path) -> None:
    name = secrets.token_hex(8)
    path = str(outside / "s")
    source = """
import socket as s
attempt(lambda: s.create_connection(tcp, 1))
attempt(lambda: s.socket(s.AF_INET, s.SOCK_STREAM, 262).connect(tcp))
attempt(lambda: s.socket(s.AF_INET, s.SOCK_DGRAM).sendto(b"x", udp))
attempt(lambda: s.socket(s.AF_UNIX).connect(abstract))
attempt(lambda: s.socket(s.AF_UNIX).connect(path))
attempt(lambda: s.socket(40, s.SOCK_STREAM).connect((2, 22)))
attempt(lambda: s.create_connection(("192.0.2.1", 80), 1))
attempt(lambda: s.getaddrinfo("example.com", 80))
"""
    with contextlib.ExitStack() as servers:
        tcp = servers.enter_context(listening(socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", 0)))
        udp = servers.enter_context(listening(socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", 0)))
        abstract = servers.enter_context(listening(socket.AF_UNIX, socket.SOCK_STREAM, "\0" + name))
        by_path = servers.enter_context(listening(socket.AF_UNIX, socket.SOCK_STREAM, path))
        os.chmod(path, 0o777)
        facts = {"tcp": tcp.getsockname(), "udp": udp.getsockname(), "abstract": "\0" + name, "path": path}
        attack(run, source, 8, **facts)
        for server in (tcp, abstract, by_path):
            with pytest.raises(BlockingIOError):
                server.accept()
        with pytest.raises(BlockingIOError):
            udp.recv(9)


def test_nobody_outside_reaches_a_server_of_a_lesson(engine: Engine) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    serve = f"""
import socket
server = socket.create_server(("0.0.0.0", {port}))
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
    assert results[0].stdout == "own client\nnobody\n"


def marked_processes(mark: str) -> list[str]:
    found = []
    for each in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            if mark in each.read_text(errors="replace"):
                found.append(each.parent.name)
    return found


def test_no_process_survives(run: Run) -> None:
    mark = f"86400.{secrets.randbelow(1 << 30)}"
    source = f"""
import os, subprocess
subprocess.Popen(["sleep", "{mark}"], start_new_session=True)
if os.fork() == 0:
    os.setsid()
    os.fork()
    os.execvp("sleep", ["sleep", "{mark}"])
print("left")
"""
    [outcome] = run(source)
    assert outcome.stdout == "left\n"
    deadline = time.monotonic() + 5
    while marked_processes(mark) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert marked_processes(mark) == []


def test_no_memory_shared_with_the_host_is_left(run: Run) -> None:
    key = secrets.randbelow(1 << 30) + 1
    source = """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
def get():
    if libc.shmget(key, 4096, 0o1666) < 0:
        raise OSError(ctypes.get_errno(), "shmget")
attempt(get)
"""
    attack(run, source, 1, key=key)
    listed = [line.split()[0] for line in Path("/proc/sysvipc/shm").read_text().splitlines()[1:]]
    assert str(key) not in listed


NOT_A_PASS = """
== exit-at-once: crashed
import os
os._exit(0)
== another-program: crashed
import os
os.execv("/bin/true", ["true"])
== killed: crashed
import os, signal
os.kill(os.getpid(), signal.SIGKILL)
== segmentation-fault: crashed
import ctypes
ctypes.string_at(0)
== thread-exits: crashed
import os, threading, time
threading.Timer(.05, os._exit, (0,)).start()
time.sleep(2)
== exit-handler-exits: crashed
import atexit, os
atexit.register(os._exit, 0)
x = 1
== exits-otherwise-at-the-end: crashed
import os
leave = os._exit
os._exit = lambda _: leave(7)
== closed-descriptors: crashed
import os
os.closerange(3, 4096)
x = 1
== writes-a-report-everywhere: crashed
import os
for each in range(3, 64):
    try:
        os.write(each, b'{"nonce": "", "error": null, "limit": null, "warnings": []}\\n')
    except OSError:
        pass
== writes-deep-nesting-everywhere: crashed
import os
for each in range(3, 64):
    try:
        os.write(each, b"[" * 99999 + b"\\n")
    except OSError:
        pass
== floods-everywhere: crashed
import os
for each in range(3, 64):
    try:
        while True:
            os.write(each, b"x" * 65536)
    except OSError:
        pass
== patched-builtins: crashed
import builtins
builtins.BaseException = int
raise AssertionError
== early-exit: failed
import sys
sys.exit(0)
raise AssertionError
== says-it-passed: failed
print("1 passed")
print("OK")
raise AssertionError
== in-silence: failed
import os
os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
os.dup2(2, 1)
raise AssertionError
== patched-modules: failed
import sys
for module in list(sys.modules.values()):
    for name in ("describe", "ends_cell"):
        if hasattr(module, name):
            setattr(module, name, lambda *_: None)
raise AssertionError
"""


@pytest.mark.parametrize(("source", "kind"), cases(NOT_A_PASS))
def test_a_snippet_that_must_not_pass_does_not(run: Run, source: str, kind: str) -> None:
    [outcome] = run("print('ran', flush=True)\n" + source)
    assert outcome.stdout.startswith("ran\n")
    assert outcome.kind == kind, outcome
    assert outcome.reason


POISON = """
import builtins, json, os, sys
json.loads = builtins.sorted = None
os.environ["OWNED"] = "1"
sys.modules["owned"] = sys
open("shared", "w").write("of the lesson")
x = 1
"""
LOOK = """
import json, os, sys
print(json.loads("{}"), sorted([2, 1]), "OWNED" in os.environ, "owned" in sys.modules, "x" in globals())
print(os.path.exists("shared"))
"""


def test_a_session_does_not_reach_the_next_and_a_lesson_not_another(engine: Engine) -> None:
    jobs = [
        LessonJob("a.mdx", (session(POISON), session(LOOK, name="two"))),
        LessonJob("b.mdx", (session(LOOK),)),
    ]
    _, next_session, next_lesson = outcomes(engine, *jobs)
    assert next_session.stdout == "{} [1, 2] False False False\nTrue\n"
    assert next_lesson.stdout == "{} [1, 2] False False False\nFalse\n"


SPY = """
import subprocess
subprocess.Popen(["sh", "-c", "while true; do date > spied; done"])
x = 1
"""
LOOK_FOR_SPY = """
import os, time
if os.path.exists("spied"):
    os.unlink("spied")
time.sleep(.2)
os.path.exists("spied")
"""


def test_a_session_s_processes_do_not_outlive_it(engine: Engine) -> None:
    job = LessonJob("a.mdx", (session(SPY), session(LOOK_FOR_SPY, name="two")))
    _, second = outcomes(engine, job)
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
    source = f"""
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
CLONE = 56 if os.uname().machine == "x86_64" else 220
print({call})
"""
    [outcome] = run(source)
    assert outcome.stdout == "-1\n"


@needs_sandbox
def test_fixtures_are_copied_and_links_out_of_them_are_not_followed(
    tmp_path: Path, outside: Path, token: str
) -> None:
    (outside / "secret").write_text(token)
    fixtures = tmp_path / "fixtures"
    (fixtures / "data").mkdir(parents=True)
    (fixtures / "data" / "a.csv").write_text("a\n1\n")
    (fixtures / "out").symlink_to(outside / "secret")
    (fixtures / "in").symlink_to("data/a.csv")
    os.mkfifo(fixtures / "pipe")
    source = """
import os
print(sorted(os.listdir()))
attempt(lambda: open("in").read())
attempt(lambda: open("out").read())
attempt(lambda: open("data/a.csv", "a").write("2\\n"))
"""
    with Engine(Limits(), fixtures=str(fixtures)) as fresh:
        [outcome] = outcomes(fresh, lesson(with_facts(source, {})))
    assert outcome.stdout.startswith("['data', 'in', 'out']\nDONE a\n1\n\nREFUSED FileNotFoundError")
    assert outcome.stdout.endswith("DONE 2\n")
    assert (fixtures / "data" / "a.csv").read_text() == "a\n1\n"
