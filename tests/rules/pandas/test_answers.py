"""Findings that hinge on a detail: each is a line, and whether it is reported."""

import pytest

from tests.rules.pandas.lessons import python, reports

START = (
    "import numpy as np\nimport pandas as pd\n\n"
    "df = pd.DataFrame({'n': [1, 2], 'f': [1.5, None], 'b': [True, False], 't': ['a', None]})\n"
    "df['d'] = pd.to_datetime(['2024-01-05', None])\n"
    "df['c'] = pd.cut(df['n'], 2)\n"
)
REPORTED = [
    ("changed-result", "df.loc[0, 'n'] = True"),
    ("changed-result", "df.loc[0, 'n'] = 1.5"),
    ("changed-result", "df.loc[0, 'b'] = 1"),
    ("changed-result", "df.loc[0, 'd'] = 'soon'"),
    ("changed-result", "df.loc[0, 'd'] = 5"),
    ("changed-result", "df.loc[df['n'] > 1, 'n'] /= 2"),
    ("changed-result", "df.loc[df['n'] > 1, 'n'] *= 1.5"),
    ("changed-result", "df.loc[:, 'n'] = df['t']"),
    ("changed-result", "df['t'].interpolate()"),
    ("changed-result", "df['t'].replace(['a', 'b'], [1, 2])"),
    ("changed-result", "pd.pivot_table(df, index='t', values='n', aggfunc=np.std)"),
    ("changed-result", "df.groupby(by=['t', 'c'])['n'].sum()"),
    ("changed-result", "df.groupby('t').apply(lambda g: g[['t', 'n']])"),
    ("changed-result", "df.groupby('t').apply(lambda g: g.t.iloc[0])"),
    ("changed-result", "df.groupby('t').apply(lambda g: g.groupby('t').size())"),
    ("string-missing", "df['d'].fillna('soon')"),
    ("string-missing", "df['d'].fillna(0)"),
    ("string-missing", "df['t'].fillna(df['n'])"),
    ("string-missing", "df['t'].shift(1, fill_value=0)"),
    ("string-missing", "df['t'].reindex([0, 9], fill_value=0)"),
    ("string-missing", "df.fillna({'f': 'none'})"),
    ("string-missing", "df[['t']].fillna(value=0)"),
    ("string-missing", "df['b'] | df['t']"),
    ("string-missing", "x = 'yes' if df.at[0, 't'] else 'no'"),
    ("string-missing", "df.where(df.notna(), None)"),
    ("string-missing", "df['t'].mask(df['t'].isna(), None)"),
    ("string-missing", "df['t'].astype(bool)"),
    ("datetime-unit", "df['d'].dt.unit == 'ns'"),
    ("datetime-unit", "df['d'].values.tolist()"),
    ("datetime-unit", "x = df['d'].astype('int64').floordiv(10**9)"),
    ("datetime-unit", "print(df['d'].astype('int64'))"),
    ("datetime-unit", "x = pd.to_numeric(df['d'])"),
    (
        "datetime-unit",
        "try:\n    pd.to_datetime('1500-01-01')\nexcept pd.errors.OutOfBoundsDatetime:\n    pass",
    ),
    ("datetime-unit", "x = df['d'].dtype in ('datetime64[ns]', 'int64')"),
    ("datetime-unit", "x = np.dtype('datetime64[ns]') == df['d'].dtype"),
    ("datetime-unit", "x = int(df['d'].astype('int64').max()) // 10**9"),
    ("readonly-values", "df['n'].values[0], x = 5, 6"),
    ("readonly-values", "for df['n'].values[0] in [1]:\n    pass"),
    ("readonly-values", "np.add(df['n'], 1, out=df['n'].values)"),
    ("readonly-values", "from numpy.random import shuffle\nshuffle(df['n'].values)"),
    ("readonly-values", "np.nan_to_num(df['f'].to_numpy(), copy=False)"),
    ("object-dtype", "df['t'].values.flatten()"),
    ("object-dtype", "df.dtypes.isin(['object'])"),
    ("positional-fallback", "df['n'].set_axis(['a', 'b'])[0]"),
    ("positional-fallback", "df['n'].describe()[np.array([0, 1])]"),
]
SILENT = [
    ("changed-result", "df.loc[0, 'n'] = 5"),
    ("changed-result", "df.loc[0, 'n'] = None"),
    ("changed-result", "df.loc[0, 'f'] = 5"),
    ("changed-result", "df.loc[0, 'd'] = '2024-03-01'"),
    ("changed-result", "df.loc[df['n'] > 1, 'n'] *= 2"),
    ("changed-result", "s = df['n'].copy()\ns[7] = 'x'"),
    ("changed-result", "pd.pivot_table(df, index='t', values='n', aggfunc='std')"),
    ("changed-result", "df.groupby(['t', 'c'], observed=True)['n'].sum()"),
    ("changed-result", "df.groupby('t')['n'].sum()"),
    ("changed-result", "df.groupby('t').apply(lambda g: g.name)"),
    ("changed-result", "df['t'].replace({'a': 1})"),
    ("changed-result", "df['t'].replace({'a': 'x', 'b': 'y'})"),
    ("changed-result", "df['n'].replace([1, 2], [3, 4])"),
    ("changed-result", "df['d'].isin(df['d'])"),
    ("string-missing", "df['d'].fillna('2024-01-01')"),
    ("string-missing", "df['t'].fillna(np.nan)"),
    ("string-missing", "df['t'].fillna(df['t'])"),
    ("string-missing", "df['t'].fillna()"),
    ("string-missing", "df['n'].shift(1, fill_value=0)"),
    ("string-missing", "df['t'].shift(1)"),
    ("string-missing", "df['b'] & df['b']"),
    ("string-missing", "df['t'] + df['t']"),
    ("string-missing", "df['n'].where(df['n'] > 1, None)"),
    ("string-missing", "df.where(df.notna(), 0)"),
    ("string-missing", "for column in df:\n    df[column].fillna(0)"),
    ("string-missing", "x = 1 < 2 < 3"),
    ("string-missing", "x = df['n'].tolist().count(None)"),
    ("datetime-unit", "df['d'].dt.as_unit('s').dt.unit == 's'"),
    ("datetime-unit", "df['n'].values.tolist()"),
    ("datetime-unit", "x = df['n'].astype('int64').floordiv(10**9)"),
    ("datetime-unit", "x = df['d'].astype('int64') % df['n']"),
    ("datetime-unit", "x = df['d'].dtype == 'datetime64[ns]' or df['d'].dtype == 'datetime64[us]'"),
    ("datetime-unit", "pd.to_datetime('2024-01-01', errors='coerce')"),
    ("datetime-unit", "x = df['n'].dtype == 'datetime64[ns]'"),
    ("datetime-unit", "df[['n']].select_dtypes('datetime64[ns]')"),
    ("readonly-values", "del df['n'].values"),
    ("readonly-values", "x = df['t'].values\nx[0] = 'z'"),
    ("readonly-values", "np.nan_to_num(df['f'].to_numpy())"),
    ("readonly-values", "x = np.asarray(df['n'], dtype=float)\nx[0] = 1"),
    ("object-dtype", "df['n'].values.flatten()"),
    ("positional-fallback", "df['n'].set_axis([5, 6])[5]"),
    ("positional-fallback", "del df['n'].describe()[0]"),
    ("positional-fallback", "df['n'].describe()['mean']"),
    ("positional-fallback", "df.iloc[0][0] = 5"),
]


@pytest.mark.parametrize(("rule", "code"), SILENT)
def test_silent(rule: str, code: str) -> None:
    assert reports(python(START + code), rule) == []


@pytest.mark.parametrize(("rule", "code"), REPORTED)
def test_reported(rule: str, code: str) -> None:
    assert len(reports(python(START + code), rule)) == 1
