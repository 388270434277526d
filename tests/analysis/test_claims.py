"""Which comments claim something of a statement."""

import pytest

from checker.analysis.cells import to_cell
from checker.analysis.claims import claims, error_name, spoken_of
from checker.reading.lesson import parse_lesson


def found(code: str) -> list[tuple[int, str, str]]:
    cell = to_cell(parse_lesson("a.mdx", f"~~~python\n{code}\n~~~").blocks[0])
    return [(each.statement, each.kind, each.text) for each in claims(cell)]


@pytest.mark.parametrize(
    "code",
    [
        "x = f(",
        "x = f()",
        "x = f()  # noqa",
        "x = f()  # 5 cups",
        "x = f()  # ...",
        "x = f()  #",
        "x = f()  # -->  3",
        "x = f()  #>> 3",
        "# -> 3",
        "x = 3  # 4",
        "x: int = 3  # 4",
        "3  # 4",
        "x: int  # 4",
        "import a  # 4",
        "for x in y: x  # -> 3",
        "if x:\n    x  # -> 3",
        "def f(): pass  # -> 3",
        "f(1,  # 3\n  2)",
        "a()  # 1\nb()  # 2",
        "a()  # 0\nb()  # 1\nc()  # -> 3"[:21],
        "a()  # (1)\nb()  # (2)",
        "x = f()  # " + "9" * 3_000,
        "x = f()  # " + "(" * 500 + ")" * 500,
        "x\n\n#> 3",
        "x  # a\n#> 3",
    ],
    ids=lambda code: code[:20],
)
def test_no_claim(code: str) -> None:
    assert found(code) == []


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("f()  # -> 3", (0, "value", "3")),
        ("f()  # => 3", (0, "value", "3")),
        ("f()  #> 3", (0, "shown", "3")),
        ("f()  #-> 3", (0, "value", "3")),
        ("f()  # dtype: int64", (0, "dtype", "int64")),
        ("f()  # [1, 2]", (0, "literal", "[1, 2]")),
        ("f()  # 1", (0, "literal", "1")),
        ("f()  # (1)", (0, "literal", "(1)")),
        ("f()  # 'a'", (0, "literal", "'a'")),
        ("x = f()  # -> 3", (0, "value", "3")),
        ("x: int = f()  # 3", (0, "literal", "3")),
        ("x += 1  # 3", (0, "literal", "3")),
        ("x = 3  # -> 3", (0, "value", "3")),
        ("f(\n  1,\n)  # -> 3", (0, "value", "3")),
        ("a = 1; f()  # -> 3", (1, "value", "3")),
        ("f()  # -> ValueError", (0, "error", "ValueError")),
        ("f()  # => KeyError: 'a'", (0, "error", "KeyError: 'a'")),
        ("f()  # -> raises shop.CupError", (0, "error", "raises shop.CupError")),
        ("f()\n#> a\n#>  b", (0, "shown", "a\n b")),
        ("чай()  # -> 3", (0, "value", "3")),
    ],
)
def test_a_claim(code: str, expected: tuple[int, str, str]) -> None:
    assert found(code) == [expected]


def test_steps_that_do_not_begin_at_the_beginning_are_claims() -> None:
    assert len(found("a()  # 2\nb()  # 3")) == 2
    assert len(found("a()  # 1\nb()  # 3")) == 2


def test_what_print_claims_is_printed() -> None:
    cell = to_cell(
        parse_lesson("a.mdx", "```python\nprint(1)  # 1\nprint(1, file=f)  # 1\nf(1)  # -> 1\n```").blocks[0]
    )
    assert [each.prints for each in claims(cell)] == [True, False, False]


def test_which_exception() -> None:
    assert error_name("raises shop.CupError: no cup") == "CupError"


def test_of_which_statements_the_lesson_speaks() -> None:
    plain, console, broken = parse_lesson(
        "a.mdx", "```python\n1\nf()  # 3\n```\n\n```pycon\n>>> 1\n>>> 2\n```\n\n```python\nf(\n```\n"
    ).blocks
    assert spoken_of(to_cell(plain)) == (1,)
    assert spoken_of(to_cell(console)) == (0, 1)
    assert spoken_of(to_cell(broken)) == ()
