"""Names and what they are bound to, with the scope around them and the way back to what was before."""

from typing import Generic, TypeVar

T = TypeVar("T")


class Scope(Generic[T]):
    """The names of a module, function, class or comprehension; `outer` is where other names are looked up.

    What changes after `begin` can be taken back with `undo`, at the cost of the changes alone: the ways
    through a long lesson part often, and a copy of all names each time would add up.
    """

    def __init__(self, outer: "Scope[T] | None" = None) -> None:
        self.names: dict[str, T] = {}
        self.outer = outer
        # Names that a `global` or `nonlocal` statement gave to an outer scope.
        self.elsewhere: dict[str, Scope[T]] = {}
        # Set when the statements that follow cannot be reached: after `return`, `raise`, `continue`, `break`.
        self.ended = False
        # What the names that changed since `begin` were before; None for those that were not bound.
        self._before: dict[str, T | None] | None = None

    def holder(self, name: str) -> "Scope[T] | None":
        """The scope, this one or one further out, that binds a name."""
        scope: Scope[T] | None = self
        while scope is not None and name not in scope.names:
            scope = scope.outer
        return scope

    def find(self, name: str) -> T | None:
        """The value bound to a name here or further out."""
        holder = self.holder(name)
        return None if holder is None else holder.names[name]

    def module(self) -> "Scope[T]":
        """The outermost scope."""
        scope = self
        while scope.outer is not None:
            scope = scope.outer
        return scope

    def bind(self, name: str, value: T) -> None:
        """Bind a name here, or where a `global` statement says."""
        self.elsewhere.get(name, self).set(name, value)

    def set(self, name: str, value: T | None) -> None:
        """Bind a name here, or unbind it (None)."""
        if self._before is not None:
            self._before.setdefault(name, self.names.get(name))
        if value is None:
            self.names.pop(name, None)
        else:
            self.names[name] = value

    def replace(self, old: T, new: T) -> None:
        """Bind to `new` every name, here and further out, that is bound to `old`: the object has changed."""
        scope: Scope[T] | None = self
        while scope is not None:
            for name in [name for name, value in scope.names.items() if value is old]:
                scope.set(name, new)
            scope = scope.outer

    def begin(self) -> dict[str, T | None] | None:
        """Remember from here on what changes; the result is to be handed to `undo`."""
        around, self._before = self._before, {}
        return around

    def undo(self, around: dict[str, T | None] | None) -> dict[str, T | None]:
        """Take back what changed since `begin`; what it had come to, by name."""
        before, self._before = self._before or {}, None
        changed = {name: self.names.get(name) for name in before}
        for name, value in before.items():
            self.set(name, value)
        self._before = around
        return changed
