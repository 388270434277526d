"""A lesson that is read from standard input: what an editor holds and has not saved."""

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
    """The paths to check, and the text of the only one when it stands on standard input.

    That is asked for by the path `-` or by a name for it; `refused` are options, by their names, that make no
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
