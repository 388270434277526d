"""A silent progress: an editor only shows the results of a check."""

from collections.abc import Mapping


class Quiet:
    """A `pipeline.Progress` that reports nothing."""

    def begin(self, what: str, total: int, seconds: Mapping[str, float]) -> None:
        """See Progress."""

    def advance(self, label: str) -> None:
        """See Progress."""

    def end(self) -> None:
        """See Progress."""
