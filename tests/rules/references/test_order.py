"""The order of a course: what points forward, what is a cycle, what has one place twice."""

import json
from collections.abc import Sequence

import pytest

from checker.config import Config
from checker.rules.references import duplicate_order, prerequisite_cycle, prerequisite_later
from tests.rules.courses import course, places


def lesson(order: object = None, *wanted: str, more: str = "") -> str:
    place = "" if order is None else f"order: {order}\n"
    return f"---\n{place}prerequisites: {json.dumps(list(wanted))}\n{more}---\n"


def later(files: dict[str, str]) -> list[str]:
    return [each.message for each in prerequisite_later.check(course(files), Config())]


def cycles(files: dict[str, str]) -> list[str]:
    return [
        f"{each.span.path}:{each.span.line}: {each.message}"
        for each in prerequisite_cycle.check(course(files), Config())
    ]


SILENT: list[dict[str, str]] = [
    {"01-a/01-x.mdx": lesson(1), "01-a/02-y.mdx": lesson(2, "a/01-x")},
    {"01-a/01-x.mdx": lesson(1), "02-b/01-y.mdx": lesson(1, "a/01-x")},
    # folders without numbers
    {"a/01-x.mdx": lesson(1, "b/01-y"), "b/01-y.mdx": lesson(1)},
    {"a/x.mdx": lesson(None, "a/y"), "a/y.mdx": lesson(None)},
    # the number of a file gives way to its order
    {"a/01-x.mdx": lesson(2, "a/02-y"), "a/02-y.mdx": lesson(1)},
    # more than one lesson of that name, or none
    {"01-a/x.mdx": lesson(1, "b/y"), "02-b/y.mdx": lesson(2), "03-b/y.mdx": lesson(3)},
    {"01-a/x.mdx": lesson(1, "b/nothing")},
    {"01-a/x.mdx": lesson(1, "deep/y"), "01-a/02-deep/y.mdx": lesson(1)},
]


@pytest.mark.parametrize("files", SILENT)
def test_what_points_back_or_nobody_knows_where(files: dict[str, str]) -> None:
    assert later(files) == []


FORWARD: list[dict[str, str]] = [
    {"01-a/01-x.mdx": lesson(1, "b/01-y"), "02-b/01-y.mdx": lesson(1)},
    {"a/x.mdx": lesson(1, "a/y"), "a/y.mdx": lesson(2)},
    {"a/01-x.mdx": lesson(None, "a/02-y"), "a/02-y.mdx": lesson(None)},
    # numbered through the whole course
    {"a/x.mdx": lesson(1, "b/y"), "b/y.mdx": lesson(2), "b/z.mdx": lesson(3)},
    {"9-a/x.mdx": lesson(1, "10-b/y"), "10-b/y.mdx": lesson(1)},
]


@pytest.mark.parametrize("files", FORWARD)
def test_what_points_forward(files: dict[str, str]) -> None:
    (message,) = later(files)
    assert message.endswith("comes later in the course than this lesson")


def test_each_stands_at_its_value() -> None:
    files = {"01-a/01-x.mdx": lesson(1, "some words", "a/02-y"), "01-a/02-y.mdx": lesson(2)}
    assert places(prerequisite_later.check(course(files), Config())) == ["01-a/01-x.mdx:3:31-3:39"]


def test_no_cycle() -> None:
    files = {
        "01-a/01-x.mdx": lesson(1, "a/02-y", "a/03-z"),
        "01-a/02-y.mdx": lesson(2, "a/03-z"),
        "01-a/03-z.mdx": lesson(3),
    }
    assert cycles(files) == []


def test_a_cycle_is_reported_once_where_it_points_forward() -> None:
    files = {
        "01-a/01-x.mdx": lesson(1, "a/03-z"),
        "01-a/02-y.mdx": lesson(2, "a/01-x"),
        "01-a/03-z.mdx": lesson(3, "a/02-y"),
    }
    assert cycles(files) == [
        "01-a/01-x.mdx:3: 'a/03-z' in turn requires this lesson: 03-z.mdx → 02-y.mdx → 01-x.mdx"
    ]
    assert later(files) == []


def test_a_lesson_may_ask_for_itself() -> None:
    assert cycles({"01-a/01-x.mdx": lesson(1, "a/01-x")}) == [
        "01-a/01-x.mdx:3: 'a/01-x' is this lesson itself"
    ]


def test_two_cycles_through_one_lesson() -> None:
    files = {
        "a/1-x.mdx": lesson(1, "a/2-y", "a/3-z"),
        "a/2-y.mdx": lesson(2, "a/1-x"),
        "a/3-z.mdx": lesson(3, "a/1-x"),
        "a/4-w.mdx": lesson(4, "a/3-z"),
    }
    assert [each.partition(": ")[2] for each in cycles(files)] == [
        "'a/2-y' in turn requires this lesson: 2-y.mdx → 1-x.mdx",
        "'a/3-z' in turn requires this lesson: 3-z.mdx → 1-x.mdx",
    ]


def test_without_an_order_the_first_by_name_begins() -> None:
    files = {"b/x.mdx": lesson(None, "a/y"), "a/y.mdx": lesson(None, "b/x")}
    assert [each.partition(":")[0] for each in cycles(files)] == ["a/y.mdx"]


def test_a_long_cycle_is_cut_short_in_words() -> None:
    files = {f"a/{n}-x.mdx": lesson(n, f"a/{n % 9 + 1}-x") for n in range(1, 10)}
    assert [each.count("→") for each in cycles(files)] == [6]


def test_many_cycles_take_no_long_time() -> None:
    names = [f"a/{number:03}-x" for number in range(300)]
    files = {f"{name}.mdx": lesson(None, *names[:40]) for name in names}
    assert len(cycles(files)) <= 300


def duplicates(files: dict[str, str]) -> Sequence[str]:
    return [
        f"{each.severity}: {each.span.path}:{each.span.line}: {each.message}"
        for each in duplicate_order.check(course(files), Config())
    ]


@pytest.mark.parametrize(
    "files",
    [
        {"a/x.mdx": lesson(1), "a/y.mdx": lesson(2), "b/x.mdx": lesson(1)},
        {"a/x.mdx": lesson(None), "a/y.mdx": lesson(None)},
        {"a/x.mdx": lesson("true"), "a/y.mdx": lesson("true")},
        {"a/x.mdx": lesson("'1'"), "a/y.mdx": lesson("'1'")},
        {"a/x.en.mdx": lesson(1), "a/x.ru.mdx": lesson(1), "a/x.md": lesson(1)},
        {"a/x.mdx": "# X\n", "a/y.mdx": "---\n---\n"},
    ],
)
def test_each_has_its_own_place(files: dict[str, str]) -> None:
    assert duplicates(files) == []


def test_one_place_twice() -> None:
    files = {
        "a/x.mdx": lesson(1),
        "a/y.mdx": lesson(1, more="difficulty: beginner\n"),
        "a/z.mdx": "---\norder: 1\n---\n",
    }
    assert duplicates(files) == [
        "error: a/y.mdx:2: x.mdx also has the order 1",
        "warning: a/z.mdx:2: x.mdx also has the order 1",
    ]
