"""`coursecheck check`."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypedDict, Unpack

import click
from msgspec.structs import replace

from checker import pipeline
from checker.cache import default_folder
from checker.cli.clusters import cluster_option, refuse_for_cluster
from checker.cli.fixes import diff_status, show_diff, wanted_fixes
from checker.cli.keeping import keep, keeping_options, kept_status, wanted_keeping
from checker.cli.language import lang_option
from checker.cli.notes import say
from checker.cli.options import (
    allow_empty_option,
    changed_since_option,
    color_option,
    config_option,
    isolation_options,
    output_options,
    pandas_option,
    paths_argument,
    python_option,
    rules_option,
    shard_options,
    stdin_option,
)
from checker.cli.output import Wishes, deliver, destinations
from checker.cli.progress import TerminalProgress
from checker.cli.sharding import left_to_others, refuse_for_shard, say_share, shard_name, timed
from checker.cli.standard_input import given_text
from checker.cli.status import INTERRUPTED, exit_status, is_empty, left_something, say_empty, say_since
from checker.model import CourseResult
from checker.reporting.build import build, lessons_by_path
from checker.reporting.document import Results
from checker.reporting.provenance import new_run

if TYPE_CHECKING:
    from checker.reading.sharding import Shard


class Arguments(TypedDict):
    """What the command line gives."""

    paths: tuple[str, ...]
    no_run: bool
    changed_since: str | None
    shard: "Shard | None"
    durations: str | None
    stdin_filename: str | None
    watch: bool
    jobs: int | None
    cluster: str | None
    lessons_only: bool
    fix: bool
    unsafe_fixes: bool
    diff: bool
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    output_format: str
    output_file: str | None
    outputs: tuple[tuple[str, str], ...]
    history: str | None
    baseline: str | None
    write_baseline: str | None
    ratchet: bool
    show_output: bool
    sandbox: str | None
    require_tier: str | None
    python: str | None
    pandas: tuple[str, ...]
    trust_config: bool
    no_cache: bool
    keep_figures: bool
    config: str | None
    exit_zero: bool
    allow_empty: bool
    color: str
    lang: str | None


@click.command("check")
@paths_argument
@click.option("--no-run", is_flag=True, help="Read and check only; run nothing.")
@changed_since_option
@shard_options
@click.option("--lessons-only", is_flag=True, help="Skip named files that are not lessons.")
@stdin_option
@click.option("--watch", is_flag=True, help="Check again whenever a file changes, until Ctrl-C.")
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="How many lessons to run at once.")
@cluster_option
@click.option("--fix", is_flag=True, help="Write safe fixes into the lessons, and check these again.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix or --diff: also apply unsafe fixes.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and write nothing.")
@rules_option("--select", "Report only these rules: names, codes or families, separated by commas.")
@rules_option("--ignore", "Do not report these rules.")
@output_options("full")
@keeping_options
@click.option("--show-output", is_flag=True, help="Show what every block printed.")
@isolation_options
@python_option
@pandas_option
@click.option("--keep-figures", is_flag=True, help="Keep the figures that blocks draw in the results.")
@click.option("--no-cache", is_flag=True, help="Read and run everything again, without the cache.")
@config_option
@click.option("--exit-zero", is_flag=True, help="Exit with status 0 whatever is found.")
@allow_empty_option
@color_option
@lang_option
def command(**given: Unpack[Arguments]) -> int:
    """Check lessons and run their Python.

    PATHS are lessons, folders or globs; without any, the current folder; `-` is standard input.

    The exit status is 0 when there is nothing to report, 1 when there is an error that is not shown wrong on
    purpose (warnings and info are reported, and fail nothing), and 2 when the checker could not do its job or
    there was nothing to check. With --diff it is 1 when there is something to change, and else 0.
    """
    refused = {
        "--fix": given["fix"],
        "--diff": given["diff"],
        "--changed-since": given["changed_since"],
        "--watch": given["watch"],
        "--shard": given["shard"],
    }
    refuse_for_shard(given)
    refuse_for_cluster(given)
    paths, content = given_text(given["paths"], given["stdin_filename"], refused=refused)
    options = _options(given, paths, content)
    if given["pandas"] and given["no_run"]:
        raise click.UsageError("--pandas compares what lessons do when they run: leave out --no-run.")
    if not given["watch"]:
        return _check(given, options, pipeline.check)
    if given["fix"] or given["diff"]:
        raise click.UsageError("--watch only looks: leave out --fix and --diff.")
    return _watch(given, options)


def _options(given: Arguments, paths: tuple[str, ...], content: bytes | None) -> pipeline.Options:
    return pipeline.Options(
        paths=paths,
        contents=None if content is None else (content,),
        run=not given["no_run"],
        config=given["config"],
        select=given["select"],
        ignore=given["ignore"],
        sandbox=given["sandbox"],
        require_tier=given["require_tier"],
        python=given["python"],
        pandas=given["pandas"],
        trust_config=given["trust_config"],
        cache=None if given["no_cache"] else str(default_folder()),
        figures=given["keep_figures"],
        since=given["changed_since"],
        shard=given["shard"],
        durations=timed(given["durations"]),
        jobs=given["jobs"],
        lessons_only=given["lessons_only"],
        cluster=given["cluster"],
        say=say,
    )


def _watch(given: Arguments, options: pipeline.Options) -> int:
    """Check whenever a file changes, until Ctrl-C."""
    # Imported now: most runs look once.
    from tempfile import TemporaryDirectory

    from checker.cli.watch import watch
    from checker.running.warm import Warm

    outputs = (given["output_file"], given["history"], given["baseline"], given["write_baseline"])
    written = [name for name in (*outputs, *(file for _, file in given["outputs"])) if name]
    with Warm() as warm, TemporaryDirectory() as folder:
        # Results that are not to be kept afterwards are remembered during the watch.
        kept = replace(options, cache=options.cache or folder)
        check = partial(pipeline.check, warm=warm)
        return watch(partial(_check, given, kept, check), options.paths, options.config, written)


def _check(
    given: Arguments,
    options: pipeline.Options,
    check: Callable[[pipeline.Options, pipeline.Progress], CourseResult],
) -> int:
    """Check once and report; the exit status."""
    to = destinations(given["output_format"], given["output_file"], given["outputs"])
    wanted = wanted_fixes(fix=given["fix"], unsafe=given["unsafe_fixes"], diff=given["diff"])
    keeping = wanted_keeping(given)
    run = new_run(shard=shard_name(given["shard"]))
    with TerminalProgress(given["color"]) as progress:
        if wanted is None:
            result = check(options, progress)
        else:
            # Imported now: most runs only look.
            from checker.fixing.course import fix

            fixed = fix(options, progress, unsafe=wanted.unsafe, write=not wanted.diff)
            result = fixed.result
    # What was not reached is neither fixed nor gone, so it is not compared with the baseline.
    results = build(result, run) if result.unchecked is not None else keep(build(result, run), keeping)
    if wanted and wanted.diff:
        to = tuple(each for each in to if each.file is not None)  # standard output is the diff's
    wishes = Wishes(given["color"], given["lang"], given["show_output"])
    deliver(results, lessons_by_path(result), to, wishes)
    if given["output_file"]:
        from checker.reporting.concise import summary_line

        say(summary_line(results))
    if result.unchanged is not None:
        say_since(given["changed_since"] or "", result)
    if result.unchecked is not None:
        return INTERRUPTED
    allow_empty = _allows_empty(given, options, result, results)
    status = exit_status(results.summary, exit_zero=given["exit_zero"], allow_empty=allow_empty)
    status = kept_status(results, keeping, status, exit_zero=given["exit_zero"])
    if wanted and wanted.diff:
        show_diff(fixed)
        return diff_status(fixed, status, exit_zero=given["exit_zero"])
    return status


def _allows_empty(
    given: Arguments, options: pipeline.Options, result: CourseResult, results: Results
) -> bool:
    """Whether a run without lessons or code is fine; says what was empty or left to other shards."""
    # A text that is being written may not contain code yet.
    may_be_empty = left_something(result) or left_to_others(result) or options.contents is not None
    if result.share is not None and given["shard"] is not None:
        say_share(given["shard"], result.share)
    if is_empty(results.summary) and not may_be_empty:
        say_empty(results.summary.lessons, options.paths)
    return given["allow_empty"] or may_be_empty
