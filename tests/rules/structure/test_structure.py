"""How lessons are built: nothing is asked for that the configuration does not ask for."""

from collections.abc import Callable, Iterable

import pytest

from checker.analysis.lesson import LessonAnalysis, analyze
from checker.config import Config
from checker.config.keys import CourseKeys, StructureKeys, TimeKeys
from checker.reading.lesson import parse_lesson
from checker.rules.rule import Report
from checker.rules.structure import (
    lab_without_solution,
    missing_section,
    numbering_gap,
    odd_time,
    prose_language,
)
from tests.rules.courses import course

Check = Callable[[LessonAnalysis, Config], Iterable[Report]]

RUSSIAN = "Таблица хранит строки и столбцы, и у каждого столбца есть имя и тип, который в ней виден сразу."
ENGLISH = "A table holds rows and columns, and each of these has a name and a type that is seen at once."
GERMAN = "Eine Tabelle hat Zeilen und Spalten, und jede von ihnen hat einen Namen, der nicht zu lang ist."
GREEK = "Ο πίνακας έχει γραμμές και στήλες και κάθε μία από αυτές έχει ένα όνομα και έναν τύπο."


def said(check: Check, text: str, config: Config) -> list[str]:
    """The message and the text that each report stands at."""
    lesson = parse_lesson("lesson.mdx", text)
    return [
        f"{text[each.span.start : each.span.end]}: {each.message}" for each in check(analyze(lesson), config)
    ]


LESSON_CHECKS: tuple[Check, ...] = (
    missing_section.check,
    odd_time.check,
    lab_without_solution.check,
    prose_language.check,
)


@pytest.mark.parametrize("check", LESSON_CHECKS)
def test_without_a_configuration_nothing_is_asked_for(check: Check) -> None:
    text = f"---\nestimatedTime: 1\n---\n\n## Exercise\n\n{ENGLISH}\n\n{RUSSIAN}\n"
    assert said(check, text, Config()) == []


def sections(text: str) -> list[str]:
    keys = StructureKeys(sections=(("Summary", "Итоги"), ("What you learn",)))
    return said(missing_section.check, text, Config(structure=keys))


@pytest.mark.parametrize(
    "text",
    [
        "# What you learn\n\n## Summary\n",
        "## 1. What you learn: tables\n\n## 2.3 SUMMARY 🎉\n",
        "## **What** `you` learn\n\n## Итоги урока\n",
        "What you learn\n===\n\n## II. Summary\n",
        "",
    ],
)
def test_sections_that_are_there(text: str) -> None:
    assert sections(text) == []


def test_a_section_that_is_missing() -> None:
    assert sections("---\ntitle: x\n---\n\n## What you learn\n\n## Sumary\n") == [
        "---: there is no section 'Summary' or 'Итоги'; is 'Sumary' meant to be it?"
    ]
    assert sections("## Summaries are not it\n\n```md\n## Summary\n```\n\nWhat you learn\n") == [
        ": there is no section 'Summary' or 'Итоги'",
        ": there is no section 'What you learn'",
    ]


def time(minutes: object, text: str, keys: TimeKeys | None = None) -> list[str]:
    config = Config(structure=StructureKeys(time=keys or TimeKeys()))
    return said(odd_time.check, f"---\nestimatedTime: {minutes}\n---\n\n{text}\n", config)


@pytest.mark.parametrize("minutes", ["true", "'5'", 0, -1, "null", "[5]"])
def test_what_is_no_time_is_not_judged(minutes: object) -> None:
    assert time(minutes, ENGLISH) == []


def test_a_time_that_may_be_right() -> None:
    assert time(1, ENGLISH) == []
    assert time(10, f"{ENGLISH} " * 60) == []
    assert time(5, ENGLISH) == []
    assert time(5, "```python\n" + "x = 1\n" * 60 + "```") == []
    assert time(1, "```output\n" + "x = 1\n" * 600 + "```") == []
    assert said(odd_time.check, f"{ENGLISH}\n", Config(structure=StructureKeys(time=TimeKeys()))) == []


def test_a_time_that_is_far_from_it() -> None:
    assert time(3, f"{ENGLISH} " * 100) == [
        "3: estimatedTime is 3 minutes, but 2,100 words and 0 lines of code take about 28"
    ]
    assert time(45, ENGLISH) == [
        "45: estimatedTime is 45 minutes, but 21 words and 0 lines of code take about 1"
    ]
    assert time(2, "```python\n" + "x = 1\n" * 20 + "```", TimeKeys(seconds_per_code_line=60)) == [
        "2: estimatedTime is 2 minutes, but 0 words and 20 lines of code take about 20"
    ]


def labs(text: str) -> list[str]:
    keys = StructureKeys(labs=("Lab", "Упражнение"), solutions=("Solution", "Решение"))
    return said(lab_without_solution.check, text, Config(structure=keys))


@pytest.mark.parametrize(
    "text",
    [
        "## Labels\n\n## Text\n",
        "## Lab 1\n\n### Solution\n",
        "## Lab 1\n\n## Solution to lab 1\n",
        "## Lab 1\n\n## Lab 2\n\n# Solutions\n\n## Solution\n",
        "## Упражнение\n\n<Solution>\n\ntext\n\n</Solution>\n",
        "## Lab\n\n```py\nx = 1\n```\n\n<details>\n<summary>Решение</summary>\n\ntext\n\n</details>\n",
        "## Lab\n\n**Solution:** none\n",
    ],
)
def test_a_lab_with_its_solution(text: str) -> None:
    assert labs(text) == []


def test_a_lab_without_one() -> None:
    text = "## Solution of nothing\n\n## Lab 1\n\n### Step\n\n```py\n# Solution\n```\n\n## Next\n\nSolution\n"
    assert labs(text) == ["Lab 1: 'Lab 1' has no solution: add Solution or Решение"]


def gaps(files: dict[str, str]) -> list[str]:
    config = Config(structure=StructureKeys(numbered=True))
    found = numbering_gap.check(course(files), config)
    return [f"{each.span.path}:{each.span.line}: {each.message}" for each in found]


@pytest.mark.parametrize(
    "files",
    [
        {
            "01-a/01-x.mdx": "",
            "01-a/02-y.mdx": "",
            "02-b/01-z.mdx": "",
            "intro.mdx": "",
            "01-a/index.mdx": "",
        },
        {"00-a/00-x.mdx": "", "00-a/01-y.mdx": "", "01-b/01-z.mdx": ""},
        {"a/x.mdx": "---\norder: 3\n---\n", "a/y.mdx": "---\norder: 4\n---\n"},
        {"a/x.mdx": "---\norder: 1\n---\n", "a/y.mdx": "---\norder: 5\n---\n", "a/z.mdx": ""},
        {"a/x.mdx": "---\norder: 1\n---\n", "a/y.mdx": "---\norder: 1\n---\n"},
        {"01-a.mdx": "", "01-a/01-x.mdx": ""},
    ],
)
def test_numbers_without_gaps(files: dict[str, str]) -> None:
    assert gaps(files) == []


def test_gaps() -> None:
    files = {
        "01-a/02-x.mdx": "",
        "01-a/03-y.mdx": "",
        "01-a/03-z.mdx": "",
        "03-b/01-x.mdx": "---\norder: 1\n---\n",
        "03-b/02-y.mdx": "---\norder: 3\n---\n",
        "07-c/01-x.mdx": "",
    }
    assert gaps(files) == [
        "03-b/01-x.mdx:1: 03-b: number 2 is missing before it",
        "07-c/01-x.mdx:1: 07-c: numbers 4 to 6 are missing before it",
        "01-a/02-x.mdx:1: 02-x.mdx: the numbers begin with 2, not with 1",
        "01-a/03-z.mdx:1: 03-z.mdx: the number 3 is used twice",
        "03-b/02-y.mdx:2: order: number 2 is missing before it",
    ]


def test_gaps_are_not_looked_for_unasked() -> None:
    assert list(numbering_gap.check(course({"03-x.mdx": ""}), Config())) == []


def languages(text: str, *codes: str) -> list[str]:
    found = said(prose_language.check, text, Config(course=CourseKeys(languages=codes)))
    return [each.rpartition(": ")[2] for each in found]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (RUSSIAN, ("ru",)),
        (RUSSIAN, ("uk", "en")),
        (ENGLISH, ("ru", "en")),
        (ENGLISH, ("en-GB",)),
        (ENGLISH, ("sv",)),
        (GREEK, ("el",)),
        (f"| {ENGLISH} | x |\n|---|---|\n| {ENGLISH} | x |", ("ru",)),
        ("Kafka " * 20, ("ru",)),
        ("Kafka, Debezium, PostgreSQL and Flink", ("ru",)),
        (f"`{ENGLISH}` и ничего больше", ("ru",)),
        (f"# {ENGLISH}", ("ru",)),
        (f"```text\n{ENGLISH}\n```", ("ru",)),
        (
            "Apache Kafka Connect REST API Debezium PostgreSQL connector config — это то, что мы разберём",
            ("ru",),
        ),
        ("1 2 3 4 5 6 7 8 9 10 11 12 13 14 15", ("ru",)),
    ],
)
def test_text_in_the_course_s_languages(text: str, codes: tuple[str, ...]) -> None:
    assert languages(f"{text}\n", *codes) == []


@pytest.mark.parametrize(
    ("text", "codes", "message"),
    [
        (ENGLISH, ("ru",), "this paragraph is in en, but the course is in ru"),
        (GERMAN, ("en", "ru"), "this paragraph is in de, but the course is in en, ru"),
        (GERMAN, ("en",), "this paragraph is in de, but the course is in en"),
        (RUSSIAN, ("en", "de"), "this paragraph is in Cyrillic letters, but the course is in en, de"),
        (GREEK, ("ru",), "this paragraph is in Greek letters, but the course is in ru"),
        (
            f"{ENGLISH}\n\n{RUSSIAN}\n\n{GREEK}",
            ("ru",),
            "this paragraph is in en, but the course is in ru; so is 1 more in this lesson",
        ),
    ],
)
def test_text_in_another_language(text: str, codes: tuple[str, ...], message: str) -> None:
    assert languages(f"{text}\n", *codes) == [message]
