"""Run one file of Python as a lesson of one block: `python -m tests.running.run_one FILE [TIER]`.

Shows what it printed, escaped and marked, and ends with status 0 only when the block passed.
"""

import sys
from pathlib import Path

from checker.running.engine import Engine
from checker.running.job import CellJob, LessonJob, Limits, SessionJob


def main(path: str, tier: str = "namespaces") -> int:
    source = Path(path).read_text(encoding="utf-8")
    cell = CellJob(block=0, source=source, first_line=1, timeout=Limits().cell_seconds)
    job = LessonJob(Path(path).name, (SessionJob("", (cell,)),))
    with Engine(Limits(), tier=tier) as engine:
        [(_, (outcome,))] = engine.run([job])
    printed = [*(outcome.stdout + outcome.stderr).splitlines(), f"{outcome.kind}: {outcome.reason}"]
    for line in printed:
        sys.stdout.write(
            "| " + "".join(each if each.isprintable() else ascii(each)[1:-1] for each in line) + "\n"
        )
    return 0 if outcome.kind == "passed" else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
