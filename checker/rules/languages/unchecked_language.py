"""Blocks that were not checked, because the parser is not installed or gave up.

## What

Reported once per language and run, at the first such block, with the number of blocks and what is missing.
The parsers come with `pip install 'coursecheck[languages]'`; shell code also needs bash. A block with more
than 40,000 characters (SQL: 20,000; shell code and Dockerfiles: 8,000), or with brackets nested too deeply,
is reported separately.

## Why

A block that was not checked must not look correct.

## Bad

````mdx
```yaml {/* error */}
- [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[
  [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[
  ]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]
  ]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]
```
````

## Good

````mdx
```yaml
- [[1, 2], [3, 4]]
```
````

## Since

coursecheck 0.2

## Source

A rule of our own.
"""

from collections.abc import Iterator

from checker.analysis.course import Course
from checker.config import Config
from checker.languages.fault import DEEPEST, LONGEST_EXPRESSION, MOST_SIGNS
from checker.model import Block, Lesson, Span
from checker.rules.languages.table import LANGUAGES, PROMQL, SHELL, TOML, YAML, Language, language_of, missing
from checker.rules.rule import Report, Rule

RULE = Rule("LNG191", "unchecked-language", "info", looks_at="course")


def check(course: Course, _config: Config) -> Iterator[Report]:
    """One report for each language without a parser here, and for each block that its parser gives up on."""
    found: dict[str, list[tuple[Lesson, Block]]] = {}
    for lesson in course.lessons:
        for block in lesson.blocks:
            if language := language_of(block):
                found.setdefault(language.name, []).append((lesson, block))
    for language in LANGUAGES:
        blocks = found.get(language.name, [])
        if blocks and (lacking := missing(language)):
            yield _not_installed(language, lacking, blocks)
            continue
        for lesson, block in blocks:
            if reason := _given_up(language, block):
                message = f"this {language.name} was not checked: {reason}"
                yield Report(message, _fence(lesson, block), block.index)


def _not_installed(
    language: Language, lacking: tuple[str, ...], blocks: list[tuple[Lesson, Block]]
) -> Report:
    lesson, block = blocks[0]
    count = f"{len(blocks):,} block{'s' if len(blocks) > 1 else ''}"
    remedy = "install bash" if lacking == ("bash",) else "pip install 'coursecheck[languages]'"
    message = f"{count} of {language.name} not checked: {', '.join(lacking)} not installed ({remedy})"
    return Report(message, _fence(lesson, block), block.index)


def _given_up(language: Language, block: Block) -> str:
    if len(block.code) > language.longest:
        return f"it is longer than {language.longest:,} characters"
    code = block.code
    # The parsers are imported only for code that may be too deep for them.
    if language == YAML and code.count("[") + code.count("{") > DEEPEST:
        from checker.languages import yaml_text

        return yaml_text.obstacle(code)
    if language == TOML and code.count(".") > DEEPEST:
        from checker.languages import toml_text

        return toml_text.obstacle(code)
    if language == PROMQL and len(code) > LONGEST_EXPRESSION:
        from checker.languages import promql

        return promql.obstacle(code)
    if language == SHELL and len(code) > MOST_SIGNS:
        from checker.languages.shell import checking

        return checking.obstacle(code)
    return ""


def _fence(lesson: Lesson, block: Block) -> Span:
    """The opening fence."""
    start = block.span.start
    end = lesson.text.find("\n", start)
    return lesson.span(start, end if end >= 0 else block.span.end)
