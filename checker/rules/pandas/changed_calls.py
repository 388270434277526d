"""Calls with arguments in a form that pandas no longer accepts: a number, a text, a list.

Each function is a test, named like its row in the table; it yields the node to mark and whether it is sure.
"""

import ast
from collections.abc import Callable, Mapping, Sequence
from typing import TypeGuard

from checker.analysis.frames.columns import base
from checker.analysis.frames.holders import Items, Tuple, shown_items
from checker.analysis.frames.holders import Mapping as Dict
from checker.analysis.frames.kinds import (
    NONE,
    Constant,
    Frame,
    Groups,
    Kind,
    Member,
    Series,
    Written,
    texts_of,
)
from checker.analysis.frames.known import Types
from checker.analysis.frames.tables import words
from checker.rules.pandas import date_calls, group_calls
from checker.rules.pandas.calling import Found, given, is_called, method_of


def _from_dict_of_list(node: ast.Call, types: Types) -> Found | None:
    data = given(node, "data", 0)
    if not is_called(node, types, "DataFrame.from_dict") or data is None:
        return None
    return (data, True) if isinstance(types.of(data), Items) else None


def _from_records_of_dict(node: ast.Call, types: Types) -> Found | None:
    data = given(node, "data", 0)
    if not is_called(node, types, "DataFrame.from_records") or data is None:
        return None
    return (data, True) if isinstance(types.of(data), Dict) else None


def _from_records_of_frame(node: ast.Call, types: Types) -> Found | None:
    data = given(node, "data", 0)
    if not is_called(node, types, "DataFrame.from_records") or data is None:
        return None
    kind = types.of(data)
    return (data, kind.sure) if isinstance(kind, Frame) else None


def _keys_not_matching(node: ast.Call, types: Types) -> Found | None:
    """Only a list that nothing was added to shows all that it holds."""
    objects, keys = given(node, "objs", 0), given(node, "keys")
    if objects is None or keys is None or not is_called(node, types, "concat"):
        return None
    numbers = [len(each.elts) for each in (objects, keys) if _is_complete(each)]
    return (keys, True) if len(numbers) == 2 and numbers[0] != numbers[1] else None


def _is_complete(node: ast.expr) -> TypeGuard[ast.List | ast.Tuple]:
    elements = node.elts if isinstance(node, ast.List | ast.Tuple) else ()
    return bool(elements) and not any(isinstance(each, ast.Starred) for each in elements)


def _keys_and_no_index(node: ast.Call, types: Types) -> Found | None:
    keys, ignored = given(node, "keys"), given(node, "ignore_index")
    if keys is None or ignored is None or not is_called(node, types, "concat"):
        return None
    both = types.of(ignored) == Constant(value=True) and types.of(keys) != NONE
    return (keys, True) if both else None


def _assigned_without_level(node: ast.Call, types: Types) -> Found | None:
    frame = method_of(node, types, "assign")
    if not isinstance(frame, Frame) or frame.header != "pairs":
        return None
    word = next((word for word in node.keywords if word.arg and word.arg not in frame.columns), None)
    return None if word is None else (word, frame.sure)


def _take_slice(node: ast.Call, types: Types) -> Found | None:
    of, places = method_of(node, types, "take"), given(node, "indices", 0)
    if not isinstance(of, Frame) or not isinstance(places, ast.Call):
        return None
    return (places, of.sure) if types.of(places.func) == Member("builtins.slice") else None


def _filled_and_moved(node: ast.Call, types: Types) -> Found | None:
    of = method_of(node, types, "shift")
    moved, filled = given(node, "freq", 1), given(node, "fill_value", 3)
    data = of.of if isinstance(of, Groups) else of
    if not isinstance(data, Series | Frame) or moved is None or filled is None or types.of(moved) == NONE:
        return None
    return filled, data.sure


def _ragged_rows(node: ast.Call, types: Types) -> Found | None:
    data = given(node, "data", 0)
    if not is_called(node, types, "DataFrame") or data is None:
        return None
    rows = shown_items(types.of(data))
    lengths = {len(shown_items(row)) for row in rows}
    if len(lengths) < 2 or 0 in lengths or not all(isinstance(row, Items | Tuple) for row in rows):
        return None
    return data, True


def _unknown_categories(node: ast.Call, types: Types) -> Found | None:
    values, categories = given(node, "values", 0), given(node, "categories", 1)
    if not is_called(node, types, "Categorical") or values is None or categories is None:
        return None
    known, found = (set(map(_literal, shown_items(types.of(each)))) for each in (categories, values))
    if not known or _UNREAD in known | found:
        return None
    return (values, True) if found - known - {None} else None


_UNREAD = object()


def _literal(kind: Kind) -> object:
    if not isinstance(kind, Constant) or not isinstance(kind.value, str | int | None):
        return _UNREAD
    return kind.value


_TIMES = frozenset({"datetime", "timedelta"})


def _dates_to_json(node: ast.Call, types: Types) -> Found | None:
    of = method_of(node, types, "to_json")
    names = {word.arg for word in node.keywords}
    if of is None or names & {"date_format", None} or "table" in _texts(given(node, "orient"), types):
        return None
    match of:
        case Frame(columns=columns, rest=rest, index=index, sure=sure):
            dtypes = {base(dtype) for dtype in (*columns.values(), rest or "", index)}
            return (node, sure) if _TIMES & dtypes else None
        case Series(dtype=dtype, index=index, sure=sure) if _TIMES & {base(dtype), base(index)}:
            return node, sure
    return None


def _texts(node: ast.expr | None, types: Types) -> tuple[str, ...]:
    return () if node is None else texts_of(types.of(node))


def _literal_as_file(node: ast.Call, types: Types) -> Found | None:
    source = node.args[0] if node.args else None
    if source is None or not is_called(node, types, "read_json", "read_html", "read_xml"):
        return None
    kind = types.of(source)
    texts = [text.lstrip() for text in texts_of(kind)]
    if isinstance(kind, Written) or any(text.startswith(("{", "[", "<")) for text in texts):
        return source, True
    return (source, False) if _is_read(source, types) else None


def _is_read(node: ast.expr, types: Types) -> bool:
    """Whether it looks like the content of a file or a page: `f.read()`, `response.text`, `str(soup)`."""
    match node:
        case ast.Call(func=ast.Attribute(attr="read"), args=[], keywords=[]):
            return True
        case ast.Call(func=ast.Attribute(attr="read_text")) | ast.Attribute(attr="text"):
            return True
        case ast.Call(func=ast.Name(id="str"), args=[_]):
            return types.mentions("BeautifulSoup")
    return False


def _nested_parse_dates(node: ast.Call, types: Types) -> Found | None:
    columns = given(node, "parse_dates")
    if columns is None or not is_called(node, types, "read_csv", "read_table", "read_fwf", "read_excel"):
        return None
    kind = types.of(columns)
    nested = isinstance(kind, Dict) or any(isinstance(each, Items | Tuple) for each in shown_items(kind))
    return (columns, True) if nested else None


def _list_for_unique(node: ast.Call, types: Types) -> Found | None:
    values = given(node, "values", 0)
    if values is None or not is_called(node, types, "unique", "factorize"):
        return None
    return (values, True) if isinstance(types.of(values), Items | Tuple) else None


def _replace_without_value(node: ast.Call, types: Types) -> Found | None:
    of = method_of(node, types, "replace")
    what = given(node, "to_replace", 0)
    if not isinstance(of, Series | Frame) or what is None or len(node.args) > 1:
        return None
    if {word.arg for word in node.keywords} & {"value", "method", "regex", None}:
        return None
    return (what, of.sure) if isinstance(types.of(what), Constant | Items | Tuple) else None


_Tests = Sequence[tuple[str, Callable[[ast.Call, Types], "Found | None"]]]


def _same(names: str, row: str, test: Callable[[ast.Call, Types], Found | None]) -> Mapping[str, _Tests]:
    return {name: [(row, test)] for name in words(names)}


_QUARTER = ("quarter-text", date_calls.quarter_text)
_BUSINESS = ("period-of-business-days", date_calls.period_of_business_days)
_PERIODS = ("broken-periods", date_calls.broken_periods)
_AGG: _Tests = [
    ("nested-renamer", group_calls.nested_renamer),
    ("series-from-agg", group_calls.series_from_agg),
]
# The tests by the last name of what is called, each with the name of its row.
CALLS: Mapping[str, _Tests] = {
    "get_group": [("group-key-not-tuple", group_calls.group_key)],
    "from_dict": [("from-dict-of-list", _from_dict_of_list)],
    "from_records": [
        ("from-records-of-dict", _from_records_of_dict),
        ("from-records-of-frame", _from_records_of_frame),
    ],
    "DataFrame": [("ragged-rows", _ragged_rows)],
    "to_datetime": [
        ("number-with-format", date_calls.number_with_format),
        ("number-text-with-unit", date_calls.number_text_with_unit),
        _QUARTER,
        ("mixed-offsets", date_calls.mixed_offsets),
    ],
    "Timestamp": [
        ("timestamp-gap", date_calls.timestamp_gap),
        ("timestamp-with-parts", date_calls.timestamp_with_parts),
        _QUARTER,
    ],
    **_same("Timedelta to_timedelta", "half-of-day", date_calls.half_of_day),
    "DatetimeIndex": [_QUARTER],
    "date_range": [_QUARTER, _PERIODS],
    "bdate_range": [_QUARTER, _PERIODS],
    **_same("timedelta_range interval_range", *_PERIODS),
    "period_range": [_PERIODS, _BUSINESS, ("periods-from-ints", date_calls.periods_from_ints)],
    "to_period": [_BUSINESS],
    "PeriodIndex": [
        _BUSINESS,
        ("periods-from-ints", date_calls.periods_from_ints),
        ("periods-of-dates", date_calls.periods_of_dates),
    ],
    "Period": [_BUSINESS, ("period-from-int", date_calls.period_from_int)],
    **_same("any all", "any-of-dates", date_calls.any_of_dates),
    "concat": [("keys-not-matching", _keys_not_matching), ("keys-and-no-index", _keys_and_no_index)],
    "groupby": [("axis-by-position", group_calls.axis_by_position)],
    "assign": [("column-without-level", _assigned_without_level)],
    "take": [("take-slice", _take_slice)],
    "shift": [("shift-filled-and-moved", _filled_and_moved)],
    **_same("idxmax idxmin argmax argmin", "extreme-of-gaps", group_calls.extreme_of_gaps),
    "quantile": [("quantile-of-bools", group_calls.quantile_of_bools)],
    "Categorical": [("unknown-categories", _unknown_categories)],
    "to_json": [("dates-to-json", _dates_to_json)],
    **_same("read_json read_html read_xml", "literal-as-file", _literal_as_file),
    **_same("read_csv read_table read_fwf read_excel", "nested-parse-dates", _nested_parse_dates),
    **_same("unique factorize", "list-for-unique", _list_for_unique),
    "replace": [("replace-without-value", _replace_without_value)],
    "agg": _AGG,
    "aggregate": _AGG,
}
