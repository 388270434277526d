"""One object of every class in the tables of changes, and the code that each row of them is about."""

from collections.abc import Iterator
from typing import NamedTuple

from checker.rules.pandas import table
from checker.rules.pandas.table import Change

PREFACE = """\
import io

import numpy as np
import pandas as pd

df = pd.DataFrame({"city": ["Riga", "Oslo", "Riga"], "age": [1, 2, 3], "price": [1.0, 2.0, 3.0]})
num = pd.DataFrame({"age": [1, 2, 3], "price": [1.0, 2.0, 3.0]})
s = pd.Series([1, 2, 3])
text = pd.Series(["Riga", "Oslo", "Riga"])
index = pd.Index([1, 2, 3])
idx = pd.date_range("2024-01-05", periods=3)
periods = pd.period_range("2024-01", periods=3, freq="M")
many = pd.MultiIndex.from_tuples([(1, 2)])
timed = pd.Series([1, 2, 3], index=idx)
levelled = pd.Series([1, 2], index=pd.MultiIndex.from_tuples([(1, 2), (3, 4)]))
stamps = pd.Series(idx)
deltas = stamps - stamps.min()
cats = pd.Series(["Riga", "Oslo"], dtype="category")
stamp = pd.Timestamp("2024-01-05")
delta = pd.Timedelta("1h")
period = pd.Period("2024-01", freq="M")
offset = pd.offsets.Day(1)
category = pd.Categorical(["Riga", "Oslo"])
grouper = pd.Grouper(key="city")



def csv():
    return io.StringIO("a,b\\n1,2\\n")
"""
# How the preface's objects are reached, by their class.
OBJECTS = {
    "DataFrame": "num",
    "Series": "s",
    "Index": "index",
    "DatetimeIndex": "idx",
    "PeriodIndex": "periods",
    "MultiIndex": "many",
    "GroupBy": 'num.groupby("age")',
    "Resampler": 'timed.resample("D")',
    "Rolling": "s.rolling(2)",
    "Expanding": "s.expanding()",
    "ExponentialMovingWindow": "s.ewm(span=2)",
    "Series.dt": "stamps.dt",
    "Series.str": "text.str",
    "Series.cat": "cats.cat",
    "Timestamp": "stamp",
    "tz": 'pd.Timestamp("2024-01-05", tz="Europe/Riga").tz',
    "Timedelta": "delta",
    "Period": "period",
    "DateOffset": "offset",
    "Styler": "num.style",
    "ExcelWriter": 'pd.ExcelWriter("out.xlsx")',
    "ExcelFile": 'pd.ExcelFile("book.xlsx")',
    "HDFStore": "pd.HDFStore",
    "Categorical": "category",
    "Grouper": "grouper",
}


class Example(NamedTuple):
    """Code that runs into a change; an error that it raises has one of `words` in it."""

    row: Change
    code: str
    words: tuple[str, ...]


def examples() -> Iterator[Example]:
    """An example for every row of every table, and for each class that it is of."""
    yield from _of_members()
    yield from _of_arguments()
    yield from _of_positions()
    for module in table.rows("modules", table.ModuleChange):
        yield Example(module, f"import {module.name} as gone", ("No module",))
    for option in table.rows("options", table.OptionChange):
        code = option.example or f'pd.set_option("{option.name}", None)'
        yield Example(option, code, ("No such", "Pattern matched", "nonnegative"))
    for shape in table.rows("shapes", table.ShapeChange):
        yield Example(shape, shape.example, ("",))
    yield from _of_frequencies()


def _of_members() -> Iterator[Example]:
    for row in table.rows("members", table.MemberChange):
        for owner in row.of:
            called = "" if row.property else "()"
            default = f"{{x}}.{row.name}{called}"
            yield Example(row, (row.example or default).replace("{x}", OBJECTS.get(owner, "")), (row.name,))


def _of_arguments() -> Iterator[Example]:
    for row in table.rows("arguments", table.ArgumentChange):
        words = (row.argument, row.argument.rstrip("s"), *map(str, row.values or ()))
        for owner in row.of:
            yield Example(row, row.example.replace("{x}", OBJECTS.get(owner, "")), words)


def _of_positions() -> Iterator[Example]:
    for row in table.rows("positions", table.PositionChange):
        given = ", ".join(["None"] * (row.allowed + 1))
        for owner in row.of:
            reached = OBJECTS.get(owner, owner.replace("pandas", "pd", 1))
            yield Example(row, f"{reached}.{row.name}({given})", ("positional",))


FREQUENCIES = {
    "offset": 'pd.date_range("2024-01-01", periods=2, freq="{alias}")',
    "fixed": 'idx.floor("{alias}")',
    "period": 'pd.Period("2024-01-05", freq="{alias}")',
    "span": 'pd.Timedelta("5{alias}")',
}


def _of_frequencies() -> Iterator[Example]:
    for row in table.rows("frequencies", table.FrequencyChange):
        for place in row.places:
            words = ("Invalid frequency", "invalid unit", "no longer supported")
            yield Example(row, FREQUENCIES[place].replace("{alias}", row.alias), words)
