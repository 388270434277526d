"""The arguments of a call, with what is known about each."""

from msgspec import Struct

from checker.analysis.frames.kinds import UNKNOWN, Constant, Kind


class Arguments(Struct, frozen=True):
    """`positional` and `named` arguments; `open` when `*args` or `**kwargs` may add more."""

    positional: tuple[Kind, ...] = ()
    named: dict[str, Kind] = {}
    open: bool = False

    def get(self, name: str, position: int | None = None) -> Kind | None:
        """The argument with a name, or at a position (from 0); None when it was not given."""
        if name in self.named:
            return self.named[name]
        if position is not None and position < len(self.positional):
            return self.positional[position]
        return None

    def known(self, name: str, position: int | None = None) -> Kind:
        """The same, but `UNKNOWN` for an argument that was not given."""
        return self.get(name, position) or UNKNOWN

    def says(self, name: str, value: object) -> bool:
        """Whether a named argument is known to be this literal."""
        return self.named.get(name) == Constant(value)

    def all(self) -> tuple[Kind, ...]:
        """The kinds of all arguments."""
        return (*self.positional, *self.named.values())
