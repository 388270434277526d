"""What comments claim, held against values."""

import datetime as dt
from typing import Any

import pytest

from checker.comparing.claims import claim_holds, shown_value
from checker.model.traces import Told


def told(value: Any, printed: str = "", dtypes: tuple[str, ...] = (), types: tuple[str, ...] = ()) -> Told:
    texts = tuple(dict.fromkeys((repr(value), str(value))))
    kinds = types or tuple(each.__name__ for each in type(value).__mro__[:-1])
    return Told(0, printed, texts, dtypes, kinds)


CLASS = told(object())
DAY = told(dt.date(2024, 1, 2))

HOLDS = [
    ("literal", "3", told(3)),
    ("literal", "1, 2", told([1, 2])),
    ("literal", "0.33", told(1 / 3)),
    ("literal", "1_000", told(1000)),
    ("literal", "'2024-01-02'", DAY),
    ("value", "(3, 2), rows and columns", told((3, 2))),
    ("value", "3 (was 4)", told(3)),
    ("value", "int", told(3)),
    ("shown", "[1,  2]", told([1, 2])),
    ("shown", "3", told(3)),
    ("value", "<class 'int'>", told(3)),
    ("value", "int", told(int)),
    ("value", "<class 'date'>", told(dt.date)),
    ("value", "NaN", told(float("nan"))),
    ("value", "hello", told("hello")),
    ("value", "int64", told(3, dtypes=("int64",))),
    ("value", "datetime.date(2024, 1, 2)", DAY),
    ("value", "None", told(None)),
    ("dtype", "int64", told(3, dtypes=("int64", "dtype('int64')"))),
    ("dtype", "O", told(3, dtypes=("object",))),
    ("dtype", "string[python]", told(3, dtypes=("string",))),
    ("dtype", "datetime64[us, UTC]", told(3, dtypes=("datetime64[us, UTC]",))),
    ("dtype", "int64", Told(0, "", ("dtype('int64')", "int64"), (), ("dtype",))),
]
FAILS = [
    ("literal", "4", told(3)),
    ("literal", "'b'", told("a")),
    ("value", "4", CLASS),
    ("value", "(3, 1), rows", told((3, 2))),
    ("value", "str", told(3)),
    ("value", "str", told(int)),
    ("shown", "the sum", told(3)),
    ("shown", "3", CLASS),
    ("value", "NaN", told(3.0)),
    ("value", "hello wrld", told("hello world")),
    ("value", "object", told(3, dtypes=("int64",))),
    ("value", "datetime.date(2024, 1, 3)", DAY),
    ("dtype", "object (was str)", told(3, dtypes=("str",))),
    ("dtype", "datetime64[ns]", told(3, dtypes=("datetime64[us]",))),
]
NOBODY_KNOWS = [
    ("literal", "3", told(None)),
    ("literal", "3", CLASS),
    ("literal", "3", Told(0, "")),
    ("shown", "3", Told(0, "")),
    ("value", "3 rows", told(3)),
    ("value", "a list of names", told(["a"])),
    ("value", "works", told("hello")),
    ("value", "more, or less", told(3)),
    ("value", "Cup(3)", told(3)),
    ("value", "x" * 100_001, told(3)),
    ("dtype", "depends", told(3, dtypes=("str",))),
    ("dtype", "int64", told(3)),
]


@pytest.mark.parametrize(("kind", "text", "value"), HOLDS)
def test_it_holds(kind: str, text: str, value: Told) -> None:
    assert claim_holds(kind, text, value, prints=False) is True


@pytest.mark.parametrize(("kind", "text", "value"), FAILS)
def test_it_does_not_hold(kind: str, text: str, value: Told) -> None:
    assert claim_holds(kind, text, value, prints=False) is False


@pytest.mark.parametrize(("kind", "text", "value"), NOBODY_KNOWS, ids=lambda each: str(each)[:20])
def test_nobody_can_tell(kind: str, text: str, value: Told) -> None:
    assert claim_holds(kind, text, value, prints=False) is None


PRINTED = [
    ("value", "total 5", "total 5\n", True),
    ("literal", "'x'", "x\n", True),
    ("literal", "1, 2", "1 2\n", True),
    ("value", "7 (all)", "7\n", True),
    ("value", "a\nb", "a\nb\n", True),
    ("literal", "2", "rows: 2\n", True),
    ("literal", "2", "строк = 2\n", True),
    ("literal", "[1, 2]", "The sum of (all) [1, 2]\n", True),
    ("literal", "5", "6\n", False),
    ("literal", "2", "rows: 3\n", False),
    ("literal", "2", "1 2\n", False),
    ("literal", "2", "rows: 12\n", False),
    ("literal", "2", "a2\n", False),
    ("literal", "2", "columns: 1\nrows: 2\n", None),
    ("value", "total 6", "total 5\n", False),
    ("value", "8 (all)", "7\n", False),
    ("value", "mate", "tea\n", False),
    ("value", "int", "<class 'int'>\n", True),
    ("value", "str", "<class 'int'>\n", False),
    ("value", "shop.Tea", "<class '__main__.Tea'>\n", True),
    ("value", "a class", "<class '__main__.Tea'>\n", None),
    ("value", "works", "tea\n", None),
    ("value", "the sum of all", "5\n", None),
    ("value", "both", "a\nb\n", None),
    ("shown", "a  b\nc", "a b\nc\n", True),
    ("shown", "'tea'", "tea\n", True),
    ("shown", "both", "tea\n", False),
    ("dtype", "int64", "int64\n", True),
    ("dtype", "int64", "0    1\ndtype: float64\n", False),
    ("dtype", "int64", "tea\n", None),
]


@pytest.mark.parametrize(("kind", "text", "printed", "holds"), PRINTED)
def test_what_is_printed(kind: str, text: str, printed: str, holds: bool | None) -> None:
    assert claim_holds(kind, text, told(None, printed), prints=True) is holds


def test_what_stands_in_its_place() -> None:
    assert shown_value("value", told(None, "\x1b[1mtea\x1b[0m\n"), prints=True) == "tea"
    assert shown_value("dtype", told(3, dtypes=("int64", "x")), prints=False) == "int64"
    assert (
        shown_value("dtype", Told(0, "", ("dtype('O')", "object"), (), ("dtype",)), prints=False) == "object"
    )
    assert shown_value("value", Told(0, "", ("0  1\n1  2", "0..", "[1, 2]")), prints=False) == "[1, 2]"
    assert shown_value("value", Told(0, "", ("np.int64(3)", "3")), prints=False) == "3"
