"""What a fix makes of the code, to the character, and how far it may be trusted."""

import pytest

from checker.fixing.edits import apply_edits
from checker.model import Applicability, Fix
from tests.rules.pandas.lessons import Labelled, labelled, python, reports
from tests.rules.pandas.test_cases import REPORTED, title

FRAME = (
    "import pandas as pd\nimport numpy as np\n\n"
    'df = pd.DataFrame({"age": [31, 17], "name": ["Ann", None]})\n'
    'df["day"] = pd.to_datetime(["2024-01-05", None])\n'
)
SERIES = 'import pandas as pd\n\ns = pd.Series([1, 2], index=["a", "b"])\n'
OPENED = 'import pandas as pd\n\ndf = pd.read_csv("people.csv")\n'

MENDED: list[tuple[str, str, str, str, Applicability]] = [
    # The column first used to reach the frame, the rows first never did.
    ("chained-assignment", FRAME, 'df["age"][0] = 5', 'df.loc[0, "age"] = 5', "safe"),
    ("chained-assignment", FRAME, "df.age[df.age > 20] += 1", 'df.loc[df.age > 20, "age"] += 1', "safe"),
    ("chained-assignment", FRAME, 'df[df.age > 20]["age"] = 1', 'df.loc[df.age > 20, "age"] = 1', "unsafe"),
    (
        "chained-assignment",
        'import pandas as pd\n\ndf = pd.DataFrame({"age": [3]}, index=["a"])\n',
        'df["age"][0] = 5',
        'df.loc[df.index[0], "age"] = 5',
        "safe",
    ),
    (
        "chained-assignment",
        FRAME,
        'ages = df["age"]\nages[0] = 5\nprint(df)',
        'ages = df["age"]\ndf.loc[0, "age"] = 5\nprint(df)',
        "unsafe",
    ),
    (
        "chained-assignment",
        FRAME,
        'df.loc[df.age > 20, :]["age"] = 1',
        'df.loc[df.age > 20, "age"] = 1',
        "unsafe",
    ),
    ("chained-assignment", FRAME, "df.iloc[0][0] = 1", "df.loc[df.index[0], df.columns[0]] = 1", "unsafe"),
    (
        "inplace-on-selection",
        FRAME,
        'df["age"].fillna(0, inplace=True)  # gaps',
        'df["age"] = df["age"].fillna(0)  # gaps',
        "safe",
    ),
    (
        "inplace-on-selection",
        FRAME,
        'df.name.replace(\n    "Ann",\n    "Eve",\n    inplace=True,\n)',
        'df["name"] = df.name.replace(\n    "Ann",\n    "Eve",\n)',
        "safe",
    ),
    (
        "inplace-on-selection",
        FRAME,
        'df[["age"]].fillna(0, inplace=True)',
        'df[["age"]] = df[["age"]].fillna(0)',
        "unsafe",
    ),
    (
        "inplace-on-selection",
        FRAME,
        'df["age"].update(pd.Series([1]))',
        'df.update(pd.Series([1]).rename("age"))',
        "safe",
    ),
    (
        "inplace-on-selection",
        FRAME,
        'df["age"].dropna(inplace=True)',
        'df = df.dropna(subset="age")',
        "unsafe",
    ),
    ("object-dtype", FRAME, 'df["name"].dtype == object', 'df["name"].dtype == "str"', "safe"),
    ("object-dtype", FRAME, '"O" == df["name"].dtype', '"str" == df["name"].dtype', "safe"),
    ("object-dtype", OPENED, 'df["x"].dtype != "O"', 'df["x"].dtype not in ("object", "str")', "safe"),
    ("object-dtype", OPENED, "df.dtypes == object", 'df.dtypes == "str"', "unsafe"),
    ("object-dtype", FRAME, 'df.select_dtypes("object")', 'df.select_dtypes("str")', "safe"),
    ("object-dtype", OPENED, "df.select_dtypes(object)", 'df.select_dtypes(["object", "str"])', "safe"),
    (
        "object-dtype",
        OPENED,
        'df.describe(include=["O", "category"])',
        'df.describe(include=["object", "str", "category"])',
        "safe",
    ),
    (
        "object-dtype",
        FRAME,
        'pd.api.types.is_object_dtype(df["name"])',
        'pd.api.types.is_string_dtype(df["name"])',
        "safe",
    ),
    ("object-dtype", FRAME, 'df.dtypes.eq("object")', 'df.dtypes.eq("str")', "safe"),
    (
        "string-missing",
        FRAME,
        'df["name"].apply(lambda v: v is None).sum()',
        'df["name"].isna().sum()',
        "safe",
    ),
    ("string-missing", FRAME, 'df.at[1, "name"] is not None', 'pd.notna(df.at[1, "name"])', "safe"),
    ("string-missing", FRAME, 'df["name"].astype(str) == "None"', 'df["name"].astype(str).isna()', "safe"),
    (
        "datetime-unit",
        FRAME,
        'x = df["day"].astype("int64") // 10**9',
        'x = df["day"].dt.as_unit("ns").astype("int64") // 10**9',
        "safe",
    ),
    (
        "datetime-unit",
        FRAME,
        'x = (df["day"] - df["day"].min()).values.astype("int64") / 1e9',
        'x = (df["day"] - df["day"].min()).dt.as_unit("ns").values.astype("int64") / 1e9',
        "safe",
    ),
    (
        "datetime-unit",
        FRAME,
        'x = pd.DatetimeIndex(["2024"]).asi8',
        'x = pd.DatetimeIndex(["2024"]).as_unit("ns").asi8',
        "safe",
    ),
    (
        "datetime-unit",
        FRAME,
        'df["day"].dtype == "datetime64[ns]"',
        'df["day"].dtype == "datetime64[us]"',
        "safe",
    ),
    (
        "datetime-unit",
        FRAME,
        'df.select_dtypes(include=["datetime64[ns]", "number"])',
        'df.select_dtypes(include=["datetime64[us]", "number"])',
        "safe",
    ),
    (
        "datetime-unit",
        FRAME,
        'df["day"].dtype == np.dtype("datetime64[ns]")',
        'df["day"].dtype == np.dtype("datetime64[us]")',
        "safe",
    ),
    (
        "datetime-unit",
        FRAME,
        'pd.api.types.is_datetime64_ns_dtype(df["day"])',
        'pd.api.types.is_datetime64_any_dtype(df["day"])',
        "safe",
    ),
    (
        "datetime-unit",
        FRAME + 'ns = df["day"].astype("int64")\n',
        "back = pd.to_datetime(ns)",
        'back = pd.to_datetime(ns, unit="us")',
        "unsafe",
    ),
    (
        "datetime-unit",
        FRAME + 'ns = df["day"].astype("int64")\n',
        'back = pd.to_datetime(ns, unit="ns")',
        'back = pd.to_datetime(ns, unit="us")',
        "unsafe",
    ),
    ("positional-fallback", SERIES, "s[0]", "s.iloc[0]", "safe"),
    ("positional-fallback", SERIES, "(s * 2)[-1]", "(s * 2).iloc[-1]", "safe"),
    (
        "positional-fallback",
        "",
        'df["city"].value_counts()[0]',
        'df["city"].value_counts().iloc[0]',
        "unsafe",
    ),
    (
        "readonly-values",
        FRAME,
        'ages = df["age"].values\nages[0] = 5',
        'ages = df["age"].to_numpy(copy=True)\nages[0] = 5',
        "unsafe",
    ),
    (
        "readonly-values",
        FRAME,
        'ages = (df["age"] * 2).to_numpy()\nages += 5',
        'ages = (df["age"] * 2).to_numpy(copy=True)\nages += 5',
        "unsafe",
    ),
    (
        "readonly-values",
        FRAME,
        'ages = np.asarray(df["age"])\nages.sort()',
        'ages = np.array(df["age"])\nages.sort()',
        "unsafe",
    ),
    ("changed-result", FRAME, 'df["age"].agg(np.std)', 'df["age"].agg("std")', "safe"),
    (
        "changed-result",
        FRAME,
        'df.groupby(pd.cut(df["age"], 3))["age"].sum()',
        'df.groupby(pd.cut(df["age"], 3), observed=False)["age"].sum()',
        "safe",
    ),
]


@pytest.mark.parametrize(("rule", "before", "code", "after", "how"), MENDED)
def test_the_code_is_mended(rule: str, before: str, code: str, after: str, how: Applicability) -> None:
    text = python(before + code)
    [fix] = fixes(text, rule)
    assert apply_edits(text, fix.edits) == python(before + after)
    assert fix.applicability == how


UNMENDED = [
    ("chained-assignment", FRAME, 'del df[df.age > 1]["age"]'),
    ("chained-assignment", FRAME, 'df.head()["age"] = 5'),
    ("chained-assignment", FRAME, 'df["age"]  [0] = "two  blanks"'),
    ("chained-assignment", FRAME, 'pd.read_csv("x")["age"] = 5'),
    ("chained-assignment", FRAME, 'ages = df["age"]\nages[0:1] = 5\nprint(df)'),
    ("chained-assignment", FRAME, "top = df[:1]\ntop.iloc[0, 0] = 5\nprint(df)"),
    ("inplace-on-selection", FRAME, 'df.loc[:, "age"].dropna(inplace=True)'),
    ("readonly-values", FRAME, 'df["age"].values[0] = 5'),
    ("inplace-on-selection", FRAME, 'x = df["age"].fillna(0, inplace=True)'),
    ("inplace-on-selection", FRAME, "df[df.age > 1].dropna(inplace=True)"),
    ("inplace-on-selection", FRAME, 'df["age"].update([1])'),
    ("inplace-on-selection", FRAME, 'df["age"].fillna(0,  # gaps\n    inplace=True)'),
    ("inplace-on-selection", FRAME, 'df["age"].dropna(\n    inplace=True)'),
    ("object-dtype", FRAME, 'df["name"].dtype is np.dtype(object)'),
    ("object-dtype", FRAME + "from pandas.api.types import is_object_dtype\n", "is_object_dtype(df['name'])"),
    ("object-dtype", OPENED, '(df["x"].dtype) == "O"'),
    ("object-dtype", FRAME, 'df.loc[0, "name"] = 5'),
    ("string-missing", FRAME, 'df["name"].fillna(0)'),
    ("string-missing", FRAME, '(df["name"].astype(str)) == "None"'),
    ("string-missing", FRAME, 'df["name"].astype(str).isin(["None"])'),
    ("string-missing", FRAME + "del pd\npd = 5\n", 'df.at[1, "name"] is None'),
    ("datetime-unit", FRAME, 'x = np.diff(df["day"]).astype("int64") / 1e9'),
    ("datetime-unit", FRAME, 'pd.to_datetime(["1500-01-01"], errors="coerce")'),
    (
        "datetime-unit",
        FRAME + "from pandas.api.types import is_datetime64_ns_dtype\n",
        'is_datetime64_ns_dtype(df["day"])',
    ),
    ("positional-fallback", SERIES, "s.get(0)"),
    ("readonly-values", FRAME, 'ages = np.ravel(df["age"])\nages[0] = 5'),
    ("changed-result", FRAME, 'df.loc[0, "age"] = "?"'),
]


@pytest.mark.parametrize(("rule", "before", "code"), UNMENDED)
def test_what_cannot_be_mended_well_is_only_reported(rule: str, before: str, code: str) -> None:
    [report] = reports(python(before + code), rule)
    assert report.fix is None


@pytest.mark.parametrize(
    ("rule", "lesson"),
    [(rule, each) for rule, name in REPORTED.items() for each in labelled(name)],
    ids=title,
)
def test_what_is_mended_is_reported_no_more(rule: str, lesson: Labelled) -> None:
    text, rounds = lesson.text, 0
    while found := [each for each in fixes(text, rule) if each.applicability == "safe"]:
        fewer = len(reports(text, rule)) - 1
        text = apply_edits(text, found[0].edits)
        rounds += 1
        assert len(reports(text, rule)) <= fewer
    assert rounds <= len(lesson.marked) * 3


def fixes(text: str, rule: str) -> list[Fix]:
    return [report.fix for report in reports(text, rule) if report.fix is not None]
