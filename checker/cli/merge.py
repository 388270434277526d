"""`coursecheck merge`."""

from typing import TypedDict, Unpack

import click

from checker.cli.keeping import keep, keeping_options, kept_status, wanted_keeping
from checker.cli.language import lang_option
from checker.cli.notes import say
from checker.cli.options import allow_empty_option, color_option, output_options
from checker.cli.output import Wishes, deliver, destinations
from checker.cli.status import exit_status
from checker.reporting.concise import summary_line
from checker.reporting.merging import merge
from checker.reporting.read import read_results


class Arguments(TypedDict):
    """What the command line gives."""

    results: tuple[str, ...]
    output_format: str
    output_file: str | None
    outputs: tuple[tuple[str, str], ...]
    history: str | None
    baseline: str | None
    write_baseline: str | None
    ratchet: bool
    exit_zero: bool
    allow_empty: bool
    color: str
    lang: str | None


@click.command("merge")
@click.argument("results", nargs=-1, required=True)
@output_options("json")
@keeping_options
@click.option("--exit-zero", is_flag=True, help="Exit with status 0 whatever was found.")
@allow_empty_option
@color_option
@lang_option
def command(**given: Unpack[Arguments]) -> int:
    """Join the results documents of all shards of a run into one.

    RESULTS are what `coursecheck check --shard I/N --output json=FILE` has written, one for each of the N
    shards. The document, the reports and the exit status are those of one run over all lessons.
    """
    to = destinations(given["output_format"], given["output_file"], given["outputs"])
    keeping = wanted_keeping({**given, "select": (), "ignore": ()})
    results = keep(merge([(name, read_results(name)) for name in given["results"]]), keeping)
    deliver(results, {}, to, Wishes(given["color"], given["lang"]))
    if given["output_file"]:
        say(summary_line(results))
    status = exit_status(results.summary, exit_zero=given["exit_zero"], allow_empty=given["allow_empty"])
    return kept_status(results, keeping, status, exit_zero=given["exit_zero"])
