"""One thing that the doctor has looked at."""

from typing import Literal

from msgspec import Struct


class Answer(Struct, frozen=True):
    """Is it there? `detail` says what was found or why not, `remedy` what would get what is not there."""

    topic: Literal["isolation", "interpreter", "packages", "services"]
    name: str
    available: bool
    detail: str
    remedy: str = ""
