from pathlib import Path

import pytest

from checker.errors import CheckerError
from checker.running.made_once import make_once


def fill(folder: Path) -> None:
    folder.mkdir()
    (folder / "data").write_text("mine")


def test_it_is_made_where_it_is_not_and_kept(tmp_path: Path) -> None:
    def fail(_: Path) -> None:
        raise AssertionError("it is there")

    kept = tmp_path / "some" / "kept"
    assert make_once(kept, fill) == kept
    assert make_once(kept, fail) == kept
    assert (kept / "data").read_text() == "mine"
    assert list(kept.parent.iterdir()) == [kept]


def test_what_is_left_half_way_is_not_ready(tmp_path: Path) -> None:
    def stop(folder: Path) -> None:
        fill(folder)
        raise CheckerError("no room")

    with pytest.raises(CheckerError, match="no room"):
        make_once(tmp_path / "kept", stop)
    assert list(tmp_path.iterdir()) == []


def test_another_run_may_be_faster(tmp_path: Path) -> None:
    def overtaken(folder: Path) -> None:
        fill(folder)
        fill(tmp_path / "kept")
        (tmp_path / "kept" / "data").write_text("theirs")
        (tmp_path / "kept" / "ready").touch()

    kept = make_once(tmp_path / "kept", overtaken)
    assert (kept / "data").read_text() == "theirs"
    assert list(tmp_path.iterdir()) == [kept]


def test_a_place_that_is_taken_is_said(tmp_path: Path) -> None:
    fill(tmp_path / "kept")
    with pytest.raises(CheckerError, match=r"kept cannot be moved to its place: Directory not empty"):
        make_once(tmp_path / "kept", fill)
