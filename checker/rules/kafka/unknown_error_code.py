"""A `KafkaError` name that does not exist.

## What

`KafkaError.NAME` in code, where confluent-kafka has no such error code. In the prose of a lesson that uses
`KafkaError`: a name in backticks with a leading underscore too many or too few, or a name in a table row with
the number of another code.

## Why

The code raises `AttributeError` in a branch that runs only when something fails. Names with a leading
underscore are librdkafka's own and the others are the broker's, and they are easy to confuse.

## Bad

```python
from confluent_kafka import KafkaError


def is_end(error):
    return error.code() == KafkaError.PARTITION_EOF  # error
```

## Good

```python
from confluent_kafka import KafkaError


def is_end(error):
    return error.code() == KafkaError._PARTITION_EOF
```

## Since

coursecheck 0.2

## Source

The attributes of `KafkaError` in confluent-kafka 2.16:
https://docs.confluent.io/platform/current/clients/confluent-kafka-python/html/index.html#kafkaerror
"""

import ast
from collections.abc import Iterator

from checker.analysis.cell import Cell
from checker.analysis.lesson import LessonAnalysis
from checker.analysis.needs.meaning import GIVE_MEANING, Meanings
from checker.analysis.trees import nodes_of
from checker.config import Config
from checker.model import Edit, Fix, Severity
from checker.patterns import regex
from checker.rules.kafka.places import at
from checker.rules.kafka.table import error_codes
from checker.rules.rule import Report, Rule
from checker.spelling import nearest

RULE = Rule("KFK104", "unknown-error-code", "error", looks_at="lesson", needs_text=("KafkaError",))

_CLASS = "KafkaError"
_CODE = regex(r"_?[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*")
_IN_PROSE = regex(
    r"`(?:KafkaError\.)?(?P<name>_?[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)`"
    r"(?:[ \t]*\|[ \t]*`?(?P<code>-?\d{1,3})`?[ \t]*\|)?"
)


def check(analysis: LessonAnalysis, _config: Config) -> Iterator[Report]:
    """One report for each unknown name and each number that belongs to another name."""
    if _CLASS not in analysis.lesson.text:
        return
    for session in analysis.sessions:
        meanings = Meanings()
        for cell in session.cells:
            if cell.tree is not None:
                yield from _in_code(analysis, cell, cell.tree, meanings)
    yield from _in_prose(analysis)


def _in_code(analysis: LessonAnalysis, cell: Cell, tree: ast.Module, meanings: Meanings) -> Iterator[Report]:
    for node in nodes_of(tree, *GIVE_MEANING, ast.Attribute):
        meanings.learn(node)
        if not isinstance(node, ast.Attribute) or not _CODE.fullmatch(node.attr):
            continue
        dotted = meanings.dotted(node.value)
        known = dotted.startswith("confluent_kafka.") and dotted.rpartition(".")[2] == _CLASS
        if (known or dotted == _CLASS) and node.attr not in error_codes():
            yield _unknown(analysis, cell, node)


def _unknown(analysis: LessonAnalysis, cell: Cell, node: ast.Attribute) -> Report:
    name = _other_form(node.attr) or nearest(node.attr, error_codes())
    message = f"`KafkaError` has no `{node.attr}`"
    if not name:
        return at(analysis, cell, node, f"{message}; use the name of a librdkafka error code")
    span = cell.span(analysis.lesson, node)
    inner = analysis.lesson.span(span.end - len(node.attr), span.end)
    certain = name == _other_form(node.attr)
    fix = Fix(f"Write `{name}`", "safe" if certain else "suggestion", (Edit(inner, name),))
    return at(analysis, cell, node, f"{message}: did you mean `{name}`?", fix=fix)


def _other_form(name: str) -> str:
    """The same name with, or without, a leading underscore, when it exists."""
    other = name[1:] if name.startswith("_") else f"_{name}"
    return other if other in error_codes() else ""


def _in_prose(analysis: LessonAnalysis) -> Iterator[Report]:
    lesson = analysis.lesson
    codes = error_codes()
    for prose in lesson.prose:
        for found in _IN_PROSE.finditer(lesson.text, prose.start, prose.end):
            name, code = found["name"], found["code"]
            span = lesson.span(*found.span("name"))
            if name not in codes and (other := _other_form(name)):
                fix = Fix(f"Write `{other}`", "safe", (Edit(span, other),))
                severity: Severity | None = None if name.startswith("_") else "warning"
                yield Report(f"`KafkaError` has no `{name}`: use `{other}`", span, severity=severity, fix=fix)
            elif name in codes and code and int(code) != codes[name]:
                where = lesson.span(*found.span("code"))
                edits = (Edit(where, str(codes[name])),)
                fix = Fix(f"Write {codes[name]}", "safe", edits)
                yield Report(f"`KafkaError.{name}` is {codes[name]}, not {code}", where, fix=fix)
