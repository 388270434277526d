"""Results and health with translated messages, for drawing only.

Formats for programs are not made of them.
"""

from collections.abc import Callable

from msgspec.structs import replace

from checker.reporting.document import BlockRecord, FindingRecord, FixedRecord, Results
from checker.reporting.health.model import Health

Say = Callable[[str], str]


def translated(results: Results, say: Say) -> Results:
    """The results with our messages about findings, blocks and fixes translated by `say`."""
    return replace(
        results,
        findings=tuple(_finding(each, say) for each in results.findings),
        blocks=tuple(_block(each, say) for each in results.blocks),
        fixes=tuple(_fixed(each, say) for each in results.fixes),
    )


def translated_health(health: Health, say: Say) -> Health:
    """The numbers of a report with their messages translated by `say`."""
    changes = health.changes
    return replace(
        health,
        mend=tuple(replace(each, message=say(each.message)) for each in health.mend),
        changes=replace(
            changes,
            new=tuple(replace(each, message=say(each.message)) for each in changes.new),
            fixed=tuple(replace(each, message=say(each.message)) for each in changes.fixed),
        ),
    )


def _finding(finding: FindingRecord, say: Say) -> FindingRecord:
    fix = finding.fix and replace(finding.fix, message=say(finding.fix.message))
    return replace(finding, message=say(finding.message), fix=fix)


def _block(block: BlockRecord, say: Say) -> BlockRecord:
    return replace(block, reason=say(block.reason)) if block.reason else block


def _fixed(fixed: FixedRecord, say: Say) -> FixedRecord:
    return replace(fixed, reason=say(fixed.reason)) if fixed.reason else fixed
