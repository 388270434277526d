"""Which sessions are followed: all that may hold anything of pandas, by whatever way it comes in."""

import pytest

from checker.analysis.lesson import analyze
from checker.config import Config
from checker.reading.lesson import parse_lesson
from checker.rules.checking import check_lesson
from checker.rules.pandas.sessions import sessions_with_pandas


def followed(*blocks: str) -> int:
    """How many sessions of a lesson are followed."""
    text = "\n".join(f"```python\n{block}\n```\n" for block in blocks)
    return len(sessions_with_pandas(analyze(parse_lesson("lesson.mdx", text))))


@pytest.mark.parametrize(
    "code",
    [
        "print('tea')",
        "x = [1, 2]\nx.append(3)",
        "round(3.14159, 2)",
        "import math\nprint(math.pi)",
        "from pyspark.sql import DataFrame\ndf = spark.read.csv('teas.csv')\ndf.groupBy('city').count()",
        "import polars as pl\ndf = pl.DataFrame({'a': [1]})\ndf.drop('a', inplace=True)",
        "logger.info('brewed')",
        "teas['mate'] = teas['assam'] + 1",
        "teas[tea.index(3)] = 1",
        "parser.eval('1 + 1')",
        "pdf = render('teas.pdf')",
        "df_path = 'teas.csv'",
        "times.index(3)",
        "dropped = frames_by_name",
        "чай = 3\nprint(чай)",
        "this is no Python: df",
    ],
)
def test_what_holds_nothing_of_pandas_is_not_followed(code: str) -> None:
    assert followed(code) == 0


@pytest.mark.parametrize(
    "code",
    [
        "import pandas",
        "from pandas.core import frame",
        "teas = pd.read_csv('teas.csv')",
        "x = np.NaN",
        "teas = sns.load_dataset('teas')",
        "import yfinance as yf",
        "teas = DataFrame()",
        "def f(x: 'Series'): ...",
        "df['a'][0] = 3",
        "def f(df_teas):\n    df_teas['a'][0] = 3",
        "tea_df2.x",
        "ser.map(str)",
        "ts.iloc[0]",
        "teas.columns",
        "teas['city'].value_counts()",
        "teas[teas['price'] > 3]['city'] = 'Riga'",
        "teas[~teas.city.isna()]",
        "x = teas.applymap(str)",
        "x = teas.sort_index(inplace=True)",
        "x = teas.interpolate(**{'method': 'pad'})",
        "x = made.dt.weekofyear",
        "x = made.cat.codes",
        "x = made.floor('H')",
        "teas = spark.table('teas').toPandas()",
        "import duckdb\nteas = duckdb.sql('SELECT 1').df()",
        "import polars\nteas = getattr(frame, 'df')()",
        "import polars\nteas = frame.to_pandas()",
        "ｐｄ.read_csv('teas.csv')",
    ],
)
def test_what_may_hold_something_of_pandas_is_followed(code: str) -> None:
    assert followed(code) == 1


@pytest.mark.parametrize(
    ("hidden", "is_followed"),
    [("x = 3", False), ("x = (", False), ("import pandas", True), ("x = df['a']", True)],
)
def test_hidden_code_is_followed(hidden: str, is_followed: bool) -> None:
    text = f"{{/* check: setup\n{hidden}\n*/}}\n\n```python\nprint(x)\n```\n"
    assert bool(sessions_with_pandas(analyze(parse_lesson("lesson.mdx", text)))) == is_followed


def test_each_session_is_asked_about_by_itself() -> None:
    text = "```python check:session=new\nprint(1)\n```\n\n```python\nimport pandas\n```\n"
    analysis = analyze(parse_lesson("lesson.mdx", text))
    assert (len(analysis.sessions), len(sessions_with_pandas(analysis))) == (2, 1)


def test_a_lesson_without_pandas_has_no_findings_about_it() -> None:
    lesson = parse_lesson("lesson.mdx", "# Tea\n\n```python\nprint('tea')\n```\n")
    assert not list(check_lesson(analyze(lesson), Config()))
