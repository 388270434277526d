"""Prompts and notebook lines: taken out of the code, remembered, and never taken out of a string."""

import ast

import pytest

from checker.analysis.notebook import Plain, has_prompts, without_magics
from tests.analysis.lessons import analysis, cell


def blanked(source: str) -> Plain:
    return without_magics(Plain(source, (0,) * (source.count("\n") + 1)))


@pytest.mark.parametrize(
    "code",
    [
        "x = 7 % 4",
        "x %= 3",
        "if a != b:\n    pass",
        "total = (a\n% b)",
        "f('''\n!ls\n''')",
        "x = [\n!ls\n]",
        "x = 1 + \\\n% y",
        "print('it\\'s', \"%d\") # (",
        "s = 'unclosed\n",
        "x = '''a\\'''b\n%time\n'''",
        "x = '\"'\ny = \"'\"",
        "x = ['\"', \"'\",\n%time]",
        "# isn't (\nx = 1",
        "def f(x): return x\n)",
    ],
)
def test_lines_that_are_no_notebook_lines(code: str) -> None:
    assert blanked(code) == Plain(code, (0,) * (code.count("\n") + 1))


@pytest.mark.parametrize(
    ("code", "source", "magics"),
    [
        ("%matplotlib inline", "pass", [(1, "%matplotlib inline")]),
        ("!ls -l", "pass", [(1, "!ls -l")]),
        ("for x in y:\n    !echo {x}", "for x in y:\n    pass", [(2, "!echo {x}")]),
        ("files = !ls", "files = None", [(1, "files = !ls")]),
        ("a, b = %sql select", "a, b = None", [(1, "a, b = %sql select")]),
        ("df.head?", "pass", [(1, "df.head?")]),
        ("??len", "pass", [(1, "??len")]),
        ("!pip install a \\\n  b\nx = 1", "pass\n\nx = 1", [(1, "!pip install a \\")]),
        ("!echo it's\nx = 1", "pass\nx = 1", [(1, "!echo it's")]),
        ("%%time\nx = 1", "pass\nx = 1", [(1, "%%time")]),
        ("\n%%bash\nls\nrm x", "\npass\n\n", [(2, "%%bash")]),
        ("# a\n%load_ext sql\n%%sql\nSELECT 1", "\n\npass\n", [(2, "%load_ext sql"), (3, "%%sql")]),
        ("%time x = f()", "x = f()", [(1, "%time x = f()")]),
        ("%timeit -n 3 f()", "pass", [(1, "%timeit -n 3 f()")]),
    ],
)
def test_notebook_lines(code: str, source: str, magics: list[tuple[int, str]]) -> None:
    found = blanked(code)
    assert found.source == source
    assert list(found.magics) == magics


def test_a_timed_statement_keeps_its_place() -> None:
    found = analysis("```python\nif x:\n    %time y = f(z)\n```\n")
    only = found.cells[0]
    assert only.tree is not None
    read = next(each for each in ast.walk(only.tree) if isinstance(each, ast.Name) and each.id == "z")
    span = only.span(found.lesson, read)
    assert found.lesson.text[span.start : span.end] == "z"


@pytest.mark.parametrize(
    "code", ["x = 1", 'def f():\n    """\n    >>> f()\n    """\n    oops(', "a >>= 1", ""]
)
def test_no_prompts(code: str) -> None:
    assert not has_prompts(code)


def test_a_console_session_is_its_prompts_without_the_output() -> None:
    found = cell(">>> for x in (1, 2):\n...     print(x)\n...\n1\n2\n>>> x\n2\n... is output here")
    assert found.console
    assert found.source == "for x in (1, 2):\n    print(x)\n\n\n\nx\n\n"
    assert found.shifts == (4, 4, 3, 0, 0, 4, 0, 0)
    assert found.error is None


@pytest.mark.parametrize(
    ("code", "source"),
    [
        ("In [1]: x = 1\n   ...: y = 2\nOut[1]: 3", "x = 1\ny = 2\n"),
        ("  >>> x = 1\n  1", "x = 1\n"),
        ("Python 3.13\n>>>\n>>> !ls", "\n\npass"),
    ],
)
def test_other_consoles(code: str, source: str) -> None:
    found = cell(code)
    assert found.console
    assert found.source == source


def test_an_expected_traceback_is_wrong_on_purpose() -> None:
    found = analysis(
        "```pycon\n>>> x = 1\n>>> if x:\n...     y\n...\nTraceback (most recent call last):\n  ...\n"
        "NameError: y\n>>> x\n1\n```\n"
    )
    words = "Traceback (most recent call last):"
    assert found.wrong_lines(found.lesson.blocks[0]) == {2: words, 3: words, 4: words}


def test_a_span_in_a_console_counts_the_prompt() -> None:
    found = analysis("```pycon\n>>> total = price\n```\n")
    only = found.cells[0]
    assert only.tree is not None
    span = only.span(found.lesson, only.tree.body[0])
    assert found.lesson.text[span.start : span.end] == "total = price"
