import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from checker.errors import CheckerError
from checker.reporting import baseline as baseline_module
from checker.reporting.baseline import (
    Baseline,
    baseline_of,
    compare,
    read_baseline,
    write_baseline,
)
from checker.reporting.build import build
from checker.reporting.document import Results
from tests.reporting.courses import at, finding, lesson, mixed, result, unrun
from tests.reporting.health.documents import block, document, found
from tests.reporting.hostile import hostile_course
from tests.reporting.rendering import RUN


def everything(code: str, name: str) -> bool:
    return bool(code and name)


def held(results: Results, baseline: Baseline) -> tuple[list[bool], list[str], int]:
    """Which findings are known, the lessons that the baseline still names, and how many were fixed."""
    made = compare(results, baseline, everything)
    return (
        [each.known for each in made.results.findings],
        [each.path for each in made.left.findings],
        made.fixed,
    )


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_what_it_was_made_of_is_known() -> None:
    results = document([block()], [found(), found(line=9), found(line=8, severity="info")])
    made = compare(results, baseline_of(results), everything)
    assert all(each.known for each in made.results.findings)
    counts = made.results.summary.findings
    assert (counts.error, counts.info, counts.known) == (0, 0, 3)
    assert (made.fixed, made.left) == (0, baseline_of(results))
    assert made.results.baseline is not None
    assert (made.results.baseline.known, made.results.baseline.fixed) == (3, 0)


def test_what_is_wrong_on_purpose_is_neither_accepted_nor_known() -> None:
    results = document([block()], [found(intended=True)])
    assert baseline_of(results).findings == ()
    assert held(results, baseline_of(results)) == ([False], [], 0)


def course(text: str, path: str = "m1/a.mdx") -> Results:
    where = lesson(path, text)
    found_there = [finding(at(where, "total", nth=n)) for n in range(text.count("total"))]
    return build(result(unrun(where, *found_there)), RUN)


TEXT = "one total\n\nother total\n"


def test_lines_may_move_and_lessons_be_renamed() -> None:
    baseline = baseline_of(course(TEXT))
    assert held(course("# New\n\nmore\n\n" + TEXT), baseline)[0] == [True, True]
    known, paths, fixed = held(course(TEXT, "m9/renamed.mdx"), baseline)
    assert (known, paths, fixed) == ([True, True], ["m9/renamed.mdx"] * 2, 0)


def test_only_what_is_new_is_not_known() -> None:
    assert held(course(TEXT + "third total\n"), baseline_of(course(TEXT)))[0] == [True, True, False]


def test_a_copy_of_what_is_known_is_new() -> None:
    assert held(course(TEXT + "one total\n"), baseline_of(course(TEXT)))[0] == [True, True, False]


def test_what_is_fixed_is_taken_off_and_new_when_it_comes_back() -> None:
    known, paths, fixed = held(course("one total\n"), baseline_of(course(TEXT)))
    assert (known, paths, fixed) == ([True], ["m1/a.mdx"], 1)
    left = compare(course("one total\n"), baseline_of(course(TEXT)), everything).left
    assert held(course(TEXT), left)[0] == [True, False]


def test_a_lesson_that_is_gone_is_taken_off_and_one_that_was_not_read_stays(tmp_path: Path) -> None:
    baseline = baseline_of(document(findings=[found("gone.mdx"), found("unread.mdx"), found("a.mdx")]))
    (tmp_path / "unread.mdx").write_text("# Here\n")
    assert held(document(titles={"a.mdx": None}), baseline) == ([], ["unread.mdx"], 2)


def test_a_rule_that_was_not_asked_for_stays() -> None:
    baseline = baseline_of(document(findings=[found(code="PAN301", name="chained-assignment")]))
    made = compare(document(titles={"m1/a.mdx": None}), baseline, lambda code, _name: code != "PAN301")
    assert made.left == baseline


@pytest.mark.parametrize(
    ("now", "stays"),
    [
        (document([block(outcome="not-run")]), True),
        (document([block(outcome="skipped", kind="needs-package")]), True),
        (document([block(outcome="passed")]), False),
        (document([block(outcome="not-run", digest="changed")]), False),
        (document(titles={"m1/a.mdx": None}), False),
    ],
)
def test_what_running_showed_stays_until_it_is_run_again(now: Results, stays: bool) -> None:
    baseline = baseline_of(document([block(outcome="failed")], [found(confirmed=True)]))
    assert bool(compare(now, baseline, everything).left.findings) is stays


def test_a_file_holds_it_one_finding_a_line(tmp_path: Path) -> None:
    path = str(tmp_path / "baseline.json")
    baseline = baseline_of(document([block()], [found(line=9), found("a.mdx", index=None)]))
    write_baseline(path, baseline)
    assert read_baseline(path) == baseline
    lines = Path(path).read_text().splitlines()
    assert lines[:3] == ["{", '  "schema": 1,', '  "findings": [']
    assert [json.loads(line.strip(" ,"))["path"] for line in lines[3:5]] == ["a.mdx", "m1/a.mdx"]
    write_baseline(path, baseline_of(document()))
    assert read_baseline(path).findings == ()


def test_hostile_text_is_kept_as_text(tmp_path: Path) -> None:
    path = str(tmp_path / "baseline.json")
    results = build(hostile_course(), RUN)
    write_baseline(path, baseline_of(results))
    content = Path(path).read_text(encoding="utf-8")
    assert len(content.splitlines()) == 5 + len(results.findings)
    assert not set(content) & set("\x1b\x9b\u202e\u2028")
    assert all(held(results, read_baseline(path))[0])


def test_the_order_does_not_depend_on_that_of_the_run() -> None:
    where = mixed()
    found_there = [finding(at(where, "total")), finding(at(where, "print")), finding(at(where, "SELECT"))]
    results = build(result(unrun(where, *found_there)), RUN)
    turned = replace(results, findings=tuple(reversed(results.findings)))
    assert baseline_of(results) == baseline_of(turned)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "not a baseline"),
        (b"\xff", "not a baseline"),
        (b"[" * 100_000, "not a baseline"),
        (b'{"schema": 2, "findings": []}', "not a baseline"),
        (b'{"schema": 1, "findings": [{"path": 1}]}', "not a baseline"),
        (b" " * 2_000, "too large for a baseline"),
    ],
)
def test_what_is_no_baseline_says_so(
    tmp_path: Path, content: bytes, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if len(content) == 2_000:
        monkeypatch.setattr(baseline_module, "_MOST_BYTES", 1_000)
    path = tmp_path / "baseline.json"
    path.write_bytes(content)
    with pytest.raises(CheckerError, match=said) as failure:
        read_baseline(str(path))
    assert failure.value.remedy == f"Make it: coursecheck check --write-baseline {path}"


def test_a_baseline_that_is_not_there() -> None:
    with pytest.raises(CheckerError, match=r"none\.json: the baseline could not be read: No such file"):
        read_baseline("none.json")
