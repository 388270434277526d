"""The state of each snippet, and its identity across runs."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from checker.model import Class, OutcomeKind
from checker.reporting.counts import is_python
from checker.reporting.document import BlockRecord, FindingRecord, Results
from checker.reporting.health.model import State

FAILED: Final[frozenset[OutcomeKind]] = frozenset({"failed", "timed-out", "limit", "crashed"})
NOT_RUN: Final[frozenset[OutcomeKind]] = frozenset({"skipped", "not-run"})
# Blocks that are not meant to run, so that running the rest earns the full score.
_NEVER_TO_RUN: Final[frozenset[Class]] = frozenset({"not-code", "counterexample"})

Key = tuple[str, int]  # the path of a lesson and the index of a block


def snippets(results: Results) -> list[BlockRecord]:
    """The Python blocks, in the order of the document."""
    return [block for block in results.blocks if is_python(block)]


def errors_by_block(findings: Iterable[FindingRecord]) -> Mapping[Key, int]:
    """The number of errors in each block, without intended ones."""
    counts: dict[Key, int] = defaultdict(int)
    for finding in findings:
        if finding.severity == "error" and not finding.intended and finding.block is not None:
            counts[finding.path, finding.block] += 1
    return counts


def state(block: BlockRecord, errors: Mapping[Key, int]) -> State:
    """The state of a snippet."""
    if block.outcome in FAILED or errors.get((block.path, block.index)):
        return "broken"
    if block.outcome not in NOT_RUN:
        return "verified"
    return "excused" if block.kind in _NEVER_TO_RUN else "unverified"


def is_runnable(block: BlockRecord) -> bool:
    """Whether the plan would run a snippet, even if something that it needs has failed."""
    return block.outcome != "skipped" or block.kind == "runnable"


def session_keys(blocks: Iterable[BlockRecord]) -> dict[Key, str]:
    """For each snippet, a digest of it and all before it in its lesson: equal keys should end equally."""
    so_far: dict[str, str] = defaultdict(str)
    keys = {}
    for block in blocks:
        chained = hashlib.sha256(f"{so_far[block.path]}{block.digest}".encode()).hexdigest()[:16]
        so_far[block.path] = keys[block.path, block.index] = chained
    return keys
