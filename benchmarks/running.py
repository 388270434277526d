"""Measure running snippets against the peers, in one run: `make bench`, or `python benchmarks/running.py`.

The peers run the same code on the same machine, round by round with ours: mktestdocs and Sybil in one process
without any isolation, nbclient with a kernel for each lesson. They live in an environment of their own, which
is made the first time from the package index; without a network what needs them is left out, and said. The
checker isolates every lesson, reads it, checks it and judges it; nothing is remembered but where the table
says so.

Figures are medians of rounds; ratios are of the same round. Processor time is that of all processes,
sandboxes included, where a control group can be made, and a note says when not.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from course import write_course
from cpu import Sample, measure

ROOT = Path(__file__).resolve().parent.parent
PEERS = ("mktestdocs", "nbclient", "ipykernel", "pytest", "sybil", "pandas>=3")
ENVIRONMENT = ROOT / ".cache" / "peers"

ONE_PROCESS = """
import ast, contextlib, io, pathlib, re, sys
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.mdx")):
    names = {"__name__": "__main__"}
    with contextlib.redirect_stdout(io.StringIO()):
        for block in re.findall(r"^```python\\n(.*?)^```", path.read_text(), re.S | re.M):
            tree = ast.parse(block)
            last = [tree.body.pop()] if isinstance(tree.body[-1], ast.Expr) else []
            exec(compile(tree, str(path), "exec"), names)
            exec(compile(ast.Interactive(last), str(path), "single"), names)
"""
MKTESTDOCS = """
import pathlib, sys
from mktestdocs import check_md_file
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.md")):
    check_md_file(fpath=path, memory=True)
"""
NBCLIENT = """
import pathlib, sys
import nbformat
from nbclient import NotebookClient
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.ipynb")):
    NotebookClient(nbformat.read(path, as_version=4), kernel_name="python3").execute()
"""
SYBIL = """
from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser
pytest_collect_file = Sybil(parsers=[PythonCodeBlockParser()], patterns=["*.md"]).pytest()
"""
# In the engine that is warm: an empty lesson, and a bare interpreter, in turns.
EMPTY = """
import statistics, subprocess, sys, time
from checker.running.engine import Engine
from checker.running.job import CellJob, LessonJob, Limits, SessionJob
from checker.running.probing import probe
def lesson(source):
    return LessonJob("l.mdx", (SessionJob("", (CellJob(0, source, 1, 10.0),)),))
def timed(run):
    began = time.perf_counter()
    run()
    return time.perf_counter() - began
with Engine(Limits(), workers=1, tier=probe()) as engine:
    for source in ("pass", "import pandas"):
        run = lambda: list(engine.run([lesson(source)]))
        run()
        ours, bare = [], []
        for _ in range(int(sys.argv[1])):
            ours.append(timed(run))
            bare.append(timed(lambda: subprocess.run([sys.executable, "-c", "pass"])))
        print(statistics.median(ours), statistics.median(bare))
"""


class Command(NamedTuple):
    """What is measured, by what name; None when it cannot be had here."""

    label: str
    command: list[str] | None
    cache: str = ""


def main() -> None:
    arguments = parse_arguments()
    peers = peers_python()
    with tempfile.TemporaryDirectory(prefix="coursecheck-bench-") as folder:
        write_course(Path(folder, "small"), arguments.small)
        write_course(Path(folder, "large"), arguments.large)
        print(f"Python {sys.version.split()[0]}, {arguments.rounds} rounds\n")
        print(against_peers(Path(folder, "small"), peers, arguments), end="\n\n")
        print(large_course(Path(folder, "large"), arguments), end="\n\n")
    print(empty_session(arguments.empty))


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Running snippets, against the peers.")
    parser.add_argument("--small", type=int, default=66, help="lessons of the course that the peers run")
    parser.add_argument("--large", type=int, default=1000, help="lessons of the course that is run twice")
    parser.add_argument("--empty", type=int, default=50, help="empty sessions")
    parser.add_argument("--rounds", type=int, default=3)
    return parser.parse_args()


def peers_python() -> str | None:
    """The interpreter of the peers' environment, made when it is not there; None when it cannot be made."""
    python = ENVIRONMENT / "bin" / "python"
    if not (ENVIRONMENT / "ready").exists():
        print("benchmark: making the peers' environment, once", file=sys.stderr)
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
        venv.create(ENVIRONMENT, with_pip=True)
        install = [str(python), "-m", "pip", "install", "--quiet", "--only-binary=:all:", *PEERS]
        if subprocess.run(install, check=False).returncode:
            print("benchmark: the peers could not be installed: measured without them", file=sys.stderr)
            return None
        (ENVIRONMENT / "ready").touch()
    return str(python)


def against_peers(course: Path, peers: str | None, arguments: argparse.Namespace) -> str:
    """The small course: our wall time against mktestdocs, our processor time against nbclient."""
    (course / "md" / "conftest.py").write_text(SYBIL)
    pytest = [peers, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(course / "md")] if peers else None
    commands = [
        Command("coursecheck, each lesson in a sandbox", [*_check(course), "--no-cache"]),
        Command("mktestdocs, no isolation", _script(peers, MKTESTDOCS, course / "md")),
        Command("nbclient, a kernel for each lesson", _script(peers, NBCLIENT, course / "ipynb")),
        Command("Sybil, no isolation", pytest),
        # What of it is the lessons' own work, and can be saved by nobody who runs them.
        Command("the same code in one process", _script(sys.executable, ONE_PROCESS, course / "mdx")),
    ]
    samples = _interleave(commands, course, arguments.rounds)
    title = f"{arguments.small} lessons of 8 blocks"
    table = _table(title, commands, samples)
    if peers is None:
        return table + "\n\nNot measured: mktestdocs, nbclient, Sybil (no network, or no such packages)."
    ours, mktestdocs, nbclient = samples[:3]
    wall = _ratio(ours, mktestdocs, lambda each: each.wall)
    cpu = _ratio(nbclient, ours, lambda each: each.cpu)
    least = _ratio(nbclient, samples[4], lambda each: each.cpu)
    return (
        f"{table}\n\nWall time, × mktestdocs: {wall:.2f}. Processor time: 1/{cpu:.1f} of nbclient's;"
        f" the same code in one process takes 1/{least:.1f}."
    )


def large_course(course: Path, arguments: argparse.Namespace) -> str:
    """The large course: against the same code in one process, and once more without a change."""
    cache = str(course / "cache")
    first, again = [], []
    plain = Command("the same code in one process", _script(sys.executable, ONE_PROCESS, course / "mdx"))
    once: list[Sample] = []
    for _ in range(arguments.rounds):
        shutil.rmtree(cache, ignore_errors=True)
        first.append(_measure(Command("", _check(course), cache), course))
        again.append(_measure(Command("", _check(course), cache), course))
        once.append(_measure(plain, course))
    commands = [
        Command("coursecheck, the first time", []),
        Command("coursecheck, unchanged again", []),
        plain._replace(command=[]),
    ]
    table = _table(f"{arguments.large:,} lessons of 8 blocks", commands, [first, again, once])
    cpu = _ratio(first, once, lambda each: each.cpu)
    less = _ratio(first, again, lambda each: each.cpu)
    return f"{table}\n\nProcessor time, × one process: {cpu:.2f}. Unchanged again: 1/{less:.1f} of the first."


def empty_session(count: int) -> str:
    """A session that does nothing, in an engine that is warm, against a bare interpreter."""
    done = subprocess.run(
        [sys.executable, "-c", EMPTY, str(count)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"benchmark: empty sessions: {done.stderr}")
    lines = [f"| an empty session, p50 of {count} | ms | × `python -c pass` |", "| --- | ---: | ---: |"]
    for name, line in zip(("light", "pandas imported"), done.stdout.splitlines(), strict=True):
        ours, bare = map(float, line.split())
        lines.append(f"| {name} | {ours * 1000:.1f} | {ours / bare:.2f} |")
    return "\n".join(lines)


def _check(course: Path) -> list[str]:
    return [sys.executable, "-m", "checker", "check", str(course / "mdx"), "--output-format", "concise"]


def _script(python: str | None, script: str, folder: Path) -> list[str] | None:
    return None if python is None else [python, "-c", script, str(folder)]


def _interleave(commands: Sequence[Command], course: Path, rounds: int) -> list[list[Sample]]:
    samples: list[list[Sample]] = [[] for _ in commands]
    for _ in range(rounds):
        for command, found in zip(commands, samples, strict=True):
            if command.command is not None:
                found.append(_measure(command, course))
    return samples


def _measure(command: Command, course: Path) -> Sample:
    """A command that did not do its job is not measured."""
    assert command.command is not None
    folder = ROOT if "checker" in command.command else course
    sample = measure(command.command, folder, {"XDG_CACHE_HOME": command.cache} if command.cache else {})
    if sample.status not in (0, 1) or (sample.status == 1 and folder != ROOT):
        sys.exit(f"benchmark: {command.label or 'coursecheck'} ended with status {sample.status}")
    return sample


def _table(title: str, commands: Sequence[Command], samples: Sequence[Sequence[Sample]]) -> str:
    lines = [f"| {title} | CPU s | wall s |", "| --- | ---: | ---: |"]
    for command, found in zip(commands, samples, strict=True):
        if found:
            cpu, wall = median(each.cpu for each in found), median(each.wall for each in found)
            lines.append(f"| {command.label} | {cpu:.2f} | {wall:.2f} |")
    if not all(each.complete for found in samples for each in found):
        lines.append("\nWithout a control group the sandboxes' own processor time is not counted.")
    return "\n".join(lines)


def _ratio(ours: Sequence[Sample], theirs: Sequence[Sample], of: Callable[[Sample], float]) -> float:
    return median(of(own) / of(peer) for own, peer in zip(ours, theirs, strict=True))


if __name__ == "__main__":
    main()
