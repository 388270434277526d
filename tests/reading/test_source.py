"""Files that cannot be lessons; each must be refused in words, and none may be waited for."""

import errno
import os
import socket
from pathlib import Path
from typing import Any

import pytest

from checker.reading.decoding import UnreadableError
from checker.reading.source import MAX_BYTES, MAX_HEAD_BYTES, read_source, tree_root


def refusal(path: Path, root: Path) -> UnreadableError:
    with pytest.raises(UnreadableError) as refused:
        read_source(str(path), str(root))
    return refused.value


def test_a_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "lesson.mdx").write_bytes("# Урок\r\n".encode())
    assert read_source(str(tmp_path / "a" / "lesson.mdx"), str(tmp_path)) == "# Урок\r\n"


def test_a_relative_path_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("lesson.mdx").write_text("x")
    assert read_source("lesson.mdx", str(tmp_path)) == "x"


def test_a_file_of_the_largest_size_is_read(tmp_path: Path) -> None:
    line = b"x" * 1023 + b"\n"
    (tmp_path / "lesson.mdx").write_bytes(line * (MAX_BYTES // 1024))
    assert len(read_source(str(tmp_path / "lesson.mdx"), str(tmp_path))) == MAX_BYTES


def test_a_link_inside_the_course_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "lesson.mdx").write_text("x")
    (tmp_path / "folder").symlink_to("real")
    (tmp_path / "lesson.mdx").symlink_to("folder/lesson.mdx")
    assert read_source(str(tmp_path / "lesson.mdx"), str(tmp_path)) == "x"


@pytest.mark.parametrize("through", ["file", "folder"])
def test_a_link_that_leads_out_is_refused_and_not_quoted(tmp_path: Path, through: str) -> None:
    course = tmp_path / "course"
    course.mkdir()
    (tmp_path / "secret.mdx").write_text("password")
    if through == "file":
        (course / "lesson.mdx").symlink_to(tmp_path / "secret.mdx")
        refused = refusal(course / "lesson.mdx", course)
    else:
        (course / "folder").symlink_to(tmp_path)
        refused = refusal(course / "folder" / "secret.mdx", course)
    assert refused.rule == "unreadable-file"
    assert "leads out of the course's folder" in str(refused)
    assert "password" not in str(refused)


def test_a_folder_whose_name_only_begins_like_the_root_is_outside(tmp_path: Path) -> None:
    (tmp_path / "course").mkdir()
    (tmp_path / "course-secret").mkdir()
    (tmp_path / "course-secret" / "x.mdx").write_text("password")
    (tmp_path / "course" / "x.mdx").symlink_to("../course-secret/x.mdx")
    assert "leads out" in str(refusal(tmp_path / "course" / "x.mdx", tmp_path / "course"))


@pytest.mark.parametrize("swapped", ["file", "folder"])
def test_what_is_swapped_for_a_link_after_it_was_resolved_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, swapped: str
) -> None:
    course = tmp_path / "course"
    (course / "folder").mkdir(parents=True)
    (course / "folder" / "lesson.mdx").write_text("x")
    (tmp_path / "lesson.mdx").write_text("password")
    resolve = os.path.realpath

    def resolve_then_swap(path: str) -> str:
        real = resolve(path)
        if swapped == "file":
            (course / "folder" / "lesson.mdx").unlink()
            (course / "folder" / "lesson.mdx").symlink_to(tmp_path / "lesson.mdx")
        else:
            (course / "folder").rename(course / "moved")
            (course / "folder").symlink_to(tmp_path)
        return real

    monkeypatch.setattr(os.path, "realpath", resolve_then_swap)
    refused = refusal(course / "folder" / "lesson.mdx", course)
    assert refused.rule == "unreadable-file"
    assert "password" not in str(refused)


def make_fifo(path: Path) -> None:
    os.mkfifo(path)


def make_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        # The name of a socket may have 108 bytes only: bind it by a relative one.
        before = Path.cwd()
        os.chdir(path.parent)
        server.bind(path.name)
        os.chdir(before)


@pytest.mark.parametrize(
    ("make", "kind"), [(make_fifo, "a FIFO"), (make_socket, "a socket"), (Path.mkdir, "a folder")]
)
def test_what_is_no_regular_file_is_refused_at_once(tmp_path: Path, make: Any, kind: str) -> None:
    make(tmp_path / "x.mdx")
    refused = refusal(tmp_path / "x.mdx", tmp_path)
    assert refused.rule == "unreadable-file"
    assert f"this is {kind}, not a regular file" in str(refused)


def test_a_device_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.mdx").symlink_to("/dev/zero")
    assert "leads out" in str(refusal(tmp_path / "x.mdx", tmp_path))
    assert "this is a device, not a regular file" in str(refusal(tmp_path / "x.mdx", Path("/")))


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("missing.mdx", "points at a file that does not exist"),
        ("x.mdx", "leads back to itself"),
        (None, "no longer exists"),
    ],
)
def test_what_leads_nowhere_is_refused(tmp_path: Path, target: str | None, words: str) -> None:
    if target:
        (tmp_path / "x.mdx").symlink_to(target)
    refused = refusal(tmp_path / "x.mdx", tmp_path)
    assert refused.rule == "unreadable-file"
    assert words in str(refused)


@pytest.mark.parametrize(
    ("code", "words"),
    [(errno.EACCES, "permission denied"), (errno.EIO, f"cannot be read: {os.strerror(errno.EIO)}")],
)
def test_the_kernels_refusal_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, words: str
) -> None:
    (tmp_path / "x.mdx").write_text("x")

    def refuse(*_: Any, **__: Any) -> int:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "open", refuse)
    refused = refusal(tmp_path / "x.mdx", tmp_path)
    assert refused.rule == "unreadable-file"
    assert words in str(refused)


def sparse(path: Path, head: bytes, size: int) -> None:
    path.write_bytes(head)
    os.truncate(path, size)


@pytest.mark.parametrize(
    ("head", "rule", "words"),
    [
        (b"# Title\n", "file-too-large", "1,024.0 MiB; lessons over 4 MiB"),
        (b"---\ntitle: x\n---\n", "file-too-large", "1,024.0 MiB"),
        (b"----\n", "file-too-large", "1,024.0 MiB"),
        (b"---\ntitle: x\n", "frontmatter-limits", "the frontmatter is over 64 KiB"),
        (b"\xef\xbb\xbf---\r\ntitle: x\r\n", "frontmatter-limits", "the frontmatter is over 64 KiB"),
    ],
)
def test_a_huge_file_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, head: bytes, rule: str, words: str
) -> None:
    sparse(tmp_path / "x.mdx", head, 1 << 30)
    taken = []
    read = os.read

    def count(descriptor: int, size: int) -> bytes:
        data = read(descriptor, size)
        taken.append(len(data))
        return data

    monkeypatch.setattr(os, "read", count)
    refused = refusal(tmp_path / "x.mdx", tmp_path)
    assert refused.rule == rule
    assert words in str(refused)
    assert sum(taken) == MAX_HEAD_BYTES


def test_a_file_that_grows_while_it_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "x.mdx").write_text("x")
    monkeypatch.setattr(os, "read", lambda _, size: b"y" * size)
    assert refusal(tmp_path / "x.mdx", tmp_path).rule == "file-too-large"


def test_the_tree_is_the_repository_around_a_folder(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "a" / "b").mkdir(parents=True)
    assert tree_root(str(tmp_path / "a" / "b")) == str(tmp_path)
    assert tree_root(str(tmp_path)) == str(tmp_path)


def test_a_submodule_is_a_tree_of_its_own(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "module").mkdir()
    (tmp_path / "module" / ".git").write_text("gitdir: ../.git/modules/module\n")
    assert tree_root(str(tmp_path / "module")) == str(tmp_path / "module")


def test_without_a_repository_the_tree_is_the_folder(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "link").symlink_to("a")
    assert tree_root(str(tmp_path / "link")) == str(tmp_path / "a")
