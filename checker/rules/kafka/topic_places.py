"""Where a lesson's code names a topic: in commands, in Python and SQL, in URLs of a registry."""

import re
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
    r"[-/A-Z_](?:(?<=-)-topic[ =]|(?<=\b[A-Z_])(?:[A-Z_]*TOPIC=|(?<=T)OPIC=)|(?<=/)subjects/)"
    r"['\"]?(?P<topic>[A-Za-z_][\w.-]*)(?=['\"\s\\/;,)]|\Z)"
)
# Commands that create the topic or write to it, so that it need not exist.
_CREATES = regex(r"--create\b|--delete\b|--producer|kafka-console-producer\b(?<!\wkafka-console-producer)")
_SUBJECT = "/subjects/"
_OF_SUBJECT = ("-key", "-value")
# `subscribe(["…"])`, `.option("subscribe", "…")`, `'topic' = '…'` of Flink. A pattern that begins with one
# class of signs is found many times as fast as one that begins with a lookbehind.
_IN_CODE = regex(
    r"[s'\"](?:(?<=s)(?<!\ws)ubscribe\(\s*\[?\s*|(?<=\")subscribe\"\s*,\s*|(?<=['\"])topic['\"]\s*=\s*)"
    r"['\"](?P<topic>[A-Za-z_][\w.-]*)['\"]"
)
# Without one of these there is no topic.
_NAMES_TOPICS = ("--topic", "TOPIC=", "/subjects/", "subscribe", "topic'", 'topic"')
_FAR = 400
# `NewTopic("…")`, `produce("…")`, `.option("topic", "…")`, `kafka_topic = '…'` of ksqlDB.
_MADE_IN_CODE = regex(
    r"(?:\bNewTopic\(\s*(?:topic\s*=\s*|name\s*=\s*)?|\.(?:produce|send)\(\s*(?:topic\s*=\s*)?"
    r"|\"topic\"\s*,\s*|\bkafka_topic\s*=\s*)['\"](?P<topic>[A-Za-z_][\w.-]*)['\"]",
    re.IGNORECASE,
)
# A table of Flink and its topic: `INSERT INTO` the table writes to the topic.
_TABLE = regex(
    r"\bCREATE\s+(?:TEMPORARY\s+)?TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?[`\"]?(?P<table>\w+)", re.IGNORECASE
)
_INSERTS = regex(
    r"\bINSERT\s+INTO\s+[`\"]?(?P<table>\w+)|\b(?:execute_insert|insert_into)\(\s*['\"](?P<call>\w+)",
    re.IGNORECASE,
)


class TopicPlace(Struct, frozen=True):
    """A topic that the code reads, its position, and its block."""

    name: str
    span: Span
    block: int


def topic_places(analysis: LessonAnalysis) -> Iterator[TopicPlace]:
    """Every topic that the lesson's code reads, in order."""
    words = [each for each in _NAMES_TOPICS if each in analysis.lesson.text]
    python = {each.block.index for each in analysis.cells}
    for block in analysis.lesson.blocks:
        if not any(each in block.code for each in words):
            continue
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
    """The topics that the lesson's commands and code create or write to."""
    made: set[str] = set()
    filled = {found["table"] or found["call"] for found in _INSERTS.finditer(analysis.lesson.text)}
    for block in analysis.lesson.blocks:
        if language_of(block) is SHELL and _CREATES.search(block.code):
            for found in _IN_SHELL.finditer(block.code):
                if _is_made(block.code, found.start(), found.end()):
                    made.add(found["topic"])
        else:
            made |= {found["topic"] for found in _MADE_IN_CODE.finditer(block.code)}
            made |= _filled_topics(block.code, filled) if filled else set()
    return frozenset(made)


def _filled_topics(code: str, filled: set[str]) -> set[str]:
    """The topics of the tables that something is inserted into."""
    tables = list(_TABLE.finditer(code))
    ends = [*(each.start() for each in tables[1:]), len(code)]
    return {
        found["topic"]
        for table, end in zip(tables, ends, strict=False)
        if table["table"] in filled
        for found in _IN_CODE.finditer(code, table.end(), end)
    }


def _is_made(code: str, start: int, end: int) -> bool:
    """Whether the command at this position creates, deletes or writes to the topic."""
    first = _command_start(code, start)
    last = code.find("\n", end)
    while last > 0 and code[last - 1] == "\\" and last - end < _FAR:
        last = code.find("\n", last + 1)
    return _CREATES.search(code[first : last if last >= 0 else len(code)]) is not None


def _command_start(code: str, at: int) -> int:
    """The start of a command whose lines are joined by backslashes."""
    start = code.rfind("\n", 0, at)
    while start > 0 and code[start - 1] == "\\" and at - start < _FAR:
        start = code.rfind("\n", 0, start)
    return start + 1
