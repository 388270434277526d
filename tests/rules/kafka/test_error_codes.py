"""Names on `KafkaError`, in code and in prose."""

import pytest

from checker.rules.kafka.unknown_error_code import check
from tests.rules.kafka.lessons import fenced, mended, reports, shown

HEAD = "from confluent_kafka import KafkaError\n"


@pytest.mark.parametrize(
    "text",
    [
        fenced("python", HEAD + "KafkaError._PARTITION_EOF\nKafkaError.UNKNOWN_TOPIC_OR_PART"),
        fenced("python", HEAD + "error.code() == KafkaError._ALL_BROKERS_DOWN"),
        fenced("python", "import confluent_kafka as ck\nck.KafkaError._TRANSPORT"),
        fenced("python", "from kafka.errors import KafkaError\nKafkaError.NO_SUCH"),
        fenced("python", HEAD + "KafkaError.code\nOther.NO_SUCH"),
        fenced("python", HEAD + "KafkaError.NO_SUCH ("),
        fenced("java", "KafkaError.NO_SUCH"),
        "KafkaError and `_PARTITION_EOF`, `_SOME_NAME`, `MAX_VALUE` and `README_MD`\n",
        "KafkaError\n\n| `_PARTITION_EOF` | -191 | no |\n| `_TRANSPORT` | net | 1 |\n",
        "`PARTITION_EOF` without the class\n",
    ],
)
def test_silent(text: str) -> None:
    assert shown(check, text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (fenced("python", HEAD + "KafkaError.PARTITION_EOF"), ["KafkaError.PARTITION_EOF"]),
        (fenced("python", HEAD + "KafkaError._TOPIC_AUTHORIZATION_FAILED"), None),
        (fenced("python", "import confluent_kafka\nconfluent_kafka.KafkaError._TRANSPRT"), None),
        (fenced("python", "KafkaError.XXXXXXXXXXXXXXXXXX"), ["KafkaError.XXXXXXXXXXXXXXXXXX"]),
        ("KafkaError: `_TOPIC_AUTHORIZATION_FAILED` means no\n", ["_TOPIC_AUTHORIZATION_FAILED"]),
        ("KafkaError: `PARTITION_EOF` means no\n", ["PARTITION_EOF!"]),
        ("KafkaError\n\n| `_PARTITION_EOF` | -190 | no |\n", ["-190"]),
    ],
)
def test_found(text: str, found: list[str] | None) -> None:
    assert len(reports(check, text)) == 1
    assert found is None or shown(check, text) == found


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        (fenced("python", HEAD + "KafkaError.PARTITION_EOF"), "KafkaError._PARTITION_EOF"),
        ("KafkaError: `_TOPIC_AUTHORIZATION_FAILED` means no\n", "`TOPIC_AUTHORIZATION_FAILED`"),
        ("KafkaError\n\n| `_PARTITION_EOF` | -190 | no |\n", "| -191 |"),
    ],
)
def test_mended(wrong: str, right: str) -> None:
    assert right in mended(wrong, reports(check, wrong))


def test_a_name_that_is_only_near_is_a_suggestion() -> None:
    found = reports(check, fenced("python", HEAD + "KafkaError._TRANSPRT"))
    assert found[0].fix is not None
    assert found[0].fix.applicability == "suggestion"
