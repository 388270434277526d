"""A name that is not defined when the code needs it.

## What

The blocks of a lesson are one session, as in a notebook. A block reads a name that no earlier block of the
session defines: it is misspelt, its import is forgotten, or it is defined only later, by a block further
down, or below the call that needs it. A block that is plainly an excerpt is reported once, for information,
and so is one that runs only on names that `[[run.setups]]` in the configuration gives it. A function that is
called nowhere but inside another one, which in turn nothing calls, may be the reader's own to write, and so
is `your_table` or `MyModel`: those are warnings.

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
import builtins
from collections.abc import Iterator
from itertools import takewhile

from checker.analysis.cell import Cell
from checker.analysis.excerpts import is_known_module
from checker.analysis.lesson import LessonAnalysis
from checker.analysis.modules import KNOWN_IMPORTS, KNOWN_MODULES
from checker.analysis.names import Missing
from checker.analysis.namespace import Place
from checker.analysis.uncalled import only_uncalled_calls
from checker.analysis.words import quoted
from checker.config import Config
from checker.model import Span
from checker.patterns import regex
from checker.rules.python.given_names import given_names
from checker.rules.rule import Report, Rule
from checker.spelling import nearest

RULE = Rule("PYT201", "undefined-name", "error", looks_at="lesson")

_LOOKS_RIGHT = 0.8
_LETTERS_OF_A_SLIP = 2
_READERS_OWN = regex(r"(?:my|your|some)_[a-z]|(?:My|Your)[A-Z]|(?:MY|YOUR)_[A-Z]")
# No lesson has more names; comparing each with each would take a hostile one minutes.
_MOST_COMPARED = 1000
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
    doubt = _doubt(analysis, cell, missing)
    return Report(
        message=_message(analysis, cell, missing) + doubt,
        span=_span(analysis, cell, missing),
        block=cell.block.index,
        severity="warning" if doubt else None,
        intended=_is_intended(analysis, cell, missing),
    )


def _doubt(analysis: LessonAnalysis, cell: Cell, missing: Missing) -> str:
    """What would make it certain, for a name that the lesson may leave to its readers; else empty.

    That is one whose very name says so; and one that is called by a function alone that nothing calls: who
    shows how to write a function leaves out what is not the subject, and the block does not fail.
    """
    if missing.cause != "nowhere" or missing.name in KNOWN_IMPORTS or _is_slip(analysis, cell, missing.name):
        return ""
    if _READERS_OWN.match(missing.name):
        return " (its name leaves it to the reader)"
    session = next(each for each in analysis.sessions if cell in each.cells)
    trees = [each.tree for each in session.cells if each.tree is not None]
    uncalled = only_uncalled_calls(missing.name, cell.tree, trees) if cell.tree else ""
    return f" (certain once something calls `{uncalled}`, which needs it)" if uncalled else ""


def _is_slip(analysis: LessonAnalysis, cell: Cell, name: str) -> bool:
    """Whether a name is another one but for a letter or two in one place."""
    near = _nearest(analysis, cell, name)
    if not near:
        return False
    longer = max(len(name), len(near))
    if name.startswith(near) or near.startswith(name):
        return longer - min(len(name), len(near)) == 1
    return _alike(name, near) + _alike(name[::-1], near[::-1]) >= longer - _LETTERS_OF_A_SLIP


def _alike(one: str, other: str) -> int:
    """How many letters two names begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _in_order(missing: list[Missing]) -> list[Missing]:
    """As they stand in the code."""
    return sorted(
        missing, key=lambda each: (getattr(each.node, "lineno", 0), getattr(each.node, "col_offset", 0))
    )


def _report_excerpt(analysis: LessonAnalysis, cell: Cell, missing: list[Missing]) -> Report:
    names = quoted(each.name for each in missing)
    verb, them = ("is", "it") if len(missing) == 1 else ("are", "them")
    return Report(
        message=f"{names} {verb} not defined: this block is taken for an excerpt and is not run;"
        f" an earlier block or a `setup` directive can define {them}",
        span=_span(analysis, cell, missing[0]),
        block=cell.block.index,
        severity="info",
    )


def _report_given(analysis: LessonAnalysis, cell: Cell, given: list[Missing]) -> Report:
    names = quoted(each.name for each in given)
    verb, them = ("is", "it") if len(given) == 1 else ("are", "them")
    return Report(
        message=f"{names} {verb} not defined by the lesson: a setup of the configuration gives {them} here,"
        f" and readers do not have {them}",
        span=_span(analysis, cell, given[0]),
        block=cell.block.index,
        severity="info",
        intended=_is_intended(analysis, cell, given[0]),
    )


def _span(analysis: LessonAnalysis, cell: Cell, missing: Missing) -> Span:
    assert isinstance(missing.node, ast.expr)  # only expressions read names
    return cell.span(analysis.lesson, missing.node)


def _is_intended(analysis: LessonAnalysis, cell: Cell, missing: Missing) -> bool:
    raises = cell.block.directive("raises")
    if cell.block.directive("wrong") or (raises and raises.value in _RAISES_IT):
        return True
    return getattr(missing.node, "lineno", 0) in analysis.wrong_lines(cell.block)


def _message(analysis: LessonAnalysis, cell: Cell, missing: Missing) -> str:
    name = missing.name
    made = f"line {_line(analysis, missing.made)}" if missing.made else ""
    called = f"line {_line(analysis, missing.called)}" if missing.called else ""
    match missing.cause:
        case "call":
            return (
                f"`{name}` is not defined yet when {called} needs it: {made} defines it; move the call below"
            )
        case "later" if missing.made and isinstance(missing.made.node, ast.Import | ast.ImportFrom):
            return f"`{name}` is not defined yet: only {made} imports it; import it before this line"
        case "later":
            return f"`{name}` is not defined yet: only {made} defines it; move that up, or this down"
        case "deleted":
            return f"`{name}` is gone: {made} deletes it; keep what you need under another name"
        case "elsewhere":
            return f"`{name}` is not defined here, only in {missing.elsewhere}; define it in this session too"
    return f"`{name}` is not defined; {_remedy(analysis, cell, missing)}"


def _line(analysis: LessonAnalysis, place: Place) -> int:
    return analysis.lesson.blocks[place.block].span.line + int(getattr(place.node, "lineno", 1))


def _remedy(analysis: LessonAnalysis, cell: Cell, missing: Missing) -> str:
    name = missing.name
    if cell.tree and is_known_module(missing, cell.tree):
        return f"add `{KNOWN_MODULES[name].statement}`"
    if name in KNOWN_IMPORTS:
        return f"add `{KNOWN_IMPORTS[name]}`"
    if near := _nearest(analysis, cell, name):
        return f"did you mean `{near}`?"
    return "define or import it before this line"


def _nearest(analysis: LessonAnalysis, cell: Cell, name: str) -> str:
    """A name of the session, or a builtin, that the missing one is probably a misspelling of."""
    names = analysis.session_names[cell.block.index]
    if len(names) > _MOST_COMPARED:
        return ""
    return nearest(name, sorted((names | set(dir(builtins))) - {name}), alike=_LOOKS_RIGHT)
