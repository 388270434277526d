"""Where reports go and how they look there."""

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TextIO

import click
from msgspec import Struct

from checker.cli.language import language
from checker.errors import CheckerError
from checker.model import Lesson
from checker.reporting.document import Results
from checker.reporting.formats import TO_FILES_ONLY, results_in_pieces
from checker.reporting.look import WIDTH, Look


class Destination(Struct, frozen=True):
    """A report to make: its format, and its file, or None for standard output."""

    format: str
    file: str | None


class Wishes(Struct, frozen=True):
    """How a report is asked for: `color` as the option has it, `lang` None where the locale is to say."""

    color: str
    lang: str | None = None
    show_output: bool = False


def destinations(
    main_format: str, main_file: str | None, more: Sequence[tuple[str, str]]
) -> tuple[Destination, ...]:
    """The reports to make, each to a place of its own."""
    if main_file is None and main_format in TO_FILES_ONLY:
        raise click.UsageError(f"{main_format} is for a file: `--output {main_format}=report.{main_format}`.")
    wanted = (Destination(main_format, main_file), *(Destination(name, file) for name, file in more))
    files = [each.file for each in wanted if each.file is not None]
    for file in files:
        if files.count(file) > 1:
            raise click.UsageError(f"Two reports would be written to {file!r}.")
    return wanted


def deliver(
    results: Results,
    lessons: Mapping[str, Lesson],
    to: Sequence[Destination],
    wishes: Wishes,
) -> None:
    """Draw every report and write it; files first, since a reader of standard output may leave early."""
    for each in sorted(to, key=lambda each: each.file is None):
        if each.file is None:
            lang = language(wishes.lang, each.format)
            look = look_of_stdout(wishes.color, show_output=wishes.show_output, lang=lang)
            print_report(results_in_pieces(each.format, results, lessons, look))
        else:
            lang = language(wishes.lang, each.format, by_locale=False)
            look = Look(wishes.color == "always", WIDTH, wishes.show_output, lang=lang)
            from checker.reporting.files import write_report  # most reports go to standard output

            write_report(each.file, results_in_pieces(each.format, results, lessons, look))


def print_report(text: str | Iterable[str]) -> None:
    """Write a report to standard output, as UTF-8 whatever the locale; it may come in pieces.

    A reader who has seen enough (`| head`) ends the writing in silence, not the work. Raises CheckerError
    where nothing can be written, as on a full disk.
    """
    try:
        for piece in (text,) if isinstance(text, str) else text:
            click.echo(piece.encode(), nl=False)
    except OSError as error:
        # What is still buffered would fail once more when Python flushes it on its way out.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            message = f"standard output: the report could not be written: {error.strerror}"
            raise CheckerError(message) from error


def look_of_stdout(color: str, *, show_output: bool = False, lang: str = "en") -> Look:
    """How a report on standard output is to look; `color` is auto, always or never."""
    terminal = is_terminal(sys.stdout)
    width = _terminal_width() if terminal else WIDTH
    colored = wants_color(color, os.environ, terminal=terminal)
    return Look(colored, width, show_output, wrap=terminal, lang=lang)


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a standard stream is a terminal; Python has None for one that was closed from the start."""
    return stream is not None and stream.isatty()


def wants_color(color: str, environment: Mapping[str, str], *, terminal: bool) -> bool:
    """Whether to use colours: the option first, then NO_COLOR, then FORCE_COLOR, then the terminal."""
    if color != "auto":
        return color == "always"
    if environment.get("NO_COLOR"):
        return False
    return bool(environment.get("FORCE_COLOR")) or (terminal and environment.get("TERM") != "dumb")


def _terminal_width() -> int:
    # With this module come all kinds of archives: a report that goes to a file must not pay for them.
    import shutil

    return shutil.get_terminal_size().columns
