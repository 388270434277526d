from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt
from msgspec.structs import replace

from checker.model import CourseResult, Severity
from checker.reporting import markdown
from checker.reporting.escape import one_line
from checker.reporting.look import Look
from checker.reporting.markdown_text import inline
from tests.reporting.courses import at, finding, mixed, mixed_outcomes, ran, result, unrun
from tests.reporting.hostile import TITLES, hostile_course
from tests.reporting.rendering import draw, results_of


class Page(HTMLParser):
    """What a browser would make of the summary."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.cells: list[str] = []
        self.pieces: list[str] = []  # of text, as an autolinker sees them
        html = MarkdownIt("gfm-like", {"linkify": False}).render(text)
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag == "td":
            self.cells.append("")

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)
        if self.cells:
            self.cells[-1] += data


def test_nothing_found() -> None:
    assert draw("markdown", result(unrun(mixed()))) == (
        "## ✅ coursecheck: no findings\n\n"
        "- 1 lesson, 4 blocks, 2 of them Python\n"
        "- 2 not run: not asked to run\n"
        "- 1.2 s\n"
    )


def test_the_findings_are_a_table_worst_first() -> None:
    where = mixed()
    found = (
        finding(at(where, "total"), "mind", severity="warning"),
        finding(at(where, "print"), "meant", intended=True),
        finding(at(where, "raise"), "no"),
    )
    page = Page(draw("markdown", result(ran(where, mixed_outcomes(), *found), tier="namespaces")))
    assert page.cells[3].startswith("no")
    assert [page.cells[i].strip() for i in (0, 1, 2)] == ["🔴 error", "some-rule", "en/totals.mdx:13"]
    assert page.cells[4].strip() == "🟡 warning"
    assert len(page.cells) == 8


@pytest.mark.parametrize(("severity", "sign"), [("error", "❌"), ("warning", "⚠️"), ("info", "✅")])
def test_the_heading_says_how_it_went(severity: Severity, sign: str) -> None:
    where = mixed()
    course = result(unrun(where, finding(at(where, "total"), severity=severity)))
    assert draw("markdown", course).startswith(f"## {sign} ")


def many(number: int) -> CourseResult:
    where = mixed()
    mild = [finding(at(where, "total"), "x" * 1500, severity="info")] * number
    return result(unrun(where, *mild, finding(at(where, "print"), "the worst")))


def test_no_more_bytes_than_the_platform_takes() -> None:
    text = draw("markdown", many(1_000))
    assert 900_000 < len(text.encode()) <= 1_000_000
    assert text.index("the worst") < text.index("xxx")
    left_out = 1_001 - text.count("\n| 🔵") - text.count("\n| 🔴")
    assert text.endswith(f"\n\n{left_out:,} more findings left out: there is no room for them here.\n")
    assert left_out > 0


def test_no_room_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markdown, "_MOST_BYTES", 10)
    assert draw("markdown", many(1)).endswith("\n2 more findings left out: there is no room for them here.\n")


def test_known_findings_are_counted_only() -> None:
    where = mixed()
    results = results_of(result(unrun(where, finding(at(where, "total")))))
    counts = replace(results.summary.findings, error=0, known=1)
    known = replace(
        results,
        findings=tuple(replace(each, known=True) for each in results.findings),
        summary=replace(results.summary, findings=counts),
    )
    assert markdown.render(known, {}, Look()).startswith(
        "## ✅ coursecheck: no findings; 1 known from the baseline\n"
    )


def test_hostile_text_is_text() -> None:
    course = hostile_course()
    page = Page(draw("markdown", course))
    assert page.tags == {"h2", "ul", "li", "table", "thead", "tbody", "tr", "th", "td", "code"}
    assert page.attributes <= {"style"}  # a table's alignment
    assert len(page.cells) == 4 * len(course.lessons)


@pytest.mark.parametrize("text", TITLES.values(), ids=TITLES)
def test_a_message_is_said_exactly_and_linked_to_nothing(text: str) -> None:
    page = Page(f"| a |\n| --- |\n| {inline(text)} |\n")
    assert page.tags == {"table", "thead", "tbody", "tr", "th", "td"}
    (cell,) = page.cells
    assert " ".join(cell.split()) == " ".join(one_line(text).split())
    for piece in page.pieces:
        assert "@octocat" not in piece
        assert "#123" not in piece
        assert "www.example" not in piece
        assert "://" not in piece
