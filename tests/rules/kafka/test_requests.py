"""Requests to Kafka Connect."""

import pytest

from checker.rules.kafka.connect_request import check
from tests.rules.kafka.lessons import fenced, reports, shown

URL = "http://localhost:8083/connectors"
JSON = "-H 'Content-Type: application/json'"


@pytest.mark.parametrize(
    "code",
    [
        f"curl {URL}",
        f"curl -s {URL}/shop/status | jq .state",
        f"curl -X PUT {URL}/shop/pause",
        f"curl -X post {URL}/shop/restart?includeTasks=true",
        f"curl -X DELETE {URL}/shop",
        f"curl -X POST {URL} {JSON} -d @shop.json",
        f'curl -X POST {URL} \\\n  -H "content-type: application/json" \\\n  --data \'{{"a": 1}}\'',
        f"curl --json @shop.json {URL}",
        f'curl -X PUT {URL}/shop/config {JSON} -d \'{{"connector.class": "a.B"}}\'',
        f"curl -X PUT {URL}/shop/config {JSON} -d '{{...}}'",
        f'curl -X PATCH {URL}/shop/config {JSON} -d \'{{"tasks.max": "2"}}\'',
        f"curl -X PUT http://localhost:8083/connector-plugins/X/config/validate {JSON} -d @a.json",
        f"curl -X PUT {URL}/shop/stop\ncurl -X PATCH {URL}/shop/offsets {JSON} -d @a.json",
        f"curl -X PUT {URL}/a/pause\ncurl -X PUT {URL}/a/stop\ncurl -X DELETE {URL}/a/offsets",
        f"curl -X PUT {URL}/a/pause\ncurl {URL}/a/offsets",
        f"curl -X PUT {URL}/a/pause\ncurl -X DELETE {URL}/b/offsets",
        f"curl -I {URL}/shop/config",
        f"curl $HEADERS -d @a.json {URL}",
        f"curl -K options -d @a.json {URL}",
        f"# curl -X POST {URL}/shop/pause",
        "curl -X POST http://localhost:8081/subjects -d @a.json",
        f"curl -X POST {URL}/shop/something/else",
        f"curl -X POST {URL}/shop/tasks/0/restart",
        f"curl {URL}/shop/tasks/0/status",
        f"curl -X POST {URL}/shop/tasks/0",
        f"curl -X POST {URL}/shop/config/0/status",
        f"curl -X ${{METHOD}} {URL}",
        "echo /connectors; curl 'x",
        "curl",
    ],
)
def test_silent(code: str) -> None:
    assert shown(check, fenced("bash", code)) == []


def test_silent_elsewhere() -> None:
    assert shown(check, fenced("python", f"run('curl -X POST {URL}/shop/pause')")) == []
    assert shown(check, f"`curl -X POST {URL}/shop/pause`\n") == []
    assert shown(check, fenced("bash", "ls")) == []


@pytest.mark.parametrize(
    ("code", "found"),
    [
        (f"curl -X POST {URL}/shop/pause", ["POST"]),
        (f"curl --request PUT {URL}/shop/restart", ["PUT"]),
        (f"curl -X PUT {URL}/shop/tasks/0/restart", ["PUT"]),
        (f"curl -X PUT {URL}/shop/topics", ["PUT"]),
        (f"curl {URL}/shop/resume", [f"{URL}/shop/resume"]),
        (f"curl -X PUT {URL} {JSON} -d @a.json", ["PUT"]),
        (f"curl -X POST {URL} -d @a.json", ["POST"]),
        (f"curl {URL} --data-binary @a.json | jq", [URL]),
        (f"curl -X PUT {URL}/a/pause; curl -X PATCH {URL}/a/offsets {JSON} -d @a.json", ["PATCH"]),
        (f'curl -X PUT {URL}/shop/config {JSON} -d \'{{"tasks.max": "2"}}\'', ["tasks.max"]),
        (
            f'curl -X PUT {URL}/a/config {JSON} -d \'{{"name": "a", "config": {{"tasks.max": "1"}}}}\'',
            ["config"],
        ),
        (f"$ curl -X POST {URL}/shop/pause\n405", ["POST"]),
        (f"# ❌ WRONG\ncurl -X POST {URL}/shop/pause", ["POST~"]),
    ],
)
def test_refused(code: str, found: list[str]) -> None:
    assert shown(check, fenced("bash", code)) == found


def test_what_is_meant_is_said() -> None:
    (report,) = reports(check, fenced("bash", f"curl -X POST {URL}/shop/pause"))
    assert report.message == "Connect does not support POST on `/connectors/shop/pause`: use PUT"
