"""Other processes: seen, signalled, read, slowed down; descriptors, environments and terminals of theirs."""

import contextlib
import os
import pty
import secrets
import sys
import time
from pathlib import Path

import pytest

from tests.running.attacks.conftest import TRIES, Attack, Victim, is_root, run_in
from tests.running.conftest import Run

SIGNALS = """
for number in (10, 12, 15, 18, 19, 20, 9):
    attempt(lambda: os.kill(victim, number))
attempt(lambda: os.killpg(os.getpgid(victim), 10))
attempt(lambda: os.kill(-1, 10))
attempt(lambda: call(200, 130, victim, 10))
attempt(lambda: call(234, 131, victim, victim, 10))
attempt(lambda: call(129, 138, victim, 10, ctypes.byref((ctypes.c_int * 32)(10, 0, -1))))
attempt(lambda: __import__("signal").pidfd_send_signal(os.pidfd_open(victim), 10))
def by_io():
    import fcntl
    reads, writes = os.pipe()
    fcntl.fcntl(reads, fcntl.F_SETOWN, victim)
    fcntl.fcntl(reads, 10, 10)
    fcntl.fcntl(reads, fcntl.F_SETFL, os.O_ASYNC | os.O_NONBLOCK)
    os.write(writes, b"x")
attempt(by_io)
def by_death():
    if os.fork() == 0:
        os.execvp("sh", ["sh", "-c", f"kill -USR1 {victim}"])
    return os.wait()
attempt(by_death)
"""


def test_no_signal_reaches_another_process(run: Run, victim: Victim) -> None:
    ignore = "import signal; signal.signal(10, signal.SIG_IGN)\n"
    told = "".join(f"{name} = {value}\n" for name, value in victim.facts().items())
    [outcome] = run(TRIES + ignore + told + SIGNALS)
    assert outcome.stdout.count("\n") == 15, outcome
    time.sleep(0.1)
    assert victim.process.poll() is None
    assert victim.is_undisturbed()
    assert victim.signals() == ""


MEMORY = """
def read_mem():
    with open(f"/proc/{victim}/mem", "rb") as memory:
        memory.seek(address)
        return memory.read(40)
attempt(read_mem)
buffer = ctypes.create_string_buffer(64)
local = (ctypes.c_uint64 * 2)(ctypes.addressof(buffer), 40)
remote = (ctypes.c_uint64 * 2)(address, 40)
attempt(lambda: (call(310, 270, victim, ctypes.byref(local), 1, ctypes.byref(remote), 1, 0), buffer.raw))
attempt(lambda: call(311, 271, victim, ctypes.byref(local), 1, ctypes.byref(remote), 1, 0))
attempt(lambda: call(101, 117, 16, victim, 0, 0))
attempt(lambda: call(101, 117, 0x4206, victim, 0, 0))
attempt(lambda: os.read(call(438, 438, os.pidfd_open(victim), descriptor, 0), 99))
attempt(lambda: os.read(os.open(f"/proc/{victim}/fd/{descriptor}", os.O_RDONLY), 99))
attempt(lambda: os.listdir(f"/proc/{victim}/fd"))
attempt(lambda: call(312, 272, os.getpid(), victim, 0, 0, 0))
attempt(lambda: call(440, 440, os.pidfd_open(victim), ctypes.byref(remote), 1, 4, 0))
for name in (
    "cmdline", "environ", "maps", "auxv", "stack", "status", "cwd", "exe", "root", "io", "personality"
):
    attempt(lambda: open(f"/proc/{victim}/{name}", "rb").read())
"""


def test_no_memory_and_no_descriptor_of_another_is_read(attack: Attack, victim: Victim, token: str) -> None:
    printed = attack(MEMORY, 21, **victim.facts())
    assert token not in printed
    assert "DONE" not in printed
    assert victim.process.poll() is None
    assert victim.is_undisturbed()


SLOW = """
import resource
attempt(lambda: resource.prlimit(victim, resource.RLIMIT_NOFILE, (3, 3)))
attempt(lambda: os.sched_setaffinity(victim, {0}))
attempt(lambda: os.sched_setscheduler(victim, os.SCHED_IDLE, os.sched_param(0)))
attempt(lambda: os.setpriority(os.PRIO_PROCESS, victim, 19))
attempt(lambda: os.setpriority(os.PRIO_USER, 0, 19))
attempt(lambda: os.setpriority(os.PRIO_PGRP, os.getpgid(victim), 19))
attempt(lambda: call(251, 30, 1, victim, 3 << 13))
attempt(lambda: call(279, 239, victim, 0, 0, 0, 0, 0))
attempt(lambda: os.setpgid(victim, 0))
attempt(lambda: open(f"/proc/{victim}/oom_score_adj", "w").write("1000"))
"""


def test_no_other_process_is_slowed_down_or_limited(attack: Attack, victim: Victim) -> None:
    pid = victim.process.pid

    def standing() -> object:
        nice, policy = os.getpriority(os.PRIO_PROCESS, pid), os.sched_getscheduler(pid)
        limits, score = (Path(f"/proc/{pid}/{name}").read_text() for name in ("limits", "oom_score_adj"))
        return nice, policy, os.sched_getaffinity(pid), limits, score, os.getpgid(pid)

    before = standing()
    attack(SLOW, 10, **victim.facts())
    assert standing() == before


KEEPER = """
import signal, sys
keeper = os.getppid()
for number in (1, 2, 15, 18, 19, 9):
    attempt(lambda: os.kill(keeper, number))
for name in ("mem", "environ", "maps", "fd/0", "root/etc/passwd"):
    attempt(lambda: open(f"/proc/{keeper}/{name}", "rb").read(9))
attempt(lambda: os.listdir(f"/proc/{keeper}/fd"))
attempt(lambda: signal.pidfd_send_signal(os.pidfd_open(keeper), 9))
attempt(lambda: call(101, 117, 16, keeper, 0, 0))
"""


def test_the_first_process_of_the_sandbox_cannot_be_ended_or_read(run: Run) -> None:
    attacked, after = run(TRIES + KEEPER, "'alive'")
    assert attacked.stdout.count("\n") == 14
    assert after.stdout == "'alive'\n"
    # Process 1 of a namespace accepts signals from inside, and they have no effect.
    signals_to_process_1 = 7 if "/proc/1/" in attacked.stdout else 0
    assert attacked.stdout.count("DONE") <= signals_to_process_1


def test_every_process_that_can_be_seen_is_out_of_reach(run: Run) -> None:
    source = """
own = {os.getpid(), os.getppid()}
try:
    ancestors = {int(each) for each in os.listdir("/proc") if each.isdigit()}
except OSError:
    ancestors = {1, os.getppid()}
for each in sorted(ancestors - {os.getpid()}):
    for number in (10, 19, 9):
        try:
            os.kill(each, number)
            print("SENT", each, number)
        except OSError:
            pass
    for name in ("mem", "environ"):
        try:
            if open(f"/proc/{each}/{name}", "rb").read(1):
                print("READ", each, name)
        except OSError:
            pass
print("done")
"""
    first, after = run(TRIES + source, "'alive'")
    # A signal to process 1 of an own namespace is accepted, and has no effect.
    assert [each for each in first.stdout.split("\n") if each[:6] not in ("SENT 1", "done", "")] == []
    assert after.stdout == "'alive'\n"


def test_the_environment_of_the_checker_is_not_seen(
    tier: str, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", token)
    source = """
import subprocess
attempt(lambda: dict(os.environ))
for each in ("self", "1", os.getppid(), "thread-self"):
    attempt(lambda: open(f"/proc/{each}/environ").read())
attempt(lambda: subprocess.run(["env"], capture_output=True).stdout)
"""
    outcome = run_in(tier, source, env={"COURSE": "yes"})
    assert outcome.stdout.count("\n") == 6, outcome
    assert token not in outcome.stdout
    assert "'COURSE': 'yes'" in outcome.stdout


def test_no_descriptor_of_the_checker_is_open(tier: str, outside: Path, token: str) -> None:
    (outside / "key").write_text(token)
    leaks = [os.open(outside / "key", os.O_RDONLY), os.open(outside, os.O_RDONLY)]
    for leak in leaks:
        os.set_inheritable(leak, True)
    source = """
for each in range(3, 64):
    attempt(lambda: os.pread(each, 99, 0))
    attempt(lambda: os.read(os.open("key", os.O_RDONLY, dir_fd=each), 99))
"""
    outcome = run_in(tier, source)
    for leak in leaks:
        os.close(leak)
    assert outcome.stdout.count("REFUSED") == 122
    assert token not in outcome.stdout


def test_the_only_descriptors_are_the_streams_and_the_session_s_channel(run: Run) -> None:
    source = """
present = []
for each in range(1024):
    try:
        present.append(os.readlink(f"/proc/self/fd/{each}").partition(":")[0])
    except OSError:
        pass
print(present)
"""
    [outcome] = run(TRIES + source)
    assert outcome.stdout == "['/dev/null', 'pipe', 'pipe', 'socket']\n"


def test_no_privilege_is_left(tier: str, run: Run) -> None:
    [outcome] = run("print(open('/proc/self/status').read())")
    status = dict(line.split(":\t") for line in outcome.stdout.split("\n") if ":\t" in line)
    capabilities = {int(value, 16) for name, value in status.items() if name.startswith("Cap")}
    # Root's interpreter may lie where only root may read: then that one capability, and no other.
    allowed = {0, 1 << 2} if is_root() and tier == "landlock" else {0}
    bounds = {int(status["CapBnd"], 16)} if tier == "landlock" else set()
    assert capabilities - bounds <= allowed
    assert (status["NoNewPrivs"], status["Seccomp"]) == ("1", "2")
    users = set(status["Uid"].split())
    assert len(users) == 1
    assert users != {"0"}


GAIN = """
import subprocess
attempt(lambda: os.setuid(0))
attempt(lambda: os.setgid(0))
attempt(lambda: os.setgroups([0]))
attempt(lambda: subprocess.run(["su", "-c", "true"], check=True, stdin=-3, capture_output=True))
attempt(lambda: subprocess.run(["unshare", "--user", "-r", "true"], check=True, capture_output=True))
attempt(lambda: subprocess.run(["mount", "-t", "tmpfs", "x", "/tmp"], check=True, capture_output=True))
attempt(lambda: os.nice(-5))
attempt(lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1)))
attempt(lambda: os.mknod("device", 0o60666, os.makedev(254, 0)))
attempt(lambda: __import__("resource").setrlimit(8, (1 << 40, 1 << 40)))
attempt(lambda: os.chroot("."))
"""


def test_no_privilege_can_be_gained(attack: Attack) -> None:
    assert "DONE" not in attack(GAIN, 11)


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
import ctypes, os, signal, subprocess
subprocess.Popen(["sleep", "{mark}"], start_new_session=True)
ctypes.CDLL(None).prctl(1, 0, 0, 0, 0)
ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)
if os.fork() == 0:
    os.setsid()
    for number in range(1, 32):
        try:
            signal.signal(number, signal.SIG_IGN)
        except OSError:
            pass
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


def test_a_process_that_hops_from_fork_to_fork_is_caught(tier: str) -> None:
    mark = f"hop{secrets.randbelow(1 << 30)}"
    source = f"""
import os
if os.fork() == 0:
    os.setsid()
    libc.prctl(15, b"{mark}"[:15], 0, 0, 0)
    while True:
        if os.fork() == 0:
            continue
        os._exit(0)
print("left")
"""
    outcome = run_in(tier, source)
    assert outcome.stdout == "left\n"
    names = [each.read_text().strip() for each in Path("/proc").glob("[0-9]*/comm") if each.exists()]
    assert mark[:15] not in names


def test_nothing_is_typed_into_the_terminal_of_the_checker(tier: str) -> None:
    """The checker runs on a terminal of its own here, as on a laptop."""
    program = (
        "import sys; sys.path.insert(0, '.')\n"
        "from tests.running.attacks.conftest import run_in\n"
        "print(run_in(sys.argv[1], sys.stdin.readline().encode().decode('unicode_escape')).stdout)"
    )
    source = (
        "import fcntl\n"
        "for each in (0, 1, 2, 3): attempt(lambda: fcntl.ioctl(each, 0x5412, b'x'))\n"
        "attempt(lambda: os.open('/dev/tty', os.O_RDWR))\n"
        "for each in range(4): attempt(lambda: os.open(f'/dev/pts/{each}', os.O_RDWR))\n"
        "attempt(lambda: os.getpgid(0) == os.tcgetpgrp(0))\n"
    )
    pid, master = pty.fork()
    if pid == 0:
        os.execv(sys.executable, [sys.executable, "-c", program, tier])
    os.write(master, source.encode("unicode_escape") + b"\n")
    shown = b""
    with contextlib.suppress(OSError):
        while data := os.read(master, 4096):
            shown += data
    os.waitpid(pid, 0)
    os.close(master)
    assert shown.count(b"REFUSED") == 10, shown
    assert b"DONE" not in shown
