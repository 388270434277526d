"""Which blocks are Python, and what of them is parsed."""

import pytest
from msgspec.structs import replace

from checker.analysis.cells import is_python, parse
from tests.analysis.lessons import analysis, cell
from tests.builders import block


@pytest.mark.parametrize(
    "lang",
    [
        None,
        "",
        "bash",
        "pythonic",
        "python-repl",
        "python3.11",
        "python2",
        "pyx",
        "pyi",
        "ipython3",
        "{r}",
        "json5",
        "cpython",
        "{py:data}",
    ],
)
def test_other_languages(lang: str | None) -> None:
    assert not is_python(replace(block(), lang=lang))


@pytest.mark.parametrize(
    "lang",
    [
        "python",
        "Python",
        "PY",
        "py",
        "python3",
        "{python}",
        "{.python",
        "ipython",
        "pycon",
        "python{1,3}",
        "python,ignore",
        "python:a",
    ],
)
def test_python(lang: str) -> None:
    assert is_python(replace(block(), lang=lang))


def test_only_python_blocks_are_cells_and_keep_their_index() -> None:
    found = analysis("```bash\nls\n```\n\n```py\nx = 1\n```\n\n```\ntext\n```\n\n```Python\ny = 2\n```\n")
    assert [each.block.index for each in found.cells] == [1, 3]


@pytest.mark.parametrize(
    "code",
    [
        "x = 1",
        "x = '\\d'",
        "x is 5",
        "await f()",
        "async with a as b:\n    pass",
        "[await x async for x in y]",
        'def f():\n    """\n    >>> f()\n    1\n    """\n    return 1',
        'text = """\n%matplotlib\n!ls\n>>> x\n"""',
        "rest = (7\n    % 4)",
        "",
        "# only a comment",
    ],
)
def test_code_that_is_left_as_it_is(code: str) -> None:
    found = cell(code)
    assert found.source == code
    assert found.tree is not None
    assert found.error is None
    assert not found.console
    assert found.magics == ()


@pytest.mark.parametrize(
    ("code", "line"), [("for x in y\n    pass", 1), ("x = 1\ny = (", 2), ("x = 1\n  y = 2", 2)]
)
def test_what_does_not_parse_keeps_its_place(code: str, line: int) -> None:
    found = cell(code)
    assert found.tree is None
    assert found.error is not None
    assert found.error.lineno == line


@pytest.mark.parametrize(
    "code", ["return 1", "if x:\n    continue", "yield 1", "def f(a, a): pass", "nonlocal x"]
)
def test_what_parses_and_does_not_compile_has_both(code: str) -> None:
    found = cell(code)
    assert found.tree is not None
    assert found.error is not None


@pytest.mark.parametrize(
    "code",
    [
        "-" * 20_000 + "1",
        "(" * 500 + ")" * 500,
        "x = " + " + ".join(["1"] * 1_000),
        "a" + ".b()" * 300,
    ],
)
def test_hostile_code_is_an_error_and_no_crash(code: str) -> None:
    found = cell(code)
    assert found.tree is None
    assert found.error is not None


@pytest.mark.parametrize("source", ["x = '\x00'", "x = '\ud800'", "x = \udc80"])
def test_characters_that_python_refuses(source: str) -> None:
    tree, error = parse(source)
    assert tree is None
    assert error is not None


def test_windows_line_ends_do_not_shift_lines() -> None:
    found = analysis("```python\r\nx = 1\r\ny = (\r\n```\r\n").cells[0]
    assert found.lines == ("x = 1", "y = (")
    assert found.error is not None
    assert found.error.lineno == 2


def test_a_span_counts_characters_and_not_bytes() -> None:
    found = analysis("- item\n\n  ```python\n  имя = 'ё'; другое = имя\n  ```\n")
    only = found.cells[0]
    assert only.tree is not None
    span = only.span(found.lesson, only.tree.body[1])
    assert found.lesson.text[span.start : span.end] == "другое = имя"
    assert (span.line, span.column) == (4, 14)
    assert only.lesson_line(only.tree.body[1]) == 4
