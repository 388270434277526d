import os
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from checker.errors import CheckerError
from checker.reporting.files import write_report


def names(folder: Path) -> list[str]:
    return [each.name for each in folder.iterdir()]


def test_a_report_is_utf8(tmp_path: Path) -> None:
    write_report(str(tmp_path / "report"), "кадры\n")
    assert (tmp_path / "report").read_bytes() == "кадры\n".encode()


def test_nothing_else_is_left_in_the_folder(tmp_path: Path) -> None:
    write_report(str(tmp_path / "report"), "new")
    assert names(tmp_path) == ["report"]


def test_what_was_there_is_replaced_not_rewritten(tmp_path: Path) -> None:
    target, other = tmp_path / "report", tmp_path / "linked"
    target.write_text("old")
    os.link(target, other)
    write_report(str(target), "new")
    assert (target.read_text(), other.read_text()) == ("new", "old")


def test_the_permissions_are_those_of_any_new_file(tmp_path: Path) -> None:
    (tmp_path / "plain").touch()
    write_report(str(tmp_path / "report"), "new")
    modes = {stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("plain", "report")}
    assert len(modes) == 1


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "report").symlink_to(tmp_path / "there" / "real")
    write_report(str(tmp_path / "report"), "new")
    assert (tmp_path / "report").is_symlink()
    assert (tmp_path / "there" / "real").read_text() == "new"


def test_a_name_as_long_as_names_can_be(tmp_path: Path) -> None:
    target = tmp_path / ("x" * 255)
    write_report(str(target), "new")
    assert target.read_text() == "new"


def test_a_pipe_is_written_to_and_stays_one(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text()))
    reader.start()
    write_report(str(pipe), "new")
    reader.join(timeout=10)
    assert read == ["new"]
    assert pipe.is_fifo()


@pytest.mark.parametrize("kind", ["a file", "a pipe"])
def test_what_comes_in_pieces_is_put_together(tmp_path: Path, kind: str) -> None:
    target = tmp_path / "report"
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(target.read_text()))
    if kind == "a pipe":
        os.mkfifo(target)
        reader.start()
    write_report(str(target), iter(["a", "", "\N{OGHAM SPACE MARK}b\n"]))
    if kind == "a file":
        reader.start()
    reader.join(timeout=10)
    assert read == ["a\N{OGHAM SPACE MARK}b\n"]


def test_pieces_of_which_one_cannot_be_made_leave_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "report"
    target.write_text("old")

    def pieces() -> Iterator[str]:
        yield "new"
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_report(str(target), pieces())
    assert target.read_text() == "old"
    assert names(tmp_path) == ["report"]


def test_the_null_device_is_written_to_and_stays_one() -> None:
    write_report(os.devnull, "new")
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)


@pytest.mark.parametrize("name", [".", "missing/report", "file/report", "x" * 256])
def test_what_cannot_be_written_is_said_with_its_path(name: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("old")
    target = f"{tmp_path}/{name}"
    with pytest.raises(CheckerError, match="could not be written: ") as caught:
        write_report(target, "new")
    assert str(caught.value).startswith(f"{target}: ")
    assert caught.value.remedy
    assert names(tmp_path) == ["file"]


def test_a_write_that_fails_leaves_the_old_report_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "report"
    target.write_text("old")

    def full(_self: Path, _target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(CheckerError, match="No space left on device"):
        write_report(str(target), "new")
    assert target.read_text() == "old"
    assert names(tmp_path) == ["report"]
