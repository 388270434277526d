"""Names and what they are bound to, with the scope around them."""

from typing import Generic, TypeVar

T = TypeVar("T")


class Scope(Generic[T]):
    """The names of a module, function, class or comprehension; `outer` is where other names are looked up."""

    def __init__(self, outer: "Scope[T] | None" = None) -> None:
        self.names: dict[str, T] = {}
        self.outer = outer
        # Names that a `global` or `nonlocal` statement gave to an outer scope.
        self.elsewhere: dict[str, Scope[T]] = {}
        # Set when the statements that follow cannot be reached: after `return`, `raise`, `continue`, `break`.
        self.ended = False

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

    def bind(self, name: str, value: T) -> None:
        """Bind a name here, or where a `global` statement says."""
        self.elsewhere.get(name, self).names[name] = value

    def module(self) -> "Scope[T]":
        """The outermost scope."""
        scope = self
        while scope.outer is not None:
            scope = scope.outer
        return scope

    def replace(self, old: T, new: T) -> None:
        """Bind to `new` every name, here and further out, that is bound to `old`: the object has changed."""
        scope: Scope[T] | None = self
        while scope is not None:
            for name, value in scope.names.items():
                if value is old:
                    scope.names[name] = new
            scope = scope.outer
