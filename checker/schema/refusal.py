"""An error of jsonschema as plain data, with its types corrected."""

from typing import Any, NamedTuple

from jsonschema.exceptions import ValidationError

# The keys below these are names that the schema's author chose.
_FREE_NAMES = frozenset({"properties", "patternProperties", "$defs", "definitions", "dependentSchemas"})


class Refusal(NamedTuple):
    """The `keyword` of a `schema`, with the value `limit`, refuses the `value` at `path`.

    `keyword` is None where the schema is `false`. `branches` holds the refusals of each branch of an `anyOf`
    or `oneOf`. `prose` is the validator's own sentence. `is_key` says that `value` is a key of the table at
    `path`.
    """

    path: tuple[str | int, ...]
    keyword: str | None
    limit: Any
    value: Any
    schema: dict[str, Any]
    branches: tuple[tuple["Refusal", ...], ...]
    prose: str
    is_key: bool = False

    @property
    def properties(self) -> dict[str, Any]:
        """The keys that the schema knows, with their schemas."""
        known: dict[str, Any] = self.schema.get("properties", {})
        return known


def refusal(error: ValidationError) -> Refusal:
    """The data of one error."""
    branches: dict[str | int, list[Refusal]] = {}
    for each in error.context or ():
        branches.setdefault(each.schema_path[0], []).append(refusal(each))
    return Refusal(
        path=tuple(error.absolute_path),
        keyword=str(error.validator) if error.validator else None,
        limit=error.validator_value,
        value=error.instance,
        schema=dict(error.schema) if isinstance(error.schema, dict) else {},
        branches=tuple(map(tuple, branches.values())),
        prose=error.message,
        is_key=_is_about_a_key([str(each) for each in error.absolute_schema_path]),
    )


def _is_about_a_key(way: list[str]) -> bool:
    return any(
        word == "propertyNames" and (index == 0 or way[index - 1] not in _FREE_NAMES)
        for index, word in enumerate(way)
    )
