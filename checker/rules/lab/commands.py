"""The `docker` commands of a lesson: in shell code, and in the inline code of its prose."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Literal

from msgspec import Struct

from checker.languages.shell.prompts import commands_only
from checker.model import Lesson, Span
from checker.patterns import regex
from checker.rules.code_places import CodePlaces
from checker.rules.languages.table import SHELL, language_of
from checker.rules.languages.written import code_of

Kind = Literal["compose", "container"]

_DOCKER = regex(r"(?<![\w./-])(?:docker-compose|docker(?:[ \t]+compose)?)(?=[ \t])")
_IN_PROSE = regex(r"`(docker[^`\n]*)`")
# A word as the shell splits it, as far as names of services need it.
_WORD = regex(r"[ \t]*(?:\\\n[ \t]*)*(?P<word>'[^'\n]*'|\"[^\"\n]*\"|[^\s|;&<>()`'\"\\#]+)")
_NAME = regex(r"[A-Za-z0-9][A-Za-z0-9_.-]*")

# Commands with names of services: how many names, and the options that take an argument.
_SEVERAL = frozenset({
    "build", "create", "kill", "logs", "pause", "ps", "pull", "restart", "rm", "start", "stats", "stop",
    "top", "unpause", "up", "watch",
})  # fmt: skip
_ONE = frozenset({"attach", "exec", "port", "run", "wait"})
_OF_CONTAINERS = frozenset({
    "attach", "exec", "inspect", "kill", "logs", "pause", "port", "restart", "start", "stats", "stop",
    "top", "unpause", "wait",
})  # fmt: skip
_MANY_CONTAINERS = _OF_CONTAINERS - {"exec", "attach", "port", "logs", "top"}
_TAKE_A_WORD = frozenset({
    "-e", "-n", "-u", "-w", "-t", "-s", "-v", "--env", "--env-file", "--format", "--index", "--scale",
    "--signal", "--since", "--tail", "--time", "--timeout", "--until", "--user", "--volume", "--workdir",
    "--filter", "--detach-keys", "--status",
})  # fmt: skip
# `-t` of exec and run means a terminal, of stop and restart a time.
_TERMINAL = frozenset({"exec", "run", "attach"})
# Options that select another project than the lab's.
_OTHER_PROJECT = frozenset({"-f", "--file", "-p", "--project-name", "--project-directory"})
_WITH_WORD = _OTHER_PROJECT | {"--profile", "--env-file", "--ansi", "--progress", "--parallel"}
_LONGEST = 4000
# The beginning of another command.
_NEXT = frozenset({"docker", "docker-compose"})


class Name(Struct, frozen=True):
    """A service or container that a command names, and its position."""

    text: str
    span: Span


class Command(Struct, frozen=True):
    """One command: `compose` commands name services, the others containers. `block` is None in prose."""

    kind: Kind
    verb: str
    names: tuple[Name, ...]
    span: Span
    block: int | None
    other_project: bool = False


def docker_commands(lesson: Lesson) -> Iterator[Command]:
    """Every docker command, as far as its names need it."""
    if "docker" not in lesson.text:
        return
    for block in lesson.blocks:
        if language_of(block) is SHELL and "docker" in block.code:
            code = commands_only(code_of(block))
            yield from _in(code, CodePlaces(lesson, block).span, block.index)
    for prose in lesson.prose if "`docker" in lesson.text else ():
        for found in _IN_PROSE.finditer(lesson.text, prose.start, prose.end):
            start = found.start(1)
            yield from _in(found[1], partial(_in_text, lesson, start), None)


def _in_text(lesson: Lesson, start: int, first: int, last: int) -> Span:
    return lesson.span(start + first, start + last)


def _in(text: str, place: Callable[[int, int], Span], block: int | None) -> Iterator[Command]:
    for found in _DOCKER.finditer(text):
        if text[text.rfind("\n", 0, found.start()) + 1 : found.start()].lstrip().startswith("#"):
            continue
        words = list(_words(text, found.end()))
        span = place(found.start(), found.end())
        is_compose = found[0] != "docker"
        other, rest = _without_options(words) if is_compose else (False, words)
        if not rest:
            continue
        verb, _ = rest[0]
        names = _names(verb, rest[1:], compose=is_compose)
        kind: Kind = "compose" if is_compose else "container"
        named = tuple(Name(each, place(at, at + len(each))) for each, at in names)
        yield Command(kind, verb, named, span, block, other)


def _words(text: str, start: int) -> Iterator[tuple[str, int]]:
    """The words of a command with their offsets."""
    at, end = start, min(start + _LONGEST, len(text))
    while (found := _WORD.match(text, at, end)) and found["word"] not in _NEXT:
        yield found["word"], found.start("word")
        at = found.end()


def _without_options(words: Sequence[tuple[str, int]]) -> tuple[bool, list[tuple[str, int]]]:
    """The words after compose's own options, and whether these select another project."""
    other = False
    at = 0
    while at < len(words) and words[at][0].startswith("-"):
        option = words[at][0].partition("=")[0]
        other = other or option in _OTHER_PROJECT
        at += 2 if option in _WITH_WORD and "=" not in words[at][0] else 1
    return other, list(words[at:])


def _names(verb: str, words: Sequence[tuple[str, int]], *, compose: bool) -> list[tuple[str, int]]:
    takes = (_SEVERAL | _ONE) if compose else _OF_CONTAINERS
    if verb not in takes:
        return []
    several = verb in (_SEVERAL if compose else _MANY_CONTAINERS)
    found: list[tuple[str, int]] = []
    at = 0
    while at < len(words):
        word, place = words[at]
        if word.startswith("-"):
            takes_word = word in _TAKE_A_WORD and not (word == "-t" and verb in _TERMINAL)
            at += 2 if takes_word else 1
            continue
        if not _NAME.fullmatch(word):
            return found if several else []
        found.append((word, place))
        if not several:
            break
        at += 1
    return found
