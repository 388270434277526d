"""What is said beside the report: on standard error, and safe to show."""

import click

from checker.cli.language import language
from checker.reporting.escape import lines, one_line
from checker.reporting.look import say_in


def say(message: str) -> None:
    """Say something in one line, in the language of the command's report."""
    context = click.get_current_context(silent=True)
    given = context.params if context else {}
    if "lang" in given:
        message = say_in(language(given["lang"], given.get("output_format") or "full"))(message)
    click.echo(f"coursecheck: {one_line(message)}", err=True)


def say_error(message: str, remedy: str) -> None:
    """Say in one line what went wrong, and on lines of its own what to do."""
    say(f"error: {message}")
    for line in lines(remedy):
        click.echo(f"  {line}", err=True)
