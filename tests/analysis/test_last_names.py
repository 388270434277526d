"""The last names of what code speaks of."""

import ast

import pytest

from checker.analysis.last_names import handled_names, last_name, last_names


def expression(code: str) -> ast.expr:
    return ast.parse(code, mode="eval").body


@pytest.mark.parametrize("code", ["f()", "names[0]", "1", "'read_csv'", "(a, b)", "lambda: a"])
def test_what_is_neither_a_name_nor_an_attribute_has_none(code: str) -> None:
    assert last_name(expression(code)) == ""


@pytest.mark.parametrize("code", ["read_csv", "pd.read_csv", "lib().read_csv", "frames[0].read_csv"])
def test_the_last_name(code: str) -> None:
    assert last_name(expression(code)) == "read_csv"


def test_of_nothing_there_are_none() -> None:
    assert not list(last_names(None))
    assert not list(last_names(expression("errors()")))


def test_of_one_class_and_of_several() -> None:
    assert list(last_names(expression("requests.Timeout"))) == ["Timeout"]
    assert list(last_names(expression("(KeyError, (errors.Late, find()), OSError)"))) == [
        "KeyError",
        "Late",
        "OSError",
    ]


def test_what_handlers_name_and_a_bare_one_names_all() -> None:
    code = (
        "try:\n    a\nexcept (KeyError, lib.Late):\n    b\nexcept OSError as error:\n    c\nexcept:\n    d\n"
    )
    (statement,) = ast.parse(code).body
    assert isinstance(statement, ast.Try)
    assert list(handled_names(statement.handlers)) == ["KeyError", "Late", "OSError", "BaseException"]
    assert not list(handled_names([]))
