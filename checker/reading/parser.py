"""markdown-it in parts: its rules for blocks, without its parser, its rules for words and its entities."""

import sys
from collections.abc import Iterator, Mapping

from checker.importing import asleep

_ENTITIES = "markdown_it.common.entities"


def parser_in_parts() -> None:
    """Let what few lessons need of markdown-it, and of `html` for it, sleep until it is asked for."""
    asleep("html", "html.entities", "markdown_it", "markdown_it.helpers", "markdown_it.rules_block")
    asleep(_ENTITIES, entities=LateEntities())


class LateEntities(Mapping[str, str]):
    """markdown-it's characters by the names of entities: two thousand, which few lessons have one of."""

    def __getitem__(self, name: str) -> str:
        return self._awake()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._awake())

    def __len__(self) -> int:
        return len(self._awake())

    def _awake(self) -> Mapping[str, str]:
        module = sys.modules[_ENTITIES]
        if module.entities is self:
            hasattr(module, "html")  # wakes it
        entities: Mapping[str, str] = module.entities
        return entities
