"""The results document as JSON, the format that programs read."""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from checker.model import Lesson
from checker.reporting.document import Results
from checker.reporting.escape import json_text
from checker.reporting.look import Look

_STEP = 2


def render(results: Results, lessons: Mapping[str, Lesson], look: Look) -> str:
    """One indented JSON document, which is safe to print on a terminal."""
    return "".join(pieces(results, lessons, look))


def pieces(results: Results, _lessons: Mapping[str, Lesson], _look: Look) -> Iterator[str]:
    """The same, record by record: a large course's document takes more memory than its parts."""
    before = "{"
    for name in results.__struct_fields__:
        value = getattr(results, name)
        yield f'{before}\n{" " * _STEP}"{name}": '
        if isinstance(value, tuple) and value:
            yield from _array(value)
        else:
            yield _indented(value, _STEP)
        before = ","
    yield "\n}\n"


def _array(records: tuple[Any, ...]) -> Iterator[str]:
    before = "["
    for record in records:
        yield f"{before}\n{' ' * 2 * _STEP}{_indented(record, 2 * _STEP)}"
        before = ","
    yield f"\n{' ' * _STEP}]"


def _indented(value: object, by: int) -> str:
    """A value with its lines after the first indented; in JSON, texts contain no line ends."""
    text = json_text(msgspec.json.format(msgspec.json.encode(value), indent=_STEP).decode())
    return text.replace("\n", "\n" + " " * by)
