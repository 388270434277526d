"""What a report says, where it stands, how certain it is, and when it is intended."""

import pytest

from tests.rules.pandas.lessons import python, reports

FRAME = 'import pandas as pd\n\ndf = pd.read_csv("people.csv")\n'

# The statement, and what is to be written instead.
ADVICE = [
    ('df["age"][df["age"] < 18] = 1', '`df.loc[df["age"] < 18, "age"] = 1`'),
    ('df[df["age"] < 18]["age"] = 1', '`df.loc[df["age"] < 18, "age"] = 1`'),
    ("df.age[0] = 1", '`df.loc[0, "age"] = 1`'),
    ('df["age"][0] += 1', '`df.loc[0, "age"] += 1`'),
    ('df["age"][0]: int = 1', '`df.loc[0, "age"]: int = 1`'),
    ('df["age"][0:2] = 1', '`df.loc[df.index[0:2], "age"] = 1`'),
    ('df["age"].iloc[0] = 1', '`df.loc[df.index[0], "age"] = 1`'),
    ('df["age"].at[0] = 1', '`df.at[0, "age"] = 1`'),
    ('df["age"].loc[0] = 1', '`df.loc[0, "age"] = 1`'),
    ('df.loc[df["age"] > 1]["age"] = 1', '`df.loc[df["age"] > 1, "age"] = 1`'),
    ('df.loc[:, "age"][0] = 1', '`df.loc[0, "age"] = 1`'),
    ('df.iloc[0]["age"] = 1', '`df.loc[df.index[0], "age"] = 1`'),
    ('df[0:2]["age"] = 1', '`df.loc[df.index[0:2], "age"] = 1`'),
    ('df[df["age"] > 1].age = 1', '`df.loc[df["age"] > 1, "age"] = 1`'),
    ("for df.age[0] in [1]: pass", '`df.loc[0, "age"]`'),
    ('df["age"]\\\n  [0] = 1', '`df.loc[0, "age"] = 1`'),
    ('df["возраст"][0] = "да"', '`df.loc[0, "возраст"] = "да"`'),
    # Not every chain can be told apart.
    ("df[['age', 'id']]['age'] = 1", "rows and column of `df` in one step"),
    ("df.T['x'] = 1", "rows and column of `df` in one step"),
    ("df['age'][0, 1] = 1", "rows and column of `df` in one step"),
    ("df.head()['age'] = 1", "rows and column of `df` in one step"),
    ("df.head()['age'][0] = 1", "rows and column of `df` in one step"),
    ("df.T.age[0] = 1", "rows and column of `df` in one step"),
    ("df.loc[0:1, 'age'][0] = 1", "rows and column of `df` in one step"),
    ("df.iloc[:, 2][0] = 1", "rows and column of `df` in one step"),
    ("df[df['age'] > 1].loc[0] = 1", "rows and column of `df` in one step"),
    ("pd.read_csv('x')['age'] = 1", "The result of `pd.read_csv('x')` is not stored"),
    ("del df[df['age'] > 1]['age']", "`.drop(...)` on `df`"),
    # Too long to be read at a glance.
    (f"df['age'][0] = '{'x' * 100}'", "Write rows and column in one step, with `.loc`."),
    (f"df['age'][0:{'1' * 100}] = 1", "Write rows and column in one step, with `.loc`."),
]


@pytest.mark.parametrize(("code", "advice"), ADVICE)
def test_a_chain_is_told_in_one_step(code: str, advice: str) -> None:
    [report] = reports(python(FRAME + code), "chained-assignment")
    assert advice in report.message
    assert "\n" not in report.message


INPLACE = [
    ('df["age"].fillna(0, inplace=True)', '`df["age"] = df["age"].fillna(0)`'),
    ("df.age.replace(1, 2, inplace=True)", '`df["age"] = df.age.replace(1, 2)`'),
    (
        'df.loc[:, "age"].clip(0, upper=5, inplace=True)',
        '`df.loc[:, "age"] = df.loc[:, "age"].clip(0, upper=5)`',
    ),
    ('df[["age"]].fillna(0, inplace=True)', '`df[["age"]] = df[["age"]].fillna(0)`'),
    ('df["age"].dropna(inplace=True)', '`df = df.dropna(subset="age")`'),
    (
        'df["age"].drop_duplicates(keep="last", inplace=True)',
        '`df = df.drop_duplicates(subset="age", keep="last")`',
    ),
    ("df.age.sort_values(inplace=True)", '`df = df.sort_values(by="age")`'),
    ('df["age"].rename("years", inplace=True)', '`df = df.rename(columns={"age": "years"})`'),
    ('df["age"].rename(index=str, columns=1, inplace=True)', "Keep the result of `rename`."),
    ('df["age"].reset_index(drop=True, inplace=True)', "Keep the result of `reset_index`."),
    ('df["age"].update(other)', "Keep the result of `update`."),
    ("df[df.age > 1].dropna(inplace=True)", "Keep the result of `dropna`."),
    ("df.head().age.fillna(0, inplace=True)", "Keep the result of `fillna`."),
    ("df.copy().fillna(0, inplace=True)", "Keep the result of `fillna`."),
    ("pd.read_csv('x').dropna(inplace=True)", "The result of `pd.read_csv('x')` is not stored"),
]


@pytest.mark.parametrize(("code", "advice"), INPLACE)
def test_a_method_in_place_is_told_as_an_assignment(code: str, advice: str) -> None:
    [report] = reports(python(FRAME + code), "inplace-on-selection")
    assert advice in report.message


CERTAIN = [
    ("chained-assignment", FRAME + 'df["age"][0] = 1'),
    ("inplace-on-selection", FRAME + 'df["age"].fillna(0, inplace=True)'),
    ("object-dtype", 'import pandas as pd\ns = pd.Series(["a"])\ns.dtype == object'),
    ("object-dtype", 'import pandas as pd\ns = pd.Series(["a"])\ns[0] = 5'),
]
LIKELY = [
    ("chained-assignment", 'df["age"][0] = 1'),
    ("chained-assignment", FRAME + "ages = df['age']\nages[0] = 1\nprint(df)"),
    ("inplace-on-selection", 'df["age"].fillna(0, inplace=True)'),
    ("inplace-on-selection", FRAME + "ages = df['age']\nages.fillna(0, inplace=True)\nprint(df)"),
    ("object-dtype", FRAME + 'df["age"].dtype == object'),
    ("object-dtype", 'df["age"].dtype == object'),
    ("object-dtype", FRAME + 'df.loc[0, "name"] = 5'),
]


@pytest.mark.parametrize(("rule", "code"), CERTAIN)
def test_what_is_known_is_an_error(rule: str, code: str) -> None:
    [report] = reports(python(code), rule)
    assert report.severity is None  # the rule's own: error


@pytest.mark.parametrize(("rule", "code"), LIKELY)
def test_what_is_likely_is_a_warning(rule: str, code: str) -> None:
    [report] = reports(python(code), rule)
    assert report.severity == "warning"


def test_what_is_certain_in_one_call_is_certain() -> None:
    code = 'def f(df):\n    df["a"][0] = 1\n\n\nf(unknown)\n' + "import pandas as pd\nf(pd.DataFrame())"
    [report] = reports(python(code), "chained-assignment")
    assert report.severity is None


SHOWN = [
    'with warnings.catch_warnings(record=True) as caught:\n    df["age"][0] = 1',
    'with pytest.warns(ChainedAssignmentError):\n    df["age"][0] = 1',
    'with pytest.warns((UserWarning, FutureWarning)):\n    df["age"].fillna(0, inplace=True)',
    'try:\n    df["age"][0] = 1\nexcept pd.errors.ChainedAssignmentError as error:\n    print(error)',
    'def show():\n    with pytest.warns(UserWarning):\n        df["age"][0] = 1',
    'df["age"][0] = 1  # ❌',
    'df["age"][\n    0\n] = 1  # wrong',
    '# WRONG\nif df["age"].fillna(0, inplace=True):\n    pass',
    'try:\n    df.loc[0, "name"] = 5\nexcept TypeError as error:\n    print(error)',
    'with pytest.raises(TypeError):\n    np.issubdtype(df["name"].dtype, np.number)',
]
LATER = [
    'kind = lambda df: df["a"].dtype == object  # wrong\nx = 1',
    'kind = lambda d: d["a"].dtype == object  # wrong\nx = kind(df)',
    'frames = list(map(\n    lambda d: d["a"].dtype == object,  # ❌\n    [df],\n))\nx = 1',
]
MEANT = [
    'kind = lambda d: d["a"].dtype == object\nx = kind(df)  # wrong',
    'def kind(df):\n    return df["a"].dtype == object\n\n\nx = kind(df)  # wrong',
    'with warnings.catch_warnings():\n    df["age"][0] = 1',
    'with open("x") as file, lock:\n    df["age"][0] = 1',
    'with warnings.catch_warnings(record=False):\n    df["age"][0] = 1',
    'try:\n    df["age"][0] = 1\nexcept KeyError:\n    print("no such column")',
    'try:\n    df["age"][0] = 1\nexcept:\n    pass',
    'try:\n    df.loc[0, "name"] = 5\nexcept TypeError:\n    raise',
    'with pytest.raises(ValueError):\n    f()\ndf["age"][0] = 1',
    '# ❌ WRONG\nx = 1\n\n# ✅ RIGHT\ndf["age"][0] = 1',
    'if df["age"].dtype == object:\n    # wrong\n    x = 1',
    'df["age"][0] = 1\nx = 1  # wrong',
    '# drop the bad rows\ndf["age"][0] = 1',
]
RULES = ("chained-assignment", "inplace-on-selection", "object-dtype")


@pytest.mark.parametrize("code", [*SHOWN, *LATER])
def test_what_is_shown_is_intended(code: str) -> None:
    found = [report for rule in RULES for report in reports(python(FRAME + code), rule)]
    assert [report.intended for report in found] == [True]


@pytest.mark.parametrize("code", MEANT)
def test_what_is_meant_is_not(code: str) -> None:
    found = [report for rule in RULES for report in reports(python(FRAME + code), rule)]
    assert [report.intended for report in found] == [False]


def test_the_span_is_exact() -> None:
    text = '# Урок\n\n- Пункт:\n\n  ```python\n  é = 1; df["возраст"][0], x = 1, 2\n  ```\n'
    [report] = reports(text, "chained-assignment")
    assert text[report.span.start : report.span.end] == 'df["возраст"][0]'
    assert (report.span.line, report.span.column, report.block) == (6, 10, 0)


def test_a_console_is_read_too() -> None:
    text = '```pycon\n>>> df["age"][0] = 1\n>>> df\n   age\n0    1\n```\n'
    [report] = reports(text, "chained-assignment")
    assert text[report.span.start : report.span.end] == 'df["age"][0]'


def test_reports_come_in_order_and_once() -> None:
    code = (
        "def late(df):\n    df['a'][0] = 1\n\n\nfor i in x:\n    df['b'][0] = 1\n    late(df)\n    late(df)"
    )
    lines = [report.span.line - 1 for report in reports(python(code), "chained-assignment")]
    assert lines == [2, 6]


def test_sessions_do_not_share_names() -> None:
    text = python("df = {}") + "\n{/* check: session=new */}\n\n" + python('df["a"][0] = 1')
    assert len(reports(text, "chained-assignment")) == 1


SETUP = """# Tea

{/* check: setup
import pandas as pd

orders = pd.DataFrame({"tea": ["mate"]})
orders["tea"][0] = "assam"
*/}
```python
orders["tea"][0] = "sencha"
```
"""


def test_hidden_code_makes_frames_known_and_is_not_judged() -> None:
    (report,) = reports(SETUP, "chained-assignment")
    assert (report.span.line, report.severity) == (10, None)
