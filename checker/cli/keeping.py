"""The options that compare a run with earlier ones: `--history`, `--baseline` and related ones."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click
from msgspec import Struct

from checker.cli.notes import say
from checker.cli.options import Function
from checker.cli.status import FINDINGS
from checker.reporting.document import Results
from checker.reporting.words import counted
from checker.rules.registry import matches

if TYPE_CHECKING:
    from checker.reporting.baseline import Baseline


class Keeping(Struct, frozen=True):
    """What was asked for; `held` is the existing baseline, `select` and `ignore` are rules."""

    history: str | None
    baseline: str | None
    held: "Baseline | None"
    write_baseline: str | None
    ratchet: bool
    select: tuple[str, ...]
    ignore: tuple[str, ...]


def keeping_options(function: Function) -> Function:
    """`--history`, `--baseline`, `--write-baseline`, `--ratchet`."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


_OPTIONS = (
    click.option("--history", metavar="FILE", help="Add this run to the history in this file, for reports."),
    click.option(
        "--baseline",
        metavar="FILE",
        help="Fail only on findings that are not in this file; fixed ones are removed from it.",
    ),
    click.option("--write-baseline", metavar="FILE", help="Write all current findings to this baseline."),
    click.option("--ratchet", is_flag=True, help="With --baseline: new warnings fail as well as new errors."),
)


def wanted_keeping(given: Any) -> Keeping:
    """The options by name. Raises a usage error for those that require another one."""
    if given["ratchet"] and not given["baseline"]:
        raise click.UsageError("--ratchet tightens a baseline: add --baseline FILE.")
    return Keeping(
        history=given["history"],
        baseline=given["baseline"],
        # Read now, so that a wrong name is reported before a run that may take minutes.
        held=_read(given["baseline"]) if given["baseline"] else None,
        write_baseline=given["write_baseline"],
        ratchet=given["ratchet"],
        select=given["select"],
        ignore=given["ignore"],
    )


def _read(baseline: str) -> "Baseline":
    # Imported here because most runs are compared with nothing.
    from checker.reporting.baseline import read_baseline

    return read_baseline(baseline)


def keep(results: Results, wanted: Keeping) -> Results:
    """Write what is to be kept, and mark the findings in the baseline."""
    if wanted.history:
        from checker.reporting.history.recording import record  # only a history needs sqlite

        record(wanted.history, results)
    return _hold(results, wanted) if wanted.baseline or wanted.write_baseline else results


def kept_status(results: Results, wanted: Keeping, status: int, *, exit_zero: bool) -> int:
    """The exit status; under --ratchet a new warning counts like an error."""
    fails = wanted.ratchet and results.summary.findings.warning and not exit_zero
    return max(status, FINDINGS) if fails else status


def _hold(results: Results, wanted: Keeping) -> Results:
    from checker.reporting.baseline import baseline_of, compare, write_baseline

    everything = baseline_of(results)
    held = wanted.held or everything
    comparison = compare(results, held, lambda code, name: _asked(wanted, code, name))
    if wanted.baseline and comparison.left != held:
        write_baseline(wanted.baseline, comparison.left)
    if comparison.fixed:
        say(f"{counted(comparison.fixed, 'finding')} fixed and removed from {wanted.baseline}")
    if wanted.write_baseline:
        write_baseline(wanted.write_baseline, everything)
        say(f"{counted(len(everything.findings), 'finding')} accepted in {wanted.write_baseline}")
    return comparison.results


def _asked(wanted: Keeping, code: str, name: str) -> bool:
    def named(words: Sequence[str]) -> bool:
        return any(matches(word, code, name) for word in words)

    return (not wanted.select or named(wanted.select)) and not named(wanted.ignore)
