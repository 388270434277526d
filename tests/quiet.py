"""A progress that says nothing."""


class Quiet:
    def begin(self, what: str, total: int) -> None: ...

    def advance(self, label: str) -> None: ...

    def end(self) -> None: ...


QUIET = Quiet()
