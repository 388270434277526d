"""YAML text -> what libyaml meets in it, in order.

Of PyYAML only the binding is imported, and what that needs: the package's own readers and writers take longer
to import than most lessons take to be read, and one expression of theirs a quarter of that.
"""

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from types import ModuleType

from checker.errors import CheckerError
from checker.importing import asleep, late_patterns

asleep("yaml")
with late_patterns():
    from yaml.error import MarkedYAMLError
    from yaml.events import (
        AliasEvent,
        CollectionEndEvent,
        CollectionStartEvent,
        DocumentStartEvent,
        Event,
        ScalarEvent,
        SequenceStartEvent,
    )
    from yaml.reader import ReaderError

__all__ = [
    "AliasEvent",
    "CollectionEndEvent",
    "CollectionStartEvent",
    "DocumentStartEvent",
    "Event",
    "MarkedYAMLError",
    "ReaderError",
    "ScalarEvent",
    "SequenceStartEvent",
    "events",
]

# The binding asks the package for these: it sleeps on when they are there.
_ASKED_FOR = (
    "tokens", "nodes", "scanner", "parser", "composer", "constructor", "emitter", "serializer", "representer"
)  # fmt: skip


def events(text: str) -> Iterator[Event]:
    """The events of `text`. Raises MarkedYAMLError, and ReaderError for what YAML has no place for.

    Raises CheckerError where PyYAML has no libyaml: its own scanner reads some heads in another way.
    """
    try:
        binding = _binding()
    except ImportError:
        raise CheckerError(
            "PyYAML was installed without libyaml, so frontmatter cannot be read as sites read it",
            "install PyYAML's wheel, or libyaml's headers before PyYAML",
        ) from None
    parser = binding.CParser(text)
    while (event := parser.get_event()) is not None:
        yield event


@cache
def _binding() -> ModuleType:
    with late_patterns():
        for each in _ASKED_FOR:
            import_module(f"yaml.{each}")
        return import_module("yaml._yaml")
