"""`coursecheck check --fix`, `--unsafe-fixes` and `--diff`."""

import json
from pathlib import Path

import pytest

from checker.cli.fixes import show_diff
from checker.fixing.course import Fixed
from checker.model import FixOutcome
from tests.cli.conftest import Command
from tests.reporting.courses import at, finding, lesson, result

UNUSED = '{/* check: ignore=python-syntax because="why" */}\n'
LESSON = f"# Tea\n\n{UNUSED}```python\ncups = 3\n```\n"
MENDED = LESSON.replace(UNUSED, "")


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "a.mdx"
    path.write_text(LESSON)
    return path


def test_what_can_be_fixed_is_told(file: Path, command: Command) -> None:
    assert "can be fixed: 1 with --fix\n" in command("check", "--no-run").out
    assert file.read_text() == LESSON


def test_fix(file: Path, command: Command) -> None:
    ended = command("check", "--no-run", "--fix", "--ignore", "FMT")
    assert (ended.status, file.read_text()) == (0, MENDED)
    assert "no findings\n1 fixed\n" in ended.out


@pytest.mark.usefixtures("file")
def test_fix_in_the_results(command: Command) -> None:
    shown = json.loads(command("check", "--no-run", "--fix", "--output-format", "json").out)
    assert shown["summary"]["fixes"] == {"applied": 1, "refused": 0, "safe": 0, "unsafe": 0}
    assert [(each["name"], each["applied"], each["line"]) for each in shown["fixes"]] == [
        ("unused-ignore", True, 3)
    ]


def test_what_is_not_applied_says_why(file: Path, command: Command) -> None:
    file.chmod(0o444)
    for format_ in ("full", "concise"):
        shown = command("check", "--no-run", "--fix", "--output-format", format_).out
        assert "a.mdx:3:12" in shown
        assert "not fixed[unused-ignore] the file is read-only" in shown
        assert "0 fixed, 1 not: see why above" in shown
    ended = command("check", "--no-run", "--fix", "--output-format", "json")
    assert json.loads(ended.out)["fixes"][0]["reason"].startswith("the file is read-only")


def test_diff(file: Path, command: Command) -> None:
    ended = command("check", "--no-run", "--diff", "--fix")
    assert (ended.status, file.read_text()) == (1, LESSON)
    assert ended.out.startswith("--- a/a.mdx\n+++ b/a.mdx\n@@ ")
    assert f"\n-{UNUSED} ```python\n" in ended.out
    assert ended.err == "coursecheck: 1 finding would be fixed in 1 lesson\n"


@pytest.mark.usefixtures("file")
def test_diff_and_reports_in_files(tmp_path: Path, command: Command) -> None:
    ended = command("check", "--no-run", "--diff", "--exit-zero", "--output", f"json={tmp_path / 'r.json'}")
    assert (ended.status, ended.out[:3]) == (0, "---")
    assert json.loads((tmp_path / "r.json").read_text())["summary"]["fixes"]["safe"] == 1


def test_nothing_to_change(file: Path, command: Command) -> None:
    file.write_text(MENDED)
    ended = command("check", "--no-run", "--diff")
    assert (ended.status, ended.out) == (0, "")
    assert ended.err == "coursecheck: 0 findings would be fixed in 0 lessons\n"


def test_nothing_to_check_is_not_nothing_to_change(tmp_path: Path, command: Command) -> None:
    assert command("check", str(tmp_path), "--no-run", "--diff").status == 2


def test_an_escape_sequence_does_not_reach_a_terminal(
    file: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text(LESSON.replace("Tea", "Tea \x1b[31m"))
    assert "\x1b" in command("check", "--no-run", "--diff").out
    monkeypatch.setattr("checker.cli.fixes.is_terminal", lambda _: True)
    assert " # Tea \\x1b[31m\n" in command("check", "--no-run", "--diff").out


def test_unsafe_fixes_of_what(command: Command) -> None:
    ended = command("check", "--unsafe-fixes")
    assert ended.status == 2
    assert "add --fix to write them, or --diff to see them" in ended.err


def test_a_fix_that_is_refused_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    where = lesson("a.mdx", "total = 1")
    found = FixOutcome(finding(at(where, "total"), name="some-rule"), "it would \x1b[31m")
    show_diff(Fixed(result(), (found,), ()))
    assert capsys.readouterr().err.splitlines() == [
        "coursecheck: 0 findings would be fixed in 0 lessons",
        "coursecheck: a.mdx:1:1: not fixed[some-rule] it would \\x1b[31m",
    ]
