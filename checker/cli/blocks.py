"""`coursecheck blocks`."""

from typing import TypedDict, Unpack

import click

from checker import pipeline
from checker.cli.language import lang_option, language
from checker.cli.options import (
    allow_empty_option,
    color_option,
    config_option,
    paths_argument,
    python_option,
)
from checker.cli.output import look_of_stdout, print_report
from checker.cli.progress import TerminalProgress
from checker.cli.status import NOT_DONE, NOTHING_TO_REPORT, say_empty
from checker.reporting.formats import LISTINGS, render_listing
from checker.reporting.listing import list_lessons


class Arguments(TypedDict):
    """What the command line gives."""

    paths: tuple[str, ...]
    output_format: str
    python: str | None
    trust_config: bool
    config: str | None
    allow_empty: bool
    color: str
    lang: str | None


@click.command("blocks")
@paths_argument
@click.option(
    "--output-format",
    type=click.Choice(list(LISTINGS)),
    default="full",
    show_default=True,
    help="A table, or one JSON object for each lesson.",
)
@python_option
@config_option
@allow_empty_option
@color_option
@lang_option
def command(**given: Unpack[Arguments]) -> int:
    """List every block: its language, its class, whether it runs.

    PATHS are lessons, folders or globs; without any, the current folder. Nothing is run and nothing is
    judged: the exit status is 0, or 2 when there were no lessons or the checker could not do its job.
    """
    options = pipeline.Options(
        paths=given["paths"],
        run=False,
        config=given["config"],
        python=given["python"],
        trust_config=given["trust_config"],
    )
    with TerminalProgress(given["color"]) as progress:
        listed = list_lessons(pipeline.plan(options, progress))
    look = look_of_stdout(given["color"], lang=language(given["lang"], given["output_format"]))
    print_report(render_listing(given["output_format"], listed, look))
    if not listed:
        say_empty(0, given["paths"])
    return NOTHING_TO_REPORT if listed or given["allow_empty"] else NOT_DONE
