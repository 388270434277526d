import pytest

from checker.analysis.lesson import analyze
from checker.analysis.ran import RanBlock
from checker.judging.evidence import Evidence, evidence
from checker.model import Later, Outcome, RunError, RunWarning
from checker.reading.lesson import parse_lesson
from tests.builders import error, outcome, plan, warning

CHAINED = "pandas.errors.ChainedAssignmentError"
PANDAS_4 = "pandas.errors.Pandas4Warning"
INPLACE = "A value is being set on a copy through chained assignment using an inplace method.\nSuch …"
LESSON = parse_lesson(
    "lesson.mdx", "# Tea\n\n```python\nfirst()\nsecond()  # ❌\n```\n\n```python\nthird()\n```\n"
)


def shown(raw: Outcome, settled: Outcome | None = None) -> list[Evidence]:
    block = LESSON.blocks[raw.block]
    ran = RanBlock(LESSON, block, plan(index=raw.block), raw, settled or raw, {}, frozenset())
    return list(evidence(analyze(LESSON), ran))


def of_warnings(*warnings: RunWarning) -> list[Evidence]:
    return shown(outcome("passed", warned=warnings))


def of_error(raised: RunError) -> list[Evidence]:
    return shown(outcome("failed", raised=raised))


@pytest.mark.parametrize("type_name", ["UserWarning", "FutureWarning", "pandas.errors.PerformanceWarning"])
def test_other_warnings_are_nobodys_business(type_name: str) -> None:
    assert of_warnings(warning(type_name, line=4)) == []


@pytest.mark.parametrize(
    "raised",
    [
        error("ZeroDivisionError", "division by zero", line=4),
        error("AttributeError", "'Basket' object has no attribute 'append'", line=4),
        error("KeyError", "0", line=4),
        error("TypeError", "'DataFrame' object has no attribute 'append'", line=0),
    ],
)
def test_other_errors_are_nobodys_business(raised: RunError) -> None:
    assert of_error(raised) == []


@pytest.mark.parametrize(
    ("kind", "message", "rule", "severity"),
    [
        (CHAINED, "A value is being set on a copy.", "chained-assignment", None),
        (CHAINED, INPLACE, "inplace-on-selection", None),
        (PANDAS_4, "The inplace keyword in DataFrame.drop is deprecated.", "deprecated-4", "warning"),
        (PANDAS_4, "'str' dtypes are included by select_dtypes when …", "object-dtype", "warning"),
    ],
)
def test_a_warning_speaks_for_the_rule_that_reads_for_it(
    kind: str, message: str, rule: str, severity: str | None
) -> None:
    (found,) = of_warnings(warning(kind, message, line=5))
    assert (found.rules[0], found.report.severity, found.is_failure) == (rule, severity, False)
    assert (found.report.span.line, found.report.span.column, found.report.block) == (5, 1, 0)
    assert "pandas warned when this ran" in found.report.message


def test_a_line_that_warns_in_a_loop_is_one_report() -> None:
    again = warning(CHAINED, line=4)
    assert len(of_warnings(again, again, again)) == 1


def test_what_is_shown_wrong_on_purpose_is_intended() -> None:
    first, second = of_warnings(warning(CHAINED, line=4), warning(CHAINED, line=5))
    assert (first.report.intended, second.report.intended) == (False, True)


NO_STR = error("TypeError", "Cannot interpret '<StringDtype>' as a data type", line=4)


def test_an_error_is_the_failure_of_its_block() -> None:
    (found,) = of_error(NO_STR)
    assert (found.rules[0], found.is_failure, found.report.intended) == ("object-dtype", True, False)
    assert found.report.message.startswith("pandas 3 refuses this: TypeError: Cannot interpret")


def test_an_error_that_was_wanted_is_intended() -> None:
    (found,) = shown(outcome("failed", raised=NO_STR), outcome("expected-failure", raised=NO_STR))
    assert found.report.intended


def test_a_line_of_an_earlier_block_is_that_block_s() -> None:
    (found,) = shown(outcome("passed", index=1, warned=(warning(CHAINED, line=4),)))
    assert (found.report.block, found.report.span.line) == (0, 4)


def test_what_comes_after_the_exception() -> None:
    later = Later((error("KeyError", "0", line=5), NO_STR), (warning(CHAINED, line=5),))
    raw = Outcome(0, "failed", error=error("ValueError", "x", line=4), later=later)
    found = shown(raw)
    assert [(each.report.span.line, each.is_failure) for each in found] == [(4, False), (5, False)]
