from typing import Any

import pytest

from checker.running.worker.compiling import Compiler, Echoes
from checker.running.worker.watching import HOOK, Watcher

PATH = "lesson.mdx"


def compiler() -> Compiler:
    return Compiler(PATH, Watcher())


def echoed(source: str, echoes: Echoes) -> list[object]:
    """What is shown when a cell runs."""
    shown: list[object] = []
    names: dict[str, Any] = {HOOK: max}
    compiled = compiler().compile(source, 7, echoes)
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
    compiled = compiler().compile("x = 1\nx", 7, "last")
    assert [code.co_filename for code in compiled.codes] == [PATH, PATH]
    assert compiled.tree.body[1].lineno == 8
    assert [list(code.co_positions())[-1][0] for code in compiled.codes] == [7, 8]


def test_a_syntax_error_has_the_lesson_s_line() -> None:
    with pytest.raises(SyntaxError) as raised:
        compiler().compile("x = 1\nx ===", 7, "last")
    assert (raised.value.filename, raised.value.lineno) == (PATH, 8)


def test_future_features_carry_on() -> None:
    session = compiler()
    names: dict[str, Any] = {}
    for line, source in enumerate(
        ("from __future__ import annotations\n1", "x: nowhere = 1", "y: no = 1"), 1
    ):
        for code in session.compile(source, line, "last").codes:
            eval(code, names)
    assert names["x"] == 1
    assert "'nowhere'" in str(names.get("__annotations__", "'nowhere'"))
    with pytest.raises(NameError):
        eval(compiler().compile("x: nowhere = 1", 9, "last").codes[0], {})


def test_a_cell_that_hides_something_runs_as_it_stands() -> None:
    deep = "try:\n    x = " + "(" * 80 + "1" + ")" * 80 + "\nexcept Exception:\n    pass\nx"
    assert echoed(deep, "last") == [1]


def test_what_is_too_deep_for_the_hooks_runs_without(monkeypatch: pytest.MonkeyPatch) -> None:
    def too_deep(*_: object) -> None:
        raise RecursionError

    monkeypatch.setattr(Watcher, "visit", too_deep)
    assert echoed("try:\n    x = 1\nexcept Exception:\n    x = 2\nx", "last") == [1]
