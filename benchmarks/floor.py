"""What running a lesson is made of: `python benchmarks/floor.py` writes docs/performance-of-running.md.

The same lessons run in ways that add one thing at a time: in one process that has done it before; in a fork
for each; in a fork of a fork, as a process 1 of our own takes it; with our session in there; in the sandbox.
Every way runs few lessons and many, and what counts is the difference: starting and importing are not in it.
"""

import argparse
import platform
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from course import write_course
from cpu import measure
from running import ROOT

PAGE = ROOT / "docs" / "performance-of-running.md"
FEW = 8

# What a zygote has in its environment, and what it does before the first lesson comes.
ENVIRONMENT = {"PYTHONHASHSEED": "0", "OPENBLAS_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2"}
_WARM = """
import ast, contextlib, gc, io, json, os, pathlib, re, resource, sys
from checker.running.worker.notebook import Notebook
from checker.running.worker.warmup import rehearse, warm_up
warm_up(["pandas"])
rehearse()
paths = sorted(pathlib.Path(sys.argv[1]).rglob("*.mdx"))[:int(sys.argv[2])]
BLOCKS = re.compile(r"^```python\\n(.*?)^```", re.S | re.M)
lessons = [(str(path), BLOCKS.findall(path.read_text())) for path in paths]
def plain(path, blocks):
    names = {"__name__": "__main__"}
    with contextlib.redirect_stdout(io.StringIO()):
        for block in blocks:
            tree = ast.parse(block)
            last = [tree.body.pop()] if isinstance(tree.body[-1], ast.Expr) else []
            exec(compile(tree, path, "exec"), names)
            exec(compile(ast.Interactive(last), path, "single"), names)
def session(path, blocks):
    asked = {"setup": "", "setup_line": 0, "console": False, "watch": (), "trace": False, "figures": False,
             "tell": (), "timeout": 10.0, "drained": False, "first_line": 1}
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    notebook = Notebook(path)
    for block in blocks:
        report = notebook.run({**asked, "source": block})
        assert json.dumps(report) and report["error"] is None, report
def forked(run, *lesson, times=1):
    pid = os.fork()
    if pid == 0:
        forked(run, *lesson, times=times - 1) if times > 1 else run(*lesson)
        os._exit(0)
    assert os.waitpid(pid, 0)[1] == 0
gc.collect()
gc.freeze()
for lesson in lessons:
    {way}
faults = resource.getrusage(resource.RUSAGE_CHILDREN).ru_minflt
pathlib.Path(sys.argv[3]).write_text(str(faults))
"""
_ENGINE = """
import pathlib, re, sys
from checker.running.engine import Engine
from checker.running.job import CellJob, LessonJob, Limits, SessionJob
from checker.running.probing import probe
FAULTS = "import resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt)"
def job(path):
    blocks = [*re.findall(r"^```python\\n(.*?)^```", path.read_text(), re.S | re.M), FAULTS]
    cells = tuple(CellJob(number, block, 1, 10.0) for number, block in enumerate(blocks))
    return LessonJob(str(path), (SessionJob("", cells),))
paths = sorted(pathlib.Path(sys.argv[1]).rglob("*.mdx"))[:int(sys.argv[2])]
with Engine(Limits(), workers=1, tier=probe()) as engine:
    done = list(engine.run(map(job, paths)))
assert all(outcome.kind == "passed" for _, outcomes in done for outcome in outcomes)
pathlib.Path(sys.argv[3]).write_text(str(sum(int(outcomes[-1].stdout) for _, outcomes in done)))
"""


class Way(NamedTuple):
    """A way to run lessons: a script that takes the course, how many, and where to write the page faults."""

    name: str
    script: str


class Run(NamedTuple):
    """Seconds of processor time of some lessons, and page faults of the processes that ran them."""

    cpu: float
    faults: int


class Row(NamedTuple):
    """What one lesson takes in one way: milliseconds of processor time, and page faults of what runs it."""

    name: str
    cpu: float
    faults: float


WAYS = (
    Way("in one process that has done it before", _WARM.replace("{way}", "plain(*lesson)")),
    Way("in a fork for each", _WARM.replace("{way}", "forked(plain, *lesson)")),
    Way("in a fork of a fork", _WARM.replace("{way}", "forked(plain, *lesson, times=2)")),
    Way("our session in a fork of a fork", _WARM.replace("{way}", "forked(session, *lesson, times=2)")),
    Way("our session in the sandbox", _ENGINE),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("course", nargs="?", type=Path, help="our own course when left out")
    parser.add_argument("--lessons", type=int, default=66)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--page", type=Path, default=PAGE)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="coursecheck-bench-") as name:
        write_course(Path(name), arguments.lessons)
        found = rows(arguments.course or Path(name, "mdx"), arguments.lessons, arguments.rounds, Path(name))
    text = table(found)
    arguments.page.write_text(page(text, arguments.lessons, arguments.rounds), encoding="utf-8")
    print(text)


def rows(course: Path, lessons: int, rounds: int, folder: Path) -> list[Row]:
    """Every way, round by round beside the others.

    Of the rounds the least counts: what else the machine does can only add to it, and a difference of two
    medians would have the noise of both.
    """
    ways = {each.name: [sys.executable, "-c", each.script, str(course)] for each in WAYS}
    runs: dict[tuple[str, int], list[Run]] = {}
    for _ in range(rounds):
        for name, command in ways.items():
            for count in (FEW, lessons):
                runs.setdefault((name, count), []).append(one(command, count, folder))
    return [_row(name, runs[name, FEW], runs[name, lessons], lessons - FEW) for name in ways]


def _row(name: str, few: Sequence[Run], many: Sequence[Run], between: int) -> Row:
    cpu = min(each.cpu for each in many) - min(each.cpu for each in few)
    faults = min(each.faults for each in many) - min(each.faults for each in few)
    return Row(name, cpu / between * 1000, faults / between)


def one(command: Sequence[str], count: int, folder: Path) -> Run:
    """Run so many lessons in one way."""
    told = folder / "faults"
    sample = measure([*command, str(count), str(told)], ROOT, ENVIRONMENT)
    if sample.status or not sample.complete:
        sys.exit("benchmark: it failed, or no control group could be made to count the sandboxes' time in")
    return Run(sample.cpu, int(told.read_text()))


def table(found: Sequence[Row]) -> str:
    lines = ["| | CPU ms a lesson | × one process | page faults |", "| --- | ---: | ---: | ---: |"]
    for row in found:
        faults = f"{row.faults:,.0f}" if row.faults else "–"
        lines.append(f"| {row.name} | {row.cpu:.1f} | {row.cpu / found[0].cpu:.2f} | {faults} |")
    return "\n".join(lines)


def page(text: str, lessons: int, rounds: int) -> str:
    machine = f"{platform.machine()}, Linux {platform.release()}, Python {platform.python_version()}"
    return f"""# What running a lesson is made of

Measured by `python benchmarks/floor.py` on {time.strftime("%Y-%m-%d")}: {machine};
{lessons} lessons of eight blocks, the best of {rounds} rounds. Starting, importing and reading are left out.
Figures differ between runs by a tenth and more.

{text}

The second line is the least that any way of forking a warm interpreter for each lesson can cost: a page that
a fork shares is copied when it is written to, and CPython writes to every object that it uses, to count the
reference. The third line is the least for a sandbox in which a process of our own comes before the lesson's.
"""


if __name__ == "__main__":
    main()
