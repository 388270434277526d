import json

import jsonschema
import msgspec
import pytest
from msgspec.structs import replace

from checker.model import Class, Need, OutcomeKind
from checker.reporting.health.build import build_health
from checker.reporting.health.model import Changes, Place, State
from checker.reporting.health.over_time import Remembered
from checker.reporting.health.snapshot import snapshot
from checker.reporting.health.states import errors_by_block, state
from tests.reporting.health.documents import NOW, at_day, block, document, found, renamed


@pytest.mark.parametrize(
    ("outcome", "kind", "known"),
    [
        ("passed", "runnable", "verified"),
        ("expected-failure", "counterexample", "verified"),
        ("interrupted", "endless", "verified"),
        ("skipped", "needs-data", "unverified"),
        ("skipped", "skipped-by-author", "unverified"),
        ("not-run", "runnable", "unverified"),
        ("skipped", "not-code", "excused"),
        ("skipped", "counterexample", "excused"),
        ("failed", "runnable", "broken"),
        ("timed-out", "runnable", "broken"),
        ("limit", "runnable", "broken"),
        ("crashed", "runnable", "broken"),
    ],
)
def test_what_is_known_of_a_snippet(outcome: OutcomeKind, kind: Class, known: State) -> None:
    assert state(block(outcome=outcome, kind=kind), {}) == known


def test_an_error_breaks_a_snippet_unless_it_is_shown_on_purpose() -> None:
    here = block()
    assert state(here, errors_by_block([found(intended=True)])) == "verified"
    assert state(here, errors_by_block([found(severity="warning")])) == "verified"
    assert state(here, errors_by_block([found(index=None)])) == "verified"
    assert state(here, errors_by_block([found()])) == "broken"


def test_an_empty_course_has_no_score() -> None:
    health = build_health(document())
    assert (health.total.score, health.modules, health.mend) == (None, (), ())


def test_the_score_is_what_the_formula_says() -> None:
    blocks = [
        block(index=0),
        block(index=1),
        block(index=2, outcome="failed"),
        block(index=3, outcome="skipped", kind="needs-data"),
        block(index=4, outcome="skipped", kind="not-code"),
        block(index=5, outcome="skipped", kind="other-language", lang="sql"),
    ]
    total = build_health(document(blocks)).total
    assert (total.blocks, total.snippets, total.runnable, total.run) == (6, 5, 3, 3)
    assert (total.verified, total.unverified, total.broken, total.excused) == (2, 1, 1, 1)
    assert total.score == round(100 * (2 + 0.5) / 4, 1)


def test_modules_are_folders_the_worst_first() -> None:
    blocks = [
        block("course/m1/a.mdx"),
        block("course/m2/b.mdx", outcome="skipped", kind="needs-data"),
        block("course/m3/deep/index.mdx", outcome="failed"),
    ]
    findings = [found("course/m2/b.mdx", index=None), found("course/m3/deep/index.mdx")]
    findings.append(found("course/m3/c.mdx", index=None, severity="warning"))
    health = build_health(document(blocks, findings, titles={"course/m1/words.mdx": "Only words"}))
    assert [(each.name, each.tally.errors, each.tally.broken) for each in health.modules] == [
        ("m3", 1, 1),
        ("m2", 1, 0),
        ("m1", 0, 0),
    ]
    assert [each.path for each in health.modules[2].lessons] == ["course/m1/a.mdx", "course/m1/words.mdx"]
    assert health.modules[2].lessons[1].title == "Only words"
    assert health.modules[0].tally.warnings == 1


@pytest.mark.parametrize(
    ("paths", "names"),
    [
        (["a.mdx"], ["."]),
        (["x/m1/a.mdx"], ["m1"]),
        (["m1/a.mdx", "a.mdx"], [".", "m1"]),
        (["/x/m1/a.mdx", "/x/m2/a.mdx"], ["m1", "m2"]),
        (["/x/a.mdx", "x/a.mdx"], ["x", "x"]),
        (["../m1/a.mdx", "../m2/a.mdx"], ["m1", "m2"]),
        (["index.mdx", "m1/index.mdx"], [".", "m1"]),
    ],
)
def test_the_names_of_modules(paths: list[str], names: list[str]) -> None:
    health = build_health(document([block(path) for path in paths]))
    assert sorted(each.name for each in health.modules) == names


def test_without_an_earlier_run_nothing_is_new() -> None:
    health = build_health(document([block()], [found()]))
    assert health.changes == Changes(None)
    assert not health.mend[0].new
    assert health.rules[0].new == 0


def test_what_is_new_known_and_fixed() -> None:
    before = document(findings=[found(line=4), found(line=9)], run=at_day(1))
    now = document(findings=[found(line=4), found(line=20)])
    changes = build_health(now, [snapshot(before)]).changes
    assert changes.since == at_day(1)
    assert [each.at.line for each in changes.new] == [20]
    assert [each.at.line for each in changes.fixed] == [9]
    assert changes.known == 1


def test_a_lesson_that_was_renamed_has_nothing_new() -> None:
    now = document([block()], [found(), found(line=5)])
    before = renamed(replace(now, run=at_day(1)), "m1/a.mdx", "m9/z.mdx")
    changes = build_health(now, [snapshot(before)]).changes
    assert (changes.new, changes.fixed, changes.known) == ((), (), 2)


def test_the_same_finding_in_one_more_lesson_is_new() -> None:
    one = found("m1/a.mdx", fingerprint="same")
    before = document(findings=[one], run=at_day(1))
    now = document(findings=[found("m0/b.mdx", fingerprint="same"), one])
    changes = build_health(now, [snapshot(before)]).changes
    assert [each.at.path for each in changes.new] == ["m0/b.mdx"]


def test_what_is_shown_wrong_on_purpose_is_neither_new_nor_fixed() -> None:
    before = document(findings=[found(line=4, intended=True)], run=at_day(1))
    changes = build_health(document(findings=[found(line=9, intended=True)]), [snapshot(before)]).changes
    assert (changes.new, changes.fixed) == ((), ())


def test_the_run_before_is_the_latest_before_this_one() -> None:
    older = [snapshot(document(run=at_day(day))) for day in (3, 9, 5, 28)]
    older.append(snapshot(document(run=NOW)))
    health = build_health(document(), older)
    assert health.changes.since == at_day(9)
    assert [each.run.id for each in health.trend] == ["run-3", "run-5", "run-9", "now"]


def test_undated_documents_keep_their_order() -> None:
    older = [snapshot(document([block()] * number, run=None)) for number in (1, 2)]
    health = build_health(document(run=None), older)
    assert [each.snippets for each in health.trend] == [1, 2, 0]


def test_a_run_of_which_only_the_numbers_are_left_is_on_the_line_only() -> None:
    thin = replace(snapshot(document(run=at_day(9))), whole=False)
    health = build_health(document(findings=[found()]), [thin, snapshot(document(run=at_day(2)))])
    assert health.changes.since == at_day(2)
    assert len(health.trend) == 3


def test_what_to_mend_first() -> None:
    waiting = [block("m1/b.mdx", index, "skipped") for index in (1, 2)]
    blocks = [block(), block("m1/b.mdx", 0, "failed"), *waiting]
    old = found("m1/a.mdx", 4)
    findings = [
        old,
        found("m1/a.mdx", 5, severity="warning"),
        found("m1/a.mdx", 2, index=None, code="FM101"),
        found("m1/b.mdx", 4, index=0),
        found("m1/c.mdx", 9, index=4, severity="warning"),
        found("m1/d.mdx", 9, index=4, severity="info"),
        found("m1/e.mdx", 9, index=4),
    ]
    before = [each for each in findings if each.path != "m1/e.mdx"]
    health = build_health(document(blocks, findings), [snapshot(document(findings=before, run=at_day(1)))])
    assert [(each.at.path, each.at.block, each.new, each.held_up) for each in health.mend] == [
        ("m1/e.mdx", 4, True, 0),
        ("m1/b.mdx", 0, False, 2),
        ("m1/a.mdx", 0, False, 0),
        ("m1/a.mdx", None, False, 0),
        ("m1/c.mdx", 4, False, 0),
    ]


def test_no_more_than_ten_are_first() -> None:
    assert len(build_health(document(findings=[found(index=i) for i in range(40)])).mend) == 10


def run_of(day: int, *outcomes: OutcomeKind, pandas: str = "3.1.1", codes: str = "ab") -> object:
    blocks = [block(index=i, outcome=each, digest=codes[i]) for i, each in enumerate(outcomes)]
    return document(blocks, run=at_day(day), pandas=pandas)


def flaky(*runs: object) -> list[tuple[int, int, int]]:
    *older, now = runs
    health = build_health(now, [snapshot(each) for each in older])  # type: ignore[arg-type]
    return [(each.at.line, each.runs, each.failures) for each in health.flaky]


def test_flaky_is_what_fails_now_and_then() -> None:
    runs = [run_of(1, "passed", "passed"), run_of(2, "passed", "failed"), run_of(3, "passed", "passed")]
    assert flaky(*runs) == [(13, 3, 1)]


def test_what_was_changed_is_not_flaky() -> None:
    assert flaky(run_of(1, "passed", "failed"), run_of(2, "passed", "passed", codes="ac")) == []
    # What stands before it is another, too.
    assert flaky(run_of(1, "passed", "failed"), run_of(2, "passed", "passed", codes="cb")) == []
    assert flaky(run_of(1, "failed", pandas="2.3.3"), run_of(2, "passed")) == []


def test_what_was_not_run_says_nothing() -> None:
    assert flaky(run_of(1, "passed"), run_of(2, "skipped"), run_of(3, "not-run")) == []


def test_the_most_undecided_is_first() -> None:
    runs = [run_of(1, "failed", "failed"), *(run_of(day, "passed", "passed") for day in (2, 3))]
    runs.append(run_of(4, "passed", "failed"))
    assert flaky(*runs) == [(13, 4, 2), (3, 4, 1)]


def stale(now: object, *older: object, contents: dict[str, Remembered] | None = None) -> list[object]:
    health = build_health(now, [snapshot(each) for each in older], contents)  # type: ignore[arg-type]
    return [(each.at.line, (each.verified or "")[:10], each.seen[:10]) for each in health.stale]


def test_longest_unverified() -> None:
    older = [run_of(1, "passed", "skipped"), run_of(5, "skipped", "skipped")]
    assert stale(run_of(9, "skipped", "skipped"), *older) == [
        (13, "", "2026-11-01"),
        (3, "2026-11-01", "2026-11-01"),
    ]
    assert stale(run_of(9, "passed", "failed"), *older) == []


def test_the_history_remembers_what_no_run_is_left_of() -> None:
    contents = {"a": Remembered("2025-01-01T00:00:00Z", "2025-02-01T00:00:00Z")}
    assert stale(run_of(9, "skipped"), contents=contents) == [(3, "2025-02-01", "2025-01-01")]


def test_the_slowest() -> None:
    blocks = [block(index=i, seconds=i / 10) for i in range(15)]
    health = build_health(document(blocks))
    assert [each.seconds for each in health.slowest][:2] == [1.4, 1.3]
    assert len(health.slowest) == 10
    assert build_health(document([block()])).slowest == ()


def test_findings_by_rule() -> None:
    findings = [
        *(found(line=i, severity="warning", name="deprecated-4", code="PAN401") for i in (1, 2)),
        found("m1/a.mdx"),
        found("m1/b.mdx"),
        found("m1/c.mdx", intended=True),
        found("m1/c.mdx", name="none-comparison", code="RUFF:E711", severity="warning"),
    ]
    rules = build_health(document(findings=findings)).rules
    assert [(each.name, each.findings, each.lessons) for each in rules] == [
        ("snippet-failed", 2, 2),
        ("deprecated-4", 2, 1),
        ("none-comparison", 1, 1),
    ]
    assert rules[0].summary == "A block that a reader would run, and that ends with an exception."


def test_what_to_add_the_most_helpful_first() -> None:
    kafka, spark = Need("service", "kafka"), Need("package", "pyspark")
    blocks = [
        block("m1/a.mdx", 0, "skipped", kind="needs-service", needs=(kafka,)),
        block("m1/b.mdx", 0, "skipped", kind="needs-service", needs=(kafka, kafka)),
        block("m1/b.mdx", 1, "skipped", kind="needs-package", needs=(spark, kafka)),
        block("m1/b.mdx", 2, "skipped", kind="fragment"),
        block("m1/b.mdx", 3, "skipped", kind="other-language", lang="sql"),
        block("m1/b.mdx", 4),
    ]
    missing = build_health(document(blocks)).missing
    assert [(each.kind, each.name, each.snippets, each.lessons) for each in missing] == [
        ("needs-service", "kafka", 2, 2),
        ("fragment", "", 1, 1),
        ("needs-package", "pyspark", 1, 1),
    ]
    assert missing[0].examples == (Place("m1/a.mdx", 3, 0), Place("m1/b.mdx", 3, 0))


def test_the_numbers_are_what_their_schema_says() -> None:
    from checker.reporting.health.schema import health_schema

    before = document([block(outcome="skipped")], [found(line=9)], run=at_day(1))
    now = document([block(outcome="failed", seconds=1), block(index=1, outcome="skipped")], [found()])
    health = build_health(now, [snapshot(before)])
    jsonschema.Draft202012Validator(health_schema()).validate(json.loads(msgspec.json.encode(health)))
