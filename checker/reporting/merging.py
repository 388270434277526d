"""Merges the results of all shards of a run into those of one run over all lessons."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from msgspec.structs import replace

from checker.errors import UsageError
from checker.patterns import regex
from checker.reporting.counts import summarize
from checker.reporting.document import EnvironmentRecord, FindingRecord, Results, RunRecord

# It is reported at the first block that ran, once in a run.
_ONCE = "no-sandbox"
_SHARD = regex("([1-9][0-9]{0,5})/([1-9][0-9]{0,5})")
_MOST_NAMED = 6


def merge(parts: Sequence[tuple[str, Results]]) -> Results:
    """Merge the documents of all shards, given with their file names.

    Raises UsageError when they are not all the shards of one division of the same lessons, or ran in
    different environments. Times are those of the whole run: it begins with its first shard and takes as long
    as its longest.
    """
    shards = sorted((_shard(name, results) for name, results in parts), key=lambda each: each.number)
    _require_one_division(shards)
    _require_all(shards)
    documents = [each.results for each in shards]
    findings = tuple(_once(_in_order(documents, "findings")))
    blocks = _in_order(documents, "blocks")
    fixes = _in_order(documents, "fixes")
    lessons = _in_order(documents, "lessons")
    seconds = max(each.summary.seconds for each in documents)
    return replace(
        documents[0],
        environment=_environment(shards),
        summary=summarize(len(lessons), findings, blocks, fixes, seconds),
        findings=findings,
        blocks=blocks,
        lessons=lessons,
        fixes=fixes,
        run=replace(
            shards[0].run,
            started=min(each.run.started for each in shards),
            shard=None,
            division=None,
        ),
    )


class _Shard(NamedTuple):
    """The document of one shard, and its file."""

    file: str
    number: int
    total: int
    run: RunRecord
    results: Results


def _shard(file: str, results: Results) -> _Shard:
    run = results.run
    found = _SHARD.fullmatch(run.shard) if run and run.shard and run.division else None
    if run is None or found is None:
        raise UsageError(
            f"{file} is of a whole run, and no shard", "Name what `check --shard I/N` has written."
        )
    if results.interrupted is not None:
        raise UsageError(f"{file} is of a run that was interrupted", "Run that shard again.")
    if results.baseline is not None:
        raise UsageError(f"{file} was held against a baseline", "Hand that to `coursecheck merge` instead.")
    return _Shard(file, int(found[1]), int(found[2]), run, results)


def _require_one_division(shards: Sequence[_Shard]) -> None:
    """Require the same lessons, the same division, and the same version of the checker."""
    first = shards[0]
    for each in shards:
        both = f"{first.file} and {each.file}"
        if each.results.tool != first.results.tool:
            raise UsageError(
                f"{both} are of different versions of the checker", "Check all with the same one."
            )
        if each.run.revision != first.run.revision:
            raise UsageError(f"{both} are of different commits", "Merge the shards of one run.")
        if (each.run.division, each.total) != (first.run.division, first.total):
            remedy = "Give every shard the same lessons, the same N and the same --durations."
            raise UsageError(f"{both} divide the lessons in different ways", remedy)


def _require_all(shards: Sequence[_Shard]) -> None:
    """Require each shard exactly once."""
    there = Counter(each.number for each in shards)
    total = shards[0].total
    twice = next((number for number, times in there.items() if times > 1), None)
    if twice is not None:
        raise UsageError(f"shard {twice}/{total} is there {there[twice]} times", "Name each shard once.")
    missing = [f"{number}/{total}" for number in range(1, total + 1) if number not in there]
    if missing:
        more = ", …" if len(missing) > _MOST_NAMED else ""
        names = ", ".join(missing[:_MOST_NAMED])
        raise UsageError(f"shard {names}{more} is missing", "Name the results of every shard.")


def _in_order(documents: Iterable[Results], what: str) -> tuple[Any, ...]:
    """Records of all shards, sorted by lesson path; within a lesson they are sorted already."""
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


def _environment(shards: Sequence[_Shard]) -> EnvironmentRecord:
    """The common environment; a shard that ran nothing has no tier, and kernels of machines may differ."""
    first = shards[0]
    wanted = first.results.environment
    tiers = {each.results.environment.tier for each in shards} - {None}
    if len(tiers) > 1:
        names = " and ".join(sorted(map(str, tiers)))
        raise UsageError(f"the shards ran in different tiers: {names}", "Give all of them --require-tier.")
    for each in shards:
        environment = each.results.environment
        if (environment.python, environment.packages) != (wanted.python, wanted.packages):
            raise UsageError(
                f"{first.file} and {each.file} ran with different versions of Python or packages",
                "Give every shard the same environment.",
            )
    platforms = dict.fromkeys(each.results.environment.platform for each in shards)
    # A shard that ran nothing has no broker; one configuration names only one.
    broker = next(
        (each.results.environment.broker for each in shards if each.results.environment.broker), None
    )
    return replace(wanted, platform=", ".join(platforms), tier=next(iter(tiers), None), broker=broker)
