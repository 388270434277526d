"""The tables of pandas' members are true of the pandas that is installed."""

import inspect
import warnings
from typing import Any

import pytest

from checker.analysis.frames import api

pandas = pytest.importorskip("pandas", minversion="3.0")

FRAME = pandas.DataFrame({"a": [1.0, 2.0], "b": [3.0, 4.0]}, index=pandas.date_range("2024", periods=2))
SERIES = FRAME["a"]
TEXT = pandas.Series(["a b", "c"])
OBJECTS = [
    ("frame", FRAME, api.FRAME),
    ("series", SERIES, api.SERIES),
    ("groups", FRAME.groupby("a"), api.GROUPS),
]
# Members whose result depends on more than the table can say.
DEPENDS = {
    *("iterrows", "itertuples", "quantile", "style", "plot", "hist", "boxplot", "to_clipboard", "to_xarray"),
    *("squeeze", "from_dict", "from_records", "unique", "groups", "value_counts", "sample", "explode"),
    *("reset_index", "swaplevel"),
}

# So many members need no arguments; when fewer can be tried, this test no longer tests.
FEWEST_TRIED = 200


@pytest.mark.parametrize(("of", "table"), [each[1:] for each in OBJECTS], ids=[each[0] for each in OBJECTS])
def test_every_member_is_in_its_table(of: Any, table: dict[str, api.Gives]) -> None:
    public = {member for member in dir(type(of)) if not member.startswith("_")}
    assert public - table.keys() == set()


def test_every_method_for_text_is_known() -> None:
    public = {member for member in dir(pandas.Series.str) if not member.startswith("_")}
    assert public - api.TEXT_METHODS.keys() == {"cat", "extract", "extractall", "get_dummies"}


def test_members_that_need_no_arguments_give_what_the_tables_say() -> None:
    tried, wrong = 0, []
    for name, of, table in OBJECTS:
        for member in sorted(table.keys() - DEPENDS):
            found = value_of(of, member)
            if found is not None:
                tried += 1
                if kind(found) not in allowed(name, table[member]):
                    wrong.append((name, member, type(found)))
    assert wrong == []
    assert tried >= FEWEST_TRIED


def value_of(of: Any, member: str) -> Any:
    """What a member is, or gives when it is called; None when it is not there or wants arguments."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = getattr(of, member)
            return found() if callable(found) else found
    except (TypeError, ValueError, ImportError, AttributeError, NotImplementedError):
        return None


def kind(value: Any) -> str:
    for name in ("DataFrame", "Series", "Index"):
        if isinstance(value, getattr(pandas, name)):
            return name
    return "other"


def allowed(of: str, gives: api.Gives) -> set[str]:
    same = {"frame": "DataFrame", "series": "Series", "groups": "DataFrame"}[of]
    by_word: dict[str, set[str]] = {
        "same": {same},
        "shape": {same},
        "bool": {same},
        "frame": {"DataFrame"},
        "series": {"Series"},
        "index": {"Index"},
        "reduced": {"Series"} if of == "frame" else {"other", same},
        "column": {"Series", "other"},
    }
    return by_word.get(gives, {"other"} if gives != "unknown" else {"DataFrame", "Series", "Index", "other"})


def test_a_text_method_gives_the_dtype_that_the_table_says() -> None:
    """Of those that need no arguments."""
    found = {method: getattr(TEXT.str, method) for method in api.TEXT_METHODS}
    given = {method: call() for method, call in found.items() if needs_nothing(call)}
    assert len(given) > 15
    for method, series in given.items():
        dtype = str(series.dtype).rstrip("0123456789") if isinstance(series, pandas.Series) else "object"
        assert dtype == {"text": "str"}.get(api.TEXT_METHODS[method], api.TEXT_METHODS[method]), method


def needs_nothing(call: Any) -> bool:
    parameters = inspect.signature(call).parameters.values()
    return all(each.default is not each.empty or each.kind is each.VAR_POSITIONAL for each in parameters)
