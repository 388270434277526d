"""What is known of a lesson's references: links, imports, and the ids of its places."""

from functools import cached_property
from typing import Literal

from msgspec import Struct

from checker.reading.links.slugs import hyphened


class Link(Struct, frozen=True):
    """An address as it is meant, and where it is written.

    `element` is the tag that holds it, "" for Markdown. Sites resolve a Markdown image by its file, and what
    a tag names by its URL.
    """

    kind: Literal["link", "image"]
    url: str
    start: int
    end: int
    element: str = ""


class Import(Struct, frozen=True):
    """A module that the lesson imports from, and where its name is written; `names` are what it brings."""

    source: str
    start: int
    end: int
    names: frozenset[str]


class Page(Struct, frozen=True, dict=True):
    """The references of a lesson in the order of the file, and the ids on it.

    `components` are the elements that are not HTML's; `computed` says that a heading or an id is only known
    when the page is made; `empty` that the lesson has a head and nothing that is shown, so that what its page
    shows comes from elsewhere. `headings` are those of `ids` that headings get, each with what it is made of.
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
        """The ids that some sites give to headings instead: each, and which of `ids` it stands for.

        Those that do not differ are left out.
        """
        return {
            other: slug for slug, text in self.headings.items() for other in hyphened(text) if other != slug
        }
