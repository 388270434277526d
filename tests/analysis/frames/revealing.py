"""What the walk knows at a place: a snippet says `display(expression)  # what it is`.

A kind is written as `Frame(column: dtype)`, `Series[dtype]`, `list[Frame]`, `dict[Frame]`; with `?` when it
is only likely, with `*` when an array may be pandas' own, with `view` when it may show the data of a frame or
series, and as `-` when nothing is known.
"""

import ast
import re

from checker.analysis.cell import Session
from checker.analysis.cells import cells_of
from checker.analysis.frames import kinds
from checker.analysis.frames.holders import Items, Mapping, Tuple
from checker.analysis.frames.kinds import Kind
from checker.analysis.frames.walk import SessionWalk
from checker.reading.lesson import parse_lesson

_DISPLAYED = re.compile(r"display\(.*  # (.*)$")


def revealed(text: str) -> list[tuple[int, str]]:
    """Line of the lesson, and kind, of everything that is displayed; the last time counts."""
    lesson = parse_lesson("lesson.mdx", text)
    walk = SessionWalk(lesson, Session("lesson", cells_of(lesson)))
    found = {}

    def look(node: ast.AST) -> None:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "display":
            found[walk.types.span(node).line] = spelled(walk.types.of(node.args[0]))

    walk.watch([ast.Call], look)
    walk.run()
    return sorted(found.items())


def expected(text: str) -> list[tuple[int, str]]:
    """Line and kind of every comment that says what is displayed."""
    lines = enumerate(text.split("\n"), 1)
    return [(number, match[1]) for number, line in lines if (match := _DISPLAYED.search(line))]


def spelled(kind: Kind) -> str:
    """A kind as the snippets write it."""
    if isinstance(kind, kinds.Frame):
        return f"Frame{_columns(kind)}{'' if kind.sure else '?'}"
    if isinstance(kind, kinds.Constant):
        return repr(kind.value)
    if isinstance(kind, Mapping):
        return f"dict[{spelled(kind.value(None))}]"
    if isinstance(kind, Items):
        return f"list[{spelled(kind.item)}]"
    if isinstance(kind, Tuple):
        return f"tuple[{', '.join(map(spelled, kind.items))}]"
    return _of_pandas(kind) or _of_python(kind)


def _of_pandas(kind: Kind) -> str:
    match kind:
        case kinds.Series() | kinds.Index():
            dtype = f"[{kind.dtype}]" if kind.dtype else ""
            return f"{type(kind).__name__}{dtype}{'' if kind.sure else '?'}"
        case kinds.Array():
            dtype, extension = f"[{kind.dtype}]" if kind.dtype else "", "*" if kind.extension else ""
            return f"Array{dtype}{extension}{' view' if kind.view else ''}"
        case kinds.Groups(by=by) if by != "groupby":
            return f"Groups by {by} of {spelled(kind.of)}"
        case kinds.Groups() | kinds.Indexer() | kinds.Dtypes():
            return f"{type(kind).__name__} of {spelled(kind.of)}"
        case kinds.DtypeValue() | kinds.DtypeName():
            return f"dtype {kind.dtype or '-'}"
        case kinds.Element():
            return f"one {kind.dtype or 'value'}{'' if kind.sure else '?'}"
        case kinds.Row():
            return f"row of {spelled(kind.of)}"
    return ""


def _of_python(kind: Kind) -> str:
    match kind:
        case kinds.Value():
            return kind.of
        case kinds.Choice():
            return " or ".join(map(repr, kind.texts))
        case kinds.Plain():
            return kind.what or "plain"
        case kinds.Module() | kinds.Member():
            return kind.name
        case kinds.Foreign():
            return f"of {kind.library}"
    return "-" if kind == kinds.UNKNOWN else type(kind).__name__


def _columns(frame: kinds.Frame) -> str:
    columns = [f"{name}: {dtype}" for name, dtype in frame.columns.items() if dtype]
    columns += [f"*: {frame.rest}"] if frame.rest else []
    return f"({', '.join(columns)})" if columns else ""
