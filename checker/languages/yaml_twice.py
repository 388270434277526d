"""Repeated keys of a YAML mapping, which YAML 1.2, Docker Compose and js-yaml refuse.

libyaml's parser does not check keys. Lessons put alternatives one below the other, each with a comment above
or, for whole texts, with a blank line in between: these are not reported.
"""

from collections.abc import Iterable, Iterator

from msgspec import Struct, field

from checker.languages.fault import Fault
from checker.languages.holes import NAMED
from checker.patterns import regex
from checker.reading.yaml_events import (
    CollectionEndEvent,
    CollectionStartEvent,
    Event,
    ScalarEvent,
    SequenceStartEvent,
)

# Several mappings may be merged, and a placeholder stands for another key each time.
_ANY_NUMBER = regex(rf"<<|…|{NAMED.pattern}")


class _Mapping(Struct):
    """A mapping, or with `keys` None a list, while it is read: the positions of its keys, and repetitions."""

    keys: dict[str, int] | None = field(default_factory=dict)
    at_key: bool = True
    again: list[Fault] = field(default_factory=list)


def repeated(text: str, found: Iterable[Event]) -> Iterator[Fault]:
    """Each key that its mapping has already; other events are passed through."""
    opened: list[_Mapping] = []
    for event in found:
        here = opened[-1] if opened else None
        if isinstance(event, CollectionStartEvent):
            _step(here)
            opened.append(_Mapping(None) if isinstance(event, SequenceStartEvent) else _Mapping())
        elif isinstance(event, CollectionEndEvent):
            ended = opened.pop()
            # A whole text with only one, repeated key shows its possible values.
            if opened or (ended.keys and len(ended.keys) > 1):
                yield from ended.again
        elif here is not None:
            if here.keys is not None and here.at_key and isinstance(event, ScalarEvent):
                here.again += _again(event, here.keys, text, nested=len(opened) > 1)
            _step(here)


def _step(mapping: _Mapping | None) -> None:
    """Keys and values alternate."""
    if mapping is not None:
        mapping.at_key = not mapping.at_key


def _again(event: ScalarEvent, keys: dict[str, int], text: str, *, nested: bool) -> Iterator[Fault]:
    mark, end = event.start_mark, event.end_mark
    # libyaml's events have positions.
    assert mark is not None
    assert end is not None
    first = keys.get(event.value)
    keys[event.value] = mark.index
    if first is None or _ANY_NUMBER.match(event.value):
        return
    begins, *between = (each.strip() for each in text[first : mark.index].split("\n"))
    between = between[:-1]
    # `a: <value>` shows the syntax, and an example follows.
    if NAMED.search(begins) or any(each.startswith("#") for each in between):
        return
    if nested or "" not in between:
        message = f"the key `{event.value[:40]}` is set twice: keep one of them"
        yield Fault(message, mark.index, end.index, certain="" not in between)
