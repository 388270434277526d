"""How the command ends as a process of its own: what a shell, a gate or a pager sees."""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GOOD = "# Totals\n\n```python\nprint(1)\n```\n"
BROKEN = "# Totals\n\n<br>\n\n```python\nprint(1)\n```\n"
# The command with a pipeline of its own, for what the real one does too seldom.
WITH_PIPELINE = """\
from checker import pipeline
from checker.cli.main import main
from tests.reporting.courses import at, finding, mixed, result, unrun

def check(options, progress):
{body}

pipeline.check = check
main()
"""
MANY_FINDINGS = """\
    where = mixed()
    return result(unrun(where, *[finding(at(where, "total"), f"message {i}") for i in range(3_000)]))
"""
ENDLESS = """\
    import time
    print("started", flush=True)
    time.sleep(60)
"""


def environment() -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.endswith("_COLOR")}
    return {**kept, "PYTHONPATH": str(ROOT)}


def coursecheck(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "checker", *arguments]
    return subprocess.run(
        command, cwd=folder, env=environment(), capture_output=True, encoding="utf-8", check=False, timeout=60
    )


def start(body: str, *arguments: str, stdout: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", WITH_PIPELINE.format(body=body), "check", *arguments]
    return subprocess.Popen(command, stdout=stdout, stderr=subprocess.PIPE, env=environment())


@pytest.mark.parametrize(
    ("lessons", "arguments", "status"),
    [
        ({"a.mdx": GOOD}, (), 0),
        ({"a.mdx": BROKEN, "b.mdx": GOOD}, (), 1),
        ({"a.mdx": BROKEN}, ("--exit-zero",), 0),
        ({"a.mdx": "# No code\n"}, (), 2),
        ({"a.mdx": "# No code\n"}, ("--allow-empty",), 0),
        ({}, (), 2),
        ({}, ("--allow-empty",), 0),
        ({"a.mdx": GOOD}, ("missing.mdx",), 2),
        ({"a.mdx": GOOD}, ("--config", "missing.toml"), 2),
        ({"a.mdx": GOOD}, ("--no-such-option",), 2),
    ],
)
def test_the_exit_status(
    lessons: dict[str, str], arguments: Sequence[str], status: int, tmp_path: Path
) -> None:
    for name, text in lessons.items():
        (tmp_path / name).write_text(text)
    ended = coursecheck("check", "--no-run", *arguments, folder=tmp_path)
    assert ended.returncode == status, ended.stdout + ended.stderr
    assert "Traceback" not in ended.stderr
    if status == 2:
        assert ended.stderr.startswith("coursecheck: ")


def test_a_hostile_name_is_one_line_of_text(tmp_path: Path) -> None:
    name = b"::error::%0A\n\x1b[31m\xff\xe2\x80\xae<b>.mdx"
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_text(BROKEN)
    ended = coursecheck("check", "--no-run", "--output-format", "concise", folder=tmp_path)
    first = ended.stdout.splitlines()[0]
    assert first.startswith(r"./::error::%0A\n\x1b[31m\xff\u202e<b>.mdx:3:1: error[mdx-syntax] ")
    assert ended.returncode == 1


@pytest.mark.parametrize("output_format", ["full", "concise", "json"])
def test_a_reader_who_leaves_early_is_no_trouble(output_format: str) -> None:
    with start(MANY_FINDINGS, "--output-format", output_format, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.read(1)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_a_full_disk_is_said_and_is_status_2() -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    with start(MANY_FINDINGS, stdout=full) as process:
        assert process.stderr is not None
        said = process.stderr.read()
        status = process.wait(timeout=60)
    os.close(full)
    assert status == 2
    assert said.startswith(b"coursecheck: error: standard output: the report could not be written: No space")
    assert said.count(b"\n") == 1


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_streams_that_are_closed_from_the_start(closed: str, tmp_path: Path) -> None:
    (tmp_path / "a.mdx").write_text(GOOD)
    shell = f'"{sys.executable}" -m checker check --no-run {closed}'
    ended = subprocess.run(["sh", "-c", shell], cwd=tmp_path, env=environment(), check=False, timeout=60)
    assert ended.returncode == 0


def test_ctrl_c_ends_quietly() -> None:
    with start(ENDLESS, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == b"started\n"
        process.send_signal(signal.SIGINT)
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == 130


def test_reports_are_utf8_whatever_the_locale(tmp_path: Path) -> None:
    (tmp_path / "кадры.mdx").write_text(GOOD)
    command = [sys.executable, "-m", "checker", "blocks"]
    locale = {**environment(), "LC_ALL": "C", "PYTHONIOENCODING": "ascii"}
    shown = subprocess.check_output(command, cwd=tmp_path, env=locale, timeout=60)
    assert shown.decode().startswith("кадры.mdx\n")
