"""A lesson's references: links, imports, and ids."""

from functools import cached_property
from typing import Literal

from msgspec import Struct

from checker.reading.links.slugs import hyphened


class Link(Struct, frozen=True):
    """A decoded address and its position.

    `element` is the tag that contains it, "" for Markdown. Sites resolve a Markdown image by its file, but
    the address in a tag as a URL.
    """

    kind: Literal["link", "image"]
    url: str
    start: int
    end: int
    element: str = ""


class Import(Struct, frozen=True):
    """A module that the lesson imports from, and the position of its name; `names` are the imported names."""

    source: str
    start: int
    end: int
    names: frozenset[str]


class Page(Struct, frozen=True, dict=True):
    """The references of a lesson in the order of the file, and its ids.

    `components` are the elements that are not HTML. `computed` says that a heading or an id is computed when
    the page is built. `empty` says that the lesson has a head but no visible content, so that its page's
    content comes from elsewhere. `headings` maps those of `ids` that belong to headings to the texts they are
    made from.
    """

    links: tuple[Link, ...]
    imports: tuple[Import, ...]
    ids: frozenset[str]
    components: frozenset[str]
    computed: bool
    empty: bool = False
    headings: dict[str, str] = {}

    @cached_property
    def hyphened(self) -> dict[str, str]:
        """The different ids that some sites give to headings, each with the one of `ids` that it replaces."""
        return {
            other: slug for slug, text in self.headings.items() for other in hyphened(text) if other != slug
        }
