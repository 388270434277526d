"""The result of the Markdown reader: the parts of one document, with offsets only.

Offsets count code points of the text. Other positions are computed from them later.
"""

from typing import Literal

from msgspec import Struct

from checker.model import CodeLine, Markup, Prose


class Fence(Struct, frozen=True):
    """One fenced code block as the official parser reads it.

    `start` is the opening fence's first character; `end` is the end of the closing fence's line (of the last
    line, when not `closed`), without its line ending. `meta_start` is where `meta` begins in the file, or -1.
    `code` has no final line ending; `lines` has one entry for each of its lines.
    """

    lang: str | None
    meta: str | None
    code: str
    closed: bool
    parents: tuple[str, ...]
    start: int
    end: int
    meta_start: int
    lines: tuple[CodeLine, ...]


class Comment(Struct, frozen=True):
    """A comment that readers do not see, alone on its lines: `{/* … */}` or `<!-- … -->`.

    `text` is the content between the delimiters, which begin at `start` and end at `end`; the text begins at
    `text_start`.
    """

    text: str
    start: int
    end: int
    text_start: int


class Head(Struct, frozen=True):
    """The frontmatter's position: `start` to `end` with its fences, `text_start` to `text_end` without."""

    kind: Literal["yaml", "toml"]
    start: int
    end: int
    text_start: int
    text_end: int


class Fault(Struct, frozen=True):
    """Something that the site's parser refuses, or that loses code silently.

    `rule` is the name of the rule that reports it: mdx-syntax, unclosed-fence, fence-closed-early.
    """

    rule: str
    message: str
    start: int
    end: int


class Document(Struct, frozen=True):
    """The parts of one document, each in the order of the file.

    `line_starts` holds the offset of the first character of every line of the lesson. `refusal` is the fault
    at which the site's parser stops: it reads tags and expressions between blocks first, then those in texts,
    and matches tags last.
    """

    line_starts: tuple[int, ...]
    head: Head | None
    fences: tuple[Fence, ...]
    comments: tuple[Comment, ...]
    passages: tuple[Prose, ...]
    faults: tuple[Fault, ...]
    refusal: Fault | None = None
    markup: tuple[Markup, ...] = ()
