"""The blocks of a lesson for an editor's outline, and the links that run them."""

from collections.abc import Iterator, Mapping, Sequence

from lsprotocol import types

from checker.editor.positions import Positions
from checker.editor.runs import Shown
from checker.model import Block, BlockPlan, LessonResult
from checker.reporting.escape import one_line

RUN_COMMAND = "coursecheck.runBlock"
_LONGEST = 60


def symbols(result: LessonResult, positions: Positions) -> list[types.DocumentSymbol]:
    """One symbol for each block: its language and first line, its class and why it does not run."""
    return [
        _symbol(block, plan, positions)
        for block, plan in zip(result.lesson.blocks, result.plans, strict=True)
    ]


def lenses(
    result: LessonResult, shown: Mapping[int, Shown], uri: str, positions: Positions
) -> Iterator[types.CodeLens]:
    """The words "Run this block" above each block that would run, with the result of its last run."""
    for plan in _running(result.plans):
        block = result.lesson.blocks[plan.block]
        command = types.Command(
            title=f"Run this block{_did(shown.get(plan.block))}",
            command=RUN_COMMAND,
            arguments=[uri, block.index],
        )
        start = positions.range(block.span).start
        yield types.CodeLens(range=types.Range(start, start), command=command)


def _running(plans: Sequence[BlockPlan]) -> Iterator[BlockPlan]:
    return (each for each in plans if each.runs)


def _did(shown: Shown | None) -> str:
    if shown is None:
        return ""
    return f" ({shown.outcome.kind}{', before the last change' if shown.is_old else ''})"


def _symbol(block: Block, plan: BlockPlan, positions: Positions) -> types.DocumentSymbol:
    whole = positions.range(block.span)
    return types.DocumentSymbol(
        name=_name(block),
        detail=one_line(plan.kind if plan.runs or not plan.reason else f"{plan.kind}: {plan.reason}"),
        kind=types.SymbolKind.Function if plan.runs else types.SymbolKind.String,
        range=whole,
        selection_range=types.Range(whole.start, whole.start),
    )


def _name(block: Block) -> str:
    first = next((line.strip() for line in block.code.splitlines() if line.strip()), "")
    words = one_line(" ".join(filter(None, (block.lang, first)))) or "block"
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
