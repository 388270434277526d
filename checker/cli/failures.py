"""Reports failures of a run: one line that says what, one that says what to do, and a status."""

import os
from pathlib import Path

import click

from checker.cli.notes import say_error
from checker.cli.status import NOT_DONE
from checker.errors import CheckerError
from checker.reporting.escape import lines


def report_failure(error: Exception) -> int:
    """Report an error on standard error; returns the exit status.

    A defect of our own is distinguished from a user's mistake, and shows its traceback when the environment
    variable COURSECHECK_TRACEBACK is set.
    """
    if isinstance(error, click.ClickException):
        context = getattr(error, "ctx", None)
        command = context.command_path if context else "coursecheck"
        # click writes each choice of a missing argument into a line of its own.
        said = error.format_message().replace("\n\t", " ")
        say_error(said, f"`{command} --help` shows what there is.")
    elif isinstance(error, CheckerError):
        say_error(str(error), error.remedy)
    else:
        _say_defect(error)
    return NOT_DONE


def _say_defect(error: Exception) -> None:
    # Imported here because most runs end well.
    import traceback

    last = traceback.extract_tb(error.__traceback__)[-1]
    say_error(
        f"internal error: {type(error).__name__}: {error} ({Path(last.filename).name}:{last.lineno})",
        "This is a defect of coursecheck, not of the course. Please report it, with the traceback that\n"
        "COURSECHECK_TRACEBACK=1 in the environment shows.",
    )
    if os.environ.get("COURSECHECK_TRACEBACK"):
        for line in lines("".join(traceback.format_exception(error))):
            click.echo(line, err=True)
