"""`bash -n`: the program itself reads the code and executes nothing of it.

Texts that tree-sitter finds whole are read together, as one process for all is enough where all is well:
none of them leaves a quote or a loop open for the next one. Where bash refuses, halves are tried.
"""

import os
import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import IO

from msgspec import Struct

from checker.importing import asleep
from checker.patterns import regex

_SECONDS = 10
# What is not here bash asks the system for: of whoever has this user's number, his home and his shell.
_ENVIRONMENT = {"LC_ALL": "C", "PATH": "/nonexistent", "HOME": "/", "SHELL": "/bin/sh"}
# In the C locale: "bash: line 3: syntax error near unexpected token `('".
_LINE = regex(r"^[^\n]*?: line (\d+): (.*)$", re.MULTILINE)


class Refusal(Struct, frozen=True):
    """Bash's words, and the line (from 1) that they are about."""

    line: int
    words: str


@cache
def bash() -> str | None:
    """The program, None where there is none."""
    # Not `shutil.which`: with that module come all kinds of archives, and every run asks this.
    for folder in os.get_exec_path():
        path = os.path.join(folder, "bash")
        if os.path.isfile(path) and os.access(path, os.X_OK):
            return path
    return None


def refusals(texts: Sequence[str]) -> Mapping[int, Refusal]:
    """Which of the texts bash refuses, by their place among them; these are whole to tree-sitter."""
    found: dict[int, Refusal] = {}
    todo = [range(len(texts))] if texts else []
    while todo:
        part = todo.pop()
        refusal = refusal_of("\n".join(texts[at] for at in part))
        if refusal is None:
            continue
        if len(part) == 1:
            found[part[0]] = refusal
        else:
            todo += [part[: len(part) // 2], part[len(part) // 2 :]]
    return found


def refusal_of(text: str) -> Refusal | None:
    """What bash has against a text; None as well when it does not answer, which says nothing of the text."""
    # Only where there is shell code to be asked about, and without what this way of asking does not need.
    asleep("locale", "signal")
    import subprocess

    program = bash()
    if program is None:
        return None
    try:
        with _script(text) as script:
            done = subprocess.run(
                [program, "--norc", "--noprofile", "-n"],
                stdin=script,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                timeout=_SECONDS,
                env=_ENVIRONMENT,
                cwd="/",
                check=False,
            )
    except subprocess.TimeoutExpired:
        return None
    said = _LINE.search(done.stderr.decode(errors="replace"))
    return Refusal(int(said[1]), said[2]) if said else None


def _script(text: str) -> IO[bytes]:
    """An open file with a text, for bash reads a pipe character by character."""
    file = _new_file()
    file.write(text.replace("\0", " ").encode(errors="replace"))
    file.seek(0)
    return file


def _new_file() -> IO[bytes]:
    try:
        return open(os.memfd_create("script"), "w+b")
    except (AttributeError, OSError):  # only Linux has files without a disk
        from tempfile import TemporaryFile

        return TemporaryFile()
