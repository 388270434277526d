"""Options and arguments that several commands share, and the parsing of their values."""

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from checker.cli.rule_words import complete_rule, require_selector
from checker.model import NO_TIER, TIERS
from checker.reporting.formats import FORMATS

if TYPE_CHECKING:
    from checker.reading.sharding import Shard

Outputs = tuple[tuple[str, str], ...]
Function = TypeVar("Function", bound=Callable[..., Any])


def paths_argument(function: Function) -> Function:
    """`PATHS...`, the current folder by default."""
    argument = click.argument(
        "paths", nargs=-1, metavar="[PATHS]...", type=click.Path(), callback=_default_paths
    )
    return argument(function)


def changed_since_option(function: Function) -> Function:
    """`--changed-since REV`."""
    text = "Check only lessons that changed since a git revision, committed or not, or depend on a change."
    return click.option("--changed-since", metavar="REV", help=text)(function)


def shard_options(function: Function) -> Function:
    """`--shard I/N` and `--durations FILE`."""
    shard = "Check only part I of N of the lessons; `coursecheck merge` joins the results of all parts."
    timed = "Balance the shards by how long each lesson took in this results document."
    option = click.option("--durations", metavar="FILE", help=timed)
    return click.option("--shard", metavar="I/N", callback=_read_shard, help=shard)(option(function))


def _read_shard(_ctx: click.Context, _param: click.Parameter, value: str | None) -> "Shard | None":
    if value is None:
        return None
    from checker.reading.sharding import parse_shard

    try:
        return parse_shard(value)
    except ValueError as error:
        raise click.BadParameter(f"{error}.") from None


def stdin_option(function: Function) -> Function:
    """`--stdin-filename PATH`."""
    text = "Check standard input as if it were the text of this file, which need not exist."
    return click.option("--stdin-filename", metavar="PATH", type=click.Path(), help=text)(function)


def config_option(function: Function) -> Function:
    """`--config FILE`."""
    text = "Use this configuration, not the nearest coursecheck.toml or pyproject.toml."
    return click.option("--config", metavar="FILE", type=click.Path(), help=text)(function)


def python_option(function: Function) -> Function:
    """`--python PROGRAM` and `--trust-config`."""
    text = "Run snippets in this interpreter, not in that of the configuration or the checker."
    trust = "Let the configuration choose the interpreter even where CI is set."
    option = click.option("--python", metavar="PROGRAM", help=text)
    return option(click.option("--trust-config", is_flag=True, help=trust)(function))


def pandas_option(function: Function) -> Function:
    """`--pandas 2.3,3.1`."""
    text = "Also run lessons under these versions of pandas, such as 2.3,3.1, and report where they differ."
    option = click.option("--pandas", metavar="VERSIONS", callback=_split_versions, help=text)
    return option(function)


def _split_versions(_ctx: click.Context, _param: click.Parameter, value: str | None) -> tuple[str, ...]:
    words = (word.strip() for word in (value or "").split(","))
    return tuple(word for word in words if word)


def color_option(function: Function) -> Function:
    """`--color auto|always|never`."""
    choice = click.Choice(["auto", "always", "never"])
    text = "Colours; auto obeys NO_COLOR and FORCE_COLOR, then asks whether this is a terminal."
    return click.option("--color", type=choice, default="auto", show_default=True, help=text)(function)


def isolation_options(function: Function) -> Function:
    """`--sandbox TIER` and `--require-tier TIER`."""
    sandbox = click.option(
        "--sandbox",
        type=click.Choice([*TIERS, NO_TIER]),
        help="How to isolate snippets; by default the strongest way that this machine offers."
        " With none, they can do whatever you can: only for lessons that you trust.",
    )
    require = click.option(
        "--require-tier",
        type=click.Choice(TIERS),
        help="Fail unless snippets can be isolated at least this well.",
    )
    return sandbox(require(function))


def allow_empty_option(function: Function) -> Function:
    """`--allow-empty`."""
    text = "Do not fail when there is nothing to check."
    return click.option("--allow-empty", is_flag=True, help=text)(function)


def rules_option(name: str, text: str) -> Callable[[Function], Function]:
    """An option that takes rules by name, code or family, separated by commas or repeated."""
    return click.option(
        name,
        multiple=True,
        metavar="RULES",
        callback=_split_rules,
        shell_complete=complete_rule,
        help=text,
    )


def output_options(default: str) -> Callable[[Function], Function]:
    """`--output-format FORMAT`, `--output-file FILE` and `--output FORMAT=FILE`, which may be repeated."""

    def add(function: Function) -> Function:
        more = click.option(
            "--output",
            "outputs",
            multiple=True,
            metavar="FORMAT=FILE",
            callback=split_outputs(FORMATS),
            help="Write one more report; may be repeated.",
        )
        file = click.option(
            "--output-file", metavar="FILE", help="Write the report there, not to standard output."
        )
        form = click.option(
            "--output-format",
            type=click.Choice(list(FORMATS)),
            default=default,
            show_default=True,
            help="The format of the report.",
        )
        return form(file(more(function)))

    return add


def _default_paths(_ctx: click.Context, _param: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    return value or (".",)


def _split_rules(_ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    words = (word.strip() for value in values for word in value.split(","))
    return tuple(require_selector(word) for word in words if word)


def split_outputs(formats: Collection[str]) -> Callable[[object, object, Sequence[str]], Outputs]:
    """A callback that splits the values of `--output`. Raises a usage error unless they are FORMAT=FILE."""

    def split(_ctx: object, _param: object, values: Sequence[str]) -> Outputs:
        return tuple(_split_output(value, formats) for value in values)

    return split


def _split_output(value: str, formats: Collection[str]) -> tuple[str, str]:
    name, _, file = value.partition("=")
    if not file:
        raise click.BadParameter(f"{value!r} is not FORMAT=FILE, such as json=results.json.")
    if name not in formats:
        raise click.BadParameter(f"{name!r} is not a format; there are {', '.join(formats)}.")
    return name, file
