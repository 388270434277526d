"""The keys of the configuration, each table a frozen struct with a default for everything.

`schemas/config.schema.json` is generated from these structs: a key is written down here and nowhere else.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, field

from checker.config.run_keys import Count, RunKeys
from checker.config.services_keys import ServicesKeys
from checker.config.table import Keys
from checker.model import Extension, Severity

Globs = Annotated[
    tuple[str, ...],
    Meta(description="Globs; `**` spans folders.", examples=[["src/content/course/**/*.mdx"]]),
]
RuleNames = Annotated[
    tuple[Annotated[str, Meta(min_length=1)], ...],
    Meta(description="Rules by name, code or family.", examples=[["chained-assignment", "PAN301", "PAN"]]),
]


class CourseKeys(Keys, frozen=True):
    """Which files are the course's lessons, and which languages they are written in."""

    lessons: Annotated[
        Globs,
        Meta(
            description=(
                "Globs below any folder: `docs/*.mdx` also means `old/docs/a.mdx`; `**` spans folders. "
                "READMEs and the like are lessons only where a pattern ends with their name."
            ),
            examples=[["docs/**/*.mdx"], ["**/README.md"]],
        ),
    ] = ("**/*.mdx", "**/*.md")
    languages: Annotated[
        tuple[Annotated[str, Meta(pattern="^[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]+)*$", examples=["en"])], ...],
        Meta(
            description="Their codes; text in another language is reported, unless there are none.",
            examples=[["ru"], ["en", "de"]],
        ),
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

    schemas: Annotated[
        tuple[SchemaKeys, ...],
        Meta(
            description=(
                "The schemas, in the order in which they are tried. Without any, a default schema applies "
                "to lessons with two of the keys `order`, `difficulty`, `estimatedTime`, `topics` and "
                "`prerequisites`."
            )
        ),
    ] = ()


class TimeKeys(Keys, frozen=True):
    """How fast readers are: the time that a lesson names is compared with that."""

    key: Annotated[
        str, Meta(min_length=1, description="The key of the frontmatter that has the time, in minutes.")
    ] = "estimatedTime"
    words_per_minute: Annotated[Count, Meta(description="How many words of prose a minute.")] = 75
    seconds_per_code_line: Annotated[
        float, Meta(ge=0, description="How many seconds for a line of code.")
    ] = 10
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
    time: Annotated[
        TimeKeys | None, Meta(description="Compare the time that a lesson names with its length.")
    ] = None
    labs: Annotated[
        tuple[str, ...],
        Meta(
            description="Words that headings of labs begin with; each lab must have one of the `solutions`.",
            examples=[["Exercise", "Упражнение"]],
        ),
    ] = ()
    solutions: Annotated[
        tuple[str, ...],
        Meta(
            description="Words that stand where a lab's solution is; without any, labs are not checked.",
            examples=[["Solution", "Решение"]],
        ),
    ] = ()


class RulesKeys(Keys, frozen=True):
    """Which rules report, and how severely."""

    select: Annotated[
        RuleNames, Meta(description="Only these rules report: names, codes or families; by default, all.")
    ] = ()
    ignore: Annotated[
        RuleNames, Meta(description="These rules do not report: names, codes or families.")
    ] = ()
    severity: Annotated[
        dict[str, Severity],
        Meta(
            description="Another severity for rules, by name, code or family.",
            examples=[{"prose-language": "warning"}],
        ),
    ] = field(default_factory=dict)
    per_lesson_ignore: Annotated[
        dict[str, RuleNames],
        Meta(
            description="Rules that do not report in the lessons that a glob matches.",
            examples=[{"drafts/**": ["STR"]}],
        ),
    ] = field(default_factory=dict)


class RuffKeys(Keys, frozen=True):
    """Which of ruff's rules report on the Python of the lessons; without any, ruff is not started.

    `# noqa` in the code silences one; `[rules]` and directives know only coursecheck's own rules.
    """

    select: Annotated[
        tuple[str, ...], Meta(description="Codes of ruff's rules.", examples=[["E711", "F", "B"]])
    ] = ()


class SqlKeys(Keys, frozen=True):
    """The dialect of SQL blocks whose fence does not name one."""

    dialect: Annotated[
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
        | None,
        Meta(description="By default PostgreSQL's, unless the block or the lesson names another one."),
    ] = None


class LabKeys(Keys, frozen=True):
    """The files that describe the lab that readers work with; paths count from the configuration's folder."""

    compose: Annotated[
        Annotated[str, Meta(min_length=1)] | None,
        Meta(description="The compose file.", examples=["labs/docker-compose.yml"]),
    ] = None
    env: Annotated[
        Annotated[str, Meta(min_length=1)] | None,
        Meta(description="The file of variables that the compose file uses.", examples=["labs/.env.example"]),
    ] = None
    requirements: Annotated[
        Annotated[str, Meta(min_length=1)] | None,
        Meta(
            description="What is installed where the lessons' Python runs, one requirement per line.",
            examples=["labs/requirements.txt"],
        ),
    ] = None


class KafkaKeys(Keys, frozen=True):
    """The versions that lessons are about."""

    debezium: (
        Annotated[
            str,
            Meta(
                description=(
                    "The version of Debezium: connectors are checked against it, or else against that of the "
                    "lab's image; made messages are those of it, or else of 3.2."
                ),
                pattern=r"^\d+\.\d+",
                examples=["3.2", "2.5.4.Final"],
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

    wrong: Annotated[
        tuple[str, ...],
        Meta(
            description="Words that mark code as wrong on purpose, besides the built-in ones.",
            examples=[["schlecht", "Так нельзя"]],
        ),
    ] = ()
    right: Annotated[
        tuple[str, ...],
        Meta(
            description="Words that mark code as the right way, besides the built-in ones.",
            examples=[["gut", "Так можно"]],
        ),
    ] = ()


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
