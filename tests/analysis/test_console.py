"""What a console session shows below its statements."""

from checker.analysis.cells import cells_of
from checker.analysis.console import echoes
from checker.reading.lesson import parse_lesson


def shown(code: str) -> list[tuple[int, int, str, int]]:
    (cell,) = cells_of(parse_lesson("a.mdx", f"```pycon\n{code}\n```"))
    return [(each.first, each.statement, each.text, each.line) for each in echoes(cell)]


def test_no_session() -> None:
    assert shown("x = 1") == []
    assert shown(">>> x = (") == []


def test_statements_and_what_stands_below_them() -> None:
    assert shown(">>> x = 1\n>>> x\n1\n\n>>> x") == [(0, 0, "", 2), (1, 1, "1", 3), (2, 2, "", 6)]


def test_what_ipython_writes_before_a_value_is_none_of_it() -> None:
    assert shown("In [1]: x\nOut[1]: 5\n\nIn [2]: s\nOut[2]: \n0    1\n1    2") == [
        (0, 0, "5", 2),
        (1, 1, "0    1\n1    2", 6),
    ]
    assert shown("In [1]: x\nOut[1]:") == [(0, 0, "", 3)]


def test_a_loop_ends_with_an_empty_prompt() -> None:
    assert shown(">>> for i in x:\n...     i\n...\n1\n2") == [(0, 0, "1\n2", 4)]
    assert shown(">>> f(\n...     1)\n2") == [(0, 0, "2", 3)]


def test_statements_of_one_prompt() -> None:
    assert shown(">>> 1; 2\n1\n2\n>>> 3\n3") == [(0, 1, "1\n2", 2), (2, 2, "3", 5)]


def test_what_is_further_in() -> None:
    assert shown("  >>> 1\n  1\n    2") == [(0, 0, "1\n  2", 2)]


def test_what_it_is() -> None:
    (cell,) = cells_of(
        parse_lesson(
            "a.mdx",
            "```pycon\n>>> f()  # doctest: +SKIP\n1\n>>> g()\nTraceback (most recent call last):\n```",
        )
    )
    assert [(each.skipped, each.raises) for each in echoes(cell)] == [(True, False), (False, True)]
