"""Parses YAML text into libyaml's events.

Only PyYAML's binding to libyaml is imported: the package's own readers and writers take longer to import than
most lessons take to read, and one of their regular expressions a quarter of that.
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

    # The binding asks the package for these names, so that the package itself stays unloaded.
    for each in (
        *("tokens", "nodes", "scanner", "parser", "composer", "constructor"),
        *("emitter", "serializer", "representer"),
    ):
        import_module(f"yaml.{each}")
    try:
        _BINDING: ModuleType | None = import_module("yaml._yaml")
    except ImportError:  # a PyYAML that was built without libyaml
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
    """The events of `text`. Raises MarkedYAMLError, and ReaderError for characters that YAML does not allow.

    Raises CheckerError when PyYAML has no libyaml: its own scanner reads some heads differently.
    """
    if _BINDING is None:
        raise CheckerError(
            "PyYAML was installed without libyaml, so frontmatter cannot be read as sites read it",
            "install PyYAML's wheel, or libyaml's headers before PyYAML",
        )
    parser = _BINDING.CParser(text)
    while (event := parser.get_event()) is not None:
        yield event
