"""Sites out of texts, written to a folder, and what a rule says of the lessons in them."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from checker.analysis.course import Course
from checker.config import Config, load_config
from checker.reading.discovery import discover
from checker.reading.lesson import read_lesson
from checker.rules.references.course import find_course
from checker.rules.rule import Report

Check = Callable[[Course, Config], Iterable[Report]]

COURSE = '[site]\ncontent = "course"\nroutes = "/course"\n'


def write(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")


def found_course(path: str = ".") -> tuple[Course, Config]:
    """The course below a path, seen from the current folder."""
    config = load_config(path)
    found = discover((path,), config.course.lessons)
    lessons = tuple(read_lesson(file, root) for file, root in zip(found.files, found.roots, strict=True))
    return find_course(lessons, config), config


def said(check: Check, files: Mapping[str, str], *, path: str = ".") -> list[str]:
    """What the rule says of the lessons below `path`: severity, the text it stands at, the message.

    The current folder must be one that may be written to.
    """
    write(Path(), files)
    course, config = found_course(path)
    texts = {each.path: each.text for each in course.lessons}
    found = []
    for each in check(course, config):
        where = texts[each.span.path][each.span.start : each.span.end]
        found.append(f"{each.severity or 'error'}: {where}: {each.message}")
    return found
