"""A frequency alias that pandas no longer accepts, such as "M", "H" or "15T".

## What

`M`, `Q`, `Y`, `A`, `BM`, `AS` and similar aliases for dates, and `H`, `T`, `S`, `L`, `U`, `N` everywhere:
alone, with a number (`15T`), with an anchor (`Q-DEC`), or in compounds (`1H30T`). They are found in
`date_range`, `resample`, `Grouper`, `asfreq`, `shift`, `floor`, `rolling`, `to_period`, `Period`, `Timedelta`
and every other place that takes a frequency, whether the alias is written there, in a variable, in a list
that a loop goes over, or at the end of an f-string.

`M`, `Q` and `Y` are still valid for periods. Uppercase units of a `Timedelta`, and `d`, `w`, `b`, only cause
a warning, so their finding is a warning too.

## Why

The call raises `ValueError: Invalid frequency`, and the reader cannot continue.

## Bad

```python
import pandas as pd

days = pd.date_range("2024-01-01", periods=90, freq="D")
load = pd.Series(range(90), index=days)
monthly = load.resample("M").sum()  # error
steps = pd.date_range("2024-01-01", periods=4, freq="15T")  # error
years = days.to_period("A")  # error
```

## Good

```python
import pandas as pd

days = pd.date_range("2024-01-01", periods=90, freq="D")
load = pd.Series(range(90), index=days)
monthly = load.resample("ME").sum()
steps = pd.date_range("2024-01-01", periods=4, freq="15min")
months = days.to_period("M")
```

## Since

pandas 3.0; deprecated since 2.2

## Source

What's new in pandas 2.2, deprecated aliases:
https://pandas.pydata.org/docs/whatsnew/v2.2.0.html#deprecate-aliases-m-q-y-etc-in-favour-of-me-qe-ye-etc-for-offsets
"""

import ast
from collections.abc import Iterator, Sequence

from msgspec import structs

from checker.analysis.frames.conventions import GIVEN_FREQUENCIES
from checker.analysis.frames.kinds import Frame, Index, Series, text_of, texts_of
from checker.analysis.frames.known import Types
from checker.model import Edit, Fix
from checker.patterns import regex
from checker.rules.pandas.editing import fix, inside_quotes
from checker.rules.pandas.frequency_places import places
from checker.rules.pandas.frequency_texts import Aliases, changed_aliases
from checker.rules.pandas.receivers import Asked
from checker.rules.pandas.table import Place, is_removed
from checker.rules.pandas.telling import doubt, is_meant
from checker.rules.pandas.wording import quoted, severity
from checker.rules.rule import Report, Rule

RULE = Rule("PAN306", "freq-alias", "error", looks_at="node", nodes=(ast.Call, ast.Assign))

_PERIOD_DTYPE = regex(r"period\[(.+)\]")


def check(node: ast.Call | ast.Assign, types: Types) -> Iterator[Report]:
    """Report removed and deprecated aliases where a frequency is expected."""
    if isinstance(node, ast.Assign):
        yield from _assigned(node, types)
        return
    for given, sorts, asked in places(node, types):
        if asked.owners or _speaks_for_time(node, given, types):
            yield from _in_argument(given, sorts, asked, node, types)
    yield from _in_dtype(node, types)


def _speaks_for_time(node: ast.Call, given: ast.expr, types: Types) -> bool:
    """Whether an unknown object is one of pandas, judging by the method and a text as its argument."""
    name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
    return name in GIVEN_FREQUENCIES and bool(_texts(given, types))


def _assigned(node: ast.Assign, types: Types) -> Iterator[Report]:
    """`index.freq = "M"`."""
    for target in node.targets:
        if isinstance(target, ast.Attribute) and target.attr == "freq":
            kind = types.of(target.value)
            if isinstance(kind, Index):
                yield from _in_argument(
                    node.value, ["offset"], Asked(("Index",), "freq", kind.sure), None, types
                )


def _in_dtype(node: ast.Call, types: Types) -> Iterator[Report]:
    """`astype("period[H]")`."""
    if not isinstance(node.func, ast.Attribute) or node.func.attr != "astype" or len(node.args) != 1:
        return
    kind, text = types.of(node.func.value), text_of(types.of(node.args[0]))
    match = _PERIOD_DTYPE.fullmatch(text or "")
    found = changed_aliases(match[1], "period") if match else None
    if found and isinstance(kind, Series | Frame | Index):
        whole = structs.replace(found, corrected=f"period[{found.corrected}]")
        yield _report(node.args[0], whole, Asked(("Series",), "astype", kind.sure), node, types)


def _in_argument(
    given: ast.expr, sorts: Sequence[Place], asked: Asked, call: ast.Call | None, types: Types
) -> Iterator[Report]:
    for text in _texts(given, types):
        found = [changed_aliases(text, place) for place in sorts]
        if found[0] is not None and None not in found:
            yield _report(given, found[0], asked, call, types)
            return


def _texts(node: ast.expr, types: Types) -> tuple[str, ...]:
    """The texts that an argument may be; values in an f-string count as numbers."""
    match node:
        case ast.JoinedStr(values=parts):
            return ("".join(_part(part, types) for part in parts),)
        case ast.BinOp(op=ast.Add(), left=left, right=ast.Constant(value=str(end))):
            return (f"{text_of(types.of(left)) or 1}{end}",)
    return texts_of(types.of(node))


def _part(part: ast.expr, types: Types) -> str:
    if isinstance(part, ast.Constant):
        return str(part.value)
    return text_of(types.of(part)) or "1"


def _report(given: ast.expr, found: Aliases, asked: Asked, call: ast.Call | None, types: Types) -> Report:
    gone = [change for change in found.changes if is_removed(change)]
    change = (gone or found.changes)[0]
    receiver = call.func.value if call and isinstance(call.func, ast.Attribute) else None
    here = " for periods" if found.place == "period" else ""
    state = (
        f"was removed{here} in pandas {change.since}"
        if gone
        else "is deprecated and will be removed in pandas 4"
    )
    if isinstance(given, ast.Constant | ast.JoinedStr):
        written = ""
    else:
        written = f" in {quoted(types.source(given), 'this expression')}"
    instead = f'"{found.corrected}"' if not isinstance(given, ast.JoinedStr) else f'"{change.instead}"'
    return Report(
        f'The frequency alias "{change.alias}"{written} {state}. Write {instead}.'
        + doubt(asked, receiver, types),
        types.span(given),
        severity=severity(sure=asked.sure and bool(gone)),
        intended=is_meant(change, types),
        fix=_fix(given, found, asked, types),
    )


def _fix(given: ast.expr, found: Aliases, asked: Asked, types: Types) -> Fix | None:
    corrected = found.corrected
    edit = _edit(given, found, types)
    if edit is not None:
        return fix(f'Write "{corrected}".', [edit], unsafe=False, sure=asked.has_owner)
    literal = types.only_literal(given.id) if isinstance(given, ast.Name) else None
    if literal is None:
        return None
    source = types.lesson.text[literal.start : literal.end]
    if source[1:-1] != text_of(types.of(given)):
        return None
    # The name may be used elsewhere, where the old alias is still right.
    edit = Edit(literal, f"{source[0]}{corrected}{source[-1]}")
    return fix(f'Write "{corrected}".', [edit], unsafe=True)


def _edit(given: ast.expr, found: Aliases, types: Types) -> Edit | None:
    if isinstance(given, ast.Constant):
        span = inside_quotes(given, types)
        return Edit(span, found.corrected) if span else None
    if isinstance(given, ast.JoinedStr) and len(found.changes) == 1:
        span = types.span(given)
        source = types.lesson.text[span.start : span.end]
        alias = found.changes[0].alias
        for quote in ('"', "'"):
            if source.endswith("}" + alias + quote):
                start = span.end - 1 - len(alias)
                return Edit(types.lesson.span(start, start + len(alias)), found.changes[0].instead)
    return None
