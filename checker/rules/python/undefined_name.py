"""A name that is not defined when the code needs it.

## What

The blocks of a lesson form one session, as in a notebook. A block reads a name that no earlier block of the
session defines: the name is misspelled, its import is missing, or it is only defined later, in a later block
or below the call that needs it.

These are warnings: a name in a function that is called only from a function which nothing calls, a
placeholder such as `your_table` or `MyModel`, and `spark`, which a PySpark shell provides. These are info: a
block that is clearly an excerpt, which is reported once, and a block that runs only with names from
`[[run.setups]]` in the configuration.

## Why

A reader who runs the lesson from the top gets a NameError there.

## Bad

```python
import math

print(math.sqrt(area))  # error
```

## Good

```python
import math

area = 49
print(math.sqrt(area))
```

What readers are to have from elsewhere can be defined out of their sight:

{/* check: setup
width = 7
*/}
```python
import math

print(math.sqrt(width))
```

## Since

coursecheck 0.1

## Source

The Python language reference, "Naming and binding".
"""

import ast
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from checker.analysis.cell import Cell
from checker.analysis.lesson import LessonAnalysis
from checker.analysis.names import Missing
from checker.analysis.words import quoted
from checker.config import Config
from checker.model import Span
from checker.rules.python.given_names import given_names
from checker.rules.python.missing_names import doubt, message, slip
from checker.rules.rule import Report, Rule

RULE = Rule("PYT201", "undefined-name", "error", looks_at="python")

_RAISES_IT = {"NameError", "UnboundLocalError", "Exception", "BaseException", "builtins.NameError"}


def check(analysis: LessonAnalysis, _config: Config) -> Iterator[Report]:
    """One report for every name that a broken block misses, and one for every excerpt that misses any."""
    given = {cell.block.index: names for cell, names in given_names(analysis)}
    for cell in analysis.cells:
        verdict = analysis.verdicts[cell.block.index]
        more = given.get(cell.block.index, [])
        if verdict.kind == "broken":
            for missing in verdict.missing:
                yield _report(analysis, cell, missing)
        elif verdict.missing:
            yield _report_excerpt(analysis, cell, _in_order([*verdict.missing, *more]))
            continue
        if more:
            yield _report_given(analysis, cell, more)


def _report(analysis: LessonAnalysis, cell: Cell, missing: Missing) -> Report:
    unsure = doubt(analysis, cell, missing)
    return Report(
        message=message(analysis, cell, missing) + unsure,
        span=_span(analysis, cell, missing),
        block=cell.block.index,
        severity="warning" if unsure else None,
        intended=_is_intended(analysis, cell, missing),
        about=(missing.name,),
    )


def _report_excerpt(analysis: LessonAnalysis, cell: Cell, missing: Sequence[Missing]) -> Report:
    names, are, them = _in_words(missing)
    near = slip(analysis, cell, missing[0].name) if len(missing) == 1 else ""
    message = f"{names} {are} not defined: the block is treated as an excerpt and is not run; " + (
        f"did you mean `{near}`?" if near else f"define {them} in an earlier block or a `setup` directive"
    )
    return _info(analysis, cell, missing, message)


def _report_given(analysis: LessonAnalysis, cell: Cell, given: Sequence[Missing]) -> Report:
    names, are, them = _in_words(given)
    message = (
        f"{names} {are} not defined by the lesson: a setup in the configuration provides {them} "
        f"here, but readers do not have {them}"
    )
    return replace(_info(analysis, cell, given, message), intended=_is_intended(analysis, cell, given[0]))


def _info(analysis: LessonAnalysis, cell: Cell, missing: Sequence[Missing], message: str) -> Report:
    """One report about several names, at the first of them."""
    return Report(
        message,
        _span(analysis, cell, missing[0]),
        cell.block.index,
        severity="info",
        about=_names(missing),
    )


def _names(missing: Iterable[Missing]) -> tuple[str, ...]:
    return tuple(each.name for each in missing)


def _in_words(missing: Sequence[Missing]) -> tuple[str, str, str]:
    """The names, and the words that agree with their number: `is` or `are`, `it` or `them`."""
    names = quoted(_names(missing))
    return (names, "is", "it") if len(missing) == 1 else (names, "are", "them")


def _in_order(missing: Iterable[Missing]) -> list[Missing]:
    """Sorted by position in the code."""
    return sorted(
        missing, key=lambda each: (getattr(each.node, "lineno", 0), getattr(each.node, "col_offset", 0))
    )


def _span(analysis: LessonAnalysis, cell: Cell, missing: Missing) -> Span:
    assert isinstance(missing.node, ast.expr)  # only expressions read names
    return cell.span(analysis.lesson, missing.node)


def _is_intended(analysis: LessonAnalysis, cell: Cell, missing: Missing) -> bool:
    raises = cell.block.directive("raises")
    if cell.block.directive("wrong") or (raises and raises.value in _RAISES_IT):
        return True
    return getattr(missing.node, "lineno", 0) in analysis.wrong_lines(cell.block)
