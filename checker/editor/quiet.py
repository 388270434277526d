"""Nobody watches how far a check is: an editor shows what it comes to."""


class Quiet:
    """A `pipeline.Progress` that says nothing."""

    def begin(self, what: str, total: int) -> None:
        """See Progress."""

    def advance(self, label: str) -> None:
        """See Progress."""

    def end(self) -> None:
        """See Progress."""
