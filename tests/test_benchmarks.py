import json
import re
import runpy
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.sandboxes import needs_sandbox

BENCHMARKS = Path(__file__).parent.parent / "benchmarks"
RUN: dict[str, Any] = runpy.run_path(str(BENCHMARKS / "run.py"))
COURSE: dict[str, Any] = runpy.run_path(str(BENCHMARKS / "course.py"))
CPU: dict[str, Any] = runpy.run_path(str(BENCHMARKS / "cpu.py"))
PEER, Sample, Row = RUN["PEER"], RUN["Sample"], RUN["Row"]


def test_a_command_that_could_not_do_its_job_is_not_measured() -> None:
    with pytest.raises(SystemExit, match=r"status 2\nno sandbox"):
        RUN["measure"]([sys.executable, "-c", "import sys; sys.exit(sys.stderr.write('no sandbox') and 2)"])


def test_findings_are_a_good_end() -> None:
    sample = RUN["measure"]([sys.executable, "-c", "raise SystemExit(1)"])

    assert sample.wall > 0


def test_the_time_of_grandchildren_counts() -> None:
    work = "import time\nwhile time.process_time() < 0.2: pass"
    nested = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {work!r}], check=True)"

    assert RUN["measure"]([sys.executable, "-c", nested]).cpu > 0.19


def test_ratios_are_taken_round_by_round() -> None:
    # The machine was three times slower in the second round: each round's ratio is 2 all the same.
    samples = {
        "ours": [Sample(cpu=2.0, wall=1.0), Sample(cpu=6.0, wall=5.0), Sample(cpu=2.0, wall=3.0)],
        PEER: [Sample(cpu=1.0, wall=1.0), Sample(cpu=3.0, wall=3.0), Sample(cpu=1.0, wall=1.0)],
    }

    assert list(RUN["rows"](samples)) == [Row("ours", 2.0, 3.0, 2.0), Row(PEER, 1.0, 1.0, 1.0)]


def test_the_round_before_the_first_is_not_kept() -> None:
    samples = RUN["interleave"]({"nothing": [sys.executable, "-c", "pass"]}, rounds=2)

    assert [len(each) for each in samples.values()] == [2]


def test_the_table_is_markdown() -> None:
    table = RUN["markdown_table"]([Row("`a`", 0.5, 0.25, 1.234)])

    assert table.splitlines() == [
        "| command | CPU s | wall s | CPU, × peer |",
        "| --- | ---: | ---: | ---: |",
        "| `a` | 0.500 | 0.250 | 1.23 |",
    ]


def test_the_longest_lesson_is_linted(tmp_path: Path) -> None:
    (tmp_path / "short.mdx").write_text("# Tea\n")
    (tmp_path / "long.mdx").write_text("# Tea\n\nBoil water first.\n")

    lint = next(command for command in RUN["commands_for"](tmp_path).values() if "--no-run" in command)

    assert lint[-1] == str(tmp_path / "long.mdx")


def test_the_course_is_the_same_every_time_and_in_every_form(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        COURSE["write_course"](tmp_path / folder, 3)
    files = sorted(each.relative_to(tmp_path / "one") for each in (tmp_path / "one").rglob("*.*"))
    assert len(files) == 9
    for each in files:
        assert (tmp_path / "one" / each).read_bytes() == (tmp_path / "two" / each).read_bytes()
    lesson = (tmp_path / "one" / "mdx" / "0000-orders.mdx").read_text(encoding="utf-8")
    notebook = json.loads((tmp_path / "one" / "ipynb" / "0000-orders.ipynb").read_text(encoding="utf-8"))
    sources = [cell["source"] for cell in notebook["cells"]]
    assert len(sources) == 8
    assert all(f"```python\n{source}\n```" in lesson for source in sources)


def test_what_a_command_forks_and_leaves_is_counted_or_said(tmp_path: Path) -> None:
    child = "while time.process_time() < 0.3: pass"
    work = f"import os, time\nif os.fork() == 0:\n    {child}\n    os._exit(0)\nos.wait()"
    sample = CPU["measure"]([sys.executable, "-c", work], tmp_path)
    assert sample.status == 0
    assert sample.cpu > 0.29


@pytest.fixture
def scaling(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """The benchmark of all stages, which imports the others as its neighbours."""
    before = set(sys.modules)
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    monkeypatch.delenv("COURSECHECK_PEER_TOOLS", raising=False)
    monkeypatch.setenv("PATH", "/nowhere")
    yield runpy.run_path(str(BENCHMARKS / "scaling.py"))
    for name in {"course", "cpu", "peers", "running"} - before:
        del sys.modules[name]


def test_peers_that_are_not_there_are_named(scaling: dict[str, Any], tmp_path: Path) -> None:
    COURSE["write_course"](tmp_path, 1)
    found = scaling["peers"](None, tmp_path)
    assert {each.command for each in found} == {None}
    wanted = "mktestdocs nbclient Sybil pytest-markdown-docs doccmd rumdl eslint-mdx"
    assert [re.split("[ ,]", each.name)[0] for each in found] == wanted.split()
    assert scaling["rounds"](found, 1, tmp_path, 1) == ([], [])


def test_programs_are_looked_for_in_the_folders_that_are_named(
    scaling: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    COURSE["write_course"](tmp_path, 1)
    modules = tmp_path / "node_modules"
    plugin = modules / "eslint-plugin-mdx" / "lib" / "index.js"
    for program in (modules / ".bin" / "eslint", modules / "eslint" / "bin" / "eslint.js"):
        program.parent.mkdir(parents=True)
    program.touch(0o755)
    (modules / ".bin" / "eslint").symlink_to(program)
    monkeypatch.setenv("COURSECHECK_PEER_TOOLS", str(modules / ".bin"))
    assert scaling["peers"](None, tmp_path)[-1].command is None  # without its plugin it reads no MDX
    plugin.parent.mkdir(parents=True)
    plugin.touch()
    assert scaling["peers"](None, tmp_path)[-1].command is not None
    assert plugin.as_uri() in (tmp_path / "eslint.config.mjs").read_text(encoding="utf-8")


def test_a_peer_that_does_not_do_its_job_is_not_measured_but_named(
    scaling: dict[str, Any], tmp_path: Path
) -> None:
    peer = scaling["Peer"]
    python = [sys.executable, "-c"]
    asked = [peer("works", [*python, "pass"]), peer("stops", [*python, "raise SystemExit(3)"])]
    rows, failed = scaling["rounds"](asked, 1, tmp_path, 2)
    assert [each.what for each in rows] == ["works"]
    assert failed == ["stops (ended with status 3)"]


@pytest.fixture
def floor(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """The benchmark of what running a lesson is made of."""
    before = set(sys.modules)
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    yield runpy.run_path(str(BENCHMARKS / "floor.py"))
    for name in {"course", "cpu", "running"} - before:
        del sys.modules[name]


@needs_sandbox
def test_every_way_runs_the_lessons_of_the_course(floor: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "a.mdx").write_text("```python\nprint(sum([1, 2]))\n```\n", encoding="utf-8")
    told = tmp_path / "faults"
    for way in floor["WAYS"]:
        command = [sys.executable, "-c", way.script, str(tmp_path), "1", str(told)]
        done = subprocess.run(command, cwd=BENCHMARKS.parent, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, ""), way.name
        assert bool(int(told.read_text(encoding="utf-8"))) == (way != floor["WAYS"][0])
        told.unlink()


def test_a_lesson_that_fails_is_not_measured(floor: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "a.mdx").write_text("```python\n1 / 0\n```\n", encoding="utf-8")
    for way in floor["WAYS"][:2]:
        with pytest.raises(SystemExit, match="it failed"):
            floor["one"]([sys.executable, "-c", way.script, str(tmp_path)], 1, tmp_path)


def test_what_starting_takes_is_not_in_it(
    floor: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # 2 s to start, and 10 ms and 3 faults for each lesson.
    def one(_command: object, count: int, _folder: object) -> Any:
        return floor["Run"](2 + count * 0.01, count * 3)

    monkeypatch.setitem(floor["rows"].__globals__, "one", one)
    found = floor["rows"](tmp_path, 40, 3, tmp_path)
    assert {(round(row.cpu, 6), row.faults) for row in found} == {(10.0, 3.0)}
    assert floor["table"](found[:1]).splitlines()[-1] == (
        "| in one process that has done it before | 10.0 | 1.00 | 3 |"
    )
