"""Running a labelled lesson on the installed pandas: what warned, what raised, what was printed."""

import ast
import contextlib
import io
import warnings
from collections.abc import Mapping
from typing import Any, NamedTuple

from checker.analysis.cells import cells_of
from checker.reading.lesson import parse_lesson

FILES = {
    "people.csv": "id,name,age\n1,Ann,31\n2,Bob,17\n3,,45\n",
    "sales.csv": "date,city,qty,price\n2024-01-05,Riga,3,1.5\n2024-01-06,Oslo,,2.5\n2024-02-07,Rome,7,1.5\n",
    "space.txt": "a b c\n1 2 3\n4 5 6\n",
    "table.json": '[{"a": 1, "b": "x"}, {"a": 2, "b": "y"}]',
}


class Ran(NamedTuple):
    """Lines (of the lesson, from 1) at which a warning was given or an exception came from, and the rest."""

    warned: dict[int, set[str]]
    raised: dict[int, str]
    printed: str
    names: Mapping[str, Any]


def run(text: str, *, without: int = 0) -> Ran:
    """Run a lesson statement by statement, and on after an exception; without the one at a line."""
    lesson = parse_lesson("lesson.mdx", text)
    names: dict[str, Any] = {"__name__": "lesson"}
    raised: dict[int, str] = {}
    warned: dict[int, set[str]] = {}
    printed = io.StringIO()
    with warnings.catch_warnings(record=True) as caught, contextlib.redirect_stdout(printed):
        warnings.simplefilter("always")
        for cell in cells_of(lesson):
            assert cell.tree is not None
            tree = ast.increment_lineno(cell.tree, cell.block.span.line)
            for statement in Left(without).visit(tree).body:
                try:
                    exec(compile(ast.Module([statement], []), "lesson", "exec"), names)
                except Exception as error:  # noqa: BLE001  a lesson may raise anything
                    raised[_line(error)] = f"{type(error).__name__}: {error}"
    for warning in caught:
        if warning.filename == "lesson":
            warned.setdefault(warning.lineno, set()).add(warning.category.__name__)
    return Ran(warned, raised, printed.getvalue(), names)


class Left(ast.NodeTransformer):
    """The tree without the simple statement that begins at a line."""

    def __init__(self, line: int) -> None:
        self._line = line

    def visit(self, node: ast.AST) -> Any:
        if isinstance(node, ast.stmt) and node.lineno == self._line and not hasattr(node, "body"):
            return ast.copy_location(ast.Pass(), node)
        return self.generic_visit(node)


def _line(error: BaseException) -> int:
    line, trace = 0, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "lesson":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
