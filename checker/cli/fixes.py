"""The options that fix lessons, and the output of `--diff`."""

import sys
from typing import TYPE_CHECKING

import click
from msgspec import Struct

from checker.cli.notes import say
from checker.cli.output import is_terminal, print_report
from checker.cli.status import FINDINGS, NOT_DONE, NOTHING_TO_REPORT
from checker.reporting.escape import lines
from checker.reporting.words import counted

if TYPE_CHECKING:
    from checker.fixing.course import Fixed


class Wanted(Struct, frozen=True):
    """Which fixes are asked for, and whether they are only to be shown."""

    unsafe: bool
    diff: bool


def wanted_fixes(*, fix: bool, unsafe: bool, diff: bool) -> Wanted | None:
    """What the three options ask for; None when nothing is to be fixed."""
    if unsafe and not (fix or diff):
        raise click.UsageError(
            "--unsafe-fixes says which fixes: add --fix to write them, or --diff to see them."
        )
    return Wanted(unsafe, diff) if fix or diff else None


def show_diff(fixed: "Fixed") -> None:
    """Write the diff to standard output, and a summary of it to standard error."""
    # Imported here because most runs only check.
    from checker.reporting.diff import diff

    text = "".join(diff(each.path, each.old, each.new) for each in fixed.rewritten)
    if is_terminal(sys.stdout):
        text = "".join(f"{line}\n" for line in lines(text))
    print_report(text)
    applied = sum(not each.refused for each in fixed.fixes)
    say(f"{counted(applied, 'finding')} would be fixed in {counted(len(fixed.rewritten), 'lesson')}")
    for each in fixed.fixes:
        if each.refused:
            span = each.finding.span
            say(f"{span.path}:{span.line}:{span.column}: not fixed[{each.finding.name}] {each.refused}")


def diff_status(fixed: "Fixed", status: int, *, exit_zero: bool) -> int:
    """1 when there is something to change; a course that could not be checked keeps its status."""
    if status == NOT_DONE:
        return status
    return FINDINGS if fixed.rewritten and not exit_zero else NOTHING_TO_REPORT
