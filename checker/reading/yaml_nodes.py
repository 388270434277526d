"""Builds a tree of nodes with offsets from libyaml's events, within limits.

js-yaml, which the sites use, defines what is valid. Two differences of PyYAML are corrected here: its own
scanner (not libyaml's) refuses `[Why?]` and a tab after a colon, so libyaml is required; and YAML 1.1 breaks
lines at U+0085, U+2028 and U+2029, which are text for js-yaml.
"""

from collections.abc import Iterator

from msgspec import Struct

from checker.patterns import has_surrogate, regex
from checker.reading.head import MAX_DEPTH, HeadError
from checker.reading.yaml_errors import explain
from checker.reading.yaml_events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MarkedYAMLError,
    ScalarEvent,
    SequenceStartEvent,
    events,
)

MAX_ALIASES = 32

# js-yaml's own pattern. Neither parser accepts these characters. A class of high characters is slow to
# compile.
_CONTROL = regex("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_NOT_PRINTABLE = regex("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_LINE_SEPARATORS = "\x85\u2028\u2029"


class Scalar(Struct, frozen=True):
    """A single value; `plain` when it is written without quotes and so may be a number or a date."""

    tag: str | None
    start: int
    end: int
    value: str
    plain: bool


class Sequence(Struct, frozen=True):
    """A list."""

    tag: str | None
    start: int
    end: int
    items: tuple["Node", ...]


class Mapping(Struct, frozen=True):
    """Keys and values, in the order of the text; keys may be repeated."""

    tag: str | None
    start: int
    end: int
    pairs: tuple[tuple["Node", "Node"], ...]


class Alias(Struct, frozen=True):
    """`*name`: a repetition of the node that was marked `&name`."""

    start: int
    end: int
    target: "Content"


Content = Scalar | Sequence | Mapping
Node = Content | Alias


def compose(text: str) -> Node | None:
    """The one document in `text`, None when there are only comments. Raises HeadError."""
    doubtful = _CONTROL.search(text) or has_surrogate(text) or "\ufffe" in text or "\uffff" in text
    if doubtful and (found := _NOT_PRINTABLE.search(text)):
        code = f"U+{ord(found[0]):04X}"
        message = f"the invisible character {code} is not allowed in frontmatter: delete it"
        raise HeadError("frontmatter-syntax", message, found.start(), found.end())
    separators = _Separators(text)
    return _Composer(text, separators).document()


class _Separators:
    """Replaces characters that are line breaks only in YAML 1.1, one for one, so that offsets stay valid."""

    def __init__(self, text: str) -> None:
        unused = (chr(code) for code in range(0xF0000, 0xFFFFE) if chr(code) not in text)
        self._hide = {ord(each): next(unused) for each in _LINE_SEPARATORS if each in text}
        self._show = {ord(hidden): chr(each) for each, hidden in self._hide.items()}

    def hide(self, text: str) -> str:
        return text.translate(self._hide) if self._hide else text

    def show(self, text: str) -> str:
        return text.translate(self._show) if self._show else text


class _Composer:
    """Builds nodes from events. The parser keeps its own stack, so nothing recurses deeper than MAX_DEPTH."""

    def __init__(self, text: str, separators: _Separators) -> None:
        self.text = text
        self.separators = separators
        self.events = _parse(text, separators.hide(text))
        # None while the node is being built: an alias to it would make a cycle.
        self.anchors: dict[str, Content | None] = {}
        self.aliases = 0

    def document(self) -> Node | None:
        if not self._next_document():
            return None
        root = self._node(next(self.events), 0)
        second = self._next_document()
        if second:
            raise HeadError(
                "frontmatter-syntax",
                "a second YAML document begins here; frontmatter is a single one: remove this line",
                *_extent(second),
            )
        return root

    def _next_document(self) -> DocumentStartEvent | None:
        return next((event for event in self.events if isinstance(event, DocumentStartEvent)), None)

    def _node(self, event: Event, depth: int) -> Node:
        start, end = _extent(event)
        if depth > MAX_DEPTH:
            message = f"lists and maps are nested more than {MAX_DEPTH} deep here: flatten them"
            raise HeadError("frontmatter-limits", message, start, end)
        if isinstance(event, AliasEvent):
            return self._alias(str(event.anchor), start, end)
        assert isinstance(event, (ScalarEvent, CollectionStartEvent))
        if event.anchor is not None:
            self.anchors[event.anchor] = None
        node = self._scalar(event) if isinstance(event, ScalarEvent) else self._collection(event, depth)
        if event.anchor is not None:
            self.anchors[event.anchor] = node
        return node

    def _alias(self, name: str, start: int, end: int) -> Alias:
        self.aliases += 1
        if self.aliases > MAX_ALIASES:
            message = f"too many aliases: more than {MAX_ALIASES} (`*name`); write the values out"
            raise HeadError("frontmatter-limits", message, start, end)
        if name not in self.anchors:
            message = (
                f"`*{name}` needs a value marked `&{name}` before it; text that begins with * needs quotes"
            )
            raise HeadError("frontmatter-syntax", message, start, end)
        target = self.anchors[name]
        if target is None:
            message = f"`*{name}` is inside `&{name}` itself, so the value would never end"
            raise HeadError("frontmatter-limits", message, start, end)
        return Alias(start, end, target)

    def _scalar(self, event: ScalarEvent) -> Scalar:
        start, end = _extent(event)
        # A block scalar's end mark is after the line breaks that follow it.
        end = start + len(self.text[start:end].rstrip(" \t\r\n"))
        return Scalar(event.tag, start, end, self.separators.show(event.value), plain=not event.style)

    def _collection(self, opening: CollectionStartEvent, depth: int) -> Sequence | Mapping:
        nodes = []
        while not isinstance(event := next(self.events), CollectionEndEvent):
            nodes.append(self._node(event, depth + 1))
        start, _ = _extent(opening)
        closing, end = _extent(event)
        # A bracket has a width; what ends by indentation is reported to end where the next thing begins.
        if closing == end and nodes:
            end = nodes[-1].end
        if isinstance(opening, SequenceStartEvent):
            return Sequence(opening.tag, start, end, tuple(nodes))
        return Mapping(opening.tag, start, end, tuple(zip(nodes[::2], nodes[1::2], strict=True)))


def _extent(event: Event) -> tuple[int, int]:
    assert event.start_mark
    assert event.end_mark  # a parser's events always have marks; only manually created ones have none
    return event.start_mark.index, event.end_mark.index


def _parse(text: str, readable: str) -> Iterator[Event]:
    """The events of `readable`, which is as long as `text`; errors are in an author's words."""
    try:
        # js-yaml adds a final line ending, so that a block scalar there has its line break.
        ended = readable if readable.endswith(("\n", "\r")) else f"{readable}\n"
        yield from events(ended)
    except MarkedYAMLError as error:
        raise explain(text, error) from None
