"""Reads YAML frontmatter: typed data, and the positions of values."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from checker.model import KeySpans, Problem, Span
from checker.patterns import regex
from checker.reading.head import MAX_DEPTH, HeadError, HeadValues, Path, Place
from checker.reading.yaml_core import NO_MATCH, TAG_PREFIX, TAGGED_SCALARS, key_text, resolve
from checker.reading.yaml_nodes import Alias, Content, Mapping, Node, Scalar, Sequence, compose

# Aliases repeat whole trees. Without them, 64 KiB cannot contain more values than this.
MAX_VALUES = 100_000

# Blanks including a tab that make up a line, or precede its comment.
_BEFORE_NOTHING = regex(r"^ *\t[ \t]*(?=#|$|\r)", re.MULTILINE)

Entries = dict[str, tuple[Node, Node]]

_SEQUENCE_TAGS = frozenset(("seq", "omap", "pairs"))
_MAPPING_TAGS = frozenset(("map", "set"))


def read_yaml(text: str, place: Place) -> HeadValues:
    """The data in `text` as js-yaml 4 types it; when it refuses the text there is a problem and no data."""

    def inside(start: int, end: int) -> Span:
        # The scanner ends what is open at the end of the text one character after it.
        return place(min(start, len(text)), min(end, len(text)))

    reader = _Reader(inside)
    try:
        data = reader.root(_compose(text))
    except HeadError as error:
        return HeadValues(None, {}, (*reader.problems, error.problem(inside)))
    return HeadValues(data, reader.spans, tuple(reader.problems))


def _compose(text: str) -> Node | None:
    """The nodes; for js-yaml, a tab before nothing, or before a comment, is no indentation."""
    try:
        return compose(text)
    except HeadError:
        blanked = _BEFORE_NOTHING.sub(lambda found: " " * len(found[0]), text)
        if blanked == text:
            raise
        return compose(blanked)


class _Reader:
    def __init__(self, place: Place) -> None:
        self.spans: dict[Path, KeySpans] = {}
        self.problems: list[Problem] = []
        self._place = place
        self._values = 0
        self._repeated: set[int] = set()

    def root(self, node: Node | None) -> dict[str, Any]:
        # Nothing, comments or `null` between the fences: sites continue without any keys.
        if node is None or (isinstance(node, Scalar) and self._scalar(node) is None):
            return {}
        if not isinstance(node, Mapping):
            kind = "a list" if isinstance(node, Sequence) else "plain text"
            message = f"the frontmatter is {kind}; it must be `key: value` lines"
            raise HeadError("frontmatter-syntax", message, node.start, node.end)
        data: dict[str, Any] = self._content(node, ())
        return data

    def _value(self, node: Node, key: Node | None, path: Path) -> Any:
        span = self._place(node.start, node.end)
        self.spans[path] = KeySpans(self._place(key.start, key.end) if key else None, span)
        self._count(node)
        content = _content_of(node)
        if len(path) > MAX_DEPTH and not isinstance(content, Scalar):
            message = f"aliases nest the values more than {MAX_DEPTH} deep here: write the values out"
            raise HeadError("frontmatter-limits", message, node.start, node.end)
        return self._content(content, path)

    def _content(self, node: Content, path: Path) -> Any:
        if isinstance(node, Scalar):
            return self._scalar(node)
        if isinstance(node, Sequence):
            tag = _known_tag(node, _SEQUENCE_TAGS)
            items = [self._value(item, None, (*path, at)) for at, item in enumerate(node.items)]
            return _special_list(items, tag, node)
        tag = _known_tag(node, _MAPPING_TAGS)
        entries = self._entries(node)
        data = {name: self._value(value, key, (*path, name)) for name, (key, value) in entries.items()}
        if tag == "set" and any(value is not None for value in data.values()):
            raise _unfit(node, tag)
        return data

    def _scalar(self, node: Scalar) -> Any:
        if node.tag in {None, "!"}:
            return resolve(node.value) if node.plain and node.tag is None else node.value
        tag = _known_tag(node, TAGGED_SCALARS)
        value = TAGGED_SCALARS[tag](node.value)
        if value is NO_MATCH:
            raise _unfit(node, tag)
        return value

    def _entries(self, node: Mapping) -> Entries:
        """The mapping's own keys and those it merges (`<<`); its own take precedence, whatever the order."""
        entries: Entries = {}
        merged: set[str] = set()
        for key, value in node.pairs:
            self._count(key)
            if _is_merge(key):
                for source in _merge_sources(value):
                    new = {name: pair for name, pair in self._entries(source).items() if name not in entries}
                    entries.update(new)
                    merged.update(new)
                continue
            name = self._key(key)
            if name in entries and name not in merged:
                self._report_repeated(name, key, entries[name][0])
                continue
            merged.discard(name)
            entries[name] = (key, value)
        return entries

    def _key(self, node: Node) -> str:
        content = _content_of(node)
        if isinstance(content, Mapping):
            # Mostly `{{ placeholder }}` without quotes. js-yaml accepts it, so the schema decides.
            return "[object Object]"
        if isinstance(content, Scalar):
            return key_text(self._scalar(content))
        items = [_content_of(item) for item in content.items]
        if any(isinstance(item, Sequence) for item in items):
            raise HeadError("frontmatter-syntax", "a key cannot hold a list of lists", node.start, node.end)
        return ",".join(self._key(item) for item in items)

    def _report_repeated(self, name: str, key: Node, first: Node) -> None:
        # An alias may repeat the same mapping.
        if key.start in self._repeated:
            return
        self._repeated.add(key.start)
        line = self._place(first.start, first.end).line
        message = f"the key `{name[:60]}` is set twice (first in line {line}): keep one of them"
        self.problems.append(Problem("duplicate-key", message, self._place(key.start, key.end)))

    def _count(self, node: Node) -> None:
        self._values += 1
        if self._values > MAX_VALUES:
            message = f"aliases make more than {MAX_VALUES:,} values of this: write the values out"
            raise HeadError("frontmatter-limits", message, node.start, node.end)


def _content_of(node: Node) -> Content:
    return node.target if isinstance(node, Alias) else node


def _known_tag(node: Content, allowed: Iterable[str]) -> str:
    """The short name of a node's tag, "" without one. Raises HeadError for a tag that sites refuse."""
    if node.tag in {None, "!"}:
        return ""
    tag = str(node.tag)
    name = tag.removeprefix(TAG_PREFIX)
    if name in allowed and tag != name:
        return name
    shown = f"!!{name}" if tag != name else tag
    message = f"tag not allowed: `{shown[:60]}`; when it is text, put it in quotes"
    raise HeadError("frontmatter-syntax", message, node.start, node.end)


def _unfit(node: Content, tag: str) -> HeadError:
    message = f"this value cannot be read as `!!{tag}`: correct it, or leave the tag out"
    return HeadError("frontmatter-syntax", message, node.start, node.end)


def _special_list(items: list[Any], tag: str, node: Sequence) -> list[Any]:
    """`!!omap` and `!!pairs` are lists of mappings with one key each; pairs become `[key, value]`."""
    if tag not in {"omap", "pairs"}:
        return items
    if not all(isinstance(item, dict) and len(item) == 1 for item in items):
        raise _unfit(node, tag)
    pairs = [next(iter(item.items())) for item in items]
    if tag == "pairs":
        return [list(pair) for pair in pairs]
    if len({key for key, _ in pairs}) < len(pairs):
        raise _unfit(node, tag)
    return items


def _is_merge(key: Node) -> bool:
    if not isinstance(key, Scalar) or key.value != "<<":
        return False
    return key.tag == f"{TAG_PREFIX}merge" or (key.tag is None and key.plain)


def _merge_sources(value: Node) -> Iterator[Mapping]:
    content = _content_of(value)
    for node in content.items if isinstance(content, Sequence) else (value,):
        source = _content_of(node)
        if not isinstance(source, Mapping):
            message = "`<<` takes a map, or a list of maps: `<<: *name`"
            raise HeadError("frontmatter-syntax", message, node.start, node.end)
        yield source
