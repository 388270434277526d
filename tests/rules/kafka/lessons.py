"""Lessons for the rules about Kafka, and what is found in them in one line each."""

from collections.abc import Callable, Iterable
from typing import Any

from checker.analysis.lesson import analyze
from checker.config import Config
from checker.config.keys import KafkaKeys
from checker.reading.lesson import parse_lesson
from checker.rules.rule import Report

Check = Callable[[Any, Config], Iterable[Report]]


def fenced(language: str, code: str) -> str:
    return f"# A title\n\n```{language}\n{code}\n```\n"


def reports(check: Check, text: str, config: Config | None = None) -> list[Report]:
    return list(check(analyze(parse_lesson("a.mdx", text)), config or Config()))


def shown(check: Check, text: str, config: Config | None = None) -> list[str]:
    """What stands at each report, with `!` for a warning and `~` for what is intended."""
    return [
        text[each.span.start : each.span.end]
        + ("!" if each.severity == "warning" else "")
        + ("~" if each.intended else "")
        for each in reports(check, text, config)
    ]


def debezium(version: str) -> Config:
    return Config(kafka=KafkaKeys(debezium=version))


def mended(text: str, found: Iterable[Report]) -> str:
    """The text with all fixes applied."""
    edits = [edit for each in found if each.fix for edit in each.fix.edits]
    for edit in sorted(edits, key=lambda each: each.span.start, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text
