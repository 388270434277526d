"""Checks that the rules which a configuration names exist."""

from collections.abc import Iterable, Iterator

from checker.config import Config
from checker.config.keys import RulesKeys
from checker.errors import ConfigError
from checker.rules.registry import known_selector, records
from checker.spelling import did_you_mean, nearest


def refuse_unknown_rules(config: Config) -> None:
    """Raise ConfigError for the first name, code or family in `[rules]` that matches no rule."""
    for key, words in _named_rules(config.rules):
        for word in words:
            if not known_selector(word):
                hint = did_you_mean(nearest(word, [each.name for each in records()]))
                raise ConfigError(
                    f"{config.path}: rules.{key}: no rule is called {word!r}{hint}",
                    "`coursecheck explain` lists the rules.",
                )


def _named_rules(rules: RulesKeys) -> Iterator[tuple[str, Iterable[str]]]:
    yield "select", rules.select
    yield "ignore", rules.ignore
    yield "severity", rules.severity
    for glob, words in rules.per_lesson_ignore.items():
        yield f"per-lesson-ignore.{glob!r}", words
