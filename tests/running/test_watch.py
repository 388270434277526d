import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from checker.running.job import Limits
from checker.running.sandbox.members import children, descendants
from checker.running.sandbox.tier import Place
from checker.running.watch import Excess, Watch

GENEROUS = Limits(memory=1 << 40, processes=1000, disk=1 << 40, files=1 << 20)
TREE = """
import subprocess, sys, threading
inner = "import sys, threading; [threading.Thread(target=sys.stdin.read).start() for _ in range(3)];"
inner += " print('here', flush=True); sys.stdin.read()"
child = subprocess.Popen([sys.executable, "-c", inner])
child.wait()
"""


@pytest.fixture
def tree() -> Iterator[int]:
    """A process with one child, which has four threads."""
    with subprocess.Popen(
        [sys.executable, "-c", TREE], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"here\n"
        yield process.pid


def watch(first: int, folder: Path, limits: Limits, *, own_disk: bool = False, counts: bool = False) -> Watch:
    place = Place(first, str(folder), own_disk, counts)
    return Watch(place, os.open("/proc", os.O_RDONLY), os.open(folder, os.O_RDONLY), limits)


def excess(first: int, folder: Path, limits: Limits, **more: bool) -> Excess | None:
    looking = watch(first, folder, limits, **more)
    try:
        return looking.excess()
    finally:
        looking.close()


def test_who_is_within_its_limits_is_left_alone(tree: int, tmp_path: Path) -> None:
    assert excess(tree, tmp_path, GENEROUS) is None


@pytest.mark.parametrize(
    ("limit", "value"), [("memory", 1 << 20), ("processes", 3), ("disk", 99_999), ("files", 1)]
)
def test_each_limit_is_seen(tree: int, tmp_path: Path, limit: str, value: int) -> None:
    for each in range(10):
        (tmp_path / str(each)).write_bytes(b"x" * 20_000)
    expected = "disk" if limit == "files" else limit
    assert excess(tree, tmp_path, replace(GENEROUS, **{limit: value})) == expected


def test_processes_that_the_kernel_counts_are_not_counted_again(tree: int, tmp_path: Path) -> None:
    assert excess(tree, tmp_path, replace(GENEROUS, processes=1), counts=True) is None


def test_a_disk_of_its_own_is_asked_as_a_whole(tree: int, tmp_path: Path) -> None:
    assert excess(tree, tmp_path, replace(GENEROUS, disk=1), own_disk=True) == "disk"


def test_a_proc_of_its_own_shows_its_processes_alone(tmp_path: Path) -> None:
    assert excess(1, tmp_path, replace(GENEROUS, memory=1 << 20)) == "memory"


def test_a_sandbox_that_has_ended_uses_nothing(tmp_path: Path) -> None:
    for first in (1, 1 << 22):
        looking = Watch(
            Place(first, "", own_disk=False, counts=False),
            os.open("/dev/null", os.O_RDONLY),
            os.open(tmp_path, os.O_RDONLY),
            Limits(),
        )
        assert looking.excess() is None
        looking.close()


def test_descendants_are_all_that_come_from_a_process(tree: int) -> None:
    [child] = children("/proc", tree)
    assert descendants("/proc", tree) == [child]
    assert {tree, child} <= set(descendants("/proc", os.getpid()))
