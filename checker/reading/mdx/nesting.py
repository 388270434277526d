"""Tags matched across a document: which are open around a block, and which are closed wrongly or never.

A tag must be closed in the list item, quote, paragraph, link or emphasis that it was opened in.
"""

from collections import Counter

from msgspec import Struct

from checker.reading.mdx import reasons
from checker.reading.mdx.notes import Notes


class _Open(Struct, frozen=True):
    """A container that is open, or, with an offset, a tag."""

    name: str
    start: int = -1
    end: int = -1

    @property
    def is_tag(self) -> bool:
        return self.start >= 0


class Nesting:
    """Follows a document from container to container; what is refused goes into the notes."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self._open: list[_Open] = []
        self._tags: Counter[str] = Counter()
        self._misspelt: set[_Open] = set()  # closed, it seems, under another name

    def parents(self) -> tuple[str, ...]:
        """What is open here, outermost first, as the site's parser names it; a fragment is `<>`."""
        return tuple(each.name or "<>" for each in self._open)

    def enter(self, container: str) -> None:
        """Go into a list, an item, a quote, a footnote, a text, a link or an emphasis."""
        self._open.append(_Open(container))

    def leave(self) -> None:
        """Leave the innermost container; the tags that were opened in it and are still open are refused."""
        tags: list[_Open] = []
        while self._open[-1].is_tag:
            tags.append(self._pop())
        container = self._open.pop().name
        for tag in tags:
            self._refuse_open(tag, reasons.closed_too_late(tag.name, container))

    def open_tag(self, name: str, start: int, end: int) -> None:
        """Read `<name …>`, which stands from `start` to `end`."""
        if name in reasons.NEVER_CLOSED_IN_HTML and "svelte" in self._notes.extensions:
            return  # it has no end in Svelte, as in HTML
        self._open.append(_Open(name, start, end))
        self._tags[name] += 1

    def close_tag(self, name: str, start: int, end: int) -> None:
        """Read `</name>`, which stands from `start` to `end`."""
        if not self._tags[name]:
            if name not in self._notes.doubtful:
                self._notes.mismatch(start, end, reasons.closes_nothing(name))
                self._misspelt.update(self._open[-1:])
            return
        index = len(self._open) - 1
        container = ""
        while not self._open[index].is_tag or self._open[index].name != name:
            if not self._open[index].is_tag and not container:
                container = self._open[index].name
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
        """The document ends: what is still open is refused."""
        while self._open:
            self._refuse_open(tag := self._pop(), reasons.never_closed(tag.name))

    def _pop(self) -> _Open:
        last = self._open.pop()
        self._tags[last.name] -= 1
        return last

    def _refuse_open(self, tag: _Open, message: str) -> None:
        if f"/{tag.name}" not in self._notes.doubtful and tag not in self._misspelt:
            self._notes.mismatch(tag.start, tag.end, message)
        self._notes.doubtful.add(tag.name)
