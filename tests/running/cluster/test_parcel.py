"""Folders that travel: what comes out is what went in, and nothing comes out elsewhere."""

import os
from pathlib import Path

import msgspec
import pytest

from checker.running.cluster.parcel import name, pack, unpack


def test_an_empty_folder_is_an_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "from").mkdir()
    (tmp_path / "to").mkdir()
    unpack(pack(str(tmp_path / "from")), str(tmp_path / "to"))
    assert list((tmp_path / "to").iterdir()) == []


def test_files_folders_links_modes_and_times_arrive(tmp_path: Path) -> None:
    source, target = tmp_path / "from", tmp_path / "to"
    (source / "inner" / "deep").mkdir(parents=True)
    target.mkdir()
    (source / "inner" / "tea.csv").write_bytes(b"\xff\x00tea")
    (source / "run.sh").write_text("true")
    (source / "run.sh").chmod(0o755)
    (source / "link").symlink_to("inner/tea.csv")
    (source / "lost").symlink_to("/nowhere")
    (source / os.fsdecode(b"\xff.txt")).write_text("odd")
    os.mkfifo(source / "pipe")
    os.utime(source / "run.sh", ns=(5, 5))
    (source / "inner").chmod(0o500)
    unpack(pack(str(source)), str(target))
    assert (target / "inner" / "tea.csv").read_bytes() == b"\xff\x00tea"
    assert (target / "run.sh").stat().st_mode & 0o777 == 0o755
    assert (target / "run.sh").stat().st_mtime_ns == 5
    assert (target / "inner").stat().st_mode & 0o777 == 0o500
    assert (target / "link").readlink() == Path("inner/tea.csv")
    assert (target / "lost").is_symlink()
    assert (target / "inner" / "deep").is_dir()
    assert not (target / "pipe").exists()
    assert name(pack(str(source))) == name(pack(str(source)))


@pytest.mark.parametrize("path", [b"../out", b"/out", b"a/../../out", b"", b"a//b", b"."])
def test_a_path_that_leads_out_is_refused(path: bytes, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="leads out"):
        unpack(msgspec.msgpack.encode([(path, 0o644, 0, b"x")]), str(tmp_path / "to"))
    assert not (tmp_path / "out").exists()


def test_nothing_is_written_through_a_link(tmp_path: Path) -> None:
    packed = msgspec.msgpack.encode([(b"a", 0o777, 0, b"..", True), (b"a/out", 0o644, 0, b"x")])
    (tmp_path / "to").mkdir()
    with pytest.raises(OSError, match="a/out"):
        unpack(packed, str(tmp_path / "to"))
    assert not (tmp_path / "out").exists()
