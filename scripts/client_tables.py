"""Write down what the installed librdkafka and confluent-kafka know: properties and error codes.

    python scripts/client_tables.py

`rd_kafka_conf_properties_show` is librdkafka's own listing of its configuration; the names and numbers of
the errors are the attributes of `KafkaError`. A property's `since` is taken over from the earlier listing,
and new ones are marked with the version that is installed.
"""

import ctypes
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import confluent_kafka

FOLDER = Path(__file__).parents[1] / "checker" / "rules" / "kafka" / "tables"
PROPERTIES = FOLDER / "librdkafka.jsonl"
ERRORS = FOLDER / "errors.jsonl"

# The oldest librdkafka that was looked at; what it has is not marked.
_FIRST = "2.3.0"
_ROW = re.compile(r"^(\S+) +\| +([CP*]) +\| (.*?) *\| +(.*?) *\| (?:low|medium|high) +\| (.*)$")
_TYPE = re.compile(r"<br>\*Type: ([^*]+)\*")
_RANGE = re.compile(r"(-?\d+) \.\. (-?\d+)")
_ALIAS = re.compile(r"Alias for `([^`]+)`")
# Beside the text; librdkafka checks these when the client is made.
_CHECKED_LATER = {
    "partitioner": [
        "random", "consistent", "consistent_random", "murmur2", "murmur2_random", "fnv1a", "fnv1a_random",
    ],
}  # fmt: skip


def library() -> Path:
    """The file of the installed librdkafka."""
    package = Path(confluent_kafka.__file__).parent
    return next(package.with_name("confluent_kafka.libs").glob("librdkafka*"))


def listing() -> str:
    """What librdkafka says of its own properties."""
    libc = ctypes.CDLL(None)
    libc.fopen.restype = ctypes.c_void_p
    with NamedTemporaryFile() as file:
        stream = ctypes.c_void_p(libc.fopen(file.name.encode(), b"w"))
        ctypes.CDLL(str(library())).rd_kafka_conf_properties_show(stream)
        libc.fclose(stream)
        return Path(file.name).read_text(encoding="utf-8")


def properties() -> Iterator[dict[str, Any]]:
    """Each property once; those of topics that clients have too are the client's."""
    known: dict[str, str] = {}
    if PROPERTIES.is_file():
        lines = PROPERTIES.read_text(encoding="utf-8").splitlines()[1:]
        known = {each["name"]: each.get("since", _FIRST) for each in map(json.loads, lines)}
    seen: set[str] = set()
    for line in listing().splitlines():
        if (found := _ROW.match(line)) and found[1] not in seen:
            seen.add(found[1])
            since = known.get(found[1], confluent_kafka.libversion()[0])
            yield row(*found.groups()) | ({} if since == _FIRST else {"since": since})


def row(name: str, side: str, span: str, default: str, words: str) -> dict[str, Any]:
    """One property; what says nothing is left out."""
    made: dict[str, Any] = {"name": name}
    if side != "*":
        made["side"] = {"C": "consumer", "P": "producer"}[side]
    kind = _TYPE.search(words)
    made["kind"] = kind[1] if kind else "string"
    if bounds := _RANGE.fullmatch(span):
        made["low"], made["high"] = int(bounds[1]), int(bounds[2])
    elif span and made["kind"] != "boolean":
        made["values"] = span.split(", ")
    if name in _CHECKED_LATER:
        made["values"] = _CHECKED_LATER[name]
    if default:
        made["default"] = default
    if alias := _ALIAS.search(words):
        made["alias"] = alias[1]
    if "No longer used" in words:
        made["idle"] = True
    return made


def errors() -> Iterator[dict[str, Any]]:
    """The error codes by their names in Python."""
    names = (name for name in dir(confluent_kafka.KafkaError) if name.lstrip("_").isupper())
    yield from ({"name": name, "code": getattr(confluent_kafka.KafkaError, name)} for name in names)


def text(source: str, rows: Iterator[dict[str, Any]]) -> str:
    """The file: where it is from, then one object a line."""
    head = {"library": source, "version": confluent_kafka.libversion()[0]}
    return "".join(json.dumps(each) + "\n" for each in (head, *rows))


def main() -> int:
    """Write both files."""
    PROPERTIES.write_text(text("librdkafka", properties()), encoding="utf-8")
    ERRORS.write_text(text("confluent-kafka", errors()), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
