"""What is said beside the report: on standard error, and safe to show."""

import click

from checker.reporting.escape import lines, one_line


def say(message: str) -> None:
    """Say something in one line."""
    click.echo(f"coursecheck: {one_line(message)}", err=True)


def say_error(message: str, remedy: str) -> None:
    """Say in one line what went wrong, and on lines of its own what to do."""
    say(f"error: {message}")
    for line in lines(remedy):
        click.echo(f"  {line}", err=True)
