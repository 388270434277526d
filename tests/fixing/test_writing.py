"""A lesson on the disk is replaced whole, or left as it is with the reason."""

import os
from pathlib import Path

import pytest

from checker.fixing import writing
from checker.fixing.writing import NotWrittenError, byte_order_mark, write_lesson


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "lesson.mdx"
    path.write_bytes(b"old\r\n")
    return path


def left_alone(file: Path, content: bytes = b"old\r\n") -> bool:
    return file.read_bytes() == content and [each.name for each in file.parent.iterdir()] == [file.name]


def test_the_text_is_written_as_it_is(file: Path) -> None:
    write_lesson(str(file), "old\r\n", "new\r\n\u0441\n")
    assert left_alone(file, "new\r\n\u0441\n".encode())


def test_the_mode_is_kept(file: Path) -> None:
    file.chmod(0o640)
    write_lesson(str(file), "old\r\n", "new")
    assert file.stat().st_mode & 0o777 == 0o640


def test_the_byte_order_mark_is_kept(file: Path) -> None:
    assert byte_order_mark(str(file)) == ""
    file.write_bytes(b"\xef\xbb\xbfold")
    assert byte_order_mark(str(file)) == "\ufeff"
    write_lesson(str(file), "old", "new")
    assert left_alone(file, b"\xef\xbb\xbfnew")


def test_a_file_that_is_not_there_has_no_mark(tmp_path: Path) -> None:
    assert byte_order_mark(str(tmp_path / "none.mdx")) == ""


def test_a_relative_path(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(file.parent)
    write_lesson("lesson.mdx", "old\r\n", "new")
    assert left_alone(file, b"new")


def test_a_file_that_was_changed_is_left_alone(file: Path) -> None:
    file.write_bytes(b"another")
    with pytest.raises(NotWrittenError, match="changed while it was being checked"):
        write_lesson(str(file), "old\r\n", "new")
    assert left_alone(file, b"another")


def test_a_file_that_is_changed_while_it_is_written_is_left_alone(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = writing._write

    def meanwhile(*arguments: object) -> None:
        write(*arguments)  # type: ignore[arg-type]
        file.write_bytes(b"someone else's")

    monkeypatch.setattr(writing, "_write", meanwhile)
    with pytest.raises(NotWrittenError, match="changed while it was being written"):
        write_lesson(str(file), "old\r\n", "new")
    assert left_alone(file, b"someone else's")


def test_a_link_is_refused(file: Path) -> None:
    link = file.parent / "link.mdx"
    link.symlink_to(file)
    with pytest.raises(NotWrittenError, match="it is a link"):
        write_lesson(str(link), "old\r\n", "new")
    assert (link.is_symlink(), file.read_bytes()) == (True, b"old\r\n")


def test_a_read_only_file_is_refused(file: Path) -> None:
    file.chmod(0o444)
    with pytest.raises(NotWrittenError, match="read-only"):
        write_lesson(str(file), "old\r\n", "new")
    assert left_alone(file)


def test_what_is_no_file_any_more_is_refused(file: Path) -> None:
    file.unlink()
    with pytest.raises(NotWrittenError, match="No such file"):
        write_lesson(str(file), "old\r\n", "new")
    os.mkfifo(file)
    with pytest.raises(NotWrittenError, match="not a regular file"):
        write_lesson(str(file), "old\r\n", "new")


def test_a_folder_that_is_gone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotWrittenError, match="No such file"):
        write_lesson(str(tmp_path / "none" / "lesson.mdx"), "old", "new")


def test_nothing_is_left_behind_when_the_disk_is_full(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NotWrittenError, match="No space left"):
        write_lesson(str(file), "old\r\n", "new")
    assert left_alone(file)
