"""How fast lessons are read, beside markdown-it-py's parse of them, and how much memory a large one takes.

    python benchmarks/reading_speed.py ROOT [--rounds 5] [--megabytes 4]

Reads every .mdx and .md file below ROOT in one process, and counts its CPU time. The parsers take turns,
so that what else the machine does slows all of them down; the medians of the rounds are compared. The
memory is the peak that `tracemalloc` sees while one file of so many megabytes, made of all files of ROOT, is
read, in multiples of the file's bytes. `coursecheck` is the parse, `lesson` all that the rules are given.
"""

import argparse
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from markdown_it import MarkdownIt

from checker.reading.lesson import parse_lesson
from checker.reading.markdown import parse_document

Text = tuple[str, str]


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("root", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--megabytes", type=float, default=4.0, help="size of the file for the memory")
    args = parser.parse_args()
    paths = sorted(path for path in args.root.rglob("*") if path.suffix in (".mdx", ".md"))
    texts = [(path.suffix, path.read_bytes().decode("utf-8", "replace")) for path in paths]
    size = sum(len(text.encode()) for _, text in texts) / 1e6
    peer = MarkdownIt("commonmark").enable("table")
    parsers: dict[str, Callable[[Text], object]] = {
        "coursecheck": lambda text: parse_document(text[1], syntax="md" if text[0] == ".md" else "mdx"),
        "lesson": lambda text: parse_lesson(f"lesson{text[0]}", text[1]),
        "markdown-it-py": lambda text: peer.parse(text[1]),
    }
    seconds: dict[str, list[float]] = {name: [] for name in parsers}
    for _ in range(args.rounds):
        for name, parse in parsers.items():
            started = time.process_time()
            for text in texts:
                parse(text)
            seconds[name].append(time.process_time() - started)
    speeds = {name: size / statistics.median(each) for name, each in seconds.items()}
    print(f"{len(texts)} files, {size:.2f} MB")
    print(", ".join(f"{name} {speed:.2f} MB/s" for name, speed in speeds.items()))
    print(f"{speeds['coursecheck'] / speeds['markdown-it-py']:.2f} times markdown-it-py")
    for name in ("coursecheck", "lesson"):
        print(f"memory of {name}: {memory(texts, args.megabytes, parsers[name]):.1f} x the file")
    return 0


def memory(texts: list[Text], megabytes: float, parse: Callable[[Text], object]) -> float:
    """The peak of memory, in multiples of the size of a file of so many megabytes."""
    # Imports are left out, for no name may come twice.
    body = "\n".join(text for suffix, text in texts if suffix == ".mdx")
    lines = [line for line in body.split("\n") if not line.startswith(("import ", "export "))]
    body = "\n".join(lines)
    while len(body.encode()) < megabytes * 1e6:
        body += "\n" + body
    body = body.encode()[: int(megabytes * 1e6)].decode("utf-8", "ignore") + "\n"
    tracemalloc.start()
    parse((".mdx", body))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / len(body.encode())


if __name__ == "__main__":
    sys.exit(main())
