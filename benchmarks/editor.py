"""What a change costs in an editor: processor time of the server, against a cold check of the lesson.

Server and command are measured in turns in one run, by what the kernel counts for the process and for those
that it waited for; the ratio is the median of the rounds' own ratios. Each change is another text, at the end
of the lesson and at its beginning by turns, and a round is over when its diagnostics are there.

    python benchmarks/editor.py [COURSE] [--rounds N] [--lessons N]
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.editor.client import Process  # noqa: E402

_TICKS = os.sysconf("SC_CLK_TCK")


class Round(NamedTuple):
    """Seconds of processor time: of the change in the server, and of the cold check."""

    change: float
    cold: float


def main() -> None:
    parser = argparse.ArgumentParser(description="CPU time of a change in the editor against a cold check.")
    parser.add_argument("course", nargs="?", type=Path, default=ROOT / "examples" / "course")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--lessons", type=int, default=5)
    arguments = parser.parse_args()
    course = arguments.course.resolve()
    found = sorted(course.rglob("*.mdx"), key=lambda each: each.stat().st_size)
    if not found:
        parser.error(f"there is no .mdx lesson below {course}")
    print("| lesson | bytes | change, CPU ms | cold, CPU ms | ratio |\n| --- | ---: | ---: | ---: | ---: |")
    with Process(course) as client:
        for lesson in spread(found, arguments.lessons):
            rounds = list(measure(client, course, lesson, arguments.rounds))
            print(row(lesson.relative_to(course).as_posix(), lesson.stat().st_size, rounds), flush=True)


def spread(lessons: list[Path], count: int) -> list[Path]:
    """So many of them, from the shortest to the longest."""
    most = min(count, len(lessons))
    return [lessons[round(each * (len(lessons) - 1) / max(most - 1, 1))] for each in range(most)]


def row(name: str, size: int, rounds: list[Round]) -> str:
    ratio = median(each.change / each.cold for each in rounds)
    change, cold = (1000 * median(each) for each in zip(*rounds, strict=True))
    return f"| {name} | {size} | {change:.0f} | {cold:.0f} | {ratio:.3f} |"


def measure(client: Process, course: Path, lesson: Path, rounds: int) -> Iterator[Round]:
    text = lesson.read_text(encoding="utf-8")
    uri = client.open(lesson, text)
    client.diagnostics(uri)
    # The round before the first is not kept: it imports what the lesson asks for.
    for number in range(2 * rounds + 2):
        before = cpu_of(client.process.pid)
        client.change(uri, changed(text, number), number + 2)
        client.diagnostics(uri, number + 2)
        change = cpu_of(client.process.pid) - before
        if number > 1:
            yield Round(change, cold_check(course, lesson))
    client.tell("textDocument/didClose", {"textDocument": {"uri": uri}})


def changed(text: str, number: int) -> str:
    """Another text: one more word at the end, or else behind the frontmatter."""
    if number % 2:
        return f"{text}\n\nWord {number}.\n"
    end = text.find("\n---\n", 3) + 5 if text.startswith("---\n") else 0
    return f"{text[:end]}\nWord {number}.\n\n{text[end:]}"


def cpu_of(pid: int) -> float:
    """Seconds that the process and those that it waited for have taken so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / _TICKS


def cold_check(course: Path, lesson: Path) -> float:
    before = os.times()
    command = [
        sys.executable,
        "-m",
        "checker",
        "check",
        "--no-run",
        "--no-cache",
        "--exit-zero",
        "--allow-empty",
        "--output-format",
        "concise",
    ]
    subprocess.run(
        [*command, str(lesson)],
        cwd=course,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=True,
        capture_output=True,
    )
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


if __name__ == "__main__":
    main()
