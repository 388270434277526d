"""The command `coursecheck`: its subcommands, and how a run ends."""

import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import click

import checker
from checker.cli.status import INTERRUPTED, NOT_DONE
from checker.spelling import nearest

PROGRAM = "coursecheck"
# A shell sets this to ask for completions.
VARIABLE = "_COURSECHECK_COMPLETE"
# Commands by name, in the order of the help; a module is imported only when its command is asked for.
_COMMANDS = {
    "check": "checker.cli.check",
    "blocks": "checker.cli.blocks",
    "report": "checker.cli.report",
    "merge": "checker.cli.merge",
    "explain": "checker.cli.explain",
    "init": "checker.cli.init",
    "cache": "checker.cli.cache",
    "doctor": "checker.cli.doctor",
    "lsp": "checker.cli.lsp",
    "completion": "checker.cli.completion",
}


class _LazyGroup(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            ctx.fail(f"There is no command {cmd_name!r}.{_suggestion(cmd_name)}")
        command: click.Command = import_module(_COMMANDS[cmd_name]).command
        return command


def _suggestion(word: str) -> str:
    if near := nearest(word, _COMMANDS):
        return f" Did you mean {near}?"
    return f" To check that path: coursecheck check {word}" if Path(word).exists() else ""


@click.group(
    cls=_LazyGroup, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(checker.__version__, prog_name="coursecheck")
@click.pass_context
def coursecheck(context: click.Context) -> int:
    """Check courses that teach with code.

    Reads the lessons as the site does, runs their Python as a reader would, and says what is broken.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
    return NOT_DONE


def run(arguments: Sequence[str]) -> int:
    """Run the command line; returns the exit status, see `checker.cli.status`."""
    try:
        # Not `coursecheck.main`: it treats any broken pipe in our work as the end of the reader.
        with coursecheck.make_context("coursecheck", list(arguments)) as context:
            status: int = coursecheck.invoke(context)
    except click.exceptions.Exit as finished:  # --help and --version end like this
        return finished.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - our own defects, too, end in a message and a status
        from checker.cli.failures import report_failure

        return report_failure(error)
    return status


def _complete() -> int:
    """Answer a shell that asks for completions, as set up by `coursecheck completion`."""
    from click.shell_completion import shell_complete

    return shell_complete(coursecheck, {}, PROGRAM, VARIABLE, os.environ[VARIABLE])


def main() -> None:
    """Run the command line of this process and end it with the exit status."""
    status = _complete() if VARIABLE in os.environ else run(sys.argv[1:])
    # At exit, Python would run the garbage collector over everything three more times.
    gc.freeze()
    sys.exit(status)
