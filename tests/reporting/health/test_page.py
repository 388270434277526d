import pytest
from msgspec.structs import replace

from checker.model import Need
from checker.reporting.build import build
from checker.reporting.document import EditRecord, ErrorRecord, FixRecord, Results
from checker.reporting.escape import visible, well_formed
from checker.reporting.health.build import build_health
from checker.reporting.health.model import State
from checker.reporting.health.page import draw as draw_module
from checker.reporting.health.page.views import Group, group
from checker.reporting.health.snapshot import snapshot
from tests.reporting.health.documents import NOW, at_day, block, document, found
from tests.reporting.health.pages import page_of
from tests.reporting.hostile import NAMES, TITLES, hostile_course


def test_an_empty_course_is_a_page_too() -> None:
    page = page_of(document(run=None))
    assert "There is no Python snippet to judge." in page.text
    assert "undated run" in page.text


def test_the_score_and_its_formula() -> None:
    blocks = [block(), block(index=1, outcome="failed"), block(index=2, outcome="skipped", kind="fragment")]
    text = " ".join(page_of(document(blocks)).text.split())
    assert "50.0 out of 100" in text
    assert (
        "100 × (verified + ½ × unverified) ÷ (verified + unverified + broken) = 100 × (1 + ½ × 1) ÷ 3" in text
    )


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        ("failed", "passed", "▲ 100.0 better than last time"),
        ("passed", "failed", "▼ 100.0 worse than last time"),
        ("passed", "passed", "the same as last time"),
    ],
)
def test_how_the_score_moved(before: str, now: str, said: str) -> None:
    older = snapshot(document([block(outcome=before)], run=at_day(1)))  # type: ignore[arg-type]
    page = page_of(document([block(outcome=now)]), [older])  # type: ignore[arg-type]
    assert said in page.text


def test_runs_without_a_score_have_a_line_for_errors_only() -> None:
    page = page_of(document(findings=[found()]), [snapshot(document(run=at_day(1)))])
    names = [each for each in page.attribute("aria-label") if " runs: from " in each.replace("\u00a0", " ")]
    assert names == ["Errors over 2\u00a0runs: from 0 to 1"]
    assert "last time" not in page.by_tag["section"][0]


def test_what_broke_and_what_to_mend() -> None:
    findings = [found(line=4, message="`x` is gone"), found("m2/b.mdx", index=None, severity="info")]
    findings += [found("m2/c.mdx", index=i, line=i + 5) for i in range(15)]
    older = snapshot(document(findings=[found("m3/d.mdx")], run=at_day(1)))
    text = " ".join(page_of(document([block(outcome="failed")], findings), [older]).text.split())
    assert "17 new, 0 known, 1 fixed, compared with 2026-11-01 12:00" in text
    assert "6 more" in text
    assert "Also new: 1 info" in text
    assert "Fixed since then (1)" in text
    assert "m1/a.mdx:4 new error `x` is gone" in text


def test_a_healthy_course_says_so_everywhere() -> None:
    older = snapshot(document([block()], run=at_day(1)))
    text = page_of(document([block()]), [older]).text
    for said in (
        "No module has an error.",
        "Nothing new.",
        "Nothing to fix.",
        "No findings.",
        "Everything that could run was run.",
        "Every snippet that is meant to run is verified.",
        "None: no snippet ended differently",
    ):
        assert said in text


def test_what_to_add() -> None:
    needs = (Need("package", "pyspark"),)
    blocks = [block(outcome="skipped", kind="needs-package", needs=needs)]
    blocks += [
        block(index=1, outcome="skipped", kind="fragment"),
        block(index=2, outcome="skipped", kind="needs-input"),
    ]
    many = [
        block("m2/b.mdx", i, "skipped", kind="needs-data", needs=(Need("data", f"{i}.csv"),))
        for i in range(30)
    ]
    blocks.append(block("m3/c.mdx", outcome="skipped", kind="needs-package", needs=needs))
    text = " ".join(page_of(document(blocks + many)).text.split())
    assert "Install pyspark where lessons run" in text
    assert "Define the names they use" in text
    assert "Put 0.csv into the fixtures folder" in text
    assert "8 more" in text


def test_unverified_and_flaky_snippets() -> None:
    def run(day: int, *outcomes: str) -> object:
        blocks = [
            block(index=i, outcome=each, reason="needs Kafka", kind="needs-service", digest=str(i))  # type: ignore[arg-type]
            for i, each in enumerate(outcomes)
        ]
        return document(blocks, run=at_day(day))

    older = [snapshot(run(1, "passed", "failed", "skipped"))]  # type: ignore[arg-type]
    text = " ".join(page_of(run(9, "skipped", "passed", "skipped"), older).text.split())  # type: ignore[arg-type]
    assert "last verified 2026-11-01 12:00: needs Kafka" in text
    assert "never verified, first seen 2026-11-01 12:00: needs Kafka" in text
    assert "failed in 1 of 2" in text
    undated = page_of(document([block(outcome="skipped", kind="fragment")], run=None)).text
    assert "never verified: a reason" in " ".join(undated.split())


def test_a_snippet_with_its_output_and_the_failing_line() -> None:
    error = ErrorRecord("ValueError", "no <b>", 6, 1, ())
    failed = block(
        code="a = 1\r\nb = 2\nraise ValueError('no <b>')\n",
        outcome="failed",
        seconds=1.25,
        stdout="before & after\n",
        stderr="a warning\n",
        error=error,
    )
    edit = EditRecord("m1/a.mdx", 6, 1, 6, 2, "x")
    fix = FixRecord("do not raise", "safe", (edit,))
    finding = replace(found(line=6), fix=fix, known=True)
    page = page_of(document([failed], [finding, found(line=5, severity="warning", intended=True)]))
    assert page.by_tag["mark"] == ["b = 2 ", "raise ValueError('no <b>') "]
    assert [each.strip() for each in page.by_tag["pre"][1:]] == [
        "before & after",
        "a warning",
        "ValueError: no <b>",
    ]
    (head,) = page.by_tag["h4"]
    assert head.split() == ["line", "3", "python", "failed", "1.25", "s"]
    text = " ".join(page.text.split())
    assert "How to fix it: do not raise" in text
    assert "known" in text
    assert "wrong on purpose" in text


def test_much_code_and_output_is_cut_around_what_matters() -> None:
    code = "\n".join(f"line_{i}" for i in range(1000))
    failed = block(code=code, outcome="failed", stdout="\n".join(f"out {i}" for i in range(500)))
    page = page_of(document([failed], [found(line=504)]))
    shown = page.by_tag["pre"][0]
    assert "line_500 " in shown
    assert "line_0\n" not in shown
    assert "line_999" not in shown
    assert "cut: all of it is in the results document" in shown
    assert page.by_tag["pre"][1].strip().endswith("out 499")
    assert "document\nout 480\n" in page.by_tag["pre"][1]


def test_the_map_has_a_square_for_each_lesson() -> None:
    blocks = [block(f"m1/{i:02}.mdx") for i in range(30)] + [block("m2/a.mdx", outcome="failed")]
    page = page_of(document(blocks, [found("m2/a.mdx")], titles={"m2/a.mdx": "Broken"}))
    squares = [each["href"] for tag, each in page.tags if tag == "use"]
    assert squares == ["#h-v"] * 30 + ["#h-e1"]
    assert "Broken, 1\u00a0error, 0/1 verified" in page.text
    sizes = [(each.get("width"), each.get("height")) for tag, each in page.tags if tag == "svg"]
    assert (str(14 * 23), str(3 * 23)) in sizes


def test_the_choices_of_the_filter_count_lessons() -> None:
    blocks = [block("m1/a.mdx"), block("m1/b.mdx", outcome="failed"), block("m1/c.mdx", outcome="skipped")]
    findings = [found("m1/b.mdx"), found("m1/d.mdx", index=None, severity="warning")]
    older = snapshot(document(run=at_day(1)))
    page = page_of(document(blocks, findings, titles={"m1/e.mdx": None}), [older])
    labels = [" ".join(each.split()) for each in page.by_tag["label"][1:]]
    assert labels == [
        "all 5",
        "with errors 1",
        "with new errors 1",
        "with warnings 1",
        "with unverified snippets 1",
        "all verified 1",
    ]
    assert [each["data-is"] for tag, each in page.tags if tag == "details" and "data-is" in each] == [
        "verified",
        "errors new",
        "unverified",
        "warnings",
        "",
    ]


def test_blocks_without_room_are_named_by_their_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draw_module, "_MOST_BYTES", 55_000)
    blocks = [block(index=i, code="x = 1\n" * 200, digest=str(i)) for i in range(40)]
    blocks.append(block(index=40, code="y = 2\n" * 200, outcome="failed"))
    blocks.append(block(index=41, lang="sql", kind="other-language", outcome="skipped"))
    blocks.append(block(index=42, lang=None, kind="not-code", outcome="skipped"))
    page = page_of(document(blocks, [found(index=40, line=404)]))
    assert len(page.html.encode()) <= 55_000
    assert any("y = 2" in each for each in page.by_tag["pre"])
    groups = " ".join(page.by_tag["p"][-2].split())
    assert "passed: " in groups
    assert "sql: 413" in groups
    assert "no language: 423" in groups


def test_what_did_not_run_keeps_its_reason_without_its_code() -> None:
    blocks = [block(index=i, outcome="skipped", reason="needs Kafka") for i in (0, 1)]
    states: dict[int, State] = {0: "unverified", 1: "unverified"}
    assert group([*blocks, block(index=2, lang="sql")], states) == (
        Group("skipped", "", "needs Kafka", (3, 13)),
        Group("", "sql", "", (23,)),
    )


def draw_it(results: Results) -> str:
    return draw_module.draw(build_health(results), results, "en")


def test_where_nothing_fits_the_findings_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draw_module, "_MOST_BYTES", 100)
    results = document([block()], [found(message="still here")])
    page = draw_it(results)
    assert "still here" in page
    assert "<pre" not in page


def test_an_estimate_that_was_too_small_is_mended(monkeypatch: pytest.MonkeyPatch) -> None:
    # Quotes take five bytes in HTML: no estimate foresees code that has nothing else.
    monkeypatch.setattr(draw_module, "_MOST_BYTES", 200_000)
    results = document([block(index=i, code='"' * 3_000, digest=str(i)) for i in range(100)])
    page = draw_it(results)
    assert len(page.encode()) <= 200_000
    assert page.count("<pre") > 5


@pytest.mark.parametrize("language", ["en", "ru"])
def test_hostile_text_is_text(language: str) -> None:
    results = build(hostile_course(), NOW)
    older = snapshot(replace(results, run=at_day(1), findings=results.findings[:5]))
    page = page_of(results, [older], language)
    text = " ".join(page.text.split())
    for raw in (*TITLES.values(), *NAMES.values()):
        assert " ".join(visible(well_formed(raw)).split()) in text
    assert page.by_tag["title"][0].startswith(("Snippet health", "Здоровье"))
    assert len(page.by_tag["title"]) == 1 + len(results.lessons)  # those of the map's squares


def test_the_language_of_the_page() -> None:
    page = page_of(document([block(), block(index=1, outcome="failed")], [found(index=1)]), language="ru")
    assert page.tags[0] == ("html", {"lang": "ru"})
    assert "Оценка здоровья" in page.text
    assert "1\u00a0ошибка" in page.text


def test_part_of_a_run_says_so() -> None:
    page = page_of(document([block()], run=replace(NOW, shard="2/4", revision=None)))
    assert "part 2/4 of the lessons" in page.text


def test_a_run_in_which_nothing_ran_says_so() -> None:
    results = document([block(outcome="not-run")])
    bare = replace(results, environment=replace(results.environment, tier=None, pandas=None))
    assert "nothing was run" in page_of(bare).text


def test_where_no_try_fits_there_is_no_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draw_module, "_MOST_BYTES", 60_000)
    monkeypatch.setattr(draw_module, "_MOST_TRIES", 1)
    page = draw_it(document([block(index=i, code='"' * 2_500, digest=str(i)) for i in range(40)]))
    assert len(page.encode()) <= 60_000
    assert "<pre" not in page
