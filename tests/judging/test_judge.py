"""Outcomes and findings together: one defect is one finding."""

from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from checker.analysis.lesson import LessonAnalysis, analyze
from checker.judging.judge import judge
from checker.judging.merging import Judged, merge
from checker.model import BlockPlan, Finding, Outcome, RunError, Swallowed
from checker.reading.lesson import parse_lesson
from tests.builders import error, finding, outcome, plan, warning

TWO_BLOCKS = "# Tea\n\n```python\ncups = int('x')\n```\n\n```python\nprint(cups)\n```\n"
BROKEN = "# Tea\n\n```python\ndef pour(:\n```\n"
MARKED = "# Tea\n\n```python\n# WRONG\nprices['mate']\n```\n"


def judged(
    text: str, plans: Sequence[BlockPlan], raw: Sequence[Outcome], read: Sequence[Finding] = ()
) -> tuple[tuple[Outcome, ...], tuple[Finding, ...]]:
    analysis: LessonAnalysis = analyze(parse_lesson("lesson.mdx", text))
    return judge(analysis, plans, raw, read)


def test_what_passes_adds_nothing() -> None:
    plans = [plan(), plan(index=1)]
    outcomes, findings = judged(TWO_BLOCKS, plans, [outcome(), outcome(index=1)])
    assert [each.kind for each in outcomes] == ["passed", "passed"]
    assert findings == ()


def test_what_was_not_run_is_skipped_with_the_plans_reason() -> None:
    outcomes, findings = judged(TWO_BLOCKS, [plan(runs=False), plan("fragment", index=1, runs=False)], [])
    assert [(each.kind, each.reason) for each in outcomes] == [("skipped", "a reason")] * 2
    assert findings == ()


def test_what_does_not_parse_has_failed() -> None:
    outcomes, _ = judged(BROKEN, [plan(runs=False)], [])
    assert [each.kind for each in outcomes] == ["failed"]


def test_a_failure_is_a_finding_at_the_line_that_raised() -> None:
    raw = [outcome("failed", raised=error("ValueError", "invalid literal", line=4)), outcome(index=1)]
    _, findings = judged(TWO_BLOCKS, [plan(), plan(index=1)], raw)
    (found,) = findings
    assert (found.name, found.span.line, found.confirmed) == ("snippet-failed", 4, True)
    assert found.message == "ValueError: invalid literal"


def test_a_failure_in_an_earlier_blocks_function_names_the_block_that_ran() -> None:
    raw = [outcome(), outcome("failed", index=1, raised=error("ValueError", "no", line=4))]
    _, (found,) = judged(TWO_BLOCKS, [plan(), plan(index=1)], raw)
    assert (found.span.line, found.block) == (4, 1)
    assert found.message == "ValueError: no (while the block at line 7 ran)"


def test_code_that_is_left_to_readers_is_information() -> None:
    text = TWO_BLOCKS.replace("cups = int('x')", "raise NotImplementedError")
    raw = [outcome(), outcome("failed", index=1, raised=error("NotImplementedError", "", line=4))]
    _, (found,) = judged(text, [plan(), plan(index=1)], raw)
    assert (found.name, found.severity, found.span.line) == ("snippet-failed", "info", 4)
    raw = [outcome(), outcome("failed", index=1, raised=error("NotImplementedError", "", line=8))]
    _, (found,) = judged(text, [plan(), plan(index=1)], raw)
    assert (found.name, found.severity) == ("snippet-failed", "error")


def test_a_name_that_an_interrupted_block_did_not_come_to_is_none_either() -> None:
    raw = [
        outcome("interrupted"),
        outcome("failed", index=1, raised=error("NameError", "name 'cups' is not defined", line=8)),
    ]
    outcomes, findings = judged(TWO_BLOCKS, [plan(), plan(index=1)], raw)
    assert outcomes[1].kind == "skipped"
    assert outcomes[1].reason == "needs `cups` from the block at line 3, which was interrupted first"
    assert findings == ()


def test_a_name_that_a_failed_block_would_have_bound_is_no_second_defect() -> None:
    raw = [
        outcome("failed", raised=error("ValueError", line=4)),
        outcome("failed", index=1, raised=error("NameError", "name 'cups' is not defined", line=8)),
    ]
    outcomes, findings = judged(TWO_BLOCKS, [plan(), plan(index=1)], raw)
    assert outcomes[1].kind == "skipped"
    assert outcomes[1].reason == "needs `cups` from the block at line 3, which failed"
    assert [each.name for each in findings] == ["snippet-failed"]


def test_a_name_that_nothing_binds_is_a_defect() -> None:
    raw = [outcome("failed", raised=error("NameError", "name 'tea' is not defined", line=4))]
    outcomes, findings = judged(TWO_BLOCKS, [plan(), plan(index=1, runs=False)], raw)
    assert outcomes[0].kind == "failed"
    assert [each.name for each in findings] == ["snippet-failed"]


def test_an_undefined_name_that_was_read_explains_the_failure_there() -> None:
    read = [finding("undefined-name", line=4)]
    raw = [outcome("failed", raised=error("NameError", "name 'tea' is not defined", line=4))]
    _, findings = judged(TWO_BLOCKS, [plan(), plan(index=1, runs=False)], raw, read)
    assert [(each.name, each.confirmed) for each in findings] == [("undefined-name", True)]


def test_a_name_that_the_run_was_given_explains_no_failure_of_another_kind() -> None:
    read = [finding("undefined-name", line=4, severity="info")]
    raw = [outcome("failed", raised=error("KeyError", "'tea'", line=4))]
    _, findings = judged(TWO_BLOCKS, [plan(), plan(index=1, runs=False)], raw, read)
    assert sorted(each.name for each in findings) == ["snippet-failed", "undefined-name"]
    raw = [outcome("failed", raised=error("NameError", "name 'tea' is not defined", line=4))]
    _, findings = judged(TWO_BLOCKS, [plan(), plan(index=1, runs=False)], raw, read)
    assert [(each.name, each.confirmed) for each in findings] == [("undefined-name", True)]


def test_a_tombstone_that_was_foretold_is_told_by_the_run() -> None:
    read = [finding("unhandled-tombstone", line=4), finding("unhandled-tombstone", line=8)]
    raw = [outcome("failed", raised=error("AttributeError", "'NoneType' object has no …", line=4))]
    _, findings = judged(TWO_BLOCKS, [plan(), plan(index=1, runs=False)], raw, read)
    assert [(each.name, each.span.line) for each in findings] == [
        ("snippet-failed", 4),
        ("unhandled-tombstone", 8),
    ]


@pytest.mark.parametrize(
    ("message", "names"),
    [
        ('SqlParserException: Encountered "WATERMARK" at line 11', ["snippet-failed"]),
        ("ValidationException: Table `orders` already exists", ["flink-kafka-table", "snippet-failed"]),
    ],
)
def test_a_table_that_was_foretold_is_told_by_the_run_that_speaks_of_it(
    message: str, names: list[str]
) -> None:
    text = "# A\n\n```python\nrun(\n    '''CREATE VIEW a AS\n    WATERMARK FOR b'''\n)\n```\n"
    old = replace(finding("flink-kafka-table", line=6), about=("watermark",))
    raw = [outcome("failed", raised=error("Py4JJavaError", message, line=4))]
    _, findings = judged(text, [plan()], raw, [old])
    assert sorted(each.name for each in findings) == names
    assert merge([old], [Judged(finding("snippet-failed", line=4))]) == (
        finding("snippet-failed", line=4),
        old,
    )


REFUSED = 'KafkaError{code=_INVALID_ARG,val=-186,str="No such configuration property: "batch.bytes""}'


@pytest.mark.parametrize(
    ("message", "read", "names"),
    [
        (REFUSED, {5: "batch.bytes", 6: "linger"}, {5: True, 6: False}),
        (REFUSED.replace("batch.bytes", "alias"), {5: "batch.bytes"}, {5: True}),
        (
            REFUSED.replace("batch.bytes", "alias"),
            {5: "batch.bytes", 6: "linger"},
            {4: True, 5: False, 6: False},
        ),
        ("Failed to create consumer: group.id must be set", {5: "group.id"}, {5: True}),
        ("no cup", {5: "batch.bytes"}, {4: True, 5: False}),
        (REFUSED, {9: "batch.bytes"}, {4: True, 9: False}),
    ],
)
def test_a_client_that_is_refused_is_one_defect(
    message: str, read: dict[int, str], names: dict[int, bool]
) -> None:
    text = "# A\n\n```python\nProducer({\n    'a': 1,\n    'b': 2,\n})\n\nx = 1\n```\n"
    old = [
        replace(finding("unknown-client-property", line=line), about=(name,)) for line, name in read.items()
    ]
    raw = [outcome("failed", raised=error("cimpl.KafkaException", message, line=4))]
    _, findings = judged(text, [plan()], raw, old)
    assert {each.span.line: each.confirmed for each in findings} == names
    assert merge(old, [Judged(finding("snippet-failed", line=4))])[0].name == "snippet-failed"


def test_a_warning_confirms_what_was_read() -> None:
    read = [finding("chained-assignment", line=4)]
    raw = [outcome(warned=(warning("pandas.errors.ChainedAssignmentError", line=4),))]
    _, findings = judged(TWO_BLOCKS, [plan(), plan(index=1, runs=False)], raw, read)
    assert [(each.name, each.confirmed) for each in findings] == [("chained-assignment", True)]


def test_a_deprecated_method_on_a_selection_is_one_defect() -> None:
    read = [finding("inplace-on-selection", line=4)]
    raw = [outcome(warned=(warning("pandas.errors.Pandas4Warning", line=4),))]
    _, findings = judged(TWO_BLOCKS, [plan(), plan(index=1, runs=False)], raw, read)
    assert [(each.name, each.confirmed) for each in findings] == [("inplace-on-selection", True)]


def test_a_counterexample_that_fails_as_shown_is_no_finding() -> None:
    raw = [outcome("failed", raised=error("KeyError", "'mate'", line=5))]
    outcomes, findings = judged(MARKED, [plan("counterexample")], raw)
    assert [each.kind for each in outcomes] == ["expected-failure"]
    assert findings == ()


def test_a_counterexample_that_runs_clean_is_for_information() -> None:
    _, findings = judged(MARKED, [plan("counterexample")], [outcome()])
    assert [(each.name, each.severity) for each in findings] == [("stale-counterexample", "info")]


def test_merging_keeps_other_places_apart_and_the_order_of_the_file() -> None:
    later, earlier = finding("snippet-failed", line=9), finding("undefined-name", line=3)
    assert merge([earlier], [Judged(later)]) == (earlier, later)
    assert merge([later], [Judged(earlier)]) == (earlier, later)


@pytest.mark.parametrize(
    ("text", "line", "code_column", "column"),
    [
        ("```python\nint('x')\n```\n", 2, 1, 1),
        ("1. Tea:\n\n   ```python\n   int('x')\n   ```\n", 4, 1, 4),
        ("> ```python\n> int('x')\n> ```\n", 2, 5, 7),
        ("```pycon\n>>> int('x')\n```\n", 2, 1, 5),
        ("- ```pycon\n  >>> int('x')\n  ```\n", 2, 1, 7),
    ],
)
def test_an_error_stands_at_the_lessons_column(text: str, line: int, code_column: int, column: int) -> None:
    raised = RunError("ValueError", "no", line, code_column, ())
    (ended,), (found,) = judged(text, [plan()], [outcome("failed", raised=raised)])
    assert ended.error is not None
    assert (ended.error.line, ended.error.column) == (line, column)
    assert (found.span.line, found.span.column) == (line, column)


def test_an_error_in_hidden_code_stands_at_its_block() -> None:
    text = "{/* check: setup\n1 / 0\n*/}\n```python\n1\n```\n"
    raised = RunError("ZeroDivisionError", "division by zero", 2, 1, ())
    _, (found,) = judged(text, [plan()], [outcome("failed", raised=raised)])
    assert found.span.line == 4


def hidden(kind: str, line: int, column: int = 1) -> Swallowed:
    raised = replace(error(kind, "no such thing", line=line), column=column)
    return Swallowed(raised, "`except:`", line + 2)


def test_what_a_block_hides_is_found_and_it_passes_all_the_same() -> None:
    raw = [replace(outcome(), swallowed=(hidden("TypeError", 4),)), outcome(index=1)]
    outcomes, (found,) = judged(TWO_BLOCKS, [plan(), plan(index=1)], raw)
    assert outcomes[0].kind == "passed"
    assert (found.name, found.severity, found.span.line) == ("swallowed-error", "warning", 4)
    assert found.message == "TypeError: no such thing; hidden by `except:` in line 6"


def test_a_hidden_name_is_certain_and_the_rule_that_read_it_says_it_alone() -> None:
    raw = [replace(outcome(), swallowed=(hidden("NameError", 4),)), outcome(index=1)]
    _, (found,) = judged(TWO_BLOCKS, [plan(), plan(index=1)], raw)
    assert (found.name, found.severity) == ("swallowed-error", "error")
    _, (found,) = judged(TWO_BLOCKS, [plan(), plan(index=1)], raw, [finding("undefined-name", line=4)])
    assert (found.name, found.confirmed) == ("undefined-name", True)


def test_a_counterexample_that_hides_its_error_is_not_stale() -> None:
    raw = [replace(outcome(), swallowed=(hidden("TypeError", 5),))]
    _, (found,) = judged(MARKED, [plan("counterexample")], raw)
    assert (found.name, found.intended) == ("swallowed-error", True)


def test_a_name_that_is_missed_twice_is_one_finding() -> None:
    text = "# Tea\n\n```python\nimport os\ndef pour():\n    brew(os)\npour()\nbrew(2)\n```\n"
    raw = [outcome("failed", raised=error("NameError", "name 'brew' is not defined", line=8))]
    missed = replace(finding("undefined-name", line=6, severity="warning"), about=("brew",))
    _, (found,) = judged(text, [plan()], raw, [missed])
    assert (found.name, found.severity, found.confirmed) == ("undefined-name", "error", True)
    other = [outcome("failed", raised=error("NameError", "name 'cup' is not defined", line=8))]
    assert len(judged(text, [plan()], other, [missed])[1]) == 2


MADE_ELSEWHERE = "# Tea\n\n```bash\necho 1 > /tmp/tea.csv\n```\n\n```python\nread('/tmp/tea.csv')\n```\n"


@pytest.mark.parametrize(
    ("kind", "message", "ended"),
    [
        ("FileNotFoundError", "[Errno 2] No such file or directory: '/tmp/tea.csv'", "skipped"),
        ("FileNotFoundError", "[Errno 2] No such file or directory: '/tmp/mate.csv'", "failed"),
        ("FileNotFoundError", "[Errno 2] No such file or directory: ''", "failed"),
        ("FileNotFoundError", "it is not there", "failed"),
        ("ValueError", "no file '/tmp/tea.csv'", "failed"),
    ],
)
def test_a_file_that_a_block_makes_which_did_not_run(kind: str, message: str, ended: str) -> None:
    plans = [plan("other-language", runs=False), plan(index=1)]
    raw = [outcome("failed", index=1, raised=error(kind, message, line=8))]
    outcomes, findings = judged(MADE_ELSEWHERE, plans, raw)
    assert outcomes[1].kind == ended
    if ended == "skipped":
        assert (
            outcomes[1].reason
            == "reads `/tmp/tea.csv`, which the block at line 3 mentions, but that block did not run"
        )
        assert findings == ()


@pytest.mark.parametrize(
    ("first", "ended"),
    [
        ("x = 'tea.csv'", "skipped"),
        ("x = {'a': 'my_tea.csv'}", "failed"),
        ("x = 'tea' + '.csv'", "failed"),
        ("x = 'tea.csv'\nremove('tea.csv')", "failed"),
    ],
)
def test_a_file_that_the_lesson_only_names_is_data_that_nobody_made(first: str, ended: str) -> None:
    text = f"# Tea\n\n```python\n{first}\n```\n\n```python\nread(x)\n```\n"
    missing = error("FileNotFoundError", "[Errno 2] No such file or directory: 'tea.csv'", line=8)
    raw = [outcome(), outcome("failed", index=1, raised=missing)]
    outcomes, findings = judged(text, [plan(), plan(index=1)], raw)
    assert outcomes[1].kind == ended
    if ended == "skipped":
        assert (
            outcomes[1].reason == "needs the file `tea.csv`, which neither the lesson nor the fixtures create"
        )
        assert findings == ()


@pytest.mark.parametrize(
    ("first", "second", "ended"),
    [
        ("pour(Path('tea.py'))", "pour(Path('./tea.py'))", "skipped"),
        ("pour('tea.py')\nstir('tea.py')", "pour('tea.py')\nstir('tea.py')", "skipped"),
        ("pour('tea.py')", "pour(\n    'tea.py',\n)\nstir('tea.py')", "skipped"),
        ("pour('cup/tea.py')", "pour('tea.py')", "failed"),
    ],
)
def test_a_file_that_all_blocks_miss_that_name_it_is_made_by_none(
    first: str, second: str, ended: str
) -> None:
    text = f"# Tea\n\n```python\n{first}\n```\n\n```python\n{second}\n```\n"
    paths = ["/home/reader/lesson/cup/tea.py" if "cup" in first else "/home/reader/lesson/tea.py"]
    paths.append("/home/reader/lesson/tea.py")
    lines = (4, text.count("\n", 0, text.rindex("```python")) + 2)
    raw = [
        outcome("failed", index=at, raised=error("FileNotFoundError", f"no script: {path}", line=line))
        for at, (path, line) in enumerate(zip(paths, lines, strict=True))
    ]
    outcomes, _ = judged(text, [plan(), plan(index=1)], raw)
    assert outcomes[1].kind == ended
    if ended == "skipped":
        assert {each.reason for each in outcomes} == {
            "needs the file `tea.py`, which neither the lesson nor the fixtures create"
        }


def test_a_file_that_a_block_above_may_have_made_is_missed_by_a_failure() -> None:
    codes = ("brew('tea.py')", "pour(\n'tea.py')", "'tea.py'")
    text = "# Tea\n\n" + "\n".join(f"```python\n{code}\n```\n" for code in codes)
    missing = error("FileNotFoundError", "no script: /home/reader/lesson/tea.py", line=8)
    raw = [outcome(), outcome("failed", index=1, raised=missing), outcome(index=2)]
    plans = [plan(), plan(index=1), plan(index=2)]
    assert judged(text, plans, raw)[0][1].kind == "failed"
    assert judged(text.replace("brew('tea.py')", "brew()"), plans, raw)[0][1].kind == "skipped"


SPOKEN_OF = {
    "above": "It raises `TypeError`:\n\n```python\npour()\n```\n",
    "shown by its type": "# Tea\n\n```python\npour()\n```\n\n```\nTypeError\n```\n",
    "shown by its message": "# Tea\n\n```python\npour()\n```\n\nIt prints:\n\n```\nError: no\n```\n",
}
NOT_SPOKEN_OF = {
    "part of a word": "It raises MyTypeErrors:\n\n```python\npour()\n```\n",
    "any exception": "It may raise an Exception:\n\n```python\npour()\n```\n",
    "below, in words": "# Tea\n\n```python\npour()\n```\n\nA TypeError.\n",
    "another block's code": "# Tea\n\n```python\npour()\n```\n\n```python\nTypeError\n```\n",
    "far below": "# Tea\n\n```python\npour()\n```\n" + "Tea. " * 50 + "\n\n```\nTypeError\n```\n",
}


@pytest.mark.parametrize("text", NOT_SPOKEN_OF.values(), ids=NOT_SPOKEN_OF.keys())
def test_what_was_hidden_is_reported(text: str) -> None:
    assert _swallowed(text) == ["swallowed-error"]


@pytest.mark.parametrize("text", SPOKEN_OF.values(), ids=SPOKEN_OF.keys())
def test_what_the_lesson_speaks_of_it_means_to_catch(text: str) -> None:
    assert _swallowed(text) == []


def _swallowed(text: str) -> list[str]:
    line = text.split("\n").index("pour()") + 1
    found = hidden("TypeError", line)
    raised = replace(found.error, message="no", bases=("Exception",))
    plans = [plan(index=each) for each in range(text.count("```") // 2)]
    raw = [replace(outcome(), swallowed=(replace(found, error=raised),))]
    return [each.name for each in judged(text, plans, raw)[1] if each.name == "swallowed-error"]


def test_a_hidden_error_has_the_lesson_s_column() -> None:
    text = "- Tea\n\n  ```python\n  cups = int('x')\n  ```\n"
    raw = [replace(outcome(), swallowed=(hidden("TypeError", 4, column=8),))]
    outcomes, (found,) = judged(text, [plan()], raw)
    assert outcomes[0].swallowed[0].error.column == 10
    assert found.span.column == 10


FLAKY = [
    (outcome(), outcome("failed", reason="KeyError: 1", raised=error("KeyError", "1", line=4)), 4),
    (outcome("failed", reason="KeyError", raised=error("KeyError", line=4)), outcome(), 4),
    (outcome("crashed", reason="the interpreter is gone"), outcome("limit", reason="too much"), 3),
    (outcome("limit", reason="too much"), outcome("timed-out", reason="too long"), 3),
]


@pytest.mark.parametrize(("first", "again", "line"), FLAKY)
def test_a_block_that_ends_in_two_ways_is_one_finding_with_both(
    first: Outcome, again: Outcome, line: int
) -> None:
    raw = [replace(first, again=again), outcome(index=1)]
    outcomes, (found,) = judged(TWO_BLOCKS, [plan(), plan(index=1)], raw)
    assert outcomes[0].kind == first.kind
    assert (found.name, found.severity, found.span.line) == ("flaky-snippet", "error", line)
    assert first.reason in found.message
    assert again.reason in found.message


def test_what_another_block_is_to_blame_for_is_not_flaky() -> None:
    raw = [
        outcome("failed", raised=error("ValueError", line=4)),
        outcome("failed", index=1, raised=error("NameError", "name 'cups' is not defined", line=8)),
    ]
    raw[1] = replace(raw[1], again=outcome(index=1))
    _, findings = judged(TWO_BLOCKS, [plan(), plan(index=1)], raw)
    assert [each.name for each in findings] == ["snippet-failed"]
