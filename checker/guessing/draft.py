"""The configuration and the schema that `coursecheck init` writes, with the reason for each guess."""

import json
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from os.path import basename, join, relpath
from typing import Any

from msgspec import Struct

from checker.analysis.course import Course
from checker.config import Config
from checker.config.file import absolute
from checker.config.keys import StructureKeys
from checker.errors import UsageError
from checker.guessing.extensions import guess_extensions
from checker.guessing.lab import LabGuess, guess_lab
from checker.guessing.labels import guess_labels
from checker.guessing.languages import guess_language
from checker.guessing.layout import Layout, guess_layout
from checker.guessing.schema import guess_schema, is_odd
from checker.model import Lesson
from checker.reading.discovery import LESSON_PATTERNS, discover
from checker.reading.lesson import read_lesson
from checker.rules.references.course import find_course
from checker.rules.structure import numbering_gap

CONFIG_NAME = "coursecheck.toml"
SCHEMA_NAME = "schemas/lesson.schema.json"
# This share of the lessons must have frontmatter before a schema requires it.
_MOST = 0.9
# What is no lesson unless a pattern ends with it.
_README = "README.md"
_COLLECTIONS = ".astro/collections"


class Draft(Struct, frozen=True):
    """The files to write, by path relative to the course's folder, and the number of lessons."""

    files: dict[str, str]
    lessons: int


def draft(folder: str) -> Draft:
    """Read the lessons below a folder and guess. Raises UsageError for a folder without lessons."""
    lessons = _lessons(folder)
    if not lessons:
        raise UsageError(f"there are no lessons below {folder!r}", "Name the folder of a course.")
    config = Config(path=join(folder, CONFIG_NAME), folder=str(absolute(folder)))
    course = find_course(lessons, config)
    layout = guess_layout(course)
    schema = _schema(lessons, folder)
    lines = _config(course, layout, folder, has_schema=schema is not None)
    text = "\n".join(lines).rstrip("\n") + "\n"
    files = {CONFIG_NAME: text}
    if schema is not None:
        files[SCHEMA_NAME] = json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
    return Draft(files, len(lessons))


def _lessons(folder: str) -> tuple[Lesson, ...]:
    """What is below a folder; READMEs too where more of them hold code than other lessons do."""
    found = discover((folder,), (*LESSON_PATTERNS, f"**/{_README}"))
    every = tuple(read_lesson(file, root) for file, root in zip(found.files, found.roots, strict=True))
    others = tuple(each for each in every if not _is_readme(each))
    with_code = sum(_is_readme(each) and bool(each.blocks) for each in every)
    are_lessons = with_code > max(1, sum(bool(each.blocks) for each in others))
    return every if are_lessons else others


def _is_readme(lesson: Lesson) -> bool:
    return basename(lesson.path) == _README


def _schema(lessons: Sequence[Lesson], folder: str) -> dict[str, Any] | None:
    heads = {
        relpath(each.path, folder): each.frontmatter.data
        for each in lessons
        if each.frontmatter is not None and each.frontmatter.data
    }
    if len(heads) < _MOST * len(lessons):
        return None
    without = len(lessons) - len(heads)
    if not is_odd(without, len(lessons)):  # then they are intentional
        heads |= {
            relpath(each.path, folder): {} for each in lessons if relpath(each.path, folder) not in heads
        }
    return guess_schema(heads)


def _config(course: Course, layout: Layout, folder: str, *, has_schema: bool) -> Iterator[str]:
    lessons = course.lessons
    yield f"# Guessed by `coursecheck init` from {_number(len(lessons), 'lesson')}."
    yield "# Correct what is wrong: a guess knows only what is there. Every key is optional."
    yield ""
    yield from _course_table(course, layout)
    yield from _site_table(layout)
    yield from _mdx_table(lessons)
    if has_schema:
        yield "[[frontmatter.schemas]]"
        yield f"# {SCHEMA_NAME} says what most lessons have, with the reason for each guess."
        yield f"files = {_text(_glob(layout.lessons, lessons))}"
        yield f"schema = {_text(SCHEMA_NAME)}"
    else:
        yield "# Too few lessons have frontmatter for a schema:"
        yield "# [[frontmatter.schemas]]"
    yield from _collections(folder)
    yield ""
    yield from _structure_table(course)
    yield from _output_table(lessons)
    yield from _lab_table(guess_lab(folder, layout.compose))


def _course_table(course: Course, layout: Layout) -> Iterator[str]:
    yield "[course]"
    yield f"# All lessons are below {layout.lessons or 'this folder'}."
    yield f"lessons = [{', '.join(map(_text, _globs(layout.lessons, course.lessons)))}]"
    language, share, foreign = guess_language(course.lessons)
    if language:
        yield f"# {share:.0%} of their letters are in it. Text in other languages is reported" + (
            f", which would be in {_number(foreign, 'lesson')}:" if foreign else "."
        )
        yield f"{'# ' if foreign else ''}languages = [{_text(language)}]"
    yield ""


def _site_table(layout: Layout) -> Iterator[str]:
    site = layout.site
    if site is None:
        yield "# Nothing shows where the site has the lessons. With this table, links are followed:"
        yield "# [site]"
        yield '# content = "src/content/course"'
        yield '# routes = "/course"'
        yield ""
        return
    mark = "# " if layout.doubtful else ""
    yield f"{mark}[site]"
    if layout.doubtful:
        stray = f"{layout.stray} of {layout.links} internal links lead to folders that are not here"
        yield f"# {stray}. Are they redirects,"
        yield "# or pages that are made elsewhere? Without this table such links are passed over."
    elif layout.broken:
        yield f"# {layout.broken} of {layout.links} internal links lead nowhere by this."
    if site.base:
        yield f"# From {layout.base_from}."
        yield f"{mark}base = {_text(site.base)}"
    else:
        yield "# The path below which the whole site is served, if there is one:"
        yield '# base = "/…"'
    yield f"# {layout.reason[0].upper()}{layout.reason[1:]}."
    yield f"{mark}content = {_text(site.content or '.')}"
    yield f"{mark}routes = {_text(site.routes)}"
    if site.unnumbered:
        yield "# Links leave out the numbers in front of the lessons' names."
        yield f"{mark}unnumbered = true"
    for key, value in (("pages", site.pages), ("public", site.public)):
        if value is not None:
            yield f"{mark}{key} = {_text(value)}"
    if site.elsewhere:
        yield "# Several links lead below these, and no lesson is there:"
        yield f"{mark}elsewhere = [{', '.join(map(_text, site.elsewhere))}]"
    yield ""


def _mdx_table(lessons: Sequence[Lesson]) -> Iterator[str]:
    found = guess_extensions(lessons)
    if found:
        yield "[mdx]"
        yield "# Without these, MDX refuses what several places have:"
        yield f"extensions = [{', '.join(map(_text, found))}]"
        yield ""


def _collections(folder: str) -> Iterator[str]:
    """Astro's own schemas are authoritative, but `astro sync` generates them, so they may not exist."""
    try:
        names = sorted(os.listdir(join(folder, _COLLECTIONS)))
    except OSError:
        return
    for name in names:
        if name.endswith(".schema.json"):
            collection = name.removesuffix(".schema.json")
            yield ""
            yield "# Astro has made a schema of its own. Where the repository keeps it, it is the better one:"
            yield "# [[frontmatter.schemas]]"
            yield f"# files = {_text(f'src/content/{collection}/**')}"
            yield f"# schema = {_text(f'{_COLLECTIONS}/{name}')}"


def _structure_table(course: Course) -> Iterator[str]:
    sections = _shared_headings(course.lessons)
    config = Config(structure=StructureKeys(numbered=True))
    numbered = [each for each in course.known if each.rpartition("/")[2][:1].isdigit()]
    gaps = len(list(numbering_gap.check(course, config)))
    if len(numbered) > len(course.known) / 2:
        yield "[structure]"
        yield "# Most lessons are numbered" + (
            f", with {_number(gaps, 'gap')}:" if gaps else ", without gaps."
        )
        yield f"{'# ' if gaps else ''}numbered = true"
    elif sections:
        yield "[structure]"
    for heading, number in sections:
        yield f"# {number} of {len(course.lessons)} lessons have this heading:"
        yield f"# sections = [[{_text(heading)}]]"
    if numbered or sections:
        yield ""


def _output_table(lessons: Sequence[Lesson]) -> Iterator[str]:
    labels, number = guess_labels(lessons)
    if labels:
        yield "[output]"
        yield f"# Above {_number(number, 'fence')} these words say that it shows what the code prints."
        yield f"labels = [{', '.join(map(_text, labels))}]"
        yield ""


def _shared_headings(lessons: Sequence[Lesson]) -> list[tuple[str, int]]:
    counts = Counter(text for each in lessons for text in {one.text for one in each.prose if one.level == 2})
    return [(text, number) for text, number in counts.most_common(3) if number >= 0.8 * len(lessons) > 2]


def _lab_table(guess: LabGuess) -> Iterator[str]:
    if guess.keys is None:
        for each in guess.others:
            yield f"# The lab's services: {each}"
        if guess.reason:
            yield f"# It cannot be read: {guess.reason}"
        return
    yield "[lab]"
    yield "# What the lessons' commands, addresses and versions are checked against."
    for key in ("compose", "env", "requirements"):
        value = getattr(guess.keys, key)
        yield f"{key} = {_text(value)}" if value else f"# {key} = …"
    for each in guess.others:
        yield f"# There is {each} too."
    version = guess.lab.image_version("debezium/connect") if guess.lab else None
    if version:
        yield ""
        yield "[kafka]"
        yield "# The version of the lab's image. To set it here instead:"
        yield f"# debezium = {_text('.'.join(map(str, version)))}"


def _glob(folder: str, lessons: Sequence[Lesson]) -> str:
    endings = {each.path.rpartition(".")[2] for each in lessons}
    ending = next(iter(endings)) if len(endings) == 1 else "md*"
    return f"{folder}/**/*.{ending}" if folder else f"**/*.{ending}"


def _globs(folder: str, lessons: Sequence[Lesson]) -> Iterator[str]:
    others = [each for each in lessons if not _is_readme(each)]
    if others:
        yield _glob(folder, others)
    if len(others) < len(lessons):
        yield f"{folder}/**/{_README}" if folder else f"**/{_README}"


def _number(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _text(text: str) -> str:
    """A TOML string: like JSON's, except for DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def beside(folder: str, name: str) -> str:
    """The path of a draft's file, relative to the current folder."""
    return join(folder, name) if folder != "." else name
