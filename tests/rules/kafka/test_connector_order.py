"""Transformations and the fields that they find at their place, silent cases first."""

import json
from collections.abc import Mapping

import pytest

from checker.rules.kafka.connector_property import check
from tests.rules.kafka.lessons import debezium, fenced, reports
from tests.rules.kafka.test_connectors import FULL, request

NEW = debezium("3.3")
KAFKA = "org.apache.kafka.connect.transforms."
UNWRAP = {"transforms.unwrap.type": "io.debezium.transforms.ExtractNewRecordState"}
MASK = {"transforms.mask.type": f"{KAFKA}MaskField$Value", "transforms.mask.fields": "ssn,email"}
ROUTE = {
    "transforms.route.type": "io.debezium.transforms.ContentBasedRouter",
    "transforms.route.language": "jsr223.groovy",
    "transforms.route.topic.expression": "value.after.region == 'EU' ? 'eu' : 'us'",
}
FLAT = {**ROUTE, "transforms.route.topic.expression": "value.op == 'x' ? value.source : value.region"}
OTHER = {"transforms.other.type": "com.example.Other"}
SINK = {
    "connector.class": "io.debezium.connector.jdbc.JdbcSinkConnector",
    "connection.url": "jdbc:postgresql://db/shop",
    "topics": "a",
}


def order(names: str, *options: Mapping[str, str], config: Mapping[str, str] = FULL) -> list[tuple[str, str]]:
    """The properties that are reported, each with its severity."""
    whole = {**config, "transforms": names}
    for each in options:
        whole |= each
    return said(request(whole))


def said(text: str) -> list[tuple[str, str]]:
    found = [
        each
        for each in reports(check, text, NEW)
        if "a record is the row" in each.message or "have no field `" in each.message
    ]
    return [(each.message, each.severity or "error") for each in found]


def test_what_finds_its_fields_is_silent() -> None:
    assert order("unwrap,mask", UNWRAP, MASK) == []
    assert order("route,unwrap,mask", UNWRAP, MASK, ROUTE) == []
    assert order("unwrap,route", UNWRAP, FLAT) == []
    assert order("unwrap, mask ,route", UNWRAP, MASK, FLAT) == []
    assert order("mask", {**MASK, "transforms.mask.type": f"{KAFKA}MaskField$Key"}) == []
    assert order("mask", {**MASK, "transforms.mask.fields": "source,ssn"}) == []
    assert order("mask", {**MASK, "transforms.mask.fields": "ssn,,"}) == []
    assert order("mask", {**MASK, "transforms.mask.fields": "${FIELDS}"}) == []
    assert order("mask", {"transforms.mask.type": f"{KAFKA}MaskField$Value"}) == []


def test_behind_what_nobody_knows_nothing_is_said() -> None:
    assert order("other,mask", OTHER, MASK) == []
    assert order("unwrap,other,route", UNWRAP, OTHER, ROUTE) == []
    outbox = {"transforms.outbox.type": "io.debezium.transforms.outbox.EventRouter"}
    assert order("outbox,mask", outbox, MASK) == []
    assert order("${ORDER}", MASK) == []
    assert order("mask,...", MASK) == []


def test_other_connectors_and_sinks_may_have_rows() -> None:
    assert (
        order("mask", MASK, config={"connector.class": "io.confluent.connect.jdbc.JdbcSourceConnector"}) == []
    )
    assert order("mask", MASK, config=SINK) == []
    assert said(fenced("json", json.dumps({"transforms": "mask", **MASK}))) == []


def test_fields_of_a_row_are_in_no_envelope() -> None:
    ((message, severity),) = order("mask", MASK)
    assert severity == "error"
    assert message == (
        "change events have no field `ssn`, only `before`, `after`, `source`, `op` and timestamps: put"
        " `ExtractNewRecordState` before `MaskField`"
    )
    assert len(order("mask,unwrap", UNWRAP, MASK)) == 1
    keys = {"transforms.key.type": f"{KAFKA}ValueToKey", "transforms.key.fields": "id"}
    times = {"transforms.t.type": f"{KAFKA}TimestampConverter$Value", "transforms.t.field": "at"}
    assert len(order("key,t,mask", keys, times, MASK)) == 3


def test_in_an_excerpt_it_is_a_warning() -> None:
    excerpt = fenced("json", json.dumps({"transforms": "mask", **MASK}, indent=1))
    text = f"io.debezium.connector.postgresql.PostgresConnector\n\n{excerpt}"
    assert [severity for _, severity in said(text)] == ["warning"]


@pytest.mark.parametrize("before", ["unwrap,route", "unwrap,mask,route"])
def test_behind_unwrapping_there_is_no_envelope(before: str) -> None:
    ((message, severity),) = order(before, UNWRAP, MASK, ROUTE)
    assert severity == "error"
    assert message == (
        "after `unwrap`, a record is the row itself, which has no `after`: write `value.region`, or move"
        " this before `unwrap`"
    )


def test_filters_have_conditions_and_what_is_unwrapped_at_times_is_not_certain() -> None:
    drop = {
        "transforms.drop.type": "io.debezium.transforms.Filter",
        "transforms.drop.condition": "value?.before?.id > 1",
    }
    ((message, severity),) = order("unwrap,drop", UNWRAP, drop)
    assert ("`before`" in message, severity) == (True, "error")
    predicate = {"transforms.unwrap.predicate": "p", "predicates": "p", "predicates.p.type": "a.B"}
    ((_, severity),) = order("unwrap,drop", UNWRAP, drop, predicate)
    assert severity == "warning"
