"""Compare what the Markdown reader finds with what the official MDX parser found in the same files.

    python benchmarks/reading_oracle.py ORACLE.jsonl ROOT

ORACLE.jsonl has a line for each file, as the official parser's command prints it: {"path", "ok", "error",
"frontmatter", "blocks"}; the paths are relative to ROOT. Prints the totals, the speed, and each difference.
"""

import argparse
import json
import re
import sys
import time
from bisect import bisect_right
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from checker.reading.document import Document
from checker.reading.markdown import parse_document

KEYS = ("lang", "meta", "value", "start_line", "end_line", "parents")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("oracle", type=Path)
    parser.add_argument("root", type=Path)
    parser.add_argument("--show", type=int, default=20, help="how many differences to print")
    args = parser.parse_args()
    rows = [json.loads(line) for line in args.oracle.read_text(encoding="utf-8").split("\n") if line]
    differences: list[str] = []
    tally = dict.fromkeys(("files", "blocks", "exact", "accepted", "refused", "refused too", "right line"), 0)
    seconds, size = 0.0, 0
    for row in rows:
        data = (args.root / row["path"]).read_bytes()
        text = data.decode("utf-8").removeprefix("\ufeff")
        started = time.perf_counter()
        document = parse_document(text, syntax="md" if row["path"].endswith(".md") else "mdx")
        seconds += time.perf_counter() - started
        size += len(data)
        differences += [f"{row['path']}: {each}" for each in compare(row, text, document, tally)]
    print(", ".join(f"{name} {count}" for name, count in tally.items()))
    print(f"{size / 1e6:.2f} MB in {seconds:.2f} s: {size / 1e6 / max(seconds, 1e-9):.2f} MB/s")
    print(f"{len(differences)} differences")
    print("\n".join(differences[: args.show]))
    return 1 if differences else 0


def compare(row: dict[str, Any], text: str, document: Document, tally: dict[str, int]) -> list[str]:
    """Count, and say in words what differs."""
    tally["files"] += 1
    faults = [fault for fault in document.faults if fault.rule == "mdx-syntax"]
    lines = line_starts(text)
    if not row["ok"]:
        tally["refused"] += 1
        if document.refusal is None:
            return [f"accepted, but {row['error']['reason']} ({error_lines(row['error'])})"]
        tally["refused too"] += 1
        line = bisect_right(lines, document.refusal.start)
        if line in error_lines(row["error"]):
            tally["right line"] += 1
            return []
        return [f"refused at line {line} ({document.refusal.message}), not at {error_lines(row['error'])}"]
    tally["accepted"] += 1
    differences = [f"refused at line {bisect_right(lines, each.start)}: {each.message}" for each in faults]
    found = blocks(document, lines)
    tally["blocks"] += len(row["blocks"])
    if len(found) != len(row["blocks"]):
        differences.append(f"{len(found)} blocks, not {len(row['blocks'])}")
    for ours, theirs in zip(found, row["blocks"], strict=False):
        value = theirs["value"].replace("\r\n", "\n").replace("\r", "\n")
        expected = {**theirs, "value": value}
        keys = [key for key in KEYS if (ours[key] or None) != (expected[key] or None)]
        # The official parser counts the empty line at the end of the file to a fence that is not closed.
        keys = [key for key in keys if key != "end_line" or theirs.get("closed", True)]
        tally["exact"] += not keys
        differences += [
            f"line {theirs['start_line']} {key}: {ours[key]!r}, not {expected[key]!r}" for key in keys
        ]
    return differences + head_difference(row, document, lines)


def error_lines(error: dict[str, Any]) -> list[int]:
    """The lines that an error of the official parser may be reported at: its own, and those it names."""
    named = [int(found[1]) for found in re.finditer(r"(\d+):\d+", error["reason"])]
    return [*([error["line"]] if error.get("line") else []), *named]


def head_difference(row: dict[str, Any], document: Document, lines: list[int]) -> list[str]:
    head = document.head
    ours = {"kind": head.kind, "start_line": 1, "end_line": bisect_right(lines, head.end)} if head else None
    return [] if ours == row["frontmatter"] else [f"frontmatter {ours}, not {row['frontmatter']}"]


def blocks(document: Document, lines: list[int]) -> list[dict[str, Any]]:
    return [
        {
            "lang": fence.lang,
            "meta": fence.meta,
            "value": fence.code,
            "start_line": bisect_right(lines, fence.start),
            "end_line": bisect_right(lines, fence.end),
            "parents": list(fence.parents),
        }
        for fence in document.fences
    ]


def line_starts(text: str) -> list[int]:
    starts = [0]
    for offset, char in enumerate(text):
        if char == "\n" or (char == "\r" and text[offset + 1 : offset + 2] != "\n"):
            starts.append(offset + 1)
    return starts


if __name__ == "__main__":
    sys.exit(main())
