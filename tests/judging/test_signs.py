"""The signs are those that the installed pandas gives."""

import warnings

import pytest

from checker.judging.signs import rules_of_error, rules_of_warning
from checker.model import Frame, RunError, RunWarning
from checker.running.worker.failures import describe

pandas = pytest.importorskip("pandas", minversion="3.1")
PATH = "lesson.mdx"
SETUP = """
import numpy as np
import pandas as pd
df = pd.DataFrame({"name": ["Ann", "Bob"], "age": [31, 17], "when": pd.to_datetime(["2024-01-05"] * 2)})
s = pd.Series([1, 2], index=["a", "b"])
ts = pd.Series([1, 2], index=pd.date_range("2024-01-01", periods=2))
"""


def run(code: str) -> tuple[RunError | None, list[RunWarning]]:
    scope: dict[str, object] = {}
    exec(compile(SETUP, "setup", "exec"), scope)
    error = None
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            exec(compile(code, PATH, "exec"), scope)
        except Exception as raised:  # noqa: BLE001
            said = describe(raised, PATH)
            frames = tuple(Frame(*each) for each in said["traceback"])
            error = RunError(said["type"], said["message"], said["line"], 1, frames)
    kinds = [each.category for each in caught]
    texts = [str(each.message) for each in caught]
    named = zip(kinds, texts, strict=True)
    return error, [RunWarning(f"{kind.__module__}.{kind.__qualname__}", text, 1) for kind, text in named]


WARNS = [
    ("df['age'][0] = 3", "chained-assignment"),
    ("df['age'].fillna(0, inplace=True)", "inplace-on-selection"),
    ("df.rename(columns={}, copy=False)", "copy-keyword"),
    ("pd.set_option('mode.copy_on_write', True)", "cow-option"),
    ("pd.options.mode.chained_assignment = None", "cow-option"),
    ("pd.set_option('future.infer_string', True)", "cow-option"),
    ("pd.set_option('future.no_silent_downcasting', True)", "cow-option"),
    ("pd.Timedelta('1H')", "freq-alias"),
    ("pd.date_range('2024', periods=2, freq='d')", "freq-alias"),
    ("df.select_dtypes(include='object')", "object-dtype"),
    ("pd.Series(['x', None]).fillna(0)", "string-missing"),
    ("(df['age'] > 3) & df['name']", "string-missing"),
    ("df.sort_values('age', inplace=True)", "deprecated-4"),
    ("df['when'].dt.weekday", "deprecated-4"),
]
RAISES = [
    ("df.append(df)", "removed-api"),
    ("df.applymap(str)", "removed-api"),
    ("df['when'].view('i8')", "removed-api"),
    ("pd.Int64Index([1])", "removed-api"),
    ("from pandas.io.json import json_normalize", "removed-api"),
    ("import pandas.util.testing", "removed-api"),
    ("pd.set_option('mode.use_inf_as_na', True)", "removed-api"),
    ("int(df['age'])", "removed-api"),
    ("pd.errors.SettingWithCopyWarning", "cow-option"),
    ("from pandas.errors import SettingWithCopyWarning", "cow-option"),
    ("df.fillna(method='ffill')", "removed-argument"),
    ("df.groupby('name', axis=0)", "removed-argument"),
    ("df.drop('age', 1)", "removed-argument"),
    ("pd.to_datetime(['x'], errors='ignore')", "removed-argument"),
    ("df.groupby('name').apply(len, include_groups=True)", "removed-argument"),
    ("pd.date_range('2024', periods=2, freq='M')", "freq-alias"),
    ("ts.resample('2H30T')", "freq-alias"),
    ("ts.rolling('2H').sum()", "freq-alias"),
    ("ts.index.to_period('ME')", "freq-alias"),
    ("pd.Timedelta(1, unit='M')", "freq-alias"),
    ("s[0]", "positional-fallback"),
    ("df[~pd.Series([True, None]).fillna(False)]", "changed-result"),
    ("pd.to_datetime(['2024-01-05 10:00+02:00', '2024-07-05 10:00+03:00'])", "removed-argument"),
    ("(df['when'] - df['when']).astype('timedelta64[D]')", "removed-argument"),
    ("s[-1]", "positional-fallback"),
    ("df['age'].values[0] = 5", "readonly-values"),
    ("a = df['age'].values\na += 1", "readonly-values"),
    ("np.issubdtype(df['name'].dtype, np.number)", "object-dtype"),
    ("df.loc[0, 'name'] = 7", "object-dtype"),
    ("df.loc[0, 'age'] = 'x'", "changed-result"),
]
NOTHING = [
    "df.haed()",
    "df.sort_values('age', ascnding=False)",
    "pd.DatFrame()",
    "df[0]",
    "df['nothing']",
    "df.loc[7]",
    "{}[0]",
    "[].append_()",
    "print(sep=1)",
    "open('none')",
    "pd.date_range('2024', periods=2, freq='nonsense')",
    "raise ValueError('x')",
    "df['age'] + 1",
    "len(1, 2)",
    "import numpy.nothing",
    "warnings_ = __import__('warnings'); warnings_.warn('x', FutureWarning)",
]


def first(code: str) -> str:
    error, warned = run(code)
    if error is not None:
        return next(iter(rules_of_error(error)), "")
    return next((rules[0] for each in warned if (rules := rules_of_warning(each))), "")


@pytest.mark.parametrize("code", NOTHING)
def test_what_is_not_about_pandas_3(code: str) -> None:
    assert first(code) == ""


@pytest.mark.parametrize(("code", "rule"), [*WARNS, *RAISES])
def test_what_pandas_says_of_code(code: str, rule: str) -> None:
    assert first(code) == rule
