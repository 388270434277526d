"""What the rules on the tables offer as a fix, where exactly a finding stands, and how certain it is."""

import pytest

from checker.fixing.edits import apply_edits
from checker.model import Fix
from checker.rules.rule import Report
from tests.rules.pandas.lessons import python, reports

PREFACE = """\
import io
import numpy as np
import pandas as pd

df = pd.DataFrame({"city": ["Riga", "Oslo"], "age": [1, 2]})
other = pd.DataFrame({"city": ["Rome"], "age": [3]})
s = df["age"].copy()
ts = pd.Series([1, 2], index=pd.date_range("2024-01-05", periods=2))
xls = pd.ExcelFile("book.xlsx")
"""
RULES = ("freq-alias", "removed-api", "removed-argument", "copy-keyword", "cow-option", "deprecated-4")


def found(code: str) -> list[tuple[str, Report]]:
    """The rules and their reports for code after the preface."""
    return [(rule, report) for rule in RULES for report in reports(python(PREFACE + code), rule)]


def fixed(code: str, fix: Fix) -> str:
    text = apply_edits(python(PREFACE + code), fix.edits)
    return text.removeprefix(f"```python\n{PREFACE}").removesuffix("\n```\n")


FIXES = [
    # Another name.
    ("df.applymap(str)", "df.map(str)", "safe"),
    ("(df\n  .applymap (str))", "(df\n  .map (str))", "safe"),
    ("df . applymap(str)", "df . map(str)", "safe"),
    ("pd.Int64Index([1])", "pd.Index([1])", "safe"),
    ("ts.index.dayofweek", "ts.index.day_of_week", "safe"),
    ("np.NaN", "np.nan", "safe"),
    ("pd.np.nan", "np.nan", "safe"),
    ("df.sort('age')", "df.sort_values('age')", "unsafe"),
    # Another call.
    ("df.append(other)", "pd.concat([df, other])", "safe"),
    (
        "df = df.append(other, ignore_index=True)",
        "df = pd.concat([df, other], ignore_index=True)",
        "safe",
    ),
    (
        'df.append({"age": 1}, ignore_index=True)',
        'pd.concat([df, pd.DataFrame([{"age": 1}])], ignore_index=True)',
        "unsafe",
    ),
    ("df.append([other])", None, ""),
    ("df.append(*[other])", None, ""),
    ("df.append(unknown)", None, ""),
    ("df.swapaxes(0, 1)", "df.transpose()", "safe"),
    ("df.swapaxes('index', 'columns')", "df.transpose()", "safe"),
    ("df.swapaxes(0, 0)", None, ""),
    ("pd.value_counts(s)", "s.value_counts()", "safe"),
    ("pd.value_counts(s * 2, sort=False)", "(s * 2).value_counts(sort=False)", "safe"),
    ("pd.value_counts([1, 2])", "pd.Series([1, 2]).value_counts()", "safe"),
    ("pd.value_counts(*[s])", None, ""),
    ("pd.Timestamp.utcnow()", 'pd.Timestamp.now("UTC")', "safe"),
    ("pd.Timestamp.utcnow(1)", None, ""),
    ('xls.parse("jan", index_col=0)', 'pd.read_excel(xls, "jan", index_col=0)', "safe"),
    ('df.groupby("city")["age"].fillna(0)', 'df["age"].fillna(0)', "safe"),
    ('df.groupby("city")["age"].fillna(method="pad")', 'df.groupby("city")["age"].ffill()', "safe"),
    ('df.groupby("city")["age"].fillna(method=how)', None, ""),
    ('df.groupby("city").fillna(0)', None, ""),
    ('df.groupby("city")["age"].fillna()', None, ""),
    ('groups = df.groupby("city")["age"]\ngroups.fillna(0)', None, ""),
    ('ts.resample("D").fillna("pad")', 'ts.resample("D").ffill()', "safe"),
    ('ts.resample("D").fillna(method="bfill")', 'ts.resample("D").bfill()', "safe"),
    ('ts.resample("D").fillna("pad", limit=1)', None, ""),
    # Imports.
    ("import pandas.util.testing as tm", "import pandas.testing as tm", "safe"),
    ("import pandas.util.testing", None, ""),
    ("from pandas.util.testing import x", "from pandas.testing import x", "safe"),
    ("from pandas.tools.merge import concat", None, ""),
    ("from pandas.io.json import json_normalize", None, ""),
    # An argument less, or another name for it.
    ("df.astype({'age': float}, copy=False)", "df.astype({'age': float})", "safe"),
    ("df.infer_objects(copy=False)", "df.infer_objects()", "safe"),
    ("df.infer_objects(copy=False, )", "df.infer_objects()", "safe"),
    ("df.rename(copy=False, columns={})", "df.rename(columns={})", "safe"),
    ("df.merge(\n    other,\n    copy=False,\n)", "df.merge(\n    other,\n)", "safe"),
    ("df.merge(other,  # both\n    copy=False)", None, ""),
    ("df.merge((other), copy=(False))", "df.merge((other))", "safe"),
    ("df.info(null_counts=True)", "df.info(show_counts=True)", "safe"),
    ("df.to_csv('o', line_terminator='x')", "df.to_csv('o', lineterminator='x')", "safe"),
    ("s.fillna(method='ffill')", "s.ffill()", "safe"),
    ("s.fillna(method='backfill', limit=1)", "s.bfill(limit=1)", "safe"),
    ("s.fillna(method=how)", None, ""),
    ("s.fillna(value=1, method='ffill')", None, ""),
    ("s.interpolate(method='pad')", "s.ffill()", "safe"),
    ("s.pct_change(fill_method='pad')", "s.ffill().pct_change()", "safe"),
    ("s.pct_change(fill_method='pad' if x else 'bfill')", None, ""),
    ("(s + 1).pct_change(fill_method='bfill')", "(s + 1).bfill().pct_change()", "safe"),
    ("pd.read_csv('x', error_bad_lines=False)", "pd.read_csv('x', on_bad_lines=\"skip\")", "unsafe"),
    ("pd.read_csv('x', error_bad_lines=True)", "pd.read_csv('x')", "safe"),
    ("pd.read_csv('x', error_bad_lines=flag)", None, ""),
    ("pd.read_csv('x', delim_whitespace=True)", "pd.read_csv('x', sep=r\"\\s+\")", "safe"),
    ("pd.read_csv('x', delim_whitespace=False)", "pd.read_csv('x')", "safe"),
    ("pd.read_csv('x', delim_whitespace=flag)", None, ""),
    ("pd.read_csv('x', sep=';', delim_whitespace=True)", None, ""),
    ('pd.date_range("2024", periods=3, closed=None)', 'pd.date_range("2024", periods=3)', "safe"),
    (
        'pd.date_range("2024-01-01", "2024-01-03", closed="left")',
        'pd.date_range("2024-01-01", "2024-01-03", inclusive="left")',
        "safe",
    ),
    ("s.between(1, 2, inclusive=True)", 's.between(1, 2, inclusive="both")', "safe"),
    ("s.between(1, 2, inclusive=False)", 's.between(1, 2, inclusive="neither")', "safe"),
    ("s.between(1, 2, True)", None, ""),
    ("df.sum(level=0)", "df.groupby(level=0).sum()", "safe"),
    ("df.sum(axis=1, level=0)", None, ""),
    ("ts.resample('D', how='sum')", "ts.resample('D').sum()", "safe"),
    ("ts.resample('D', how=np.sum)", None, ""),
    ("df.join(other, lsuffix='_l', rsuffix='_r')", "df.join(other, suffixes=('_l', '_r'))", "safe"),
    ("df.join(other, rsuffix='_r')", "df.join(other, suffixes=(\"\", '_r'))", "safe"),
    ("df.join(other, lsuffix='_l',  # left\n    rsuffix='_r')", None, ""),
    ("df.groupby('city', axis=0)", "df.groupby('city')", "safe"),
    ("df.groupby({'age': 'x'}, axis=1)", None, ""),
    ("df.groupby('city', axis=which)", None, ""),
    ("options = {'copy': False}\ndf.infer_objects(**options)", None, ""),
    ("pd.to_datetime(x, **{'errors': 'ignore'})", None, ""),
    ("fill = df.fillna\nfill(method='ffill')", None, ""),
    ("flag = True\ns.between(1, 2, inclusive=flag)", None, ""),
    ("def pick(groups):\n    return groups\n\n\npick(df.groupby('city'))['age'].fillna(0)", None, ""),
    # Names for arguments.
    ("df.drop('age', 1)", "df.drop('age', axis=1)", "safe"),
    ("df.set_axis(['a', 'b'], 1)", "df.set_axis(['a', 'b'], axis=1)", "safe"),
    ("df.set_axis(1, ['a', 'b'])", "df.set_axis(axis=1, labels=['a', 'b'])", "safe"),
    ("df.set_axis('index', ['a', 'b'])", "df.set_axis(axis='index', labels=['a', 'b'])", "safe"),
    ("pd.concat([df, other], 1)", "pd.concat([df, other], axis=1)", "safe"),
    ("df.pivot('city', 'age', 'x')", "df.pivot(index='city', columns='age', values='x')", "safe"),
    ("df.sum(1)", "df.sum(axis=1)", "safe"),
    ("df.sum((1))", None, ""),
    ("s.fillna(0, 'ffill')", None, ""),
    ("df.pivot('city', *rest)", None, ""),
    ("df.pivot((\n'city'), 'age')", None, ""),
    ("pd.concat([df], axis, join)", "pd.concat([df], axis=axis, join=join)", "safe"),
    # In place.
    ("df.dropna(inplace=True)", "df = df.dropna()", "safe"),
    ("df.drop(columns='age', inplace=True)", "df = df.drop(columns='age')", "safe"),
    ("x = df.dropna(inplace=False)", "x = df.dropna()", "safe"),
    ("same = df\ndf.dropna(inplace=True)", "same = df\ndf = df.dropna()", "unsafe"),
    (
        "def f():\n    table = pd.DataFrame()\n    table.dropna(inplace=True)",
        "def f():\n    table = pd.DataFrame()\n    table = table.dropna()",
        "unsafe",
    ),
    ("x = df.dropna(inplace=True)", None, ""),
    ("df.dropna(inplace=flag)", None, ""),
    ("for each in [df]:\n    each.dropna(inplace=True)", None, ""),
    ("def f(table: pd.DataFrame):\n    table.dropna(inplace=True)", None, ""),
    # Options.
    ('pd.set_option("mode.copy_on_write", True)\nx = 1', "x = 1", "safe"),
    ("pd.options.mode.chained_assignment = None\nx = 1", "x = 1", "safe"),
    ("x = 1\n\n\npd.options.mode.chained_assignment = None", "x = 1", "safe"),
    ("x = 1\r\n\r\npd.options.mode.chained_assignment = None", "x = 1", "safe"),
    ("x = 1; pd.options.mode.chained_assignment = None", None, ""),
    ("pd.options.mode.chained_assignment = None  # why\nx = 1", None, ""),
    ("if x:\n    pd.options.mode.chained_assignment = None\nx = 1", None, ""),
    ("x = pd.options.mode.chained_assignment\nx", None, ""),
    ('pd.set_option("display.width", 5, "mode.copy_on_write", True)\nx = 1', None, ""),
    # Frequencies.
    (
        "s2 = simple_period_range_series(freq='M')\ns2.resample('A')",
        "s2 = simple_period_range_series(freq='M')\ns2.resample('Y')",
        "unsafe",
    ),
    (
        'months = pd.Series(1, index=pd.period_range("2024", periods=3, freq="M"))\nmonths.resample("QE")',
        'months = pd.Series(1, index=pd.period_range("2024", periods=3, freq="M"))\nmonths.resample("Q")',
        "safe",
    ),
    ('ts.resample("M")', 'ts.resample("ME")', "safe"),
    ("ts.resample('15T')", "ts.resample('15min')", "safe"),
    ('pd.date_range("2024", freq="Q-DEC")', 'pd.date_range("2024", freq="QE-DEC")', "safe"),
    ('pd.date_range("2024", freq="1H30T")', 'pd.date_range("2024", freq="1h30min")', "safe"),
    ('ts.index.to_period("A")', 'ts.index.to_period("Y")', "safe"),
    ('ts.astype("period[H]")', 'ts.astype("period[h]")', "safe"),
    ('ts.resample("\\x4d")', None, ""),
    ('ts.resample(f"{n}H")', 'ts.resample(f"{n}h")', "safe"),
    ('ts.resample(f"{n}H30T")', None, ""),
    ('ts.resample(f"""{n}H""")', None, ""),
    ('ts.resample(str(n) + "H")', None, ""),
    ("rule = 'M'\nts.resample(rule)", "rule = 'ME'\nts.resample(rule)", "unsafe"),
    ('rule = "M"\nrule = "Q"\nts.resample(rule)', None, ""),
    ("rule = RULES[0] or 'M'\nts.resample('M')", "rule = RULES[0] or 'M'\nts.resample('ME')", "safe"),
    ('for rule in ["M", "Q"]:\n    ts.resample(rule)', None, ""),
    ('rule = "\\x4d"\nts.resample(rule)', None, ""),
    ("pd.Series(ts.index).to_json()", None, ""),
    ('ts.index.freq = "M"', 'ts.index.freq = "ME"', "safe"),
]


@pytest.mark.parametrize(("code", "after", "how"), FIXES)
def test_a_fix(code: str, after: str | None, how: str) -> None:
    [(_, report)] = found(code)
    if after is None:
        assert report.fix is None
    else:
        assert report.fix
        assert fixed(code, report.fix) == after
        assert report.fix.applicability == how
        assert found(after) == []


SPANS = [
    ("df.applymap(str)", "applymap"),
    ("df\\\n  .applymap(str)", "applymap"),
    ('df["возраст"].append(df["возраст"])', "append"),
    ("df.ix[0]", "ix"),
    ("pd.np.nan", "np"),
    ("df.astype(float, copy = False)", "copy = False"),
    ("df.fillna(method=('ffill'))", "method=('ffill')"),
    ("ts.resample('15T')", "'15T'"),
    ("ts.resample(\n    '1' '5T'\n)", "'1' '5T'"),
    ("df.drop('age', 1)", "1"),
    ("df.pivot('city', 'age')", "'city', 'age'"),
    ('pd.set_option("mode.copy_on_write", True)', '"mode.copy_on_write"'),
    ("x = pd.options.mode.copy_on_write", "pd.options.mode.copy_on_write"),
    ("from pandas.errors import (\n    SettingWithCopyError as E,\n)", "SettingWithCopyError as E"),
    ("from pandas.util.testing import a", "pandas.util.testing"),
    ("import os, pandas.util.testing as tm", "pandas.util.testing as tm"),
    ("s + (1, 2)", "(1, 2)"),
    ("int(s)", "int(s)"),
    ('pd.to_datetime([20240105], format="%Y%m%d")', "[20240105]"),
]


@pytest.mark.parametrize(("code", "marked"), SPANS)
def test_a_finding_stands_on_the_very_words(code: str, marked: str) -> None:
    [(_, report)] = found(code)
    assert python(PREFACE + code)[report.span.start : report.span.end] == marked


LIKELY = [
    "df2.applymap(str)",
    "unseen.applymap(str)",
    "unseen.fillna(method='ffill')",
    "unseen.resample('M')",
    "unseen['day'].dt.floor('H')",
    "unseen['day'].dt.week",
    "unseen.groupby('a').pad()",
    "unseen.groupby('a')['b'].mad()",
    "unseen.resample('D').pad()",
    "unseen.sort_values('a', inplace=True)",
    "df2.drop('a', 1)",
    "df2['a'].append(df2['a'])",
]


@pytest.mark.parametrize("code", LIKELY)
def test_what_is_likely_is_a_warning_that_says_so(code: str) -> None:
    [report] = [report for rule in RULES for report in reports(python(code), rule)]
    assert report.severity == "warning"
    assert "The lesson does not show where" in report.message


NOT_SAFE = ["unseen.applymap(str)", "unseen.info(null_counts=True)"]
SAFE = [
    "df2.applymap(str)",
    "df2.fillna(method='ffill')",
    "unseen.groupby('a').pad()",
    "df2.dropna(inplace=True)",
]


@pytest.mark.parametrize("code", [*NOT_SAFE, *SAFE])
def test_what_only_its_members_speak_for_is_not_mended_without_asking(code: str) -> None:
    [fix] = [report.fix for rule in RULES for report in reports(python(code), rule)]
    assert fix
    assert fix.applicability == ("safe" if code in SAFE else "unsafe")


OTHERS = [
    "import polars as pl",
    "import dask.dataframe as dd",
    "from pyspark.sql import SparkSession",
    "import xarray",
]


@pytest.mark.parametrize("other", OTHERS)
@pytest.mark.parametrize("code", LIKELY)
def test_what_may_be_another_librarys_is_silent(code: str, other: str) -> None:
    assert [report for rule in RULES for report in reports(python(f"{other}\n{code}"), rule)] == []


MEANT = [
    "try:\n    df.applymap(str)\nexcept AttributeError:\n    pass",
    "try:\n    from pandas import Int64Index\nexcept ImportError:\n    Int64Index = None",
    "with pytest.raises(TypeError):\n    df.drop('age', 1)",
    "with pytest.raises(ValueError):\n    ts.resample('M')",
    "with warnings.catch_warnings(record=True):\n    df.dropna(inplace=True)",
    "with suppress(AttributeError):\n    df.applymap(str)",
    "if not hasattr(df, 'map'):\n    df.applymap(str)",
    "if pd.__version__ < '2.1':\n    df.applymap(str)\nelse:\n    df.map(str)",
    "if Version(pd.__version__) >= Version('2.2'):\n    pass\nelse:\n    ts.resample('M')",
    "df.applymap(str)  # ❌",
    "with pytest.raises(SpecificationError):\n    df.groupby('city')['age'].agg({'x': 'sum'})",
    "# Раньше:\npd.options.mode.chained_assignment = None",
]


@pytest.mark.parametrize("code", MEANT)
def test_what_is_shown_on_purpose_is_intended(code: str) -> None:
    [(_, report)] = found(code)
    assert report.intended


def test_a_removed_thing_is_an_error_and_a_deprecated_one_a_warning() -> None:
    severities = {code: found(code)[0][1].severity for code in ("df.applymap(str)", "ts.resample('M')")}
    assert set(severities.values()) == {None}
    assert found("ts.resample('d')")[0][1].severity == "warning"


def test_an_alias_in_a_variable_is_named() -> None:
    [(_, report)] = found("rule = 'M'\nts.resample(rule)")
    assert '"M"' in report.message
    assert "`rule`" in report.message


def test_one_call_may_hold_several_mistakes() -> None:
    rules = [rule for rule, _ in found("ts.groupby(level=0, axis=0)\nts.resample('M', kind='x')")]
    assert rules == ["freq-alias", "removed-argument", "removed-argument"]


NOTHING = [
    # Columns, and names of the lesson's own.
    "df['append'] = 1\ndf.append",
    "df.unknown",
    "groups = df.groupby('city')\ngroups.append",
    "df.append = 1",
    # Arguments that are right, or that nobody can read.
    "df.groupby('city', **options)",
    "df.drop('age', *rest)",
    "df.drop(*[1, 2])",
    "pd.DataFrame.drop(df, 'age', axis=1)",
    "pd.to_datetime(x, errors=how)",
    "pd.read_csv('x', **{'sep': ';'})",
    "pd.to_datetime(x, **{'errors': 'raise'})",
    "pick = mine.fillna\npick(method='ffill')",
    "mine = print\nmine(method='ffill')",
    "mine.from_dict([1])",
    "mine.from_records({'a': 1})",
    "mine.to_datetime('2024Q1')",
    "mine.DataFrame([[1, 2], [3]])",
    "pd.Timestamp(*parts)",
    # Frequencies.
    "ts.resample(3)",
    "ts.resample('')",
    "ts.resample('not a frequency')",
    f"ts.resample('{'1h' * 50}')",
    "ts.resample()",
    "ts.resample(*['M'])",
    "ts.index.freq = None",
    "ts.index.freq = 'ME'",
    "df.freq = 'M'",
    "ts.astype('period[M]')",
    "ts.astype(dtype='period[M]')",
    "unseen.floor(1.5)",
    "pd.Timedelta('PT1H')",
    "pd.Timedelta('-P1DT2H')",
    "s2 = simple_period_range_series(freq='M')\ns2.resample('Q')",
    "s2 = simple_period_range_series(freq='M')\ns2.resample('ME')",
    "s2 = simple_period_range_series(freq='M')\ns2.to_timestamp().resample('QE')",
    "idx = unseen_index\nidx.append(idx.drop_duplicates())",
    "columns = find()\ncolumns.append(columns.dropna())",
    "many = pd.MultiIndex.from_tuples([(1, 2)])\nmany.copy(names=['a', 'b'])",
    "unseen.round(2)",
    "unseen.shift(1)",
    "unseen.to_period('M')",
    "unseen.resample(rule)",
    "date_range('2024', freq='M')",
    "pd.Period('2024-01', 'M').asfreq('Q')",
    "pd.Series(pd.period_range('2024', periods=3, freq='M')).dt.asfreq('Q')",
    "unseen = make(pd.period_range('2024', periods=3, freq='M')).to_timestamp()\nunseen.resample('QE')",
    "period_range = pd.period_range\nx = period_range('2024', periods=3, freq='M')",
    "months = pd.period_range('2024', periods=3, freq='M')\nunseen.index = months\nunseen.resample('Q')",
    "unseen = make(pd.period_range('2024', periods=3, freq='M'))\nunseen.resample('Q')",
    "make(pd.period_range('2024', periods=3, freq='M')).resample('Q')",
    "make(pd.period_range('2024', periods=3, freq='M')).to_timestamp().resample('QE')",
    "unseen['a'].append(1)",
    "stamps = ts.index.to_series()\nstamps.groupby(1).resample('ME')",
    # Shapes.
    "df.groupby('city')['age',]",
    "df.groupby('city').nth(0)",
    "df.groupby('city').get_group('Riga')",
    "df.groupby(['city']).get_group(key)",
    "df.groupby(['city']).get_group(*key)",
    "df.groupby(['city', 'age']).get_group(('Riga', 1))",
    "pd.DataFrame.from_dict(data)",
    "pd.DataFrame.from_records(rows)",
    "pd.DataFrame([[1, 2], *rows])",
    "pd.DataFrame([[1, 2], {'a': 1}])",
    "pd.DataFrame([[], []])",
    "pd.to_datetime([20240105])",
    "pd.to_datetime(['20240105'], format='%Y%m%d')",
    "pd.to_datetime(unknown, format='%Y')",
    "pd.to_datetime(df['city'], format='%Y')",
    "pd.to_datetime(format='%Y')",
    "pd.Timestamp('2024-01')",
    "pd.Timestamp(2024, 1, 5, tz='UTC')",
    "pd.Period('2024')",
    "pd.Period()",
    "pd.Categorical(['a'], categories=['a', 'b'])",
    "pd.Categorical(['a', None], categories=['a'])",
    "pd.Categorical(values, categories=['a'])",
    "pd.Categorical([1.5], categories=['a'])",
    "pd.Categorical(['a'])",
    "df.to_json()",
    "ts.reset_index(drop=True).to_json()",
    "pd.Series(ts.index).to_json(date_format='iso')",
    "pd.Series(ts.index).to_json(orient='table')",
    "pd.Series(ts.index).to_json(**options)",
    "pd.read_json('file.json')",
    "pd.read_json(path)",
    "pd.read_json()",
    "pd.read_csv('x', parse_dates=['a'])",
    "pd.read_csv('x', parse_dates=columns)",
    "pd.unique(s)",
    "pd.unique(unknown)",
    "pd.unique()",
    "s.replace(1, 2)",
    "s.replace({1: 2})",
    "s.replace(unknown)",
    "s.replace(1, value=2)",
    "s.replace()",
    "df.groupby('city').agg({'age': 'sum'})",
    "df.groupby('city').agg(total=('age', 'sum'))",
    "df.groupby('city').agg('sum')",
    "s.agg({'total': 'sum'})",
    "df.groupby('city')['age'].agg(lambda ages: ages.max())",
    "df.groupby('city')['age'].agg(lambda ages: ages.mode()[0])",
    "s + [1, 2]",
    "s in (1, 2)",
    "(1, 2) + (3,)",
    "s += 1",
    "x = 1\nx += 1",
    "s.isin((1, 2))",
    "ts.loc['2024-01-05':]",
    "ts.loc[ts.index[0]:]",
    "[1, 2][1:]",
    "pd.Series(ts.index) > pd.Timestamp('2024')",
    "import datetime\npd.Series(ts.index) == datetime.date(2024, 1, 5)",
    "import datetime\ns > datetime.date(2024, 1, 5)",
    "df.values",
    "pd.Series(ts.index).dt.tz_localize(None).values",
    "pd.Series(ts.index).dt.floor('D').values",
    "ts.tz_localize('UTC').values",
    "unseen.dt.tz_localize('UTC').values",
    "int(df['age'].sum())",
    "int('5', 16)",
    "int(x=s)",
    # Options.
    "pd.set_option('display.max_colwidth', None)",
    "pd.set_option('display.max_colwidth', width)",
    "pd.set_option('display.max_colwidth')",
    "pd.set_option(name, value)",
    "pd.set_option()",
    "pd.describe_option('mode.copy_on_write')",
    "set_option('mode.copy_on_write', True)",
    "settings.options.mode.copy_on_write = True",
    "pd.options.display.max_rows = 5",
    # Imports.
    "from . import util",
    "from .tools import plotting",
    "import pandas.testing",
    "from pandas import DataFrame, Index",
    "from pandas.api.types import is_categorical_dtype",
    "from mine.util import testing",
]


@pytest.mark.parametrize("code", NOTHING)
def test_what_is_right_or_unknown_is_silent(code: str) -> None:
    assert found(code) == []


def test_what_the_fix_needs_must_have_a_name() -> None:
    code = "from pandas import ExcelFile\n\nbook = ExcelFile('book.xlsx')\nbook.parse('jan')"
    [report] = reports(python(code), "deprecated-4")
    assert report.fix is None


def test_a_block_is_not_left_empty() -> None:
    text = "```python\nimport pandas as pd\n```\n\n```python\npd.options.mode.copy_on_write = True\n```\n"
    [report] = reports(text, "cow-option")
    assert report.fix is None
