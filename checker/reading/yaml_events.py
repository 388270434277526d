"""YAML text -> what libyaml meets in it, in order.

Of PyYAML only the binding is imported, and what that needs: the package's own readers and writers take longer
to import than most lessons take to be read, and one expression of theirs a quarter of that.
"""

from collections.abc import Iterator
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

    # The binding asks the package for these: it sleeps on when they are there.
    for each in (
        *("tokens", "nodes", "scanner", "parser", "composer", "constructor"),
        *("emitter", "serializer", "representer"),
    ):
        import_module(f"yaml.{each}")
    try:
        _BINDING: ModuleType | None = import_module("yaml._yaml")
    except ImportError:  # a PyYAML that was built where libyaml's headers were missing
        _BINDING = None

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


def events(text: str) -> Iterator[Event]:
    """The events of `text`. Raises MarkedYAMLError, and ReaderError for what YAML has no place for.

    Raises CheckerError where PyYAML has no libyaml: its own scanner reads some heads in another way.
    """
    if _BINDING is None:
        raise CheckerError(
            "PyYAML was installed without libyaml, so frontmatter cannot be read as sites read it",
            "install PyYAML's wheel, or libyaml's headers before PyYAML",
        )
    parser = _BINDING.CParser(text)
    while (event := parser.get_event()) is not None:
        yield event
