"""`coursecheck check`."""

from typing import TypedDict, Unpack

import click

from checker import pipeline
from checker.cli.notes import say
from checker.cli.options import (
    allow_empty_option,
    color_option,
    config_option,
    isolation_options,
    outputs_option,
    paths_argument,
    rules_option,
)
from checker.cli.output import deliver, destinations
from checker.cli.progress import TerminalProgress
from checker.cli.status import exit_status, is_empty, say_empty
from checker.reporting.build import build, lessons_by_path
from checker.reporting.concise import summary_line
from checker.reporting.formats import FORMATS


class Arguments(TypedDict):
    """What the command line gives."""

    paths: tuple[str, ...]
    no_run: bool
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    output_format: str
    output_file: str | None
    outputs: tuple[tuple[str, str], ...]
    show_output: bool
    sandbox: str | None
    require_tier: str | None
    config: str | None
    exit_zero: bool
    allow_empty: bool
    color: str


@click.command("check")
@paths_argument
@click.option("--no-run", is_flag=True, help="Read and check only; run nothing.")
@rules_option("--select", "Report only these rules: names, codes or families, separated by commas.")
@rules_option("--ignore", "Do not report these rules.")
@click.option(
    "--output-format",
    type=click.Choice(list(FORMATS)),
    default="full",
    show_default=True,
    help="The format of the report.",
)
@click.option("--output-file", metavar="FILE", help="Write the report there, not to standard output.")
@outputs_option
@click.option("--show-output", is_flag=True, help="Show what every block printed.")
@isolation_options
@config_option
@click.option("--exit-zero", is_flag=True, help="End with status 0 whatever is found.")
@allow_empty_option
@color_option
def command(**given: Unpack[Arguments]) -> int:
    """Check lessons and run their Python.

    PATHS are lessons, folders or globs; without any, the current folder.

    The exit status is 0 when there is nothing to report, 1 when there is an error that is not shown wrong on
    purpose (warnings and info are reported, and fail nothing), and 2 when the checker could not do its job or
    there was nothing to check.
    """
    to = destinations(given["output_format"], given["output_file"], given["outputs"])
    options = pipeline.Options(
        paths=given["paths"],
        run=not given["no_run"],
        config=given["config"],
        select=given["select"],
        ignore=given["ignore"],
        sandbox=given["sandbox"],
        require_tier=given["require_tier"],
    )
    with TerminalProgress(given["color"]) as progress:
        result = pipeline.check(options, progress)
    results = build(result)
    deliver(results, lessons_by_path(result), to, color=given["color"], show_output=given["show_output"])
    if given["output_file"]:
        say(summary_line(results))
    if is_empty(results.summary):
        say_empty(results.summary.lessons, given["paths"])
    return exit_status(results.summary, exit_zero=given["exit_zero"], allow_empty=given["allow_empty"])
