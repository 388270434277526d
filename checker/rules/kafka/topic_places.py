"""Where a lesson's code names a topic: in commands, in what Python and SQL read, in a registry's URLs."""

from collections.abc import Iterator

from msgspec import Struct

from checker.analysis.lesson import LessonAnalysis
from checker.model import Span
from checker.patterns import regex
from checker.rules.code_places import CodePlaces
from checker.rules.languages.table import SHELL, SQL, language_of
from checker.rules.languages.written import code_of

# `--topic shop.public.orders`, `TOPIC="…"`, `/subjects/shop.public.orders-value`.
_IN_SHELL = regex(
    r"(?:--topic[ =]|\b[A-Z_]*TOPIC=|/subjects/)['\"]?(?P<topic>[A-Za-z_][\w.-]*)(?=['\"\s\\/;,)]|\Z)"
)
# A topic need not be there for what creates it.
_CREATES = regex(r"--create\b|--delete\b|--producer|\bkafka-console-producer\b")
_SUBJECT = "/subjects/"
_OF_SUBJECT = ("-key", "-value")
# `subscribe(["…"])`, `.option("subscribe", "…")`, `'topic' = '…'` of Flink.
_IN_CODE = regex(
    r"(?:\bsubscribe\(\s*\[?\s*|\"subscribe\"\s*,\s*|['\"]topic['\"]\s*=\s*)['\"](?P<topic>[A-Za-z_][\w.-]*)['\"]"
)
_FAR = 400


class TopicPlace(Struct, frozen=True):
    """A topic that the code reads, where, and in which block."""

    name: str
    span: Span
    block: int


def topic_places(analysis: LessonAnalysis) -> Iterator[TopicPlace]:
    """Every topic that the lesson's code reads, in order."""
    python = {each.block.index for each in analysis.cells}
    for block in analysis.lesson.blocks:
        language = language_of(block)
        is_shell = language is SHELL
        if not (is_shell or language is SQL or block.index in python):
            continue
        code = code_of(block)
        places = CodePlaces(analysis.lesson, block)
        for found in (_IN_SHELL if is_shell else _IN_CODE).finditer(code):
            name = found["topic"]
            if is_shell and _is_made(code, found.start(), found.end()):
                continue
            if found[0].startswith(_SUBJECT):
                name = next((name.removesuffix(each) for each in _OF_SUBJECT if name.endswith(each)), "")
            if name:
                start = found.start("topic")
                yield TopicPlace(name, places.span(start, start + len(name)), block.index)


def made_topics(analysis: LessonAnalysis) -> frozenset[str]:
    """The topics that the lesson's commands create or write to."""
    made: set[str] = set()
    for block in analysis.lesson.blocks:
        if language_of(block) is SHELL and _CREATES.search(block.code):
            for found in _IN_SHELL.finditer(block.code):
                if _is_made(block.code, found.start(), found.end()):
                    made.add(found["topic"])
    return frozenset(made)


def _is_made(code: str, start: int, end: int) -> bool:
    """Whether the command around a place creates, deletes or writes to the topic."""
    first = _command_start(code, start)
    last = code.find("\n", end)
    while last > 0 and code[last - 1] == "\\" and last - end < _FAR:
        last = code.find("\n", last + 1)
    return _CREATES.search(code[first : last if last >= 0 else len(code)]) is not None


def _command_start(code: str, at: int) -> int:
    """Where the line begins that lines joined by backslashes end in."""
    start = code.rfind("\n", 0, at)
    while start > 0 and code[start - 1] == "\\" and at - start < _FAR:
        start = code.rfind("\n", 0, start)
    return start + 1
