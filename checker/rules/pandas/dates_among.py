"""Dates, times and periods that are looked for among texts."""

import ast
from collections.abc import Iterator

from checker.analysis.frames.columns import base, suggested
from checker.analysis.frames.dtypes import dtype_of
from checker.analysis.frames.holders import Items, Tuple
from checker.analysis.frames.kinds import Index, Series
from checker.analysis.frames.known import Types
from checker.rules.rule import Report


def dates_in_texts(node: ast.Call, dates: Series | Index, types: Types) -> Iterator[Report]:
    """Report `dates.isin(["2024-01-05"])`."""
    values = types.of(node.args[0])
    name = dates.name if isinstance(dates, Series) else None
    likely = dates.dtype == "" and not dates.sure and suggested(name) == "datetime"
    held = base(dates.dtype)
    if not (held in _CONVERTERS or likely) or not isinstance(values, Items | Tuple):
        return
    if base(dtype_of(values)) == "text":
        condition = " This holds if the column holds dates, as its name suggests." if likely else ""
        what, convert = _CONVERTERS.get(held, _CONVERTERS["datetime"])
        yield Report(
            f"Since pandas 3, {what} are not equal to strings or plain dates here: the result is "
            f"False everywhere. Convert the values first, with `{convert}(...)`.{condition}",
            types.span(node),
            severity="warning" if likely or not dates.sure else None,
        )


_CONVERTERS = {"datetime": ("dates", "pd.to_datetime"), "timedelta": ("times", "pd.to_timedelta")}
