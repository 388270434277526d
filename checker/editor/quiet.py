"""Nobody watches how far a check is: an editor shows what it comes to."""

from collections.abc import Mapping


class Quiet:
    """A `pipeline.Progress` that says nothing."""

    def begin(self, what: str, total: int, seconds: Mapping[str, float]) -> None:
        """See Progress."""

    def advance(self, label: str) -> None:
        """See Progress."""

    def end(self) -> None:
        """See Progress."""
