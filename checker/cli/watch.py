"""`check --watch`: checks again whenever something has changed, until Ctrl-C."""

from collections.abc import Callable, Collection

import click

from checker.cli.failures import report_failure
from checker.cli.notes import say
from checker.cli.status import INTERRUPTED, NOTHING_TO_REPORT
from checker.errors import CheckerError
from checker.pipeline.watching import changes, look
from checker.reporting.words import counted


def watch(
    check: Callable[[], int], paths: Collection[str], config: str | None, outputs: Collection[str]
) -> int:
    """Check now and after every change of a file except the outputs; returns the exit status at Ctrl-C."""
    try:
        for looks in changes(lambda: look(paths, config, outputs)):
            click.clear()
            try:
                if check() == INTERRUPTED:
                    return NOTHING_TO_REPORT
            except (CheckerError, click.ClickException) as error:
                # A configuration may be half edited, or a folder renamed: the next change may fix it.
                report_failure(error)
            say(f"watching {counted(len(looks), 'file')}; Ctrl-C ends it")
    except KeyboardInterrupt:
        return NOTHING_TO_REPORT
    raise AssertionError
