"""A diff that git and patch take."""

import subprocess
from pathlib import Path

import pytest

from checker.reporting.diff import diff


def test_the_same_is_nothing() -> None:
    assert diff("a.mdx", "x\n", "x\n") == ""


def test_three_lines_around_a_change() -> None:
    lines = [f"{n}\n" for n in range(9)]
    assert diff("a.mdx", "".join(lines), "".join(lines).replace("5", "five")) == (
        "--- a/a.mdx\n+++ b/a.mdx\n@@ -3,7 +3,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n"
    )


@pytest.mark.parametrize(
    ("path", "quoted"),
    [
        ("урок 1.mdx", "урок 1.mdx"),
        ("a\nb.mdx", '"{}/a\\012b.mdx"'),
        ('a"b\\.mdx', '"{}/a\\"b\\\\.mdx"'),
        ("a\udcff.mdx", '"{}/a\\377.mdx"'),
        ("a\x1b[31m.mdx", '"{}/a\\033[31m.mdx"'),
    ],
)
def test_a_path_stays_on_its_line(path: str, quoted: str) -> None:
    first, second, *_ = diff(path, "x\n", "y\n").split("\n")
    wanted = quoted if quoted.startswith('"') else f"{{}}/{quoted}"
    assert (first, second) == (f"--- {wanted.format('a')}", f"+++ {wanted.format('b')}")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("one\r\ntwo\r\n", "one\r\n2\r\n"),
        ("one\ntwo", "one\n2"),
        ("one\n", "one"),
        ("one", "one\n"),
        ("a\x0cb\u2028c\rd\ne\n", "a\x0cb\u2028c\rD\ne\n"),
        ("\ufeffone\n", "\ufefftwo\n"),
        ("one\n", ""),
    ],
)
def test_git_applies_it(old: str, new: str, tmp_path: Path) -> None:
    file = tmp_path / "уроки" / "a.mdx"
    file.parent.mkdir()
    file.write_bytes(old.encode())
    text = diff("уроки/a.mdx", old, new).encode()
    subprocess.run(
        ["git", "-c", "core.autocrlf=false", "apply", "--whitespace=nowarn", "-"],
        input=text,
        cwd=tmp_path,
        check=True,
    )
    assert (file.read_bytes() if file.exists() else b"") == new.encode()
