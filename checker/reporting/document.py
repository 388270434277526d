"""The results document: the one contract that every report, and every program outside, reads from.

`schemas/results.schema.json` is generated from these structures. A change that is not merely a new key is a
new `schema` number.
"""

from typing import Annotated, Final, Literal

from msgspec import Meta, Struct, field

from checker.model import Applicability, Class, Need, OutcomeKind, Severity

SCHEMA: Final = 1

Count = Annotated[int, Meta(ge=0)]
Position = Annotated[int, Meta(ge=1)]


class _Record(Struct, frozen=True, forbid_unknown_fields=True):
    """What all parts of the document share."""


class RunRecord(_Record, frozen=True):
    """Which run this was.

    `id` is the same for all shards of one run and another for every other run. `started` is a time in UTC, to
    the second (`2026-11-25T22:00:00Z`). `revision` is the commit that was checked, `shard` the part of the
    lessons (`2/4`), `division` the same for all shards of the same lessons that were divided in the same way;
    null when not known, or when the run was whole.
    """

    id: str
    started: str
    revision: str | None = None
    shard: str | None = None
    division: str | None = None


class Tool(_Record, frozen=True):
    """The program that wrote the document."""

    name: str
    version: str


class EnvironmentRecord(_Record, frozen=True):
    """Where snippets ran; a package that is not installed is null, `tier` is null when nothing was run.

    `broker` is the address outside the sandbox that lessons may reach; null when there is none.
    """

    python: str
    platform: str
    pandas: str | None
    confluent_kafka: str | None
    packages: dict[str, str]
    tier: str | None
    broker: str | None = None


class FindingCounts(_Record, frozen=True):
    """Findings by severity.

    Those about what is shown wrong on purpose are counted in `intended` alone, those of the baseline in
    `known` alone.
    """

    error: Count
    warning: Count
    info: Count
    intended: Count
    known: Count = 0


class FixCounts(_Record, frozen=True):
    """Fixes: those that this run applied and refused, and those that it left, by what would apply them."""

    applied: Count = 0
    refused: Count = 0
    safe: Count = 0
    unsafe: Count = 0


class Summary(_Record, frozen=True):
    """The numbers of one run.

    `classes`, `outcomes` and `skipped` (by class) count Python blocks, and leave out what there is none of.
    `run` counts those that were neither skipped nor not-run. `seconds` is the wall time of the whole run.
    """

    lessons: Count
    blocks: Count
    python_blocks: Count
    run: Count
    classes: dict[Class, Count]
    outcomes: dict[OutcomeKind, Count]
    skipped: dict[Class, Count]
    findings: FindingCounts
    seconds: float
    fixes: FixCounts = FixCounts()


class EditRecord(_Record, frozen=True):
    """Replace the text at a place by `text`."""

    path: str
    line: Position
    column: Position
    end_line: Position
    end_column: Position
    text: str


class FixRecord(_Record, frozen=True):
    """Edits that fix a finding. A `safe` fix keeps what the code does, a `suggestion` is never applied."""

    message: str
    applicability: Applicability
    edits: tuple[EditRecord, ...]


class FindingRecord(_Record, frozen=True):
    """One finding. Lines and columns count from 1, columns in Unicode code points; the end is exclusive.

    `block` is the index of the block it is about, or null. `intended` is true for what the lesson shows wrong
    on purpose, which never counts as a failure. `confirmed` is true when running the block showed it.
    `fingerprint` is the same as long as the rule and the lines it is about are, wherever they stand and
    whatever the lesson is called; two findings of a lesson never share one. `known` is true when the baseline
    has it.
    """

    code: str
    name: str
    severity: Severity
    message: str
    path: str
    line: Position
    column: Position
    end_line: Position
    end_column: Position
    block: Count | None
    intended: bool
    confirmed: bool
    fix: FixRecord | None
    fingerprint: str = ""
    known: bool = False


class FrameRecord(_Record, frozen=True):
    """One line of a traceback; line 0 when it has none."""

    path: str
    line: Count
    function: str


class ErrorRecord(_Record, frozen=True):
    """The exception that ended a block; line and column are 0 when it has no place in the lesson."""

    type: str
    message: str
    line: Count
    column: Count
    traceback: tuple[FrameRecord, ...]


class BlockRecord(_Record, frozen=True):
    """One block of a lesson, numbered from 0, with what became of it.

    `start_line` and `end_line` are those of its fences. `reason` says in words why a block was skipped or
    not run, and is never empty for those. `digest` is that of language and code: the block's identity,
    wherever it stands. `figures` are PNG in base64, when they were asked for.
    """

    path: str
    index: Count
    lang: str | None
    start_line: Position
    end_line: Position
    kind: Class = field(name="class")
    needs: tuple[Need, ...]
    outcome: OutcomeKind
    reason: str
    seconds: float
    stdout: str
    stderr: str
    error: ErrorRecord | None
    code: str = ""
    digest: str = ""
    figures: tuple[bytes, ...] = ()


class LessonRecord(_Record, frozen=True):
    """One lesson; `title` is that of its frontmatter, else its first heading, null when it has neither."""

    path: str
    title: str | None


class BaselineRecord(_Record, frozen=True):
    """What the run was held against: how many findings were known, and how many of those are gone."""

    known: Count
    fixed: Count


class InterruptedRecord(_Record, frozen=True):
    """How many lessons were not checked because somebody interrupted the run.

    Blocks of those that were read are not-run; of the others nothing is in the document.
    """

    unchecked: Count


class FixedRecord(_Record, frozen=True):
    """A fix that was applied, or why it was not; the place is that of the text before the fixes."""

    code: str
    name: str
    path: str
    line: Position
    column: Position
    message: str
    applied: bool
    reason: str


class Results(_Record, frozen=True):
    """Everything that one run found and ran.

    `findings` are in the order of their paths and places, `blocks` in the order of their paths and indexes,
    `lessons` in the order of their paths. `run` is null in a document that does not say when it was made,
    `baseline` when the run was compared with none, `interrupted` when it came to its end. After
    `check --fix` findings and blocks are those of the lessons as the fixes left them; `fixes` says what
    became of each fix.
    """

    schema: Literal[1]
    tool: Tool
    environment: EnvironmentRecord
    summary: Summary
    findings: tuple[FindingRecord, ...]
    blocks: tuple[BlockRecord, ...]
    lessons: tuple[LessonRecord, ...] = ()
    run: RunRecord | None = None
    baseline: BaselineRecord | None = None
    fixes: tuple[FixedRecord, ...] = ()
    interrupted: InterruptedRecord | None = None
