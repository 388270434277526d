"""`bash -n`: bash itself parses the code and executes nothing.

Texts that tree-sitter accepts are parsed together in one process, since none of them leaves a quote or a loop
open for the next. When bash refuses, halves are tried.
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
# Without these, bash would look up the current user's home and shell.
_ENVIRONMENT = {"LC_ALL": "C", "PATH": "/nonexistent", "HOME": "/", "SHELL": "/bin/sh"}
# In the C locale: "bash: line 3: syntax error near unexpected token `('".
_LINE = regex(r"^[^\n]*?: line (\d+): (.*)$", re.MULTILINE)


class Refusal(Struct, frozen=True):
    """Bash's message, and the line (from 1) that it is about."""

    line: int
    words: str


@cache
def bash() -> str | None:
    """The path of bash, None where there is none."""
    # Not `shutil.which`: that module imports archive formats, and every run asks this.
    for folder in os.get_exec_path():
        path = os.path.join(folder, "bash")
        if os.path.isfile(path) and os.access(path, os.X_OK):
            return path
    return None


def refusals(texts: Sequence[str]) -> Mapping[int, Refusal]:
    """The texts that bash refuses, by index; tree-sitter must accept all of them."""
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
    """Bash's refusal of a text; also None when bash does not answer, which proves nothing."""
    # Loaded only when there is shell code to check, and without modules that are not needed.
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
    """An open file with a text, because bash reads a pipe character by character."""
    file = _new_file()
    file.write(text.replace("\0", " ").encode(errors="replace"))
    file.seek(0)
    return file


def _new_file() -> IO[bytes]:
    try:
        return open(os.memfd_create("script"), "w+b")
    except (AttributeError, OSError):  # only Linux has in-memory files
        from tempfile import TemporaryFile

        return TemporaryFile()
