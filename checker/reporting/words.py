"""The numbers of a run in words, shared by the reports for people."""

from collections.abc import Iterator

from checker.model import Class, OutcomeKind
from checker.reporting.document import FindingCounts, FixCounts, Results, Summary

OUTCOMES: dict[OutcomeKind, str] = {
    "passed": "passed",
    "failed": "failed",
    "timed-out": "timed out",
    "limit": "over a limit",
    "crashed": "crashed",
    "expected-failure": "failed as expected",
    "interrupted": "interrupted as planned",
}
SKIPPED: dict[Class, str] = {
    "skipped-by-author": "skipped by the author",
    "not-code": "not code",
    "counterexample": "wrong on purpose",
    "fragment": "fragment",
    "needs-package": "needs a package",
    "needs-service": "needs a service",
    "needs-data": "needs data",
    "needs-input": "needs input",
    "endless": "endless",
    "runnable": "needs what did not run",
    "other-language": "another language",
}


def counted(number: int, noun: str) -> str:
    """`1 block`, `1,472 blocks`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def what_was_read(summary: Summary) -> str:
    """The number of lessons and blocks."""
    read = f"{counted(summary.lessons, 'lesson')}, {counted(summary.blocks, 'block')}"
    return f"{read}, {summary.python_blocks:,} of them Python"


def what_ran(results: Results) -> Iterator[str]:
    """What happened to the Python blocks.

    Whether all were reached, and the numbers of those run and skipped.
    """
    summary = results.summary
    if results.interrupted is not None:
        yield f"interrupted: {counted(results.interrupted.unchecked, 'lesson')} not checked to the end"
    if summary.run:
        kinds = [
            f"{summary.outcomes[kind]:,} {word}"
            for kind, word in OUTCOMES.items()
            if kind in summary.outcomes
        ]
        yield f"{summary.run:,} run: {', '.join(kinds)}"
    if summary.skipped:
        reasons = [f"{SKIPPED[kind]} {count:,}" for kind, count in summary.skipped.items()]
        yield f"{sum(summary.skipped.values()):,} skipped: {', '.join(reasons)}"
    if left := summary.outcomes.get("not-run"):
        why = "the session had ended" if results.environment.tier else "not asked to run"
        if results.interrupted is not None:
            why = "the run was interrupted"
        yield f"{left:,} not run: {why}"


def what_was_found(counts: FindingCounts) -> str:
    """The findings by severity, with intended ones separately."""
    numbers = (
        counted(counts.error, "error") if counts.error else "",
        counted(counts.warning, "warning") if counts.warning else "",
        f"{counts.info:,} info" if counts.info else "",
    )
    accepted = (
        f"{counts.known:,} known from the baseline" if counts.known else "",
        f"{counts.intended:,} shown wrong on purpose" if counts.intended else "",
    )
    found = ", ".join(filter(None, numbers)) or "no findings"
    return "; ".join(filter(None, (found, *accepted)))


def what_was_fixed(fixes: FixCounts) -> Iterator[str]:
    """What happened to the fixes, and the options that would apply the remaining ones; a line each."""
    if fixes.applied or fixes.refused:
        yield f"{fixes.applied:,} fixed" + (
            f", {fixes.refused:,} not: see why above" if fixes.refused else ""
        )
    safe = f"{fixes.safe:,} with --fix" if fixes.safe else ""
    unsafe = f"{fixes.unsafe:,}{' more' if safe else ''} with --fix --unsafe-fixes" if fixes.unsafe else ""
    if safe or unsafe:
        yield f"can be fixed: {', '.join(filter(None, (safe, unsafe)))}"


def how_it_ran(results: Results) -> str:
    """The sandbox's tier, if anything was run, the broker outside, and the time."""
    took, environment = f"{results.summary.seconds:.1f} s", results.environment
    if environment.broker:
        took = f"Kafka at {environment.broker}, {took}"
    return f"tier {environment.tier}, {took}" if environment.tier else took
