"""Messages beside the report: on standard error, and safe to show."""

import click

from checker.cli.language import language
from checker.reporting.escape import lines, one_line
from checker.reporting.look import say_in


def say(message: str) -> None:
    """Write one line, in the language of the command's report."""
    context = click.get_current_context(silent=True)
    given = context.params if context else {}
    if "lang" in given:
        message = say_in(language(given["lang"], given.get("output_format") or "full"))(message)
    click.echo(f"coursecheck: {one_line(message)}", err=True)


def say_error(message: str, remedy: str) -> None:
    """Write what went wrong in one line, and what to do in further lines."""
    say(f"error: {message}")
    for line in lines(remedy):
        click.echo(f"  {line}", err=True)
