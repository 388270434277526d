"""`coursecheck cache`."""

import click

from checker.cache import MOST_BYTES, Cache, Statistics, default_folder
from checker.cli.output import print_report
from checker.cli.status import NOTHING_TO_REPORT
from checker.reporting.words import counted


@click.command("cache")
@click.argument("action", type=click.Choice(["stats", "clear"]))
def command(action: str) -> int:
    """Show the size of the cache of earlier checks, or empty it.

    A lesson is run again when its code, its packages or the checker have changed; editing its prose runs
    nothing. The cache can be deleted at any time.
    """
    with Cache(default_folder()) as cache:
        if action == "clear":
            print_report(f"forgotten: {_words(cache.clear())}\n")
        else:
            print_report(f"{_words(cache.statistics())}, of at most {MOST_BYTES >> 20} MiB\n")
    return NOTHING_TO_REPORT


def _words(statistics: Statistics) -> str:
    size = statistics.bytes / (1 << 20)
    return f"{counted(statistics.entries, 'result')}, {size:.1f} MiB in {statistics.path}"
