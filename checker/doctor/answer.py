"""One thing that the doctor has examined."""

from typing import Literal

from msgspec import Struct


class Answer(Struct, frozen=True):
    """Whether it is available. `detail` says what was found or why not, `remedy` how to get it."""

    topic: Literal["isolation", "interpreter", "packages", "services"]
    name: str
    available: bool
    detail: str
    remedy: str = ""
