"""Which language people are spoken to in: as they ask, else as their locale says."""

import os
import re
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import click

from checker.reporting.formats import FOR_PEOPLE

Function = TypeVar("Function", bound=Callable[..., Any])

LANGUAGES = ("en", "ru")
# In the order in which POSIX asks them for the language of messages.
_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")
_RUSSIAN = re.compile(r"ru(?:_|\.|@|$)")


def lang_option(function: Function) -> Function:
    """`--lang en|ru`."""
    text = (
        "The language of full, concise, markdown and html reports, and of notes; by default that of the"
        " locale, or English where CI is set. Formats for programs are always English."
    )
    return click.option("--lang", type=click.Choice(LANGUAGES), help=text)(function)


def language(asked: str | None, output_format: str, *, by_locale: bool = True) -> str:
    """The language of a report in a format; that of a file does not hang on who happens to write it."""
    if output_format not in FOR_PEOPLE:
        return "en"
    return asked or (of_locale(os.environ) if by_locale else "en")


def of_locale(environment: Mapping[str, str]) -> str:
    """The language that the locale asks for; in CI, whose logs are read by others, English."""
    if environment.get("CI"):
        return "en"
    locale = next(filter(None, (environment.get(name) for name in _LOCALE)), "")
    return "ru" if _RUSSIAN.match(locale) else "en"
