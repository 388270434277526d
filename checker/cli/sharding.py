"""The option `--shard` of `check`."""

from typing import TYPE_CHECKING, Any

import click

from checker.cli.notes import say
from checker.model import CourseResult, Share
from checker.reporting.words import counted

if TYPE_CHECKING:
    from checker.reading.sharding import Shard

# Options about the whole run, which would take the lessons of other shards for removed lessons.
_WHOLE = ("baseline", "write_baseline", "ratchet", "watch")


def refuse_for_shard(given: Any) -> None:
    """Raise a usage error for options that make no sense with one shard, or without any."""
    if given["durations"] and not given["shard"]:
        raise click.UsageError("--durations balances shards: add --shard I/N.")
    for name in _WHOLE:
        if given["shard"] and given[name]:
            option = f"--{name.replace('_', '-')}"
            where = "" if name == "watch" else ": give it to `coursecheck merge`"
            raise click.UsageError(f"{option} is for whole runs, and not for one of several shards{where}.")


def shard_name(shard: "Shard | None") -> str | None:
    """`2/4`, as in the results."""
    return None if shard is None else f"{shard.number}/{shard.total}"


def timed(file: str | None) -> dict[str, float]:
    """The durations of lessons, from the results document of an earlier run."""
    if file is None:
        return {}
    # Imported here because only shards are balanced.
    from checker.reporting.durations import durations
    from checker.reporting.read import read_results

    return durations(read_results(file))


def left_to_others(result: CourseResult) -> bool:
    """Whether there was something to check, in other shards."""
    return result.share is not None and result.share.others > 0


def say_share(shard: "Shard", share: Share) -> None:
    """Report what was left to other shards."""
    say(f"shard {shard_name(shard)}: {counted(share.others, 'lesson')} left to the other shards")
