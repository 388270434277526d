"""Collects the references of one lesson, and the ids by which its parts can be linked to."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from checker.model import Lesson, Prose
from checker.patterns import regex
from checker.reading.links.destinations import Destination, definitions
from checker.reading.links.headings import heading_texts, is_computed, own_id
from checker.reading.links.inline import Inline, may_hold_any, read_text
from checker.reading.links.modules import imported
from checker.reading.links.places import Places
from checker.reading.links.references import Import, Link, Page
from checker.reading.links.slugs import Slugger, slugify
from checker.reading.links.tags import attributes, tag_name

_HTML_TAG = regex(r"<[A-Za-z][^<>]*>")
# A MyST target: https://myst-parser.readthedocs.io/en/latest/syntax/cross-referencing.html
_LABEL = regex(r"^\(([^()\s]+)\)=$", re.MULTILINE)
# Attributes of Python-Markdown and Pandoc: https://python-markdown.github.io/extensions/attr_list/
_ATTRIBUTES = regex(r"\{:?[ \t]*#([^\s{}]+)[^{}\n]*\}")
_HTML_COMMENT = regex(r"<!--(?s:.*?)(?:-->|\Z)")
_HTML_HEADING = regex(r"<h[1-6][ >]", re.IGNORECASE)
_SOURCES = frozenset({"img", "Image", "video", "source", "audio"})
# Their `href` is for the browser, not for readers to follow.
_NOT_FOLLOWED = frozenset({"link", "base", "use", "image"})


class PageReader:
    """Reads one lesson, in linear time."""

    def __init__(self, lesson: Lesson) -> None:
        self._lesson = lesson
        self._is_mdx = not lesson.path.lower().endswith(".md")
        self._tags = {each.start: each.end for each in lesson.markup if each.kind == "tag"}
        self._links: list[Link] = []
        self._imports: list[Import] = []
        self._ids: set[str] = set()
        self._headings: dict[str, str] = {}
        self._components: set[str] = set()
        self._computed = False
        self._defined: dict[str, tuple[Destination, Places]] = {}
        self._slugger = Slugger()
        self._other_slugger = Slugger()

    def read(self) -> Page:
        """Collect the references and ids of the lesson."""
        self._read_passages()
        self._read_labels()
        self._read_markup()
        return Page(
            links=tuple(sorted(self._links, key=lambda link: link.start)),
            imports=tuple(self._imports),
            ids=frozenset(self._ids),
            components=frozenset(self._components),
            computed=self._computed,
            empty=self._is_empty(),
            headings=self._headings,
        )

    def _read_passages(self) -> None:
        passages = [each for each in self._lesson.prose if each.level or "[" in each.text or "<" in each.text]
        begins = dict(self._define(passages))
        for index, passage in enumerate(passages):
            found = self._read_passage(passage, begins.get(index, 0)) if may_hold_any(passage.text) else ()
            if passage.level:
                self._read_heading(passage.text, found)

    def _read_labels(self) -> None:
        """Take the ids that MyST's labels `(id)=` and, in Markdown, attributes `{#id}` give."""
        if ")=" in self._lesson.text:
            for passage in self._lesson.prose:
                if passage.text.endswith(")="):
                    self._ids.update(label[1] for label in _LABEL.finditer(passage.text))
        if not self._is_mdx:
            for passage in self._lesson.prose:
                if "#" in passage.text and "{" in passage.text:
                    self._ids.update(found[1] for found in _ATTRIBUTES.finditer(passage.text))

    def _read_markup(self) -> None:
        text = self._lesson.text
        for each in self._lesson.markup:
            if each.kind == "tag":
                self._read_tag(text, each.start, each.end)
            elif each.kind == "html":
                self._read_html(each.start, each.end)
            else:
                self._imports += [Import(*found) for found in imported(text, each.start, each.end)]

    def _is_empty(self) -> bool:
        lesson = self._lesson
        shown = any(not each.text.startswith("{/*") for each in lesson.prose)
        return lesson.frontmatter is not None and not (shown or lesson.blocks or lesson.markup)

    def _define(self, passages: Iterable[Prose]) -> Iterator[tuple[int, int]]:
        """Record the definitions.

        Yields passages that begin with some, and where the text after them begins.
        """
        for index, passage in enumerate(passages):
            if passage.text.startswith("[") and not passage.level:
                found, end = definitions(passage.text)
                places = Places(self._lesson, passage) if found else None
                for label, where in found.items():
                    assert places is not None
                    self._defined.setdefault(label, (where, places))
                yield index, end

    def _read_passage(self, passage: Prose, begin: int) -> Sequence[Inline]:
        places = Places(self._lesson, passage)
        tag_end = (lambda at: self._tag_end(places, at)) if self._is_mdx else None
        found = read_text(passage.text, begin, self._defined, tag_end)
        for each in found:
            if each.kind in ("link", "image"):
                self._take_link(each, places)
            elif each.kind == "tag" and not self._is_mdx:
                self._read_tag(self._lesson.text, places.at(each.start), places.at(each.end - 1) + 1)
        return found

    def _tag_end(self, places: Places, at: int) -> int:
        """The end, in the passage, of the tag that begins at `at`; 0 when there is none."""
        start = places.at(at)
        end = self._tags.get(start)
        if end is None:
            return 0
        return at + end - start if self._lesson.text.find("\n", start, end) < 0 else places.index(end)

    def _take_link(self, found: Inline, places: Places) -> None:
        where = found.destination
        if where is None:
            where, places = self._defined[found.label]
        if where.url:
            kind: Literal["link", "image"] = "image" if found.kind == "image" else "link"
            self._links.append(Link(kind, where.url, places.at(where.start), places.at(where.stop - 1) + 1))

    def _read_heading(self, text: str, marks: Sequence[Inline]) -> None:
        if own := own_id(text):
            self._ids.add(own)
        self._computed = self._computed or is_computed(text, marks)
        said, *others = heading_texts(text, marks)
        first = slugify(said)
        slug = self._slugger.slug(first)
        self._ids.add(slug)
        self._ids.add(self._other_slugger.slug(slugify(others[0]) if others else first))
        self._headings[slug] = said

    def _read_html(self, start: int, end: int) -> None:
        text = self._lesson.text
        self._computed = self._computed or _HTML_HEADING.search(text, start, end) is not None
        hidden = [found.span() for found in _HTML_COMMENT.finditer(text, start, end)]
        for tag in _HTML_TAG.finditer(text, start, end):
            while hidden and hidden[0][1] <= tag.start():
                del hidden[0]
            if not hidden or tag.start() < hidden[0][0]:
                self._read_tag(text, *tag.span())

    def _read_tag(self, text: str, start: int, end: int) -> None:
        name = tag_name(text, start)
        if name[:1].isupper() or "." in name:
            self._components.add(name)
        for each in attributes(text, start, end):
            if each.name == "id" or (each.name == "name" and name == "a"):
                self._ids.update([each.value] if each.value else ())
                self._computed = self._computed or each.value is None
            elif each.value and (kind := _kind(name, each.name)):
                self._links.append(Link(kind, each.value, each.start, each.end, name))


def _kind(element: str, attribute: str) -> Literal["link", "image", ""]:
    if attribute == "href" and element not in _NOT_FOLLOWED:
        return "link"
    if attribute == "to" and element.endswith("Link"):
        return "link"
    return "image" if attribute == "src" and element in _SOURCES else ""
