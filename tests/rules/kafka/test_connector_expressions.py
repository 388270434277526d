"""Scripts that ask for a row which some events do not have, silent cases first."""

from collections.abc import Mapping

import pytest

from checker.rules.kafka.connector_property import check
from tests.rules.kafka.lessons import debezium, reports
from tests.rules.kafka.test_connectors import FULL, request

NEW = debezium("3.3")
FILTER = "io.debezium.transforms.Filter"
ROUTER = "io.debezium.transforms.ContentBasedRouter"


def scripted(script: str, *, names: str = "f", kind: str = FILTER, **other: str) -> list[str]:
    """What is said of a script."""
    option = "condition" if kind == FILTER else "topic.expression"
    config: Mapping[str, str] = {
        **FULL,
        "transforms": names,
        "transforms.f.type": kind,
        "transforms.f.language": "jsr223.groovy",
        f"transforms.f.{option}": script,
        **{name.replace("_", "."): value for name, value in other.items()},
    }
    found = [each for each in reports(check, request(config), NEW) if "the script fails" in each.message]
    assert all(each.severity == "warning" for each in found)
    return [each.message.partition(",")[0] for each in found]


@pytest.mark.parametrize(
    "script",
    [
        "value.op == 'c' && value.after.amount > 1000",
        "value.after != null && value.after.amount > 1000",
        "value.after && value.after.amount > 1000",
        "value.after?.amount > 1000",
        "value?.after?.amount > 1000",
        "value.source.table == 'orders'",
        "value.amount > 1000",
        "value.before ? value.before.id > 1 : true",
        "${CONDITION} || value.after.amount > 1",
        "value.aftermath.amount",
    ],
)
def test_what_asks_first_is_silent(script: str) -> None:
    assert scripted(script) == []


def test_where_no_such_event_comes_nothing_is_said() -> None:
    script = "value.after.amount > 1000"
    assert scripted(script, skipped_operations="d,t") == []
    earlier = {
        "transforms_e_type": FILTER,
        "transforms_e_language": "jsr223.groovy",
        "transforms_e_condition": "value.op != 'd'",
    }
    assert scripted(script, names="e,f", **earlier) == []
    unwrap = {"transforms_u_type": "io.debezium.transforms.ExtractNewRecordState"}
    assert scripted(script, names="u,f", **unwrap) == []
    assert scripted(script, names="u,f", transforms_u_type="com.example.Other") == []
    assert scripted(script, names="${NAMES}") == []
    assert scripted(script, names="u") == []


def test_a_row_that_is_null_stops_the_connector() -> None:
    assert scripted("value.after.amount > 1000") == ["`after` is null in delete events"]
    assert scripted("value.before.amount > 1") == ["`before` is null in snapshot reads and inserts"]
    assert len(scripted("value?.after.region == 'EU' ? 'eu' : 'us'", kind=ROUTER)) == 1
    assert len(scripted("value.before.amount > 1", skipped_operations="d")) == 1
    mask = {
        "transforms_m_type": "org.apache.kafka.connect.transforms.MaskField$Value",
        "transforms_m_fields": "source",
    }
    assert len(scripted("value.after.amount > 1000", names="m,f", **mask)) == 1
