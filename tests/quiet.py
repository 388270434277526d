"""A progress that says nothing."""

from collections.abc import Mapping


class Quiet:
    def begin(self, what: str, total: int, seconds: Mapping[str, float]) -> None: ...

    def advance(self, label: str) -> None: ...

    def end(self) -> None: ...


QUIET = Quiet()
