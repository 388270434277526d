"""The words of the house as frozen data: nothing here reads, judges, runs or prints.

Positions follow one convention everywhere. Lines and columns count from 1, columns in Unicode code points
(not bytes, not UTF-16 units); offsets count code points of `Lesson.text` from 0; ends are exclusive, so an
empty span has `start == end`. Inside a block's code, lines count from 1 and columns from 0, as `ast` does,
but in code points.
"""

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any, Literal

from msgspec import Struct

from checker.traces import Step, Told

Severity = Literal["error", "warning", "info"]

Class = Literal[
    "skipped-by-author",
    "not-code",
    "counterexample",
    "fragment",
    "needs-package",
    "needs-service",
    "needs-data",
    "needs-input",
    "endless",
    "runnable",
    "other-language",
]

OutcomeKind = Literal[
    "passed",
    "failed",
    "expected-failure",
    "interrupted",
    "timed-out",
    "limit",
    "crashed",
    "skipped",
    "not-run",
]


# What sites add to MDX: ids behind headings, formulas between dollars, Svelte's blocks in braces.
Extension = Literal["heading-ids", "math", "svelte"]

# How far a fix may be trusted: `safe` keeps what the code does for every reader, `unsafe` may change it,
# `suggestion` is shown and never applied.
Applicability = Literal["safe", "unsafe", "suggestion"]


class Span(Struct, frozen=True, array_like=True):
    """A stretch of one file."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    start: int
    end: int


class Edit(Struct, frozen=True):
    """Replace what stands at `span` by `text`."""

    span: Span
    text: str


class Fix(Struct, frozen=True):
    """A set of edits that mends a finding."""

    message: str
    applicability: Applicability
    edits: tuple[Edit, ...]


class Finding(Struct, frozen=True):
    """What a rule or a run has to say, at a span.

    `block` is the index of the block it is about, `intended` is true for what a lesson shows wrong on
    purpose, `confirmed` is true when running the block showed it, `silent` when running it cannot show it:
    there is neither an error nor a warning, only another result.
    """

    code: str
    name: str
    severity: Severity
    message: str
    span: Span
    block: int | None = None
    intended: bool = False
    confirmed: bool = False
    fix: Fix | None = None
    silent: bool = False


class Problem(Struct, frozen=True):
    """What reading found wrong with a file: the name of the rule that reports it, where, and why."""

    rule: str
    message: str
    span: Span


class Directive(Struct, frozen=True, array_like=True):
    """One word of an author's instruction, in a comment `check: word=value` or as `check:word=value` in meta.

    `value` is None for a bare word. `span` covers the word and its value. For `setup`, `value` is the hidden
    code that stands on the comment's following lines.
    """

    word: str
    value: str | None
    span: Span


class KeySpans(Struct, frozen=True, array_like=True):
    """Where one frontmatter value stands; `key` is None for the items of a list."""

    key: Span | None
    value: Span


class Frontmatter(Struct, frozen=True, array_like=True):
    """The YAML or TOML head of a lesson.

    `data` is what the site's parser would make of it (None when it has a syntax error). `spans` maps the
    path of every value, such as `("topics", 0)`, to where it stands. `span` covers the fences too.
    """

    kind: Literal["yaml", "toml"]
    data: dict[str, Any] | None
    span: Span
    spans: dict[tuple[str | int, ...], KeySpans]


class CodeLine(Struct, frozen=True, array_like=True):
    """Where one line of a block's code begins in its file.

    The first `pad` columns are blanks that a tab in the file was expanded to; what follows them is the
    file's text from `offset` on.
    """

    offset: int
    pad: int = 0


class Block(Struct, frozen=True, array_like=True):
    """One fenced code block.

    `lang`, `meta`, `code` (without its final line ending) and `parents` are those of the official MDX
    parser; `span` goes from the opening fence's first character to the end of the closing fence (of the
    last line, when the fence is not `closed`). `lines` has one entry for every line of `code`.
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

    def directive(self, word: str) -> Directive | None:
        """The first directive with this word."""
        return next((each for each in self.directives if each.word == word), None)


class Prose(Struct, frozen=True, array_like=True):
    """A heading or a paragraph: the words around the blocks, where authors say what is wrong on purpose.

    `text` is the raw Markdown of it, without container prefixes. `level` is 1 to 6 for a heading, 0 else.
    """

    level: int
    text: str
    span: Span


class Markup(Struct, frozen=True, array_like=True):
    """What stands between the blocks and the words, by its offsets: nothing asks where most of it is.

    A `tag` is an opening or an empty one, as MDX reads it; `html` is a block of Markdown's HTML; a `module`
    is some imports and exports.
    """

    kind: Literal["tag", "html", "module"]
    start: int
    end: int


class Lesson(Struct, frozen=True):
    """One `.mdx` or `.md` file as the site reads it.

    `path` is relative to the current folder, with `/`. `text` is the decoded file without its byte order
    mark, line endings kept. A file that cannot be read has empty text and says why in `problems`. `refusal`
    is the one of them that the site's parser stops at, which need not be the first.
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
        line = bisect_right(self.line_starts, start)
        end_line = bisect_right(self.line_starts, end)
        column = start - self.line_starts[line - 1] + 1
        end_column = end - self.line_starts[end_line - 1] + 1
        return Span(self.path, line, column, end_line, end_column, start, end)

    def code_offset(self, block: Block, line: int, column: int) -> int:
        """The offset in the file of a place in a block's code (line from 1, column from 0)."""
        if line > len(block.lines):
            return block.span.end
        where = block.lines[line - 1]
        if column < where.pad:  # inside a tab: the tab is the character before the line's own text
            return max(where.offset - 1, 0)
        return where.offset + column - where.pad

    def code_span(self, block: Block, line: int, column: int, end_line: int, end_column: int) -> Span:
        """The span in the file of a stretch of a block's code (lines from 1, columns from 0)."""
        return self.span(self.code_offset(block, line, column), self.code_offset(block, end_line, end_column))


class Need(Struct, frozen=True):
    """What a block wants that may not be here."""

    kind: Literal["package", "service", "data", "input"]
    name: str


class BlockPlan(Struct, frozen=True):
    """Will a block run, and if not, why not; `reason` is in words and empty only for what runs."""

    block: int
    kind: Class
    runs: bool
    reason: str
    needs: tuple[Need, ...] = ()


class Frame(Struct, frozen=True):
    """One line of a traceback."""

    path: str
    line: int
    function: str


class RunError(Struct, frozen=True):
    """The exception that ended a cell.

    `line` and `column` are the lesson's, 0 when it has no place there. `type` is dotted unless it is a
    builtin; `bases` are the names of the classes it derives from, likewise.
    """

    type: str
    message: str
    line: int
    column: int
    traceback: tuple[Frame, ...]
    bases: tuple[str, ...] = ()


class RunWarning(Struct, frozen=True):
    """A warning that Python showed while a cell ran, at the lesson's line; 0 when it has no place there."""

    type: str
    message: str
    line: int

    @property
    def first_sentence(self) -> str:
        """The message up to its first full stop at the end of a line; libraries go on at length."""
        return " ".join(self.message.partition(".\n")[0].split())


class Swallowed(Struct, frozen=True):
    """An exception that shows a defect and that the lesson's own code ended: by what, and in which line."""

    error: RunError
    handler: str
    handler_line: int


class Later(Struct, frozen=True):
    """What the statements of a cell after the one that ended it raised and warned of, tried out of sight."""

    errors: tuple[RunError, ...] = ()
    warnings: tuple[RunWarning, ...] = ()


class Outcome(Struct, frozen=True):
    """What happened to a cell. `reason` is in words and never empty for what did not run to its end.

    `again` is what happened when the cell was run a second time, if that was something else.
    `completed` are those of the lesson's lines that were asked about whose statements ran to an end, `trace`
    is what its statements left, if that was asked for, and `figures` what it drew, as PNG. `told` is what
    those statements came to that the lesson says something about.
    """

    block: int
    kind: OutcomeKind
    reason: str = ""
    seconds: float = 0.0
    stdout: str = ""
    stderr: str = ""
    error: RunError | None = None
    warnings: tuple[RunWarning, ...] = ()
    swallowed: tuple[Swallowed, ...] = ()
    again: "Outcome | None" = None
    completed: tuple[int, ...] = ()
    later: Later = Later()
    trace: tuple[Step, ...] = ()
    figures: tuple[bytes, ...] = ()
    told: tuple[Told, ...] = ()


class LessonResult(Struct, frozen=True):
    """All that was found and run for one lesson; `outcomes` has one entry a block when something was run."""

    lesson: Lesson
    plans: tuple[BlockPlan, ...]
    outcomes: tuple[Outcome, ...]
    findings: tuple[Finding, ...]


# Which isolation there is, the strongest first; and what stands in the results where it was refused in words.
TIERS = ("namespaces", "bubblewrap", "landlock")
NO_TIER = "none"


class Environment(Struct, frozen=True):
    """Where snippets ran: the interpreter, the versions of the packages that lessons use, and the tier.

    `tier` is None when nothing was asked to run. A package that is not installed is not in `packages`.
    """

    python: str
    platform: str
    packages: dict[str, str]
    tier: str | None


class FixOutcome(Struct, frozen=True):
    """What became of a fix: `refused` says in words why it was not applied, and is empty when it was.

    The finding stands where it was found: in the text before the fixes.
    """

    finding: Finding
    refused: str = ""


class CourseResult(Struct, frozen=True):
    """Everything one run of the checker found and ran, lessons in the order of their paths.

    With `fixes`, the lessons are those that the fixes left behind. `unchanged` counts lessons that were left
    out because nothing that concerns them has changed, None when that was not asked; `all_because` is what
    has changed when it concerns all of them.
    """

    lessons: tuple[LessonResult, ...]
    environment: Environment
    seconds: float
    fixes: tuple[FixOutcome, ...] = ()
    unchanged: int | None = None
    all_because: str = ""
