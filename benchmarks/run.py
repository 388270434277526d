"""Measure the checker against a peer, in one run: `make bench`, or `python benchmarks/run.py COURSE`.

What is counted is CPU time, user and system, of each command and of the processes that it waits for; the wall
clock stands beside it. The sandboxes of lessons are not among these: the kernel reaps them by itself. On a
machine with nothing else to do, /proc/stat before and after tells their share. The peer is `import pandas` in
the same interpreter: what a reader's own notebook pays before its first line.

Every command is a fresh process without a results cache; bytecode and disk cache are warm, because one round
before the first that counts is thrown away. Rounds are interleaved, so that a machine that slows down slows
all of them; a ratio is the median of the rounds' own ratios.
"""

import argparse
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
PEER = "`python -c 'import pandas'` (the peer)"


class Sample(NamedTuple):
    """Seconds that one run of a command took."""

    cpu: float
    wall: float


class Row(NamedTuple):
    """What the rounds of one command come to: median seconds, and CPU time as a multiple of the peer's."""

    label: str
    cpu: float
    wall: float
    ratio: float


def main() -> None:
    arguments = parse_arguments()
    commands = commands_for(arguments.course)
    samples = interleave(commands, arguments.rounds)
    print(f"{arguments.course}, {arguments.rounds} rounds, Python {sys.version.split()[0]}\n")
    print(markdown_table(list(rows(samples))))


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="CPU time of the checker against `import pandas`.")
    parser.add_argument("course", nargs="?", type=Path, default=ROOT / "examples" / "course")
    parser.add_argument("--rounds", type=int, default=7)
    arguments = parser.parse_args()
    if arguments.rounds < 1:
        parser.error("--rounds must be at least 1")
    if not any(arguments.course.rglob("*.mdx")):
        parser.error(f"there is no .mdx lesson below {arguments.course}")
    return arguments


def commands_for(course: Path) -> dict[str, list[str]]:
    """The commands to measure by their labels; the lesson is the course's longest."""
    python = [sys.executable]
    check = [*python, "-m", "checker", "check"]
    lesson = max(course.rglob("*.mdx"), key=lambda each: (each.stat().st_size, each))
    return {
        "`python -c pass`": [*python, "-c", "pass"],
        PEER: [*python, "-c", "import pandas"],
        f"`coursecheck check --no-run {lesson.name}`": [*check, "--no-run", "--no-cache", str(lesson)],
        f"`coursecheck check {course.name}`, all stages": [*check, "--no-cache", str(course)],
    }


def interleave(commands: dict[str, list[str]], rounds: int) -> dict[str, list[Sample]]:
    """The samples of each command, one for each round; the round before the first is not kept."""
    samples: dict[str, list[Sample]] = {label: [] for label in commands}
    for number in range(rounds + 1):
        for label, command in commands.items():
            sample = measure(command)
            if number:
                samples[label].append(sample)
    return samples


def measure(command: Sequence[str]) -> Sample:
    """Run a command to its end; findings (status 1) are a good end, anything above is not."""
    cpu, wall = children_cpu(), time.perf_counter()
    done = subprocess.run(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False
    )
    sample = Sample(children_cpu() - cpu, time.perf_counter() - wall)
    if done.returncode not in (0, 1):
        sys.exit(f"benchmark: {' '.join(command)} ended with status {done.returncode}\n{done.stderr}")
    return sample


def children_cpu() -> float:
    """CPU seconds of all child processes that have ended, and of theirs."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def rows(samples: dict[str, list[Sample]]) -> Iterator[Row]:
    """One row for each command; each round's CPU time is held against the peer's of the same round."""
    for label, ours in samples.items():
        ratios = [own.cpu / peer.cpu for own, peer in zip(ours, samples[PEER], strict=True)]
        yield Row(
            label, median(each.cpu for each in ours), median(each.wall for each in ours), median(ratios)
        )


def markdown_table(lines: Sequence[Row]) -> str:
    head = ["| command | CPU s | wall s | CPU, × peer |", "| --- | ---: | ---: | ---: |"]
    return "\n".join(
        [*head, *(f"| {label} | {cpu:.3f} | {wall:.3f} | {ratio:.2f} |" for label, cpu, wall, ratio in lines)]
    )


if __name__ == "__main__":
    main()
