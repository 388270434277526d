"""Sequences that compute their items on access."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar, overload

Thing = TypeVar("Thing")


class LazySequence(Sequence[Thing]):
    """A sequence whose items are computed on access and not kept."""

    def __init__(self, names: Sequence[Any], make: Callable[[Any], Thing]) -> None:
        self._names = names
        self._make = make

    def __len__(self) -> int:
        return len(self._names)

    @overload
    def __getitem__(self, index: int) -> Thing: ...
    @overload
    def __getitem__(self, index: slice) -> "LazySequence[Thing]": ...
    def __getitem__(self, index: int | slice) -> "Thing | LazySequence[Thing]":
        if isinstance(index, slice):
            return LazySequence(self._names[index], self._make)
        return self._make(self._names[index])

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence) or len(self) != len(other):
            return False
        return all(mine == its for mine, its in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]

    def __iter__(self) -> Iterator[Thing]:
        return map(self._make, self._names)
