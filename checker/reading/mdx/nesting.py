"""Matches tags across a document: which are open around a block, and which are closed wrongly or never.

A tag must be closed in the list item, quote, paragraph, link or emphasis that it was opened in.
"""

from collections import Counter

from msgspec import Struct

from checker.reading.mdx import reasons
from checker.reading.mdx.notes import Notes


class _Tag(Struct, frozen=True):
    """An open tag. An open container is represented by its name."""

    name: str
    start: int
    end: int


class Nesting:
    """Follows a document from container to container; what is refused is added to the notes."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self._open: list[str | _Tag] = []
        self._tags: Counter[str] = Counter()
        self._misspelt: set[str | _Tag] = set()  # apparently closed under another name

    def parents(self) -> tuple[str, ...]:
        """The names of what is open here, outermost first, as in the site's parser; a fragment is `<>`."""
        return tuple(each if isinstance(each, str) else each.name or "<>" for each in self._open)

    def enter(self, container: str) -> None:
        """Enter a list, an item, a quote, a footnote, a text, a link or an emphasis."""
        self._open.append(container)

    def leave(self) -> None:
        """Leave the innermost container; tags that were opened in it and are still open are refused."""
        tags: list[_Tag] = []
        while not isinstance(container := self._open.pop(), str):
            self._tags[container.name] -= 1
            tags.append(container)
        for tag in tags:
            self._refuse_open(tag, reasons.closed_too_late(tag.name, container))

    def open_tag(self, name: str, start: int, end: int) -> None:
        """Process `<name …>`, which spans `start` to `end`."""
        if name in reasons.NEVER_CLOSED_IN_HTML and "svelte" in self._notes.extensions:
            return  # as in HTML, it has no end in Svelte
        self._open.append(_Tag(name, start, end))
        self._tags[name] += 1

    def close_tag(self, name: str, start: int, end: int) -> None:
        """Process `</name>`, which spans `start` to `end`."""
        if not self._tags[name]:
            if name not in self._notes.doubtful:
                self._notes.mismatch(start, end, reasons.closes_nothing(name))
                self._misspelt.update(self._open[-1:])
            return
        index = len(self._open) - 1
        container = ""
        while isinstance(each := self._open[index], str) or each.name != name:
            if isinstance(each, str) and not container:
                container = each
            index -= 1
        if container:
            self._notes.mismatch(start, end, reasons.closes_outside(name, container))
            del self._open[index]
            self._tags[name] -= 1
            return
        while len(self._open) > index + 1:
            self._refuse_open(unclosed := self._pop(), reasons.never_closed(unclosed.name))
        self._pop()

    def finish(self) -> None:
        """Process the end of the document: what is still open is refused."""
        while self._open:
            self._refuse_open(tag := self._pop(), reasons.never_closed(tag.name))

    def _pop(self) -> _Tag:
        last = self._open.pop()
        assert not isinstance(last, str)  # containers are closed before the tags around them
        self._tags[last.name] -= 1
        return last

    def _refuse_open(self, tag: _Tag, message: str) -> None:
        if f"/{tag.name}" not in self._notes.doubtful and tag not in self._misspelt:
            self._notes.mismatch(tag.start, tag.end, message)
        self._notes.doubtful.add(tag.name)
