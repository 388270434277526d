"""Which addresses lead to one broker."""

import pytest

from checker.running.worker.services.kafka.hosts import are_hosts_of

KNOWN = ("kafka:9092", "localhost:29092")

LEAD_THERE = [
    [], [""], ["kafka:9092"], ["kafka"], ["KAFKA:9092"], [" kafka:9092 "], ["PLAINTEXT://kafka:9092"],
    ["127.0.0.1:29092"], ["0.0.0.0:29092"], ["[::1]:29092"], ["other:9092", "kafka:9092"],
]  # fmt: skip
DO_NOT = [
    ["kafka:29092"],
    ["localhost:9092"],
    ["localhost"],
    ["other"],
    ["kafka.example.org:9092"],
    [":9092"],
]


@pytest.mark.parametrize("asked", LEAD_THERE)
def test_it_is_one_broker(asked: list[str]) -> None:
    assert are_hosts_of(KNOWN, asked)


@pytest.mark.parametrize("asked", DO_NOT)
def test_it_is_another(asked: list[str]) -> None:
    assert not are_hosts_of(KNOWN, asked)
