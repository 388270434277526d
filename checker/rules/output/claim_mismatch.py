"""A comment after a statement that claims a wrong value.

## What

A comment after an expression or an assignment states its value: `# -> 3`, `# => 3`, `#> 3`, `# dtype: int64`,
or just a literal, such as `# [1, 2]`. After `print` it states what is printed, and `# -> ValueError` states
that the statement raises an exception. The block ran, and the result was different. The finding is at the
comment.

Values are compared as a reader would compare them: numbers to the digits shown, sets and dicts by their
contents. Comments in loops, in functions and in code that is shown wrong on purpose are not checked, nor are
words that only a reader understands. With several versions of pandas (`--pandas 2.3,3.1`), the message names
the versions for which the claim holds. If it holds where the lesson is run but not in another version, the
finding is info.

## Why

Readers memorize the values in comments. Only running the code keeps them true.

## Bad

```python
cups = [3, 4]
sum(cups)  # -> 8 # error
```

## Good

```python
cups = [3, 4]
sum(cups)  # -> 7
```

`{/* check: pandas=">=3.1" */}` says for which versions a claim is made, `output=skip` compares nothing.

## Since

coursecheck 0.2

## Source

The value when the block ran.
"""

import ast
from collections.abc import Iterator

from checker.analysis.claims import Claim, claims, error_name, is_literal
from checker.analysis.held import HeldBlock
from checker.comparing.claims import claim_holds, shown_value
from checker.model import Fix, Outcome, Severity, Span
from checker.model.traces import Told
from checker.reading.code_edits import CodeEditError, edit_code
from checker.rules.output.wording import both
from checker.rules.rule import Report, Rule

RULE = Rule("OUT201", "claim-mismatch", "warning", looks_at="promise")

_LONGEST_FIX = 80


def check(held: HeldBlock) -> Iterator[Report]:
    """Every comment whose claim does not hold, where the block ran or under a version that is compared."""
    main, others = _Told(held.ran.raw), {version: _Told(each) for version, each in held.versions.items()}
    for claim in _made(held):
        here = _holds(held, claim, main) if held.is_meant else None
        under = {version: _holds(held, claim, each) for version, each in others.items()}
        if here is False or False in under.values():
            wrong = main if here is False else next(others[each] for each in under if under[each] is False)
            yield _report(held, claim, wrong, here, under)


class _Told:
    """The outcome of the block, and the results of its statements."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome
        self.of = {each.statement: each for each in outcome.told}


def _made(held: HeldBlock) -> list[Claim]:
    """The claims of a block: none when it is shown as wrong on purpose, and none that depend on chance.

    A claim that something raises marks its line as wrong, and nothing else.
    """
    found = claims(held.cell)
    raising = {each.start[0] for each in found if each.kind == "error"}
    if held.ran.plan.kind == "counterexample" and not raising.issuperset(held.ran.wrong):
        return []
    return [each for each in found if each.kind == "error" or each.statement not in held.chance.statements]


def _holds(held: HeldBlock, claim: Claim, there: _Told) -> bool | None:
    told = there.of.get(claim.statement)
    if claim.kind == "error":
        return _raises(held, claim, there.outcome, told)
    if told is None:
        return None
    if held.how == "exact":
        return claim.text in _exact_texts(claim, told)
    return claim_holds(claim.kind, claim.text, told, prints=_prints(claim, told))


def _prints(claim: Claim, told: Told) -> bool:
    """Whether a claim is about what is printed: by `print`, or by a function that returns nothing."""
    return claim.prints or (claim.kind != "literal" and told.texts == ("None",) and bool(told.printed))


def _exact_texts(claim: Claim, told: Told) -> tuple[str, ...]:
    if _prints(claim, told):
        return (told.printed.removesuffix("\n"),)
    return told.dtypes if claim.kind == "dtype" else told.texts


def _raises(held: HeldBlock, claim: Claim, outcome: Outcome, told: Told | None) -> bool | None:
    lines = _lines(held, claim)
    wanted = error_name(claim.text)
    kinds = [each.type for each in outcome.warnings if each.line in lines]
    if outcome.error is not None and told is None and _is_at(outcome, lines, held):
        kinds += [outcome.error.type, *outcome.error.bases]
    elif told is None:
        return None
    raised = wanted in {each.rpartition(".")[2] for each in kinds}
    # A warning need not be shown a second time.
    return raised or (None if wanted.endswith("Warning") else False)


def _lines(held: HeldBlock, claim: Claim) -> range:
    """The lines of the claim's statement in the lesson."""
    assert held.cell.tree is not None
    statement: ast.stmt = held.cell.tree.body[claim.statement]
    above = held.block.span.line
    return range(above + statement.lineno, above + (statement.end_lineno or statement.lineno) + 1)


def _is_at(outcome: Outcome, lines: range, held: HeldBlock) -> bool:
    """Whether the exception was raised by a statement: directly, or in a function that it called."""
    assert outcome.error is not None
    own = [each.line for each in outcome.error.traceback if each.path == held.ran.lesson.path]
    return outcome.error.line in lines or (bool(own) and own[0] in lines)


def _report(
    held: HeldBlock, claim: Claim, wrong: _Told, here: bool | None, under: dict[str, bool | None]
) -> Report:
    told = wrong.of.get(claim.statement)
    severity: Severity | None = "error" if held.how == "exact" else None
    if here is True or held.uses_stand_in:
        severity = "info"
    if claim.kind == "error" or told is None:
        what = _what_it_raised(claim, wrong.outcome, told)
    else:
        what = _what_it_is(claim, told)
    fix = None if under or told is None else _fix(held, claim, told)
    return Report(what + _for_which(under), _span(held, claim), held.block.index, severity, fix=fix)


def _what_it_is(claim: Claim, told: Told) -> str:
    prints = _prints(claim, told)
    claimed, value = both(claim.text, shown_value(claim.kind, told, prints=prints))
    is_dtype = claim.kind == "dtype" and bool(told.dtypes)
    what = "is printed" if prints else "is the dtype" if is_dtype else "is the value"
    return f"the comment says {claimed}, but {value} {what}"


def _what_it_raised(claim: Claim, outcome: Outcome, told: Told | None) -> str:
    raised = "nothing"
    if outcome.error is not None and told is None:
        raised = f"{outcome.error.type.rpartition('.')[2]}: {outcome.error.message}".removesuffix(": ")
    return f"the comment says that this raises {error_name(claim.text)}, but it raises {raised}"


def _for_which(under: dict[str, bool | None]) -> str:
    """For which of the compared versions the claim holds, in words."""
    holds = [version for version, each in under.items() if each]
    fails = [version for version, each in under.items() if each is False]
    if not fails:
        return ""
    if not holds:
        return f" (under pandas {' and '.join(fails)})"
    return f"; it holds under pandas {' and '.join(holds)}, not under {' and '.join(fails)}"


def _span(held: HeldBlock, claim: Claim) -> Span:
    shifts = held.cell.shifts
    (line, column), (end_line, end_column) = claim.start, claim.end
    return held.ran.lesson.code_span(
        held.block, line, column + shifts[line - 1], end_line, end_column + shifts[end_line - 1]
    )


def _fix(held: HeldBlock, claim: Claim, told: Told) -> Fix | None:
    """The fix that writes the actual value, when the comment contains nothing but the claim."""
    value = shown_value(claim.kind, told, prints=_prints(claim, told))
    line, (end_line, end_column) = claim.start[0], claim.end
    fits = bool(value) and len(value) <= _LONGEST_FIX and value.isprintable()
    if claim.kind == "error" or line != end_line or not fits:
        return None
    explained = " " in claim.text if claim.kind == "dtype" else not is_literal(claim.text)
    if explained or (claim.kind == "literal" and not is_literal(value)):
        return None
    end = end_column + held.cell.shifts[line - 1]
    try:
        edit = edit_code(held.ran.lesson, held.block, (line, end - len(claim.text)), (line, end), value)
    except CodeEditError:
        return None
    return Fix("write the actual value", "unsafe", (edit,))
