"""Selects the snippets that are shown with their code, the worst first, to limit the file's size."""

from collections.abc import Iterable, Mapping
from typing import Final

from checker.reporting.document import BlockRecord, FindingRecord
from checker.reporting.health.model import State
from checker.reporting.health.page.views import LONGEST, MOST_CODE_LINES
from checker.reporting.health.states import Key

_FRAME = 420  # bytes of HTML around a snippet
_AROUND_FINDING = 160
_RANKS: Final[dict[State | None, int]] = {"broken": 0, "unverified": 2, "verified": 3, "excused": 4, None: 5}


def with_code(
    blocks: Iterable[BlockRecord],
    states: Mapping[Key, State],
    findings: Mapping[Key, list[FindingRecord]],
    room: int,
) -> set[Key]:
    """The blocks that fit into this many bytes.

    Broken ones first, then those with findings, then the rest.
    """

    def rank(block: BlockRecord) -> int:
        key = (block.path, block.index)
        state = states.get(key)
        return 1 if key in findings and state != "broken" else _RANKS[state]

    chosen = set()
    for block in sorted(blocks, key=rank):
        key = (block.path, block.index)
        room -= _size(block, findings.get(key, []))
        if room < 0:
            break
        chosen.add(key)
    return chosen


def _size(block: BlockRecord, findings: Iterable[FindingRecord]) -> int:
    """The approximate size of a snippet in bytes; the finished page is measured anyway."""
    code = "\n".join(block.code.split("\n", MOST_CODE_LINES)[:MOST_CODE_LINES])
    texts = (code, block.stdout[-LONGEST:], block.stderr[-LONGEST:], block.reason)
    said = sum(_AROUND_FINDING + _bytes(each.message) for each in findings)
    return _FRAME + said + sum(map(_bytes, texts))


def _bytes(text: str) -> int:
    # Characters that HTML escapes (<, &, ") are rare enough to be covered by a twelfth.
    return len(text.encode()) * 13 // 12
