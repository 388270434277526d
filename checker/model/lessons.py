"""A lesson as it is read: its text, its blocks, and the text around them."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any, Literal

from msgspec import Struct

from checker.model.findings import Span

# Extensions of MDX: ids in headings, formulas between dollars, Svelte's blocks in braces.
Extension = Literal["heading-ids", "math", "svelte"]


class Problem(Struct, frozen=True):
    """A problem found while reading a file.

    The name of the rule that reports it, the message, and the span.
    """

    rule: str
    message: str
    span: Span


class Directive(Struct, frozen=True, array_like=True):
    """One word of an author's directive, in a comment `check: word=value` or as `check:word=value` in meta.

    `value` is None for a bare word. `span` covers the word and its value. For `setup`, `value` is the hidden
    code on the comment's following lines.
    """

    word: str
    value: str | None
    span: Span


class KeySpans(Struct, frozen=True, array_like=True):
    """The spans of one frontmatter value and its key; `key` is None for the items of a list."""

    key: Span | None
    value: Span


class Frontmatter(Struct, frozen=True, array_like=True):
    """The YAML or TOML head of a lesson.

    `data` is what the site's parser would make of it (None when it has a syntax error). `spans` maps the path
    of every value, such as `("topics", 0)`, to its span. `span` covers the fences too.
    """

    kind: Literal["yaml", "toml"]
    data: dict[str, Any] | None
    span: Span
    spans: dict[tuple[str | int, ...], KeySpans]


class CodeLine(Struct, frozen=True, array_like=True):
    """Where one line of a block's code begins in its file.

    The first `pad` columns are blanks that replace a tab in the file; the rest is the file's text from
    `offset` on.
    """

    offset: int
    pad: int = 0


class Block(Struct, frozen=True, array_like=True):
    """One fenced code block.

    `lang`, `meta`, `code` (without its final line ending) and `parents` are those of the official MDX parser.
    `span` goes from the opening fence's first character to the end of the closing fence (of the last line,
    when the fence is not `closed`). `lines` has one entry for every line of `code`.
    """

    index: int
    lang: str | None
    meta: str | None
    code: str
    span: Span
    closed: bool
    parents: tuple[str, ...]
    lines: tuple[CodeLine, ...]
    directives: tuple[Directive, ...] = ()

    @property
    def language(self) -> str:
        """`lang` in lower case, without what some sites append to it (`sql:title`, `sql{1,3}`)."""
        language = (self.lang or "").lower()
        if not language.isalnum():
            for sign in "{,:":
                language = language.partition(sign)[0]
        return language

    def directive(self, word: str) -> Directive | None:
        """The first directive with this word."""
        return next((each for each in self.directives if each.word == word), None)


class Prose(Struct, frozen=True, array_like=True):
    """A heading or a paragraph: the text around the blocks, where authors say what is wrong on purpose.

    `text` is its raw Markdown, without container prefixes. `level` is 1 to 6 for a heading, otherwise 0.
    `start` and `end` are offsets, because reports about prose are mostly about a word in it.
    """

    level: int
    text: str
    start: int
    end: int


class Markup(Struct, frozen=True, array_like=True):
    """Tags, HTML and modules between the blocks and the text, by offsets: most are never looked up.

    A `tag` is an opening or self-closing tag, as MDX reads it; `html` is an HTML block of Markdown; a
    `module` is a group of imports and exports.
    """

    kind: Literal["tag", "html", "module"]
    start: int
    end: int


class Lesson(Struct, frozen=True):
    """One `.mdx` or `.md` file as the site reads it.

    `path` is relative to the current folder, with `/`. `text` is the decoded file without its byte order
    mark, with its line endings. A file that cannot be read has empty text and a problem. `refusal` is the
    problem at which the site's parser stops, which need not be the first.
    """

    path: str
    text: str
    line_starts: tuple[int, ...]
    frontmatter: Frontmatter | None
    blocks: tuple[Block, ...]
    prose: Sequence[Prose]
    directives: tuple[Directive, ...]
    problems: tuple[Problem, ...]
    refusal: Problem | None = None
    markup: tuple[Markup, ...] = ()

    def span(self, start: int, end: int) -> Span:
        """The span between two offsets of the text."""
        begins = self.line_starts
        line = bisect_right(begins, start)
        end_line = bisect_right(begins, end)
        column = start - begins[line - 1] + 1
        end_column = end - begins[end_line - 1] + 1
        return Span(self.path, line, column, end_line, end_column, start, end)

    def code_offset(self, block: Block, line: int, column: int) -> int:
        """The offset in the file of a position in a block's code (line from 1, column from 0)."""
        if line > len(block.lines):
            return block.span.end
        where = block.lines[line - 1]
        if column < where.pad:  # inside a tab, which is the character before the line's own text
            return max(where.offset - 1, 0)
        return where.offset + column - where.pad

    def code_span(self, block: Block, line: int, column: int, end_line: int, end_column: int) -> Span:
        """The span in the file of a part of a block's code (lines from 1, columns from 0)."""
        return self.span(self.code_offset(block, line, column), self.code_offset(block, end_line, end_column))
