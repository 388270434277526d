import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from checker.running import disk


@contextmanager
def opened(*paths: Path | str) -> Iterator[list[int]]:
    descriptors = [os.open(path, os.O_RDONLY) for path in paths]
    yield descriptors
    for each in descriptors:
        os.close(each)


def used(folder: Path, *members: int) -> disk.Usage:
    with opened(folder, "/proc") as (descriptor, processes):
        return disk.of_folder(descriptor, processes, members)


def test_nothing_is_used_by_an_empty_folder(tmp_path: Path) -> None:
    assert used(tmp_path) == (0, 0)


def test_files_count_with_the_blocks_that_they_take(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "full").write_bytes(b"x" * 100_000)
    with open(tmp_path / "sparse", "wb") as sparse:
        sparse.truncate(1 << 30)
    size, files = used(tmp_path)
    assert 100_000 <= size < 200_000
    assert files == 3


def test_a_file_with_two_names_counts_once(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * 100_000)
    os.link(tmp_path / "a", tmp_path / "b")
    size, files = used(tmp_path)
    assert 100_000 <= size < 200_000
    assert files == 1


def test_links_count_and_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "everything").symlink_to("/")
    assert used(tmp_path).files == 1


def test_a_removed_file_counts_while_it_is_open(tmp_path: Path) -> None:
    with open(tmp_path / "a", "wb") as held:
        held.write(b"x" * 100_000)
        held.flush()
        os.unlink(tmp_path / "a")
        # The tests themselves hold such files too.
        with_it = used(tmp_path, os.getpid()).size
    assert used(tmp_path, os.getpid()).size <= with_it - 100_000
    assert used(tmp_path) == (0, 0)


def test_a_process_that_has_ended_holds_nothing(tmp_path: Path) -> None:
    with opened(tmp_path, tmp_path) as (descriptor, processes):
        assert disk.of_folder(descriptor, processes, (1,)) == (0, 0)


def test_a_file_system_says_it_all(tmp_path: Path) -> None:
    with opened(tmp_path) as (descriptor,):
        size, files = disk.of_file_system(descriptor)
    assert size > 0
    assert files >= 0
