"""What all pandas rules share: which of two reports counts, and what marks make of one."""

import pytest

from checker.analysis.lesson import analyze
from checker.config import Config
from checker.model import Finding
from checker.reading.lesson import parse_lesson
from checker.rules.checking import check_lesson

FRAME = 'import pandas as pd\n\ndf = pd.DataFrame({"a": [1, 2], "b": [1.0, None]})\n'


def found(code: str, name: str) -> list[Finding]:
    lesson = parse_lesson("lesson.mdx", f"# Tea\n\n```python\n{FRAME}\n{code}\n```\n")
    return [each for each in check_lesson(analyze(lesson), Config()) if each.name == name]


def test_what_is_not_marked_says_nothing_of_marks() -> None:
    (plain,) = found("df['a'][0] = 3", "chained-assignment")
    assert "right way" not in plain.message


def test_what_is_marked_wrong_is_intended() -> None:
    (wrong,) = found("# ❌ WRONG\ndf['a'][0] = 3", "chained-assignment")
    assert wrong.intended
    assert "right way" not in wrong.message


@pytest.mark.parametrize("mark", ["# ✅ RIGHT", "# Правильно:", "# Good"])
def test_what_is_marked_right_and_is_wrong_is_an_error(mark: str) -> None:
    for code, name in (
        ("df['a'][0] = 3", "chained-assignment"),
        ("df.drop('a', inplace=True)", "deprecated-4"),
    ):
        (right,) = found(f"{mark}\n{code}", name)
        assert (right.severity, right.intended) == ("error", False)
        assert f"The lesson presents this as the right way: {mark.removeprefix('# ')!r}." in right.message


def test_what_is_only_likely_stays_a_warning() -> None:
    (likely,) = found("def f(df):\n    # Good\n    df['a'][0] = 3", "chained-assignment")
    assert likely.severity == "warning"
    assert "right way" in likely.message


def test_of_two_reports_of_one_place_the_one_with_a_fix_counts() -> None:
    (ungrouped,) = found("r = df.groupby('a')['b'].fillna(0)", "removed-api")
    assert ungrouped.fix is not None
