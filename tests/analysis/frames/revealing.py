"""What the walk knows at a place: a snippet says `display(expression)  # what it is`.

A kind is written as `Frame`, `Series[text]`, `list[Frame]`, `dict[Frame]`, `tuple[Frame, str]`; with `?` when it is
only likely, `-` when nothing is known.
"""

import ast
import re

from checker.analysis.cells import cells_of
from checker.analysis.cell import Session
from checker.analysis.frames import kinds
from checker.analysis.frames.holders import Items, Mapping, Tuple
from checker.analysis.frames.kinds import Kind
from checker.analysis.frames.walk import SessionWalk
from checker.reading.lesson import parse_lesson

_REVEAL = re.compile(r"display\(.*# (.*)$")


def revealed(code: str) -> list[tuple[int, str]]:
    """Line and kind of everything that is revealed; a block ends at a line `---`."""
    blocks = [f"```python\n{block}\n```\n" for block in code.split("\n---\n")]
    lesson = parse_lesson("lesson.mdx", "\n".join(blocks))
    session = Session("lesson", cells_of(lesson))
    walk = SessionWalk(lesson, session)
    found = {}

    def look(node: ast.AST) -> None:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "display":
            found[walk.types.span(node).line] = spelled(walk.types.of(node.args[0]))

    walk.watch([ast.Call], look)
    walk.run()
    return sorted(found.items())


def expected(code: str) -> list[str]:
    """What the comments say."""
    return [match[1] for line in code.split("\n") if (match := _REVEAL.search(line))]


def spelled(kind: Kind) -> str:
    match kind:
        case kinds.Frame():
            return f"Frame{_columns(kind)}{_sure(kind.sure)}"
        case kinds.Series() | kinds.Index():
            return f"{type(kind).__name__}{f'[{kind.dtype}]' if kind.dtype else ''}{_sure(kind.sure)}"
        case kinds.Array():
            return f"Array{f'[{kind.dtype}]' if kind.dtype else ''}{'*' if kind.extension else ''}"
        case kinds.Groups() | kinds.Indexer() | kinds.Dtypes():
            return f"{type(kind).__name__} of {spelled(kind.of)}"
        case kinds.DtypeValue() | kinds.DtypeName():
            return f"dtype {kind.dtype or '-'}"
        case kinds.Plain():
            return kind.what or "plain"
        case kinds.Constant():
            return repr(kind.value)
        case kinds.Module() | kinds.Member():
            return kind.name
        case kinds.Foreign():
            return f"of {kind.library}"
        case Mapping():
            return f"dict[{spelled(kind.value(None))}]"
        case Items():
            return f"list[{spelled(kind.item)}]"
        case Tuple():
            return f"tuple[{', '.join(map(spelled, kind.items))}]"
    return "-" if kind == kinds.UNKNOWN else type(kind).__name__


def _columns(frame: kinds.Frame) -> str:
    columns = [f"{name}: {dtype}" for name, dtype in frame.columns.items() if dtype]
    columns += [f"*: {frame.rest}"] if frame.rest else []
    return f"({', '.join(columns)})" if columns else ""


def _sure(sure: bool) -> str:
    return "" if sure else "?"
