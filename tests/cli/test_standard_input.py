"""A lesson on standard input: what an editor holds and has not saved."""

import json
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.cli.conftest import Command, FakePipeline
from tests.cli.test_processes import environment
from tests.reporting.courses import lesson, result, unrun
from tests.sandboxes import needs_sandbox

BROKEN = "# Tea\n\n<br>\n\n```python\nprint(1)\n```\n"
GOOD = "# Tea\n\n```python\nprint(1)\n```\n"


def check(text: str | bytes, *arguments: str, folder: Path, status: int = 0) -> Any:
    ended = subprocess.run(
        [sys.executable, "-m", "checker", "check", "--no-run", "--output-format", "json", *arguments],
        input=text if isinstance(text, bytes) else text.encode(),
        cwd=folder,
        env=environment(),
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert ended.returncode == status, ended.stderr
    return json.loads(ended.stdout) if ended.stdout else ended.stderr.decode()


def found(results: Any) -> list[tuple[str, str, int]]:
    return [(each["path"], each["name"], each["line"]) for each in results["findings"]]


@pytest.fixture
def course(tmp_path: Path) -> Path:
    (tmp_path / "lessons").mkdir()
    for name, order in (("01-a", 1), ("02-b", 2)):
        (tmp_path / "lessons" / f"{name}.mdx").write_text(f"---\ntitle: T\norder: {order}\n---\n\n{GOOD}")
    (tmp_path / "coursecheck.toml").write_text('[rules]\nignore = ["frontmatter-schema"]\n')
    return tmp_path


def test_nothing_wrong(course: Path) -> None:
    results = check(GOOD, "--stdin-filename", "lessons/01-a.mdx", folder=course)
    assert found(results) == []
    assert [each["path"] for each in results["lessons"]] == ["lessons/01-a.mdx"]


def test_a_lesson_that_holds_no_code_yet(course: Path) -> None:
    assert found(check("# Tea\n", "--stdin-filename", "lessons/01-a.mdx", folder=course)) == []
    assert found(check("", "--stdin-filename", "lessons/01-a.mdx", folder=course)) == []


def test_the_text_counts_and_not_the_file(course: Path) -> None:
    where = "lessons/01-a.mdx"
    assert found(check(BROKEN, "--stdin-filename", where, folder=course, status=1)) == [
        (where, "mdx-syntax", 3)
    ]
    (course / where).write_text(BROKEN)
    assert found(check(GOOD, "--stdin-filename", where, folder=course)) == []


@pytest.mark.parametrize(
    "name", ["lessons/03-new.mdx", "new/folder/a.mdx", "./lessons/../lessons/03-new.mdx"]
)
def test_a_file_that_is_not_there_yet(name: str, course: Path) -> None:
    ((path, rule, _),) = found(check(BROKEN, "--stdin-filename", name, folder=course, status=1))
    assert (path, rule) == (name.replace("./lessons/../", ""), "mdx-syntax")


def test_it_is_judged_as_part_of_its_course_and_by_its_configuration(course: Path) -> None:
    same = f"---\ntitle: T\norder: 2\n---\n\n{GOOD}"
    results = check(same, "--stdin-filename", "lessons/01-a.mdx", folder=course, status=0)
    assert [name for _, name, _ in found(results)] == ["duplicate-order"]
    (course / "lessons" / "coursecheck.toml").write_text('[rules]\nignore = ["REF"]\n')
    results = check(same, "--stdin-filename", "lessons/01-a.mdx", folder=course)
    assert found(results) == []


def test_markdown_is_not_mdx(course: Path) -> None:
    assert found(check(BROKEN, "--stdin-filename", "a.md", folder=course)) == []


@pytest.mark.parametrize("arguments", [("-",), ("-", "--stdin-filename", "stdin.mdx")])
def test_a_dash(arguments: tuple[str, ...], course: Path) -> None:
    assert found(check(BROKEN, *arguments, folder=course, status=1)) == [("stdin.mdx", "mdx-syntax", 3)]


def test_what_is_no_text_and_what_is_too_much(course: Path) -> None:
    ((_, rule, _),) = found(check(b"\xff\xfe\xfd", "-", folder=course, status=1))
    assert rule == "not-text"
    ((_, rule, _),) = found(check(b"x" * (5 << 20), "-", folder=course, status=1))
    assert rule == "file-too-large"


def test_a_byte_order_mark_is_not_text(course: Path) -> None:
    ((_, _, line),) = found(check(b"\xef\xbb\xbf" + BROKEN.encode(), "-", folder=course, status=1))
    assert line == 3


@pytest.mark.parametrize(
    "arguments",
    [
        ("-", "lessons"),
        ("lessons", "--stdin-filename", "a.mdx"),
        ("-", "--fix"),
        ("-", "--diff"),
        ("-", "--watch"),
        ("-", "--changed-since", "HEAD"),
    ],
)
def test_what_makes_no_sense_with_it(arguments: tuple[str, ...], course: Path) -> None:
    said = check(GOOD, *arguments, folder=course, status=2)
    assert said.startswith("coursecheck: error: ")
    assert "Traceback" not in said


def test_a_folder_is_no_lesson(course: Path) -> None:
    said = check(GOOD, "--stdin-filename", "lessons", folder=course, status=2)
    assert "is a folder" in said


def test_standard_input_that_is_closed(course: Path) -> None:
    shell = f'"{sys.executable}" -m checker check - <&-'
    ended = subprocess.run(
        ["sh", "-c", shell], cwd=course, env=environment(), capture_output=True, check=False, timeout=60
    )
    assert ended.returncode == 2
    assert b"closed" in ended.stderr


@needs_sandbox
def test_what_is_on_standard_input_is_run(course: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "checker", "check", "-", "--output-format", "json"],
        input=b"# Tea\n\n```python\n1 / 0\n```\n",
        cwd=course,
        env=environment(),
        capture_output=True,
        check=False,
        timeout=60,
    )
    (block,) = json.loads(ended.stdout)["blocks"]
    assert (ended.returncode, block["outcome"]) == (1, "failed")


def given(monkeypatch: pytest.MonkeyPatch, data: bytes | None) -> None:
    """Put this on standard input; None closes it."""
    monkeypatch.setattr(sys, "stdin", None if data is None else SimpleNamespace(buffer=BytesIO(data)))


def test_what_is_read_reaches_the_pipeline(
    command: Command, fake: FakePipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    given(monkeypatch, b"# Tea\n")
    fake.result = result(unrun(lesson("a.mdx", "# Tea\n")))
    ended = command("check", "--stdin-filename", "lessons/a.mdx")
    assert (ended.status, ended.err) == (0, "")
    assert [(each.paths, each.contents) for each in fake.asked] == [(("lessons/a.mdx",), (b"# Tea\n",))]


@pytest.mark.usefixtures("fake")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("-", "a.mdx"), "name no other path"),
        (("-", "--fix"), "--fix needs a file"),
        (("--stdin-filename", "."), "is a folder"),
        (("-",), "is closed"),
    ],
)
def test_what_is_refused(
    arguments: tuple[str, ...], said: str, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    given(monkeypatch, None)
    ended = command("check", *arguments)
    assert ended.status == 2
    assert said in ended.err


@pytest.mark.parametrize(
    ("data", "names"), [(BROKEN.encode(), ["mdx-syntax"]), (b"\xff", ["not-text"]), (GOOD.encode(), [])]
)
def test_it_is_judged(
    data: bytes, names: list[str], command: Command, monkeypatch: pytest.MonkeyPatch, course: Path
) -> None:
    monkeypatch.chdir(course)
    given(monkeypatch, data)
    ended = command("check", "-", "--no-run", "--output-format", "json")
    assert [each["name"] for each in json.loads(ended.out)["findings"]] == names
