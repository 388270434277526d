"""What each stage costs a lesson, from a small course to a large one: `python benchmarks/scaling.py`.

At each size: reading (`blocks`), reading and rules (`check --no-run`), all of it (`check`), the same
unchanged again, and drawing a report from the results; in the same round, the peers that are installed.
Writes the table and the chart of the cost per lesson into docs/performance.md, with the machine and the date.
10,000 lessons take half an hour: `--sizes 66 1000 10000 --rounds 1`.
"""

import argparse
import os
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from course import write_course
from cpu import Sample, measure
from peers import Peer, peers
from running import ROOT, peers_python

PAGE = ROOT / "docs" / "performance.md"
CHART = ROOT / "docs" / "performance.svg"
CHECK = [sys.executable, "-m", "checker", "check", "--output-format", "concise"]
# Peers run a lesson in a second or so: at larger sizes they are not asked.
MOST_OF_PEERS = 100


class Row(NamedTuple):
    """What one command takes at one size: medians of seconds."""

    what: str
    lessons: int
    cpu: float
    wall: float
    complete: bool


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[66, 1000])
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--page", type=Path, default=PAGE)
    arguments = parser.parse_args()
    python = os.environ.get("COURSECHECK_PEERS") or peers_python()
    rows: list[Row] = []
    missing: list[str] = []
    for size in arguments.sizes:
        with tempfile.TemporaryDirectory(prefix="coursecheck-bench-") as name:
            folder = Path(name)
            write_course(folder, size)
            asked = peers(python, folder) if size <= MOST_OF_PEERS else []
            missing += [f"{each.name} (not installed)" for each in asked if each.command is None]
            found, failed = rounds([*ours(folder), *asked], size, folder, arguments.rounds)
            rows, missing = [*rows, *found], [*missing, *failed]
        # After each size: the next takes ten times as long, and may be too much for somebody's patience.
        arguments.page.write_text(page(rows, missing, arguments.rounds), encoding="utf-8")
        arguments.page.with_suffix(".svg").write_text(chart(rows), encoding="utf-8")
    for each in missing:
        print(f"benchmark: not measured: {each}", file=sys.stderr)
    print(table(rows))


def ours(folder: Path) -> list[Peer]:
    """What is measured of ourselves, in this order: the second check finds what the first remembers."""
    course, results = str(folder / "mdx"), str(folder / "results.json")
    report = [
        sys.executable,
        "-m",
        "checker",
        "report",
        results,
        "--output-file",
        str(folder / "report.html"),
    ]
    commands = {
        "reading": [sys.executable, "-m", "checker", "blocks", course],
        "reading and rules": [*CHECK, "--no-run", "--no-cache", course],
        "everything": [*CHECK, "--output", f"json={results}", course],
        "everything, unchanged again": [*CHECK, course],
        "a report from the results": report,
    }
    return [Peer(name, command, (0, 1)) for name, command in commands.items()]


def rounds(asked: Sequence[Peer], size: int, folder: Path, count: int) -> tuple[list[Row], list[str]]:
    """What was measured, and what was not since it did not do its job; when that is our own, we end."""
    samples: dict[str, list[Sample]] = {each.name: [] for each in asked if each.command}
    failed: dict[str, str] = {}
    for _ in range(count):
        shutil.rmtree(folder / "cache", ignore_errors=True)
        for name, command, good in asked:
            if command is None or name in failed:
                continue
            where = ROOT if "checker" in command else folder
            sample = measure(command, where, {"XDG_CACHE_HOME": str(folder / "cache")})
            if sample.status not in good:
                failed[name] = f"{name} (ended with status {sample.status})"
                if "checker" in command:
                    sys.exit(f"benchmark: {failed[name]}")
            samples[name].append(sample)
    rows = [
        Row(
            name,
            size,
            median(each.cpu for each in found),
            median(each.wall for each in found),
            all(each.complete for each in found),
        )
        for name, found in samples.items()
        if name not in failed
    ]
    return rows, list(failed.values())


def table(rows: Sequence[Row]) -> str:
    lines = [
        "| | lessons | CPU s | wall s | CPU ms a lesson | × of the smallest |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for row in rows:
        first = next(each for each in rows if each.what == row.what)
        ratio = (row.cpu / row.lessons) / (first.cpu / first.lessons)
        a_lesson = row.cpu / row.lessons * 1000
        numbers = [f"{each:.2f}" for each in (row.cpu, row.wall, a_lesson, ratio)]
        lines.append(f"| {' | '.join([row.what, f'{row.lessons:,}', *numbers])} |")
    return "\n".join(lines)


def page(rows: Sequence[Row], missing: Sequence[str], count: int) -> str:
    machine = f"{platform.machine()}, {os.cpu_count()} processors, Linux {platform.release()}"
    python = f"Python {platform.python_version()}"
    parts = [
        "# What it costs",
        f"Measured by `make bench` on {time.strftime('%Y-%m-%d')}: {machine}, {python}; medians of {count}.",
        "Ours isolates every lesson; the peers do not.",
        table(rows),
        "![The cost per lesson against the number of lessons](performance.svg)",
    ]
    if missing:
        parts.append(f"Not measured: {', '.join(missing)}.")
    if not all(each.complete for each in rows):
        parts.append("Without a control group the sandboxes' own processor time is not counted.")
    return "\n\n".join(parts) + "\n"


def chart(rows: Sequence[Row]) -> str:
    """Bars: milliseconds of processor time a lesson, by stage and size."""
    own = [each for each in rows if len([row for row in rows if row.what == each.what]) > 1] or list(rows)
    most = max(each.cpu / each.lessons for each in own)
    drawn = []
    for number, row in enumerate(own):
        y, width = 10 + number * 22, 330 * (row.cpu / row.lessons) / most
        text = f"{row.what}, {row.lessons:,}"
        drawn.append(f'<text x="250" y="{y + 13}" text-anchor="end">{text}</text>')
        drawn.append(f'<rect x="258" y="{y}" width="{width:.1f}" height="16" fill="#4878a8"/>')
        drawn.append(f'<text x="{262 + width:.1f}" y="{y + 13}">{row.cpu / row.lessons * 1000:.1f} ms</text>')
    height = 20 + len(own) * 22
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 660 {height}" font-family="sans-serif"'
    return f'{head} font-size="12">\n' + "\n".join(drawn) + "\n</svg>\n"


if __name__ == "__main__":
    main()
