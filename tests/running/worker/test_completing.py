import ast

import pytest

from checker.running.worker.completing import DONE, Completions


def done(source: str, *lines: int) -> tuple[list[int], dict[str, object]]:
    watch = Completions()
    tree = watch.instrument(ast.parse(source), lines)
    names: dict[str, object] = {DONE: watch.note}
    exec(compile(tree, "lesson", "exec"), names)
    return watch.take(), names


SOURCE = """\
def called(x):
    x.append(1)
    if x:
        x.append(
            2
        )
    return len(x)

def not_called(x):
    x.append(3)

for each in [1, 2]:
    try:
        y = each
        1 / 0
    except ZeroDivisionError:
        z = y
while False:
    w = 1
else:
    v = 2
found = called([])
"""


def test_what_ran_to_its_end() -> None:
    lines = (2, 5, 7, 10, 14, 15, 17, 19, 21)
    assert done(SOURCE, *lines)[0] == [2, 5, 7, 14, 17, 21]


def test_the_code_does_what_it_did() -> None:
    assert done(SOURCE, 2, 7)[1]["found"] == 2
    assert done("def f():\n    return\nx = f()", 2)[1]["x"] is None


def test_a_return_that_raises_is_not_done() -> None:
    source = "def f():\n    return 1 / 0\ntry:\n    f()\nexcept ZeroDivisionError:\n    pass"
    assert done(source, 2)[0] == []


def test_statements_at_the_top_are_left_as_they_are() -> None:
    tree = ast.parse("x = 1\nx")
    assert ast.dump(Completions().instrument(ast.parse("x = 1\nx"), (1, 2))) == ast.dump(tree)


def test_each_cell_tells_its_own() -> None:
    watch = Completions()
    exec(compile(watch.instrument(ast.parse("if 1:\n    x = 1"), (2,)), "lesson", "exec"), {DONE: watch.note})
    assert (watch.take(), watch.take()) == ([2], [])


def test_lines_stay_where_they_are() -> None:
    watch = Completions()
    tree = watch.instrument(ast.parse("def f():\n    x = 1\n    1 / 0\nf()"), (2,))
    with pytest.raises(ZeroDivisionError) as raised:
        exec(compile(tree, "lesson", "exec"), {DONE: watch.note})
    assert [each.lineno + 1 for each in raised.traceback][-2:] == [4, 3]
