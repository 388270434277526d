"""The syntax tree of shell code, by tree-sitter, which also accepts code that bash refuses.

Its time can be quadratic, so it gets one second of processor time; a script of 20,000 characters takes a
two-hundredth of that. With many backquotes it takes minutes and gigabytes between two checks of the clock, so
such a text is not parsed.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache, cached_property
from importlib import import_module
from time import thread_time
from typing import TYPE_CHECKING

from checker.importing import asleep
from checker.languages.fault import MOST_SIGNS

if TYPE_CHECKING:
    from tree_sitter import Node, Parser, Tree

_SECONDS = 1
_SIGNS = "`<>|(){}[=&"
_MOST_BACKQUOTES = 200
_PIECE = 4096  # bytes that are passed at a time


def may_take_long(text: str) -> bool:
    """Whether tree-sitter may give up on a text; for most texts the signs need not be counted."""
    if len(text) <= MOST_SIGNS:
        return False
    return sum(map(text.count, _SIGNS)) > MOST_SIGNS or text.count("`") > _MOST_BACKQUOTES


class ShellTree:
    """The tree of one text, parsed on first use; offsets are code points, as everywhere here."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._bytes = text.encode(errors="replace")
        self._ascii = len(self._bytes) == len(text)

    @cached_property
    def _tree(self) -> "Tree | None":
        if not may_take_long(self.text):
            return _parser().parse(self._bytes)
        if self.text.count("`") > _MOST_BACKQUOTES:
            return None
        ends = thread_time() + _SECONDS
        try:
            return _parser().parse(
                lambda at, _: self._bytes[at : at + _PIECE], progress_callback=lambda *_: thread_time() > ends
            )
        except ValueError:  # raised when it was told to stop
            _parser().reset()
            return None

    @cached_property
    def _root(self) -> "Node":
        return (self._tree or _parser().parse(b"")).root_node

    @property
    def is_given_up(self) -> bool:
        """Whether tree-sitter took too long, so that the tree is empty."""
        return self._tree is None

    @property
    def has_error(self) -> bool:
        """Whether tree-sitter refuses a part of the text."""
        return self._root.has_error

    def offset(self, at: int) -> int:
        """The offset in the text for one in its bytes."""
        return at if self._ascii else len(self._bytes[:at].decode(errors="replace"))

    def _byte(self, at: int) -> int:
        """The offset in the bytes for one in the text."""
        return at if self._ascii else len(self.text[:at].encode(errors="replace"))

    def start(self, node: "Node") -> int:
        """The start of a node in the text."""
        return self.offset(node.start_byte)

    def end(self, node: "Node") -> int:
        """The end of a node in the text."""
        return self.offset(node.end_byte)

    def source(self, node: "Node") -> str:
        """The text of a node."""
        return self._bytes[node.start_byte : node.end_byte].decode(errors="replace")

    def nodes(self, *types: str, around: re.Pattern[str]) -> Iterator["Node"]:
        """The nodes of these types with a descendant of a type in `around`, in the order of the text."""
        places = [self._byte(found.start()) for found in around.finditer(self.text)]
        todo = [self._root] if places else []
        while todo:
            node = todo.pop()
            at = bisect_left(places, node.start_byte)
            if at == len(places) or places[at] >= node.end_byte:
                continue
            if node.type in types:
                yield node
            todo += reversed(node.named_children)

    def is_quoted(self, at: int) -> bool:
        """Whether an offset in the text is in quotes or in a here-document."""
        byte = self._byte(at)
        node = self._root.descendant_for_byte_range(byte, byte + 1)
        while node is not None:
            inside = node.start_byte < byte
            if node.type == "heredoc_body" or (inside and node.type in {"string", "raw_string"}):
                return True
            node = node.parent
        return False


@cache
def _parser() -> "Parser":
    # Its package would also load queries, with slow imports.
    asleep("tree_sitter_bash")
    import tree_sitter

    grammar = import_module("tree_sitter_bash._binding")

    return tree_sitter.Parser(tree_sitter.Language(grammar.language()))
