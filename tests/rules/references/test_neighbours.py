"""One lesson is checked, and of its course no more is read than what can matter to it."""

from collections.abc import Iterable, Mapping

import pytest

from checker.analysis.course import Course
from checker.config import Config
from checker.model import Lesson
from checker.reading.lesson import parse_lesson
from checker.rules.frontmatter import frontmatter_missing
from checker.rules.references import duplicate_order, prerequisite_cycle, prerequisite_later
from tests.rules.courses import course
from tests.rules.references.test_order import lesson

RULES = (duplicate_order, frontmatter_missing, prerequisite_cycle, prerequisite_later)


def found(course: Course, paths: Iterable[str]) -> set[tuple[str, str]]:
    """What the rules say of these lessons: where, and what."""
    reports = (each for rule in RULES for each in rule.check(course, Config()))
    return {(each.span.path, each.message) for each in reports if each.span.path in paths}


def alone(files: Mapping[str, str], path: str, opened: list[str]) -> set[tuple[str, str]]:
    """What they say of one lesson of a course, the others of which are noted as they are read."""

    def read(other: str) -> Lesson:
        opened.append(other)
        return parse_lesson(other, files[other])

    others = tuple(sorted(files.keys() - {path}))
    checked = (parse_lesson(path, files[path]),)
    known = tuple(sorted(files))
    return found(Course(root="", lessons=checked, known=known, others=others, read=read), (path,))


FILES = {
    "01-a/01-x.mdx": lesson(1, more="difficulty: easy\n"),
    "01-a/02-y.mdx": lesson(2, "a/03-z", more="difficulty: easy\n"),
    "01-a/03-z.mdx": lesson(2, "a/02-y", more="difficulty: easy\n"),
    "01-a/04-bare.mdx": "# Tea\n",
    "02-b/01-x.mdx": lesson(1, "a/01-x", "c/01-x"),
    "03-c/01-x.mdx": lesson(1, "b/01-x"),
    "03-c/02-y.mdx": lesson(2, "b/01-x"),
    "d/01-x.mdx": lesson(8, "e/01-x"),
    "e/01-x.mdx": lesson(9),
    "f/notes.mdx": "# Cups\n",
}


# Of what takes two lessons each is told when it is the one that is checked.
CIRCLE = ("02-b/01-x.mdx", "03-c/01-x.mdx")


@pytest.mark.parametrize("path", FILES)
def test_a_lesson_alone_is_told_what_it_is_told_among_all(path: str) -> None:
    told = alone(FILES, path, [])
    assert told >= found(course(dict(sorted(FILES.items()))), (path,))
    assert bool(told) == (path in {"01-a/02-y.mdx", "01-a/03-z.mdx", "01-a/04-bare.mdx", *CIRCLE})


@pytest.mark.parametrize(
    ("path", "read"),
    [
        # its folder, and what it asks for, and what that asks for in turn
        ("02-b/01-x.mdx", ["01-a/01-x.mdx", "03-c/01-x.mdx"]),
        ("03-c/02-y.mdx", ["01-a/01-x.mdx", "02-b/01-x.mdx", "03-c/01-x.mdx"]),
        ("f/notes.mdx", []),
        # Folders without numbers count where lessons are numbered through the whole course.
        ("d/01-x.mdx", sorted(FILES.keys() - {"d/01-x.mdx"})),
    ],
)
def test_what_is_read_of_a_course(path: str, read: list[str]) -> None:
    opened: list[str] = []
    alone(FILES, path, opened)
    assert sorted(opened) == read


def test_two_places_in_one_folder_count_where_only_one_is_checked() -> None:
    assert alone(FILES, "01-a/03-z.mdx", []) >= {("01-a/03-z.mdx", "02-y.mdx also has the order 2")}
