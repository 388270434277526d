"""Names and their bindings, with the enclosing scope and the means to undo changes."""

from typing import Generic, TypeVar

T = TypeVar("T")


class Scope(Generic[T]):
    """The names of a module, function, class or comprehension; other names are looked up in `outer`.

    Changes after `begin` can be undone with `undo`, at a cost proportional to the changes: copying all names
    at every branch of a long lesson would be too slow.
    """

    def __init__(self, outer: "Scope[T] | None" = None) -> None:
        self.names: dict[str, T] = {}
        self.outer = outer
        # Names that a `global` or `nonlocal` statement assigns to an outer scope.
        self.elsewhere: dict[str, Scope[T]] = {}
        # Set when the next statements cannot be reached: after `return`, `raise`, `continue`, `break`.
        self.ended = False
        # The former values of names that changed since `begin`; None for names that were not bound.
        self._before: dict[str, T | None] | None = None

    def holder(self, name: str) -> "Scope[T] | None":
        """The scope, this one or an outer one, that binds a name."""
        scope: Scope[T] | None = self
        while scope is not None and name not in scope.names:
            scope = scope.outer
        return scope

    def find(self, name: str) -> T | None:
        """The value bound to a name here or in an outer scope."""
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
        """Bind every name of `old`, here and in outer scopes, to `new`: the object has changed."""
        scope: Scope[T] | None = self
        while scope is not None:
            for name in [name for name, value in scope.names.items() if value is old]:
                scope.set(name, new)
            scope = scope.outer

    def begin(self) -> dict[str, T | None] | None:
        """Record changes from here on; pass the result to `undo`."""
        around, self._before = self._before, {}
        return around

    def undo(self, around: dict[str, T | None] | None) -> dict[str, T | None]:
        """Undo the changes since `begin`; returns the values that they had come to, by name."""
        before, self._before = self._before or {}, None
        changed = {name: self.names.get(name) for name in before}
        for name, value in before.items():
            self.set(name, value)
        self._before = around
        return changed
