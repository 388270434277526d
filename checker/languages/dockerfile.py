"""Dockerfiles: the instruction of every line, and tree-sitter's grammar for the rest."""

import re
import warnings
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from msgspec.structs import replace

from checker.importing import asleep
from checker.languages.fault import Fault
from checker.languages.holes import ELLIPSIS, NAMED, fill
from checker.languages.telling import Line, lines_of, shell_command
from checker.patterns import regex
from checker.spelling import nearest

if TYPE_CHECKING:
    from tree_sitter import Parser

# https://docs.docker.com/reference/dockerfile/
_INSTRUCTIONS = [
    "ADD",
    "ARG",
    "CMD",
    "COPY",
    "ENTRYPOINT",
    "ENV",
    "EXPOSE",
    "FROM",
    "HEALTHCHECK",
    "LABEL",
    "MAINTAINER",
    "ONBUILD",
    "RUN",
    "SHELL",
    "STOPSIGNAL",
    "USER",
    "VOLUME",
    "WORKDIR",
]
_WORD = regex(r"[ \t]*(\S+)")
# `# escape=` sets the sign that continues a line, as on Windows.
_ESCAPE = regex(r"\A(?:[ \t]*#[^\n]*\n)*[ \t]*#[ \t]*escape[ \t]*=[ \t]*`", re.IGNORECASE)
_LAST_SIGN = regex(r"[`\\](?=[ \t]*$)", re.MULTILINE)
# What Docker takes and tree-sitter's grammar refuses: a flag without a value, such as `COPY --link` and the
# `rw` of a mount, and `ENV NAME some words`.
_FLAGS = regex(
    r"^[ \t]*(?:ADD|COPY|RUN)[ \t]+(?:--[a-z]\S*[ \t]+(?:\\[ \t]*\n[ \t]*)?)+", re.IGNORECASE | re.MULTILINE
)
_FLAG = regex(r"--\S+")
_WORDS = regex(r"^([ \t]*ENV[ \t]+\w+[ \t]+)(\w+(?:[ \t]+\w+)+)$", re.IGNORECASE | re.MULTILINE)
# Docker skips empty lines and comments inside a continued instruction.
_PASSED_OVER = regex(r"(?<=\\\n)(?:[ \t]*(?:#[^\n]*)?\n)+")
_RUN = regex(r"^[ \t]*RUN[ \t]+(?:--[\w=,./:-]+[ \t]+)*(?![\[<\s])", re.IGNORECASE | re.MULTILINE)
_GOES_ON = regex(r"(?:[^\n]*\\[ \t]*\n)*[^\n]*")
_CERTAINLY_ONE = regex(r"(RUN|CMD|COPY|ENTRYPOINT|WORKDIR|EXPOSE|FROM)(?=[ \t])")
_OTHER_SHELL = regex(r"^[ \t]*SHELL\b", re.IGNORECASE | re.MULTILINE)
_HERE_DOCUMENT = regex(r"<<-?[\"']?(\w+)[\"']?")


def parse(text: str) -> Iterator[Fault]:
    """Every line that begins with no instruction; if there is none, the first that the grammar refuses.

    For a text without any instruction only the first line is reported, since it is probably not a Dockerfile.
    """
    filled = _joined(fill(text, NAMED))
    lines = [line for line, begins in _lines(filled) if begins]
    faults = [fault for line in lines if (fault := _unknown(line))]
    if not faults:
        yield from _swallowed(filled)
    if len(faults) < len(lines) or any(_misspelt(line) for line in lines):
        yield from faults
    else:
        yield from (replace(each, certain=False) for each in faults[:1])
    if not faults and not ELLIPSIS.search(filled):
        yield from _refused(filled)


def commands(text: str) -> Iterator[tuple[int, str]]:
    """What each RUN passes to the shell, with its offset; nothing where another shell may be used."""
    if _OTHER_SHELL.search(text) or _ESCAPE.match(text):
        return
    joined = _joined(text)
    begins = {line.start for line, begins in _lines(joined) if begins}
    for found in _RUN.finditer(joined):
        command = _GOES_ON.match(joined, found.end()) if found.start() in begins else None
        if command and not _HERE_DOCUMENT.search(command[0]):
            yield found.end(), command[0]


def _joined(text: str) -> str:
    """The text, of the same length, with the lines of each instruction adjacent to each other."""
    if _ESCAPE.match(text):
        text = _LAST_SIGN.sub(lambda found: "\\" if found[0] == "`" else "/", text)
    return fill(text, _PASSED_OVER, " ")


def _lines(text: str) -> Iterator[tuple[Line, bool]]:
    """The lines that are neither comments nor in a here-document, and whether they begin an instruction."""
    goes_on = False
    until: list[str] = []
    for line in lines_of(text):
        bare = line.text.strip()
        if until:
            if bare == until[0]:
                until.pop(0)
            continue
        if not bare or bare.startswith("#"):
            continue
        yield line, not goes_on
        goes_on = bare.endswith("\\")
        until = _HERE_DOCUMENT.findall(bare)


def _unknown(line: Line) -> Fault | None:
    found = _WORD.match(line.text)
    if found is None or ELLIPSIS.match(found[1]):
        return None
    word = found[1]
    if word.upper() in _INSTRUCTIONS:
        return None
    at = line.start + found.start(1)
    if near := _misspelt(line):
        return Fault(f"`{word}` is not an instruction: did you mean {near}?", at, at + len(word))
    if name := shell_command(line.text):
        message = f"`{name}` is a shell command: write `RUN {name} …`, or put it into a `bash` fence"
        return Fault(message, at, at + len(word))
    return Fault(f"a Dockerfile has no instruction `{word[:40]}`", at, at + len(word), certain=word.isupper())


def _misspelt(line: Line) -> str:
    """The instruction that the first word of a line probably means.

    Empty for instructions and other words.
    """
    found = _WORD.match(line.text)
    if found is None or not found[1].isupper() or found[1] in _INSTRUCTIONS:
        return ""
    return nearest(found[1], _INSTRUCTIONS)


def _swallowed(text: str) -> Iterator[Fault]:
    """The first instruction that is swallowed by a continued line above it."""
    for line, begins in _lines(text):
        found = None if begins else _CERTAINLY_ONE.match(line.text)
        if found:
            message = (
                f"the instruction above continues into this `{found[1]}`: "
                "delete the `\\` at the end of its last line"
            )
            yield Fault(message, line.start, line.start + found.end(1))
            return


def _refused(text: str) -> Iterator[Fault]:
    """What tree-sitter cannot parse, which is never certain: its grammar is not Docker's."""
    read = _FLAGS.sub(lambda found: fill(found[0], _FLAG, " "), text)
    read = _WORDS.sub(lambda found: found[1] + "x" * len(found[2]), read)
    data = f"{read}\n".encode(errors="replace")  # its grammar requires a final line ending
    root = _parser().parse(data).root_node
    todo = [root] if root.has_error else []
    while todo:
        node = todo.pop()
        if node.is_error or node.is_missing:
            at = len(data[: node.start_byte].decode(errors="replace"))
            end = text.find("\n", at)
            message = "this does not look like a Dockerfile here"
            yield Fault(message, at, max(at + 1, end if end >= 0 else len(text)), certain=False)
            return
        todo += [each for each in reversed(node.children) if each.has_error or each.is_missing]


@cache
def _parser() -> "Parser":
    # Its package would also load queries, with slow imports.
    asleep("tree_sitter_dockerfile")
    import tree_sitter

    grammar = import_module("tree_sitter_dockerfile._binding")

    with warnings.catch_warnings():
        # That package still passes its grammar as an integer.
        warnings.simplefilter("ignore", DeprecationWarning)
        return tree_sitter.Parser(tree_sitter.Language(grammar.language()))
