import os
from pathlib import Path

import pytest

from checker.running.sandbox.folders import empty, remove_tree


def test_what_is_not_there_needs_no_removing(tmp_path: Path) -> None:
    remove_tree(str(tmp_path / "never"))


def test_files_and_folders_are_removed_and_what_links_lead_to_stays(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "kept").write_text("x")
    folder = tmp_path / "lesson"
    (folder / "a" / "b").mkdir(parents=True)
    (folder / "a" / "b" / "file").write_text("x")
    (folder / "a" / "link").symlink_to(outside)
    (folder / "loop").symlink_to(folder)
    os.mkfifo(folder / "pipe")
    remove_tree(str(folder))
    assert [each.name for each in tmp_path.iterdir()] == ["outside"]
    assert (outside / "kept").exists()


def test_an_emptied_folder_stays(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    empty(str(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_folders_that_were_closed_are_opened(tmp_path: Path) -> None:
    folder = tmp_path / "lesson"
    (folder / "a" / "b").mkdir(parents=True)
    (folder / "a" / "b" / "file").write_text("x")
    (folder / "a" / "b").chmod(0)
    (folder / "a").chmod(0)
    remove_tree(str(folder))
    assert not folder.exists()


def test_a_tree_deeper_than_any_path_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "lesson"
    folder.mkdir()
    monkeypatch.chdir(folder)
    name = "x" * 200
    for _ in range(60):
        os.mkdir(name)
        Path(name, "file").touch()
        os.chdir(name)
    monkeypatch.chdir(tmp_path)
    remove_tree(str(folder))
    assert not folder.exists()


def test_names_like_its_own_do_not_confuse_it(tmp_path: Path) -> None:
    folder = tmp_path / "lesson"
    for path in (".removed-0/.removed-1/.removed-0", ".removed-2/.removed-0/x"):
        (folder / path).mkdir(parents=True)
    remove_tree(str(folder))
    assert not folder.exists()
