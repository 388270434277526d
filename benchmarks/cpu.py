"""The processor time of a command and of everything that comes from it, sandboxes included.

Process accounting ends at a sandbox: its first process is nobody's child that is waited for. A control group
counts everything that was started in it. Where none can be made, what is counted is the command and the
processes that it waited for, and `complete` says that this is less than all.
"""

import os
import resource
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

_GROUPS = Path("/sys/fs/cgroup")


class Sample(NamedTuple):
    """Seconds that a command took, its exit status, and whether the processor time is all of it."""

    cpu: float
    wall: float
    status: int
    complete: bool


def measure(command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None) -> Sample:
    """Run a command to its end; what it prints is thrown away."""
    group = _make_group()
    before = _children()
    began = time.perf_counter()
    done = subprocess.run(
        command,
        cwd=folder,
        env={**_environment(), **(environment or {})},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
        preexec_fn=(lambda: _enter(group)) if group else None,
    )
    wall = time.perf_counter() - began
    if group is None:
        return Sample(_children() - before, wall, done.returncode, complete=False)
    cpu = _used(group)
    _remove(group)
    return Sample(cpu, wall, done.returncode, complete=True)


def _environment() -> dict[str, str]:
    """Everybody may keep compiled files, as on a user's machine."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _make_group() -> Path | None:
    """A control group of our own: beside our own one, of whichever version counts processor time here."""
    for line in Path("/proc/self/cgroup").read_text().splitlines():
        _, controllers, path = line.split(":", 2)
        root = (
            _GROUPS / "cpuacct"
            if "cpuacct" in controllers.split(",")
            else _GROUPS
            if not controllers
            else None
        )
        if root is None:
            continue
        group = root / path.strip("/") / f"coursecheck-bench-{os.getpid()}-{time.monotonic_ns()}"
        try:
            group.mkdir()
            if (group / "cpuacct.usage").exists() or (group / "cpu.stat").exists():
                os.close(os.open(group / "cgroup.procs", os.O_WRONLY))
                return group
            group.rmdir()
        except OSError:
            continue
    return None


def _enter(group: Path) -> None:
    (group / "cgroup.procs").write_text("0")


def _used(group: Path) -> float:
    usage = group / "cpuacct.usage"
    if usage.exists():
        return int(usage.read_text()) / 1e9
    fields = dict(line.split() for line in (group / "cpu.stat").read_text().splitlines())
    return int(fields["usage_usec"]) / 1e6


def _remove(group: Path) -> None:
    """Once its last process is gone; the kernel takes a moment to see it."""
    for _ in range(50):
        try:
            group.rmdir()
        except OSError:
            time.sleep(0.02)
        else:
            return


def _children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
