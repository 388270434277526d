"""Prerequisites: which text names a lesson, which lesson there is, and which was meant."""

import json
from pathlib import Path

import pytest

from checker.analysis.course import Course
from checker.config import Config
from checker.rules.references.broken_prerequisite import check
from checker.rules.rule import Report
from tests.rules.courses import course, places

KNOWN = (
    "01-basics/01-tables.mdx",
    "01-basics/02-columns.md",
    "02-streams/01-events.mdx",
    "02-streams/02-late-events.mdx",
    "02-streams/03-windows/index.mdx",
    "extra/sql/01-joins.mdx",
    "glossary.mdx",
)


def reports(
    value: object, known: tuple[str, ...] = KNOWN, root: str = "/site/content/course"
) -> list[Report]:
    """What is said of one `prerequisites` value in a lesson of the course."""
    text = f"---\nprerequisites: {json.dumps(value, ensure_ascii=False)}\n---\n"
    lessons = course({"02-streams/02-late-events.mdx": text}).lessons
    return list(check(Course(root, lessons, known), Config()))


NAMES = [
    "basics/01-tables",
    "01-basics/01-tables",
    "/basics/01-tables",
    "basics/01-tables.mdx",
    "/01-basics/01-tables.mdx",
    "basics/02-columns.md",
    "sql/01-joins",
    "extra/sql/01-joins",
    "/extra/sql/01-joins.mdx",
    "course/basics/01-tables",
    "content/course/01-basics/01-tables",
    "course/glossary",
    "../basics/01-tables",
    "streams/03-windows",
    "streams/windows",
    "streams/03-windows/index",
    "streams/02-late-events",
]

WORDS = [
    "Python",
    "some Python",
    "01-tables",
    "basic SQL / joins",
    "client / server",
    "CI/CD",
    "TCP/IP",
    "Docker/Kubernetes",
    "HTTP/2",
    "24/7",
    "C/C++",
    "https://example.org/basics/99-gone",
    "basics/01-tables#first",
    "основы SQL/NoSQL",
    "./01-events",
    "/",
    "//",
    "",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_lesson_that_is_there_may_be_called(name: str) -> None:
    assert reports([name]) == []


@pytest.mark.parametrize("name", ["01-events", "01-events.mdx", "01-tables", "99days", "10 minutes", "3d"])
def test_a_lesson_of_the_same_folder_may_be_called_alone(name: str) -> None:
    assert reports([name]) == []


@pytest.mark.parametrize("name", ["09-gone", "01-event", "09-gone.md"])
def test_a_lesson_with_a_number_is_looked_for_in_the_same_folder(name: str) -> None:
    (report,) = reports([name])
    assert report.severity == "error"


def test_numbers_mean_nothing_where_no_lesson_has_one() -> None:
    lessons = course({"tea.mdx": "---\nprerequisites: [10-minute-tea]\n---\n"}).lessons
    assert list(check(Course("/site", lessons, ("tea.mdx",)), Config())) == []
    lessons = course({"a/tea.mdx": "---\nprerequisites: [10-minute-tea]\n---\n"}).lessons
    assert list(check(Course("/site", lessons, ("a/tea.mdx",)), Config())) == []


@pytest.mark.parametrize("words", WORDS)
def test_words_are_no_reference(words: str) -> None:
    assert reports([words]) == []


@pytest.mark.parametrize("value", [[], None, 5, {"basics/99-gone": 1}, [5, None, ["basics/99-gone"]]])
def test_what_is_no_text_names_nothing(value: object) -> None:
    assert reports(value) == []


@pytest.mark.parametrize("text", ["# Events\n", "---\nprerequisites: [\n---\n", "---\ntitle: Events\n---\n"])
def test_a_lesson_need_not_have_any(text: str) -> None:
    assert list(check(course({"a/01.mdx": text}), Config())) == []


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        # the module was renumbered
        ("streams/01-tables", "basics/01-tables"),
        ("02-streams/01-tables", "01-basics/01-tables"),
        ("03-basics/01-tables", "01-basics/01-tables"),
        ("module-7/02-late-events", "streams/02-late-events"),
        # the lesson was
        ("streams/04-late-events", "streams/02-late-events"),
        ("basics/columns", "basics/02-columns"),
        # a slip
        ("basics/01-tabels", "basics/01-tables"),
        ("Basics/01-tables", "basics/01-tables"),
        ("basics/01-Tables", "basics/01-tables"),
        ("basics/01-tables.html", "basics/01-tables"),
        # nobody knows
        ("basics/99-nothing-like-it", ""),
        ("module-9/07-nothing-like-it", ""),
        ("/nothing/alike", ""),
        ("nothing/alike.mdx", ""),
        ("basics/glossary", ""),
    ],
)
def test_a_lesson_that_is_not_there_is_reported(name: str, meant: str) -> None:
    (report,) = reports([name])
    hint = f"; did you mean {meant}?" if meant else ""
    assert report.message == f"'{name}' names no lesson of this course{hint}"
    assert report.severity == "error"


@pytest.mark.parametrize("name", ["input/output", "scikit-learn/pandas", "no-such-module/no-such-lesson"])
def test_what_may_be_words_is_a_warning(name: str) -> None:
    (report,) = reports([name])
    assert report.severity == "warning"
    assert report.message.endswith("if it is plain text, put a space next to the slash")


def test_each_stands_at_its_own_value() -> None:
    lesson = "---\nprerequisites:\n  - basics/01-tables\n  - 'basics/98-gone'\n  - basics/99-gone\n---\n"
    other = '---\nprerequisites: "basics/99-gone"\n---\n'
    files = {"01-basics/01-tables.mdx": lesson, "01-basics/02-columns.mdx": other}
    assert places(check(course(files), Config())) == [
        "01-basics/01-tables.mdx:4:5-4:21",
        "01-basics/01-tables.mdx:5:5-5:19",
        "01-basics/02-columns.mdx:2:16-2:32",
    ]


def test_of_two_lessons_of_one_name_the_nearer_is_meant() -> None:
    known = ("01-tables/01-intro.mdx", "02-streams/01-intro.mdx", "03-sql/01-intro.mdx")
    (report,) = reports(["stream/01-intro"], known)
    assert report.message.endswith("did you mean streams/01-intro?")


def test_a_course_may_have_no_folders() -> None:
    assert [
        each.message for each in reports(["basics/01-tables"], ("01-tables.mdx", "index.mdx"), root="")
    ] == ["'basics/01-tables' names no lesson of this course"]


def test_lessons_of_the_current_folder_stand_beside_each_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    known = (f"{tmp_path.name}/01-tables.mdx", f"{tmp_path.name}/02-columns.mdx")
    text = '---\nprerequisites: ["01-tables", "01-table", "07-seven"]\n---\n'
    lessons = course({"02-columns.mdx": text}).lessons

    found = check(Course(str(tmp_path.parent), lessons, known), Config())

    assert [each.message for each in found] == [
        "'01-table' names no lesson of this course; did you mean 01-tables?",
        "'07-seven' names no lesson of this course",
    ]


def test_a_lesson_is_looked_for_only_so_often() -> None:
    found = reports([f"basics/{number}-tabels" for number in range(300)])
    assert len(found) == 300
    assert [("did you mean" in each.message) for each in found] == [True] * 200 + [False] * 100
