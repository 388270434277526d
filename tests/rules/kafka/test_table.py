"""The tables, against the libraries whose they are where these are installed."""

import importlib
import sys
from pathlib import Path

import pytest

from checker.rules.kafka.debezium import changes, known_names, measured, owners
from checker.rules.kafka.table import (
    FOLDER,
    Property,
    error_codes,
    java_properties,
    properties,
    version,
)
from checker.rules.kafka.values import refusal
from checker.rules.kafka.versions import numbers

VALUES = (
    True,
    False,
    None,
    0,
    1,
    -1,
    5,
    100,
    10**6,
    10**9,
    10**10,
    10**30,
    "true",
    "T",
    "yes",
    "",
    "0",
    "abc",
    "5",
    "5s",
    "earliest",
    "EARLIEST",
    "none",
    "all",
    "read_committed",
    "gzip",
    " 7",
    "+3",
    "0x10",
    "010",
    "1e3",
    1.5,
    -2.5,
    "murmur2",
    "generic, broker",
    "any",
    "no",
    "TRUE ",
    "fifo",
)
# librdkafka looks at these again when the client is made, or loads what they name.
LOOKED_AT_AGAIN = {
    "broker.version.fallback",
    "builtin.features",
    "debug",
    "fetch.min.bytes",
    "group.id",
    "plugin.library.paths",
    "sasl.mechanism",
    "sasl.mechanisms",
}


def test_the_listing_is_that_of_the_installed_library() -> None:
    """What `scripts/client_tables.py` would write for it is what is there."""
    confluent_kafka = pytest.importorskip("confluent_kafka")
    if confluent_kafka.libversion()[0] != version():
        pytest.skip(f"librdkafka {confluent_kafka.libversion()[0]} is installed, the table is of {version()}")
    sys.path.insert(0, str(Path(__file__).parents[3] / "scripts"))
    try:
        client_tables = importlib.import_module("client_tables")
    finally:
        sys.path.pop(0)
    listed = client_tables.text("librdkafka", client_tables.properties())
    assert listed == (FOLDER / "librdkafka.jsonl").read_text(encoding="utf-8")
    codes = client_tables.text("confluent-kafka", client_tables.errors())
    assert codes == (FOLDER / "errors.jsonl").read_text(encoding="utf-8")


def test_values_are_refused_as_the_library_does() -> None:
    confluent_kafka = pytest.importorskip("confluent_kafka")
    if confluent_kafka.libversion()[0] != version():
        pytest.skip(f"librdkafka {confluent_kafka.libversion()[0]} is installed, the table is of {version()}")
    differing = [
        f"{each.name}: {value!r}"
        for each in properties().values()
        if each.kind not in {"see dedicated API", "pattern list"} and each.name not in LOOKED_AT_AGAIN
        for value in VALUES
        if bool(refusal(each, value)) != _refused(confluent_kafka, each, value)
    ]
    assert differing == []


def _refused(confluent_kafka: object, known: Property, value: object) -> bool:
    config = {"bootstrap.servers": "127.0.0.1:1", "group.id": "g", "log_level": 0, known.name: value}
    try:
        confluent_kafka.Consumer(config)  # type: ignore[attr-defined]
    except confluent_kafka.KafkaException as error:  # type: ignore[attr-defined]
        words = str(error)
        signs = ("Invalid value", "Expected", "outside allowed", "cannot be set")
        return any(each in words for each in signs)
    return False


def test_java_properties_are_none_of_librdkafka_and_name_some_of_its() -> None:
    for each in java_properties().values():
        assert each.name not in properties()
        assert not each.property or each.property in properties()


def test_the_codes_of_librdkafka_are_below_those_of_brokers() -> None:
    assert error_codes()["_PARTITION_EOF"] == -191
    assert all(
        (code < 0) == name.startswith("_") for name, code in error_codes().items() if code not in {0, -1}
    )


def test_aliases_are_of_properties() -> None:
    for each in properties().values():
        assert not each.alias or each.alias in properties()
        assert each.low is None or (each.high is not None and each.low <= each.high)


def test_every_version_can_be_compared() -> None:
    assert list(measured()) == sorted(measured(), key=lambda each: numbers(each) or ())
    for owner in owners():
        for each in known_names(owner).values():
            for text in (*each.values, each.since or "1", each.until or "1"):
                assert numbers(text)
    for change in changes():
        assert numbers(change.removed)
        assert change.source.startswith(("https://debezium.io/", "https://github.com/debezium/"))


@pytest.mark.parametrize("text", ["latest", "", "x1"])
def test_no_version(text: str) -> None:
    assert numbers(text) is None
