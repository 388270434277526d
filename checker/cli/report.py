"""`coursecheck report`."""

from typing import TypedDict, Unpack

import click

from checker.cli.notes import say
from checker.cli.options import split_outputs
from checker.cli.output import destinations, print_report
from checker.cli.status import NOTHING_TO_REPORT
from checker.errors import UsageError
from checker.reporting.document import Results
from checker.reporting.files import write_report
from checker.reporting.health.build import build_health
from checker.reporting.health.formats import FORMATS, render_health
from checker.reporting.health.model import Health
from checker.reporting.health.snapshot import snapshot
from checker.reporting.read import read_results

_DEFAULT_FILE = "report.html"


class Arguments(TypedDict):
    """What the command line gives."""

    results: str
    older: tuple[str, ...]
    output_format: str | None
    output_file: str | None
    outputs: tuple[tuple[str, str], ...]
    as_json: bool
    history: str | None
    lang: str


@click.command("report")
@click.argument("results")
@click.argument("older", nargs=-1)
@click.option(
    "--output-format",
    type=click.Choice(list(FORMATS)),
    help="The format: html by default, into report.html; the others to standard output.",
)
@click.option("--json", "as_json", is_flag=True, help="The same as --output-format json.")
@click.option("--output-file", metavar="FILE", help="Write the report there.")
@click.option(
    "--output",
    "outputs",
    multiple=True,
    metavar="FORMAT=FILE",
    callback=split_outputs(FORMATS),
    help="Write one more report, such as badge=health.svg; may be repeated.",
)
@click.option(
    "--history", metavar="FILE", help="Add this run to the history in this file, and show its trends."
)
@click.option(
    "--lang", type=click.Choice(["en", "ru"]), default="en", show_default=True, help="The language."
)
def command(**given: Unpack[Arguments]) -> int:
    """Report how healthy a course's code is, and what to fix first.

    RESULTS is a document that `coursecheck check --output json=results.json` has written; OLDER are those of
    runs before it, to see what is new and how it moves. The report is one HTML file that needs no network.
    """
    main_format = given["output_format"] or ("json" if given["as_json"] else "html")
    only_others = given["outputs"] and not (
        given["output_format"] or given["as_json"] or given["output_file"]
    )
    main_file = given["output_file"] or (_DEFAULT_FILE if main_format == "html" else None)
    wanted = destinations(main_format, main_file, given["outputs"])[1 if only_others else 0 :]
    results = read_results(given["results"])
    health = _health(results, given)
    for each in sorted(wanted, key=lambda each: each.file is None):
        text = render_health(each.format, health, results, given["lang"])
        if each.file is None:
            print_report(text)
        else:
            write_report(each.file, text)
            say(f"{each.format} written to {each.file}")
    return NOTHING_TO_REPORT


def _health(results: Results, given: Arguments) -> Health:
    # Undated documents are taken in the order of the command line: the newest first.
    older = [_older(path, results) for path in reversed(given["older"])]
    snapshots = [snapshot(each) for each in older]
    contents = {}
    if given["history"]:
        from checker.reporting.history.reading import recall
        from checker.reporting.history.recording import record

        record(given["history"], results)
        held = recall(given["history"])
        named = {each.run.id for each in snapshots}
        snapshots += [each for each in held.runs if each.run.id not in named]
        contents = held.contents
    return build_health(results, snapshots, contents)


def _older(path: str, results: Results) -> Results:
    read = read_results(path)
    here, there = results.run, read.run
    if here and there and here.id == there.id and here.shard != there.shard:
        raise UsageError(
            f"{path} is another shard of the same run, not an older run",
            "`coursecheck merge` makes one document out of shards.",
        )
    return read
