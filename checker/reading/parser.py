"""Imports only parts of markdown-it: block rules, without its parser, inline rules and entities."""

import sys
from collections.abc import Iterator, Mapping

from checker.importing import asleep

_ENTITIES = "markdown_it.common.entities"


def parser_in_parts() -> None:
    """Defer the import of parts of markdown-it and of `html` that few lessons need."""
    asleep("html", "html.entities", "markdown_it", "markdown_it.helpers", "markdown_it.rules_block")
    asleep(_ENTITIES, entities=LateEntities())


class LateEntities(Mapping[str, str]):
    """markdown-it's table of entities, two thousand, which is loaded on first use."""

    def __getitem__(self, name: str) -> str:
        return self._awake()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._awake())

    def __len__(self) -> int:
        return len(self._awake())

    def _awake(self) -> Mapping[str, str]:
        module = sys.modules[_ENTITIES]
        if module.entities is self:
            hasattr(module, "html")  # loads it
        entities: Mapping[str, str] = module.entities
        return entities
