"""The keys of the configuration, each table a frozen struct with a default for everything.

`schemas/config.schema.json` is generated from these structs: a key is written down here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Literal, TypeVar

from msgspec import Meta, field

from checker.config.services_keys import Duration, ServicesKeys
from checker.config.table import Keys
from checker.model import Extension, Severity
from checker.running.job import Limits
from checker.units import parse_duration, parse_size

Size = Annotated[str, Meta(description="A size.", examples=["512KiB", "256MiB", "1GiB"])]
Count = Annotated[int, Meta(ge=1)]
Globs = Annotated[
    tuple[str, ...],
    Meta(description="Globs; `**` spans folders.", examples=[["src/content/course/**/*.mdx"]]),
]
RuleNames = Annotated[
    tuple[Annotated[str, Meta(min_length=1)], ...],
    Meta(description="Rules by name, code or family.", examples=[["chained-assignment", "PAN301", "PAN"]]),
]
Words = Annotated[tuple[str, ...], Meta(description="Words that mark code, besides the built-in ones.")]
VariableName = Annotated[str, Meta(pattern="^[A-Za-z_][A-Za-z0-9_]*$")]
# No environment can carry a NUL.
VariableValue = Annotated[str, Meta(pattern="^[^\x00]*$")]

AnyNumber = TypeVar("AnyNumber", int, float)


class CourseKeys(Keys, frozen=True):
    """Which files are the course's lessons, and which languages they are written in."""

    lessons: Annotated[
        Globs,
        Meta(
            description="READMEs and the like are lessons only where a pattern ends with their name.",
            examples=[["docs/**/*.mdx"], ["**/README.md"]],
        ),
    ] = ("**/*.mdx", "**/*.md")
    languages: Annotated[
        tuple[Annotated[str, Meta(pattern="^[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]+)*$")], ...],
        Meta(description="Codes of languages.", examples=[["ru"], ["en", "de"]]),
    ] = ()


class SiteKeys(Keys, frozen=True):
    """How the site that shows the lessons is laid out, so that its links can be followed.

    Folders count from the configuration's.
    """

    base: Annotated[
        str, Meta(description="The path below which the whole site is served.", examples=["/my-course"])
    ] = ""
    content: Annotated[
        str | None, Meta(description="The folder of the lessons.", examples=["src/content/course"])
    ] = None
    routes: Annotated[
        str, Meta(description="The path, below the base, of the lessons' pages.", examples=["/course"])
    ] = "/"
    unnumbered: Annotated[
        bool,
        Meta(description="Whether addresses leave out the numbers in front of names, as in Docusaurus."),
    ] = False
    pages: Annotated[
        str | None, Meta(description="The folder of the site's other pages.", examples=["src/pages"])
    ] = None
    elsewhere: Annotated[
        tuple[str, ...],
        Meta(
            description="Paths below the base whose pages are not lessons: links to them are not checked.",
            examples=[["/course/api"]],
        ),
    ] = ()
    public: Annotated[
        str | None, Meta(description="The folder of files that are served as they are.", examples=["public"])
    ] = None


class MdxKeys(Keys, frozen=True):
    """Syntax that the site adds to MDX; without it here, MDX refuses it."""

    extensions: Annotated[
        tuple[Extension, ...],
        Meta(
            description=(
                "`heading-ids`: `## Title {#id}`; `math`: formulas between dollars; "
                "`svelte`: blocks such as `{#if a}`, comments and void elements as in HTML."
            ),
            examples=[["heading-ids", "math"]],
        ),
    ] = ()


class SchemaKeys(Keys, frozen=True):
    """A JSON Schema for the frontmatter of the lessons that a glob matches."""

    files: Annotated[str, Meta(description="A glob; `**` spans folders.", examples=["src/content/course/**"])]
    schema: Annotated[str, Meta(description="The schema's file.", examples=["schemas/lesson.schema.json"])]


class FrontmatterKeys(Keys, frozen=True):
    """How frontmatter is judged: by the first of these schemas whose glob matches the lesson."""

    schemas: tuple[SchemaKeys, ...] = ()


class TimeKeys(Keys, frozen=True):
    """How fast readers are: the time that a lesson names is compared with that."""

    key: Annotated[str, Meta(min_length=1)] = "estimatedTime"
    words_per_minute: Count = 75
    seconds_per_code_line: Annotated[float, Meta(ge=0)] = 10
    factor: Annotated[float, Meta(gt=1, description="A lesson's time may be wrong by this factor.")] = 3


class StructureKeys(Keys, frozen=True):
    """The structure that every lesson must have; only what is set here is checked."""

    sections: Annotated[
        tuple[Annotated[tuple[Annotated[str, Meta(min_length=1)], ...], Meta(min_length=1)], ...],
        Meta(
            description="Headings that every lesson must have, each with its translations.",
            examples=[[["Summary", "Итоги"]]],
        ),
    ] = ()
    numbered: Annotated[bool, Meta(description="The lessons of a folder must be numbered without gaps.")] = (
        False
    )
    time: TimeKeys | None = None
    labs: Annotated[tuple[str, ...], Meta(description="Words that the headings of labs begin with.")] = ()
    solutions: Annotated[
        tuple[str, ...], Meta(description="Words that stand where a lab's solution is.")
    ] = ()


class RulesKeys(Keys, frozen=True):
    """Which rules report, and how severely."""

    select: RuleNames = ()
    ignore: RuleNames = ()
    severity: dict[str, Severity] = field(default_factory=dict)
    per_lesson_ignore: dict[str, RuleNames] = field(default_factory=dict)


class RuffKeys(Keys, frozen=True):
    """Which of ruff's rules report on the Python of the lessons; without any, ruff is not started."""

    select: Annotated[tuple[str, ...], Meta(examples=[["E711", "F", "B"]])] = ()


class LimitsKeys(Keys, frozen=True):
    """What a lesson's snippets may use; `output` counts for each block."""

    session: Duration = "60s"
    memory: Size = "1GiB"
    processes: Count = 128
    disk: Size = "256MiB"
    files: Count = 10_000
    output: Size = "1MiB"


# In Python `$` also stands before a final line break.
LabFolder = Annotated[
    str,
    Meta(
        pattern=r"^/(?!(?:bin|boot|dev|etc|home|lib|lib32|lib64|proc|root|run|sbin|sys|tmp|usr)(?:/|$))"
        r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,60}(?:/[A-Za-z0-9_][A-Za-z0-9_.-]{0,60}){0,8}$(?!\n)",
        description="A path that is not the system's.",
        examples=["/data"],
    ),
]


class SetupKeys(Keys, frozen=True):
    """Hidden code before a block, like a `setup` directive, for lessons that may not be changed."""

    lessons: Annotated[
        str, Meta(description="A glob of lessons; `**` spans folders.", examples=["lessons/03-*.mdx"])
    ]
    before: Annotated[
        str, Meta(min_length=1, description="How the block begins.", examples=["df['name'].dtype"])
    ]
    file: Annotated[str, Meta(min_length=1, description="A file of Python.", examples=["lab/setups/df.py"])]


class RunKeys(Keys, frozen=True):
    """How snippets run; `timeout` is for each block, `fixtures` a folder of which every lesson gets a copy.

    `python` is the interpreter: a path from the configuration's folder, or a program's name. `requirements`
    is a file of what to install for it: a pyproject.toml, or one requirement a line. `pandas` are the
    interpreters that `--pandas` compares, by the version of pandas in each. `folders` are paths at which
    every lesson finds an empty folder of its own, because its lab has one there. `env` sets environment
    variables for the snippets. `workers` is how many lessons run at once.
    """

    python: Annotated[str, Meta(min_length=1, examples=[".venv/bin/python", "python3.13"])] | None = None
    requirements: Annotated[str, Meta(min_length=1, examples=["requirements.txt"])] | None = None
    pandas: Annotated[
        dict[str, Annotated[str, Meta(min_length=1)]], Meta(examples=[{"2.3": "envs/pandas2/bin/python"}])
    ] = field(default_factory=dict)
    timeout: Duration = "10s"
    limits: LimitsKeys = LimitsKeys()
    fixtures: str | None = None
    folders: Annotated[tuple[LabFolder, ...], Meta(max_length=20)] = ()
    setups: tuple[SetupKeys, ...] = ()
    env: dict[VariableName, VariableValue] = field(default_factory=dict)
    workers: Count | None = None
    tier: Annotated[
        Literal["namespaces", "bubblewrap", "landlock"] | None,
        Meta(description="Run nothing unless snippets can be isolated at least this well."),
    ] = None

    def job_limits(self) -> Limits:
        """What a lesson may use; a quantity that is none is a ValueError that names its key."""
        limits = self.limits
        return Limits(
            cell_seconds=_quantity("timeout", parse_duration, self.timeout),
            session_seconds=_quantity("limits.session", parse_duration, limits.session),
            memory=_quantity("limits.memory", parse_size, limits.memory),
            processes=limits.processes,
            disk=_quantity("limits.disk", parse_size, limits.disk),
            files=limits.files,
            output=_quantity("limits.output", parse_size, limits.output),
        )


def _quantity(key: str, parse: Callable[[str], AnyNumber], text: str) -> AnyNumber:
    try:
        return parse(text)
    except ValueError as error:
        raise ValueError(f"run.{key}: {error}") from None


class SqlKeys(Keys, frozen=True):
    """The dialect of SQL blocks whose fence does not name one."""

    dialect: (
        Literal[
            "bigquery",
            "clickhouse",
            "duckdb",
            "mysql",
            "postgres",
            "snowflake",
            "spark",
            "sqlite",
            "trino",
            "tsql",
        ]
        | None
    ) = None


class LabKeys(Keys, frozen=True):
    """The files that describe the lab that readers work with.

    Paths count from the configuration's folder. `env` is the file of variables that the compose file is
    filled from, `requirements` what is installed where the lessons' Python runs, one requirement a line.
    """

    compose: Annotated[str, Meta(min_length=1, examples=["labs/docker-compose.yml"])] | None = None
    env: Annotated[str, Meta(min_length=1, examples=["labs/.env.example"])] | None = None
    requirements: Annotated[str, Meta(min_length=1, examples=["labs/requirements.txt"])] | None = None


class KafkaKeys(Keys, frozen=True):
    """The versions that lessons are about; by default, `debezium` is that of the lab's image."""

    debezium: (
        Annotated[
            str,
            Meta(
                description="The version of Debezium.", pattern=r"^\d+\.\d+", examples=["3.2", "2.5.4.Final"]
            ),
        ]
        | None
    ) = None


class OutputKeys(Keys, frozen=True):
    """How to recognise the blocks that show what the Python above them prints."""

    labels: Annotated[
        tuple[Annotated[str, Meta(min_length=1)], ...],
        Meta(
            description="Words in the line above such a block, besides the built-in ones.",
            examples=[["Ausgabe", "Консоль"]],
        ),
    ] = ()


class MarkersKeys(Keys, frozen=True):
    """Words by which a lesson shows code as wrong or as right on purpose."""

    wrong: Words = ()
    right: Words = ()


class ConfigKeys(Keys, frozen=True):
    """The whole of `coursecheck.toml`."""

    course: CourseKeys = CourseKeys()
    site: SiteKeys = SiteKeys()
    mdx: MdxKeys = MdxKeys()
    frontmatter: FrontmatterKeys = FrontmatterKeys()
    structure: StructureKeys = StructureKeys()
    rules: RulesKeys = RulesKeys()
    ruff: RuffKeys = RuffKeys()
    run: RunKeys = RunKeys()
    services: ServicesKeys = ServicesKeys()
    sql: SqlKeys = SqlKeys()
    lab: LabKeys = LabKeys()
    kafka: KafkaKeys = KafkaKeys()
    output: OutputKeys = OutputKeys()
    markers: MarkersKeys = MarkersKeys()
