"""Reads a lesson from standard input: an editor's unsaved text."""

import os
import sys
from collections.abc import Mapping

import click

from checker.reading.source import MAX_BYTES

_DASH = "-"
_UNNAMED = "stdin.mdx"


def given_text(
    paths: tuple[str, ...], filename: str | None, *, refused: Mapping[str, object]
) -> tuple[tuple[str, ...], bytes | None]:
    """The paths to check, and the text of the only one when it is on standard input.

    The path `-`, or a name for standard input, asks for that. `refused` are options, by name, that make no
    sense with it.
    """
    if filename is None and _DASH not in paths:
        return paths, None
    if paths not in ((".",), (_DASH,)):
        raise click.UsageError("Standard input is one lesson: name no other path beside it.")
    for option, value in refused.items():
        if value:
            raise click.UsageError(f"{option} needs a file: save the lesson and name it.")
    if filename and os.path.isdir(filename):
        raise click.UsageError(f"{filename!r} is a folder: name the lesson's file.")
    if sys.stdin is None:
        raise click.UsageError("Standard input is closed.")
    return (filename or _UNNAMED,), sys.stdin.buffer.read(MAX_BYTES + 1)
