from typing import Any

import pytest

from checker.running.worker.compiling import Echoes, compile_cell

PATH = "lesson.mdx"


def echoed(source: str, echoes: Echoes) -> list[object]:
    """What is shown when a cell runs."""
    shown: list[object] = []
    names: dict[str, Any] = {}
    compiled = compile_cell(source, PATH, 7, 0, echoes)
    import sys

    before, sys.displayhook = sys.displayhook, shown.append
    try:
        for code in compiled.codes:
            eval(code, names)
    finally:
        sys.displayhook = before
    return shown


CASES: list[tuple[str, Echoes, list[object]]] = [
    ("", "last", []),
    ("x = 1", "last", []),
    ("1;", "last", []),
    ("1 ;  # x", "last", []),
    ("(1\n);", "last", []),
    ("'ж';", "last", []),
    ("1", "none", []),
    ("if True: 1", "last", []),
    ("1\nx = 2", "last", []),
    ("1", "last", [1]),
    ("1\n2", "last", [2]),
    ("1; 2", "last", [2]),
    ("';'", "last", [";"]),
    ("1  # ;", "last", [1]),
    ("(1\n# ;\n)", "last", [1]),
    ("1\n2;\nif True: 3", "all", [1, 2, 3]),
]


@pytest.mark.parametrize(("source", "echoes", "shown"), CASES)
def test_echoes(source: str, echoes: Echoes, shown: list[object]) -> None:
    assert echoed(source, echoes) == shown


def test_lines_are_the_lesson_s() -> None:
    compiled = compile_cell("x = 1\nx", PATH, 7, 0, "last")
    assert [code.co_filename for code in compiled.codes] == [PATH, PATH]
    assert compiled.tree.body[1].lineno == 8
    assert [list(code.co_positions())[-1][0] for code in compiled.codes] == [7, 8]


def test_a_syntax_error_has_the_lesson_s_line() -> None:
    with pytest.raises(SyntaxError) as raised:
        compile_cell("x = 1\nx ===", PATH, 7, 0, "last")
    assert (raised.value.filename, raised.value.lineno) == (PATH, 8)


def test_future_features_carry_on() -> None:
    first = compile_cell("from __future__ import annotations\n1", PATH, 1, 0, "last")
    later = compile_cell("x: nowhere = 1", PATH, 9, first.flags, "last")
    names: dict[str, Any] = {}
    eval(later.codes[0], names)
    assert names["__annotations__"] == {"x": "nowhere"}
    assert compile_cell("x: int = 1", PATH, 9, 0, "last").flags == 0
