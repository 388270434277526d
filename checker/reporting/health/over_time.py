"""What only several runs show: the trend, flaky snippets, and those that are long unverified."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from msgspec import Struct

from checker.reporting.document import BlockRecord, Results
from checker.reporting.health.model import Flaky, Point, Stale, place_of
from checker.reporting.health.snapshot import Snapshot, was_run
from checker.reporting.health.states import Key, errors_by_block, session_keys, snippets, state

MOST_STALE = 10
MOST_FLAKY = 20
MOST_POINTS = 60  # more cannot be distinguished on a trend line


class Remembered(Struct, frozen=True):
    """When a snippet was first seen, and when a run last verified it, if ever."""

    seen: str
    verified: str | None


def trend(snapshots: Sequence[Snapshot]) -> tuple[Point, ...]:
    """The runs in order of time; only the newest when there are too many."""
    return tuple(each.point for each in snapshots[-MOST_POINTS:])


def flaky(results: Results, snapshots: Sequence[Snapshot]) -> tuple[Flaky, ...]:
    """The snippets of the newest run that ended well in some runs and badly in others.

    Only runs with the same versions count, and only if the snippet and all before it in its lesson are
    unchanged: anything else is a change, not flakiness.
    """
    now = snapshots[-1].setting
    ended: dict[str, list[bool]] = defaultdict(list)
    for each in snapshots:
        # The same session twice in a run, in two lessons, is one observation.
        seen = {block.session: block for block in each.blocks if was_run(block)}
        if each.setting == now:
            for session, block in seen.items():
                ended[session].append(block.state == "broken")
    found = []
    for snippet, session in _with_sessions(snippets(results)):
        failures = ended[session]
        if len(set(failures)) > 1:
            found.append(Flaky(place_of(snippet), len(failures), sum(failures)))
    found.sort(key=lambda each: -min(each.failures, each.runs - each.failures))
    return tuple(found[:MOST_FLAKY])


def stale(
    results: Results, snapshots: Sequence[Snapshot], contents: Mapping[str, Remembered]
) -> tuple[Stale, ...]:
    """The snippets that the newest run does not verify, by content, the longest unverified first.

    `contents` is what is known from runs older than the snapshots.
    """
    seen = {digest: each.seen for digest, each in contents.items()}
    verified = {digest: each.verified for digest, each in contents.items() if each.verified}
    for each in snapshots:
        for block in each.blocks:
            seen.setdefault(block.digest, each.run.started)
            if block.state == "verified":
                verified[block.digest] = each.run.started
    errors = errors_by_block(results.findings)
    found = [
        Stale(place_of(block), verified.get(block.digest), seen[block.digest], block.reason)
        for block in snippets(results)
        if state(block, errors) == "unverified"
    ]
    # A snippet that was never verified since an earlier date is worse than one verified on that date.
    found.sort(key=lambda each: (each.verified or each.seen, each.verified is not None))
    return tuple(found[:MOST_STALE])


def _with_sessions(blocks: Sequence[BlockRecord]) -> list[tuple[BlockRecord, str]]:
    keys: dict[Key, str] = session_keys(blocks)
    return [(block, keys[block.path, block.index]) for block in blocks]
