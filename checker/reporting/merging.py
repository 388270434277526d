"""The results of all shards of one run -> what one run of all of its lessons would have come to."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from msgspec.structs import replace

from checker.errors import UsageError
from checker.reporting.counts import summarize
from checker.reporting.document import EnvironmentRecord, FindingRecord, Results, RunRecord

# It stands at the first block that ran, once in a run.
_ONCE = "no-sandbox"


def merge(parts: Sequence[tuple[str, Results]]) -> Results:
    """One document out of those of all shards, each with the name of its file.

    Raises UsageError when they are not all the shards of one division of the same lessons, or when what ran
    in them ran in different surroundings. Times are those of the run as a whole: it begins with its first
    shard and takes as long as its longest.
    """
    runs = [_run(name, results) for name, results in parts]
    _require_all(parts, runs)
    documents = [results for _, results in sorted(parts, key=lambda part: _number(part[1]))]
    findings = tuple(_once(_in_order(documents, "findings")))
    blocks = _in_order(documents, "blocks")
    fixes = _in_order(documents, "fixes")
    lessons = _in_order(documents, "lessons")
    seconds = max(each.summary.seconds for each in documents)
    return replace(
        documents[0],
        environment=_environment(parts),
        summary=summarize(len(lessons), findings, blocks, fixes, seconds),
        findings=findings,
        blocks=blocks,
        lessons=lessons,
        fixes=fixes,
        run=replace(runs[0], started=min(each.started for each in runs), shard=None, division=None),
    )


def _run(name: str, results: Results) -> RunRecord:
    run = results.run
    if run is None or run.shard is None or run.division is None:
        raise UsageError(
            f"{name} is of a whole run, and no shard", "Name what `check --shard I/N` has written."
        )
    if results.baseline is not None:
        raise UsageError(
            f"{name} was held against a baseline", "Give --baseline to `coursecheck merge` instead."
        )
    return run


def _number(results: Results) -> int:
    return int(results.run.shard.partition("/")[0]) if results.run and results.run.shard else 0


def _require_all(parts: Sequence[tuple[str, Results]], runs: Sequence[RunRecord]) -> None:
    """Every shard of one division is there, once."""
    first, name = runs[0], parts[0][0]
    for (other, results), run in zip(parts, runs, strict=True):
        if results.tool != parts[0][1].tool:
            raise UsageError(f"{name} and {other} are of different versions of the checker")
        if run.revision != first.revision:
            raise UsageError(f"{name} and {other} are of different commits", "Merge shards of one run.")
        if run.division != first.division or _total(run) != _total(first):
            raise UsageError(
                f"{name} and {other} divide the lessons in different ways",
                "Give every shard the same lessons, the same N and the same --durations.",
            )
    shards = Counter(run.shard for run in runs)
    twice = [shard for shard, times in shards.items() if times > 1]
    if twice:
        raise UsageError(f"shard {twice[0]} is there {shards[twice[0]]} times", "Name every shard once.")
    wanted = [f"{number}/{_total(first)}" for number in range(1, _total(first) + 1)]
    missing = [shard for shard in wanted if shard not in shards]
    if missing:
        raise UsageError(f"shard {', '.join(missing)} is missing", "Name the results of every shard.")


def _total(run: RunRecord) -> int:
    return int((run.shard or "").partition("/")[2])


def _in_order(documents: Iterable[Results], what: str) -> tuple[Any, ...]:
    """What the shards have, by the path of its lesson; of one lesson it stands in its order already."""
    return tuple(
        sorted((each for one in documents for each in getattr(one, what)), key=lambda each: each.path)
    )


def _once(findings: Iterable[FindingRecord]) -> Iterable[FindingRecord]:
    said = False
    for each in findings:
        if each.name == _ONCE and said:
            continue
        said = said or each.name == _ONCE
        yield each


def _environment(parts: Sequence[tuple[str, Results]]) -> EnvironmentRecord:
    """What all shards ran in; one that ran nothing has no tier, and machines may differ in their kernel."""
    name, first = parts[0][0], parts[0][1].environment
    tiers = {results.environment.tier for _, results in parts} - {None}
    if len(tiers) > 1:
        raise UsageError(f"the shards ran in different tiers: {', '.join(sorted(map(str, tiers)))}")
    for other, results in parts:
        environment = results.environment
        if (environment.python, environment.packages) != (first.python, first.packages):
            raise UsageError(
                f"{name} and {other} ran with different versions of Python or packages",
                "Give every shard the same environment.",
            )
    platforms = dict.fromkeys(results.environment.platform for _, results in parts)
    return replace(first, platform=", ".join(platforms), tier=next(iter(tiers), None))
