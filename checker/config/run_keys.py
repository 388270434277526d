"""The keys of `[run]`: the interpreter, the limits, and what lessons find when they run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Literal, TypeVar

from msgspec import Meta, field

from checker.config.services_keys import Duration
from checker.config.table import Keys
from checker.running.job import Limits
from checker.units import parse_duration, parse_size

Size = Annotated[str, Meta(description="A size.", examples=["512KiB", "256MiB", "1GiB"])]
Count = Annotated[int, Meta(ge=1)]
VariableName = Annotated[str, Meta(pattern="^[A-Za-z_][A-Za-z0-9_]*$")]
# No environment can carry a NUL.
VariableValue = Annotated[str, Meta(pattern="^[^\x00]*$")]

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

AnyNumber = TypeVar("AnyNumber", int, float)


class LimitsKeys(Keys, frozen=True):
    """What a lesson's snippets may use together; `output` is for each block."""

    session: Annotated[Duration, Meta(description="Wall time of all blocks of a lesson.")] = "60s"
    memory: Annotated[Size, Meta(description="Memory of all processes of a lesson.")] = "1GiB"
    processes: Annotated[Count, Meta(description="Processes and threads at a time.")] = 128
    disk: Annotated[Size, Meta(description="Bytes in files that a lesson wrote.")] = "256MiB"
    files: Annotated[Count, Meta(description="Files and folders that a lesson made.")] = 10_000
    output: Annotated[Size, Meta(description="What a block prints, both streams together.")] = "1MiB"


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
    """How snippets run."""

    python: (
        Annotated[
            str,
            Meta(
                min_length=1,
                description="The interpreter: a path from the configuration's folder, or a program's name.",
                examples=[".venv/bin/python", "python3.13"],
            ),
        ]
        | None
    ) = None
    requirements: (
        Annotated[
            str,
            Meta(
                min_length=1,
                description=(
                    "What snippets import: a file with one requirement per line, or a pyproject.toml. It is "
                    "installed into an environment that coursecheck makes from the interpreter and keeps."
                ),
                examples=["requirements.txt"],
            ),
        ]
        | None
    ) = None
    pandas: Annotated[
        dict[str, Annotated[str, Meta(min_length=1)]],
        Meta(
            description="The interpreters that `--pandas` compares, by the version of pandas in each.",
            examples=[{"2.3": "envs/pandas2/bin/python"}],
        ),
    ] = field(default_factory=dict)
    timeout: Annotated[Duration, Meta(description="Wall time of each block.")] = "10s"
    limits: Annotated[LimitsKeys, Meta(description="What a lesson's snippets may use.")] = LimitsKeys()
    fixtures: Annotated[
        str | None,
        Meta(
            description="A folder; every lesson starts in a copy of it, which is its working directory.",
            examples=["fixtures"],
        ),
    ] = None
    folders: Annotated[
        tuple[LabFolder, ...],
        Meta(
            max_length=20,
            description="Paths at which every lesson finds an empty folder of its own, as in its lab.",
            examples=[["/data"]],
        ),
    ] = ()
    setups: Annotated[
        tuple[SetupKeys, ...], Meta(description="Hidden code for lessons that may not be changed.")
    ] = ()
    env: Annotated[
        dict[VariableName, VariableValue],
        Meta(description='Environment variables for the snippets, such as `{ SHOP = "test" }`.'),
    ] = field(default_factory=dict)
    workers: Annotated[
        Count | None, Meta(description="How many lessons run at once; by default one per core, up to 4.")
    ] = None
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
