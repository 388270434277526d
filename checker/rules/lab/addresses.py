"""The addresses in a lesson's code, `host:port`, and from where each is used."""

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from checker.model import Block, Lesson, Span
from checker.patterns import regex
from checker.rules.code_places import CodePlaces
from checker.rules.languages.table import JSON, PROPERTIES, SHELL, YAML, language_of
from checker.rules.languages.written import code_of

Asker = Literal["machine", "container", "python", "prometheus", "unknown"]

_PORT = regex(r":(?P<port>\d{4,5})(?![\w:.-])")
# What may precede a port.
_HOST = regex(
    r"(?<![\w.@/-])(?P<scheme>[a-z][a-z+]*://)?(?:[\w.%-]+(?::[^@\s/]*)?@)?"
    r"(?P<host>localhost|127\.0\.0\.1|[a-z][a-z0-9-]{0,62})\Z"
)
_LONGEST = 120
_IMAGE = regex(r"\bimage:|\bFROM\b|\bdocker\s+(?:pull|run|build|tag|push)\b")
_INSIDE = regex(r"\bdocker(?:-compose|\s+compose)?\s[^\n]*?\b(?:exec|run)\s+(?:-\S+\s+)*(?P<name>[\w.-]+)")
_BOOTSTRAP = regex(
    r"bootstrap[._-]?servers?['\"]?\s*[=:,)\]}]*\s*['\"]?\Z|(?:-b|--broker-list)\s+\Z|\bbootstrap[._-]?servers?\W{1,12}\Z"
)
# A configuration of Prometheus, which runs in the same network as its targets.
_SCRAPES = "scrape_configs:"
_PYTHON = frozenset({"python", "py", "python3", "ipython"})
# What may precede an address in a Python text.
_IN_TEXT = frozenset("'\",=/")
_NEAR = 48
_FAR = 400


class Address(Struct, frozen=True):
    """An address and who uses it.

    `container` is set when it is used inside one, `is_bootstrap` for Kafka's.
    """

    host: str
    port: int
    span: Span
    block: int
    asker: Asker
    container: str = ""
    is_bootstrap: bool = False


def addresses(lesson: Lesson) -> Iterator[Address]:
    """Every address in the code of a lesson."""
    for block in lesson.blocks:
        if not _PORT.search(block.code):
            continue
        language = language_of(block)
        is_python = (block.lang or "").lower().strip("{}") in _PYTHON
        if is_python or language is SHELL or language is JSON or language is YAML or language is PROPERTIES:
            yield from _in_block(lesson, block, is_shell=language is SHELL, is_python=is_python)


def _in_block(lesson: Lesson, block: Block, *, is_shell: bool, is_python: bool) -> Iterator[Address]:
    code = code_of(block)
    places = CodePlaces(lesson, block)
    for port in _PORT.finditer(code):
        near = max(port.start() - _LONGEST, 0)
        found = _HOST.search(code[near : port.start()])
        if found is None:
            continue
        begin, host = near + found.start(), near + found.start("host")
        line_start = places.line_start(begin)
        before = code[max(line_start, begin - _FAR) : begin]
        if _is_comment(before) or (_IMAGE.search(before) and not found["scheme"]):
            continue
        if is_python and not found["scheme"] and code[begin - 1 : begin] not in _IN_TEXT:
            continue  # `rows[a:9092]`
        span = places.span(host, port.end())
        asker: Asker = "python" if is_python else "prometheus" if _SCRAPES in code else "unknown"
        container = ""
        if is_shell:
            container = _container(code, begin)
            asker = "container" if container else "machine"
        bootstrap = _BOOTSTRAP.search(before[-_NEAR:]) is not None
        yield Address(found["host"], int(port["port"]), span, block.index, asker, container, bootstrap)


def _is_comment(before: str) -> bool:
    return before.lstrip()[:1] == "#" or before.lstrip().startswith("//") or " # " in before


def _container(code: str, at: int) -> str:
    """The container in which the command at this position runs, "" for none."""
    start = at
    for _ in range(40):  # lines joined by a backslash or an open quote
        start = code.rfind("\n", 0, start)
        if start < 0 or code[start - 1 : start] != "\\":
            break
    command = code[start + 1 : at]
    found = list(_INSIDE.finditer(command.replace("\\\n", "  ")))
    return found[-1]["name"] if found else ""
