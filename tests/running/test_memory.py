import os
from pathlib import Path

import pytest

from checker.running.memory import memory_used

PAGE = os.sysconf("SC_PAGE_SIZE")


@pytest.fixture
def proc(tmp_path: Path) -> Path:
    """A /proc with two processes: 100 and 50 pages resident, of which 60 are shared by both."""
    for name, resident, share in (("1", 100, 70), ("7", 50, 20)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "statm").write_text(f"9999 {resident} 3 1 0 5 0\n")
        rollup = f"00400000-7ffc r-xp [rollup]\nRss: 9 kB\nPss: {share * PAGE >> 10} kB\nPss_Dirty: 1 kB\n"
        (tmp_path / name / "smaps_rollup").write_text(rollup)
    (tmp_path / "meminfo").touch()
    return tmp_path


def used(proc: Path, limit: int) -> int:
    descriptor = os.open(proc, os.O_RDONLY)
    try:
        return memory_used(descriptor, (1, 7), limit) // PAGE
    finally:
        os.close(descriptor)


def test_what_is_resident_is_enough_to_know_while_it_is_below_the_limit(proc: Path) -> None:
    assert used(proc, 150 * PAGE) == 150


def test_near_the_limit_shared_pages_count_once(proc: Path) -> None:
    assert used(proc, 149 * PAGE) == 90


def test_a_process_that_hides_its_share_counts_whole(proc: Path) -> None:
    (proc / "1" / "smaps_rollup").unlink()
    assert used(proc, 100 * PAGE) == 120


def test_a_process_that_has_ended_meanwhile_counts_nothing(proc: Path) -> None:
    (proc / "7" / "statm").unlink()
    assert used(proc, 100 * PAGE) == 100


def test_a_share_that_is_not_said_counts_whole(proc: Path) -> None:
    (proc / "1" / "smaps_rollup").write_text("nothing of the kind\n")
    assert used(proc, 100 * PAGE) == 120


def test_a_sandbox_that_has_ended_uses_nothing() -> None:
    reads, writes = os.pipe()
    assert memory_used(reads, (1,), 1) == 0
    os.close(reads)
    os.close(writes)


def test_our_own_memory_is_counted() -> None:
    descriptor = os.open("/proc", os.O_RDONLY)
    assert memory_used(descriptor, (os.getpid(),), 1) > 1 << 20
    os.close(descriptor)
