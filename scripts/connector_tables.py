"""Make the table of connector properties out of what releases of Debezium say of themselves.

    python scripts/connector_tables.py 3.0.7.jsonl 3.1.1.jsonl …

Each file is what scripts/DebeziumFields.java prints with the jars of the release that the file is named for,
from the oldest to the newest.
"""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

TABLE = Path(__file__).parents[1] / "checker" / "rules" / "kafka" / "tables" / "debezium.jsonl"

# Where a class's fields are those of another, and where they are every connector's.
_BELONGS_TO = ("ExtractNewRecordState", "EventRouter")
_CONNECTORS = "io.debezium.connector."
_TRANSFORMS = ".transforms."
EVERY = "*"

Rows = Mapping[tuple[str, str], Mapping[str, dict[str, Any]]]


def owner(name: str) -> str:
    """Whose property it is: a connector's or a transformation's class, or every connector's."""
    if name.endswith(tuple(f"{each}ConfigDefinition" for each in _BELONGS_TO)):
        name = name.removesuffix("ConfigDefinition")
    if name.endswith("ConnectorConfig"):
        return EVERY if "relational" in name else name.removesuffix("Config")
    return name if _TRANSFORMS in name else EVERY


def read(paths: Sequence[Path]) -> Rows:
    """What each version says of each property."""
    rows: dict[tuple[str, str], dict[str, dict[str, Any]]] = {}
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            said = rows.setdefault((owner(row["owner"]), row["name"]), {})
            if not said.get(path.stem, {}).get("values"):
                said[path.stem] = row
    return rows


def merged(rows: Rows, versions: Sequence[str]) -> Iterator[dict[str, Any]]:
    """One object a property; values are given from the version on in which they changed."""
    measured = {name: [each for each in versions if _is_measured(rows, name, each)] for name, _ in rows}
    for (name, key), said in sorted(rows.items()):
        made: dict[str, Any] = {"owner": name, "name": key}
        last = said[max(said)]
        made["type"] = last["type"].lower()
        if last["required"]:
            made["required"] = True
        missing = [each for each in measured[name] if each not in said]
        if missing and missing[0] == measured[name][0]:
            made["since"] = min(said)
        if missing and missing[-1] == measured[name][-1]:
            made["until"] = next(each for each in measured[name] if each > max(said))
        values = dict(_changes({each: said[each]["values"] for each in said}))
        if values:
            made["values"] = values
        yield made


def _is_measured(rows: Rows, name: str, version: str) -> bool:
    return any(version in said for (each, _), said in rows.items() if each == name)


def _changes(values: Mapping[str, list[str]]) -> Iterator[tuple[str, list[str]]]:
    before: list[str] = []
    for version in sorted(values):
        if values[version] != before:
            before = values[version]
            yield version, before


def main() -> int:
    """Write the table."""
    paths = [Path(each) for each in sys.argv[1:]]
    versions = [each.stem for each in paths]
    head = {"library": "Debezium", "versions": versions}
    rows = [head, *merged(read(paths), versions)]
    TABLE.write_text("".join(json.dumps(each) + "\n" for each in rows), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
