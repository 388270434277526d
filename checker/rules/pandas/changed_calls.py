"""Calls with arguments in a form that pandas no longer accepts: a number, a text, a list.

Each function is a test, named like its row in the table; it yields the node to mark and whether it is sure.
"""

import ast
import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from checker.analysis.frames.columns import base
from checker.analysis.frames.holders import Items, Tuple, shown_items
from checker.analysis.frames.holders import Mapping as Dict
from checker.analysis.frames.kinds import (
    Constant,
    Frame,
    Groups,
    Index,
    Kind,
    Member,
    Method,
    Series,
    Written,
    texts_of,
)
from checker.analysis.frames.known import Types
from checker.analysis.frames.tables import words
from checker.patterns import regex

Found = tuple[ast.expr | ast.keyword, bool]

_QUARTER = regex(r"\d{2,4}-?q[1-4]|[1-4]q-?\d{2,4}", re.IGNORECASE)
# The offset from UTC at the end of a time.
_OFFSET = regex(r"\d:\d\d(?::\d\d(?:\.\d+)?)? ?(Z|[+-]\d\d:?\d\d)$")
_PARTS = frozenset({"year", "month", "day", "hour", "minute", "second", "microsecond"})


def _given(node: ast.Call, name: str, position: int | None = None) -> ast.expr | None:
    """The argument with a name, or at a position (from 0)."""
    for word in node.keywords:
        if word.arg == name:
            return word.value
    if position is not None and position < len(node.args):
        found = node.args[position]
        return None if isinstance(found, ast.Starred) else found
    return None


def _called(node: ast.Call, types: Types, *names: str) -> bool:
    """Whether a function of pandas is called."""
    kind = types.of(node.func)
    return isinstance(kind, Member) and kind.name.removeprefix("pandas.") in names


def _method_of(node: ast.Call, types: Types, name: str) -> Kind | None:
    """The object that a method with this name is called on."""
    kind = types.of(node.func)
    return kind.of if isinstance(kind, Method) and kind.name == name else None


def _is_number(kind: Kind) -> bool:
    return isinstance(kind, Constant) and isinstance(kind.value, int | float) and kind.value is not True


def _group_key(node: ast.Call, types: Types) -> Found | None:
    groups = _method_of(node, types, "get_group")
    key = _given(node, "name", 0)
    if not isinstance(groups, Groups) or not groups.by_list or key is None:
        return None
    kind = types.of(key)
    return (key, groups.of.sure) if isinstance(kind, Constant) else None


def _from_dict_of_list(node: ast.Call, types: Types) -> Found | None:
    data = _given(node, "data", 0)
    if not _called(node, types, "DataFrame.from_dict") or data is None:
        return None
    return (data, True) if isinstance(types.of(data), Items) else None


def _from_records_of_dict(node: ast.Call, types: Types) -> Found | None:
    data = _given(node, "data", 0)
    if not _called(node, types, "DataFrame.from_records") or data is None:
        return None
    return (data, True) if isinstance(types.of(data), Dict) else None


def _ragged_rows(node: ast.Call, types: Types) -> Found | None:
    data = _given(node, "data", 0)
    if not _called(node, types, "DataFrame") or data is None:
        return None
    rows = shown_items(types.of(data))
    lengths = {len(shown_items(row)) for row in rows}
    if len(lengths) < 2 or 0 in lengths or not all(isinstance(row, Items | Tuple) for row in rows):
        return None
    return data, True


def _number_with_format(node: ast.Call, types: Types) -> Found | None:
    values = _given(node, "arg", 0)
    form = _given(node, "format", 4)
    if not _called(node, types, "to_datetime") or values is None or form is None:
        return None
    match types.of(values):
        case Series(dtype=dtype, sure=sure) | Index(dtype=dtype, sure=sure):
            return (values, sure) if base(dtype) in ("int", "float") else None
        case kind if _is_number(kind) or (shown_items(kind) and all(map(_is_number, shown_items(kind)))):
            return values, True
    return None


def _mixed_offsets(node: ast.Call, types: Types) -> Found | None:
    values, utc = _given(node, "arg", 0), _given(node, "utc", 4)
    if not _called(node, types, "to_datetime") or values is None or utc is not None:
        return None
    texts = (text for each in shown_items(types.of(values)) for text in texts_of(each))
    offsets = {match[1] for text in texts if (match := _OFFSET.search(text))}
    return (values, True) if len(offsets) > 1 else None


def _quarter_text(node: ast.Call, types: Types) -> Found | None:
    if not _called(node, types, "Timestamp", "to_datetime", "DatetimeIndex", "date_range", "bdate_range"):
        return None
    for given in node.args[:2]:
        kind = types.of(given)
        texts = texts_of(kind) or [text for each in shown_items(kind) for text in texts_of(each)]
        if any(_QUARTER.fullmatch(text) for text in texts):
            return given, True
    return None


def _period_from_int(node: ast.Call, types: Types) -> Found | None:
    value = _given(node, "value", 0)
    if not _called(node, types, "Period") or value is None:
        return None
    return (value, True) if _is_number(types.of(value)) else None


def _unknown_categories(node: ast.Call, types: Types) -> Found | None:
    values, categories = _given(node, "values", 0), _given(node, "categories", 1)
    if not _called(node, types, "Categorical") or values is None or categories is None:
        return None
    known, given = (set(map(_literal, shown_items(types.of(each)))) for each in (categories, values))
    if not known or _UNREAD in known | given:
        return None
    return (values, True) if given - known - {None} else None


_UNREAD = object()


def _literal(kind: Kind) -> object:
    if not isinstance(kind, Constant) or not isinstance(kind.value, str | int | None):
        return _UNREAD
    return kind.value


_TIMES = frozenset({"datetime", "timedelta"})


def _dates_to_json(node: ast.Call, types: Types) -> Found | None:
    of = _method_of(node, types, "to_json")
    names = {word.arg for word in node.keywords}
    if of is None or names & {"date_format", None} or "table" in _texts(_given(node, "orient"), types):
        return None
    match of:
        case Frame(columns=columns, sure=sure) if _TIMES & set(map(base, columns.values())):
            return node, sure
        case Series(dtype=dtype, sure=sure) if base(dtype) in _TIMES:
            return node, sure
    return None


def _texts(node: ast.expr | None, types: Types) -> tuple[str, ...]:
    return () if node is None else texts_of(types.of(node))


def _timestamp_gap(node: ast.Call, types: Types) -> Found | None:
    if not _called(node, types, "Timestamp") or len(node.args) < 2:
        return None
    word = next((word for word in node.keywords if word.arg in _PARTS), None)
    return None if word is None else (word, True)


def _literal_as_file(node: ast.Call, types: Types) -> Found | None:
    source = node.args[0] if node.args else None
    if source is None or not _called(node, types, "read_json", "read_html", "read_xml"):
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
    columns = _given(node, "parse_dates")
    if columns is None or not _called(node, types, "read_csv", "read_table", "read_fwf", "read_excel"):
        return None
    kind = types.of(columns)
    nested = isinstance(kind, Dict) or any(isinstance(each, Items | Tuple) for each in shown_items(kind))
    return (columns, True) if nested else None


def _list_for_unique(node: ast.Call, types: Types) -> Found | None:
    values = _given(node, "values", 0)
    if values is None or not _called(node, types, "unique", "factorize"):
        return None
    return (values, True) if isinstance(types.of(values), Items | Tuple) else None


def _replace_without_value(node: ast.Call, types: Types) -> Found | None:
    of = _method_of(node, types, "replace")
    what = _given(node, "to_replace", 0)
    if not isinstance(of, Series | Frame) or what is None or len(node.args) > 1:
        return None
    if {word.arg for word in node.keywords} & {"value", "method", "regex", None}:
        return None
    return (what, of.sure) if isinstance(types.of(what), Constant | Items | Tuple) else None


def _nested_renamer(node: ast.Call, types: Types) -> Found | None:
    how = _given(node, "func", 0)
    of = _method_of(node, types, "agg") or _method_of(node, types, "aggregate")
    if how is None or of is None or not isinstance(types.of(how), Dict):
        return None
    names = types.of(how)
    match of:
        case Groups(of=Series(sure=sure), by="groupby"):
            return how, sure
        case Groups(of=Frame(sure=sure)) | Frame(sure=sure) if _holds_dicts(names):
            return how, sure
    return None


def _holds_dicts(kind: Kind) -> bool:
    parts: Iterable[Kind] = kind.parts() if isinstance(kind, Dict) else ()
    return any(isinstance(each, Dict) for each in parts)


def _series_from_agg(node: ast.Call, types: Types) -> Found | None:
    function = _given(node, "func", 0)
    of = _method_of(node, types, "agg") or _method_of(node, types, "aggregate")
    if not isinstance(of, Groups) or not isinstance(function, ast.Lambda) or of.by != "groupby":
        return None
    return (function, of.of.sure) if isinstance(types.of(function.body), Series) else None


_Tests = Sequence[tuple[str, Callable[[ast.Call, Types], "Found | None"]]]


def _same(names: str, row: str, test: Callable[[ast.Call, Types], Found | None]) -> Mapping[str, _Tests]:
    return {name: [(row, test)] for name in words(names)}


_AGG: _Tests = [("nested-renamer", _nested_renamer), ("series-from-agg", _series_from_agg)]
# The tests by the last name of what is called, each with the name of its row.
CALLS: Mapping[str, _Tests] = {
    "get_group": [("group-key-not-tuple", _group_key)],
    "from_dict": [("from-dict-of-list", _from_dict_of_list)],
    "from_records": [("from-records-of-dict", _from_records_of_dict)],
    "DataFrame": [("ragged-rows", _ragged_rows)],
    "to_datetime": [
        ("number-with-format", _number_with_format),
        ("quarter-text", _quarter_text),
        ("mixed-offsets", _mixed_offsets),
    ],
    "Timestamp": [("timestamp-gap", _timestamp_gap), ("quarter-text", _quarter_text)],
    **_same("DatetimeIndex date_range bdate_range", "quarter-text", _quarter_text),
    "Period": [("period-from-int", _period_from_int)],
    "Categorical": [("unknown-categories", _unknown_categories)],
    "to_json": [("dates-to-json", _dates_to_json)],
    **_same("read_json read_html read_xml", "literal-as-file", _literal_as_file),
    **_same("read_csv read_table read_fwf read_excel", "nested-parse-dates", _nested_parse_dates),
    **_same("unique factorize", "list-for-unique", _list_for_unique),
    "replace": [("replace-without-value", _replace_without_value)],
    "agg": _AGG,
    "aggregate": _AGG,
}
