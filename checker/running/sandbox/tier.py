"""What a tier of isolation says about itself."""

from typing import NamedTuple


class Tier(NamedTuple):
    """The name of a tier, and what it guarantees about a lesson, a sentence each."""

    name: str
    guarantees: tuple[str, ...]
