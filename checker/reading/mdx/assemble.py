"""Turns the tokens of the block parser into the parts of a document, with offsets of the file."""

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from markdown_it.token import Token

from checker.model import Markup, Prose
from checker.patterns import regex
from checker.reading.document import Comment, Fault, Fence
from checker.reading.mdx import reasons
from checker.reading.mdx.fence import FencePart
from checker.reading.mdx.inline import read_inline
from checker.reading.mdx.lost_code import closed_early, closes_early, never_closed
from checker.reading.mdx.nesting import Nesting
from checker.reading.mdx.notes import Notes
from checker.reading.mdx.positions import Source, Stretch
from checker.reading.mdx.tags import Expression, Tag

# The names of markdown-it's containers in the site's parser.
_CONTAINERS = {
    "bullet_list_open": "list",
    "ordered_list_open": "list",
    "list_item_open": "listItem",
    "blockquote_open": "blockquote",
    "footnote_open": "footnoteDefinition",
}
_BRACES_COMMENT = regex(r"\{\s*/\*((?>(?:[^*]|\*(?!/))*))\*/\s*\}")
_HTML_COMMENT = regex(r"<!--((?>(?:[^-]|-(?!->))*))-->[ \t]*")
_HEADING_ID = regex(r"\{#[^{}\n]{1,200}\}[ \t]*\Z")
_CELL_END = regex(r"\\[\\|]|(\|)")


class Assembler:
    """Walks through the tokens of one document and collects its parts."""

    def __init__(self, source: Source, notes: Notes, *, tags: bool) -> None:
        self.fences: list[tuple[FencePart, tuple[str, ...]]] = []
        self.comments: list[Comment] = []
        self.markup: list[Markup] = []
        self._source = source
        self._notes = notes
        # Whether text contains tags and expressions, as in MDX.
        self._tags = tags
        self._nesting = Nesting(notes)

    def walk(self, tokens: Iterable[Token]) -> None:
        """Process the document's next tokens."""
        enter, leave = self._nesting.enter, self._nesting.leave
        for token in tokens:
            if token.nesting > 0:
                enter(_CONTAINERS[token.type])
            elif token.nesting < 0:
                leave()
            elif token.meta:  # most are text with nothing to be read
                self._take(token, token.type)

    def _take(self, token: Token, kind: str) -> None:
        if kind == "fence":
            self.fences.append((token.meta["fence"], self._nesting.parents()))
        elif kind == "jsx":
            self._take_flow(token.meta["parts"])
        elif kind in ("html_block", "esm"):
            self._take_raw(token)
        elif self._tags:
            self._take_words(token.meta["stretch"], kind)

    def finish(self) -> None:
        """Process the end of the document."""
        self._nesting.finish()

    def _take_words(self, where: Stretch, kind: str) -> None:
        if where.at(0) in self._notes.no_modules:  # it is meant as code
            return
        if kind == "row":
            for text in _cells(where):
                self._take_text(text, "table cell")
        elif kind == "heading":
            self._take_text(self._without_id(where), "heading")
        else:
            self._take_text(where, "paragraph")

    def _without_id(self, heading: Stretch) -> Stretch:
        """A heading's text without the trailing id, where the site recognises one."""
        found = _HEADING_ID.search(heading.text) if "heading-ids" in self._notes.extensions else None
        return heading if found is None else heading.before(found.start())

    def _take_raw(self, token: Token) -> None:
        start, end = token.meta["start"], token.meta["end"]
        if token.type == "html_block":
            self._take_comment(_HTML_COMMENT, start, end)
        self._take_markup("html" if token.type == "html_block" else "module", start, end)

    def _take_flow(self, parts: list[Tag | Expression]) -> None:
        for part in parts:
            if isinstance(part, Tag):
                self._take_tag(part, part.start, part.end)
            elif len(parts) == 1:
                self._take_comment(_BRACES_COMMENT, part.start, part.end)

    def _take_tag(self, tag: Tag, start: int, end: int) -> None:
        if tag.excess:
            self._notes.mismatch(start, end, reasons.in_closing_tag(tag.name))
        if tag.closing:
            self._nesting.close_tag(tag.name, start, end)
            return
        self._take_markup("tag", start, end)
        if not tag.empty:
            self._nesting.open_tag(tag.name, start, end)

    def _take_markup(self, kind: Literal["tag", "html", "module"], start: int, end: int) -> None:
        self.markup.append(Markup(kind, self._source.at(start), self._source.at(end)))

    def _take_text(self, where: Stretch, container: str) -> None:
        self._nesting.enter(container)
        for mark in read_inline(where, self._notes):
            if mark.tag is not None:
                self._take_tag(mark.tag, where.at(mark.tag.start), where.at(mark.tag.end - 1) + 1)
            elif mark.kind == "enter":
                self._nesting.enter(mark.name)
            else:
                self._nesting.leave()
        self._nesting.leave()

    def _take_comment(self, comment: re.Pattern[str], start: int, end: int) -> None:
        found = comment.fullmatch(self._source.text, start, end)
        if found is not None:
            text_start, text_end = self._source.at(found.start(1)), self._source.at(found.end(1))
            delimiter = found[0].rstrip()
            self.comments.append(
                Comment(
                    text=self._source.original[text_start:text_end],
                    start=self._source.at(start),
                    end=self._source.at(start + len(delimiter)),
                    text_start=text_start,
                )
            )

    def passages(self) -> tuple[Prose, ...]:
        """The headings and paragraphs with offsets of the file."""
        return tuple(self._source.moved_passages(self._notes.passages))

    def finished_fences(self) -> tuple[Fence, ...]:
        """The fences with offsets of the file."""
        return tuple(self._finished(part, parents) for part, parents in self.fences)

    def _finished(self, part: FencePart, parents: tuple[str, ...]) -> Fence:
        at = self._source.at
        return Fence(
            lang=part.lang,
            meta=part.meta,
            code=part.code,
            closed=part.closed,
            parents=parents,
            start=at(part.start),
            end=at(part.end),
            meta_start=at(part.meta_start) if part.meta_start >= 0 else -1,
            lines=tuple(self._source.moved(part.lines)),
        )

    def refusals(self) -> Iterator[Fault]:
        """What the site's parser refuses, in the order in which it would find it; one for each place."""
        at = self._source.at
        told = set()
        notes = self._notes
        noted = (
            *notes.refusals.values(),
            *notes.refused_texts.values(),
            *notes.mismatches.values(),
        )
        for start, end, message in noted:
            if start in told:
                continue
            told.add(start)
            yield Fault("mdx-syntax", message, at(start), at(end))

    def lost_code(self) -> Iterator[Fault]:
        """The fences that lose code silently, since the site's parser accepts them."""
        at = self._source.at
        opened_by_an_end = set()
        for index, inner in closed_early(self.fences):
            fence, _ = self.fences[index]
            opened_by_an_end.add(index + 1)
            yield Fault("fence-closed-early", closes_early(fence, inner), at(fence.closing), at(fence.end))
        for index, (fence, parents) in enumerate(self.fences):
            if not fence.closed and index not in opened_by_an_end:
                end = at(fence.start + len(fence.marker))
                yield Fault("unclosed-fence", never_closed(fence, parents), at(fence.start), end)


def _cells(row: Stretch) -> Iterator[Stretch]:
    """The texts between a row's bars."""
    start = 0
    for bar in _CELL_END.finditer(row.text + "|"):
        if bar[1]:
            cell = row.text[start : bar.start()]
            text = cell.strip(" \t")
            if text:
                yield Stretch(text, [0], [row.at(start + cell.index(text))])
            start = bar.end()
