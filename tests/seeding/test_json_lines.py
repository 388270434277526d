"""Messages from JSON lines."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.errors import ConfigError
from checker.running.lab import Message
from checker.seeding.json_lines import MESSAGES_MAX, read_messages


def read(text: str, partitions: int = 3) -> tuple[Message, ...]:
    return read_messages(text, "orders.jsonl", partitions)


def refused(text: str) -> str:
    with pytest.raises(ConfigError) as caught:
        read(text)
    assert "\n" not in str(caught.value)
    return str(caught.value).removeprefix("orders.jsonl:")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{}", Message(None, None)),
        (' { "key" : "a" , "value" : "b" }\r', Message(b"a", b"b")),
        ('{"key": {"id": 1}, "value": [1, 2.5, true, null]}', Message(b'{"id":1}', b"[1,2.5,true,null]")),
        ('{"key": 42, "value": "42"}', Message(b"42", b"42")),
        ('{"key": "a", "value": null}', Message(b"a", None)),
        ('{"value": ""}', Message(None, b"")),
        ('{"value": "Größe"}', Message(None, "Größe".encode())),
        ('{"value": {"a": "\\u2028"}}', Message(None, '{"a":"\u2028"}'.encode())),
        ('{"key-base64": "AAEC/w==", "value-base64": ""}', Message(b"\x00\x01\x02\xff", b"")),
        ('{"headers": {"a": "b", "c": null}}', Message(None, None, (("a", b"b"), ("c", None)))),
        (
            '{"headers": [["a", "b"], ["a", {"base64": "/w=="}]]}',
            Message(None, None, (("a", b"b"), ("a", b"\xff"))),
        ),
        ('{"timestamp": 1736154000000}', Message(None, None, (), 1736154000000)),
        ('{"timestamp": "2025-01-06T10:00:00+01:00"}', Message(None, None, (), 1736154000000)),
        ('{"timestamp": "2025-01-06T09:00:00"}', Message(None, None, (), 1736154000000)),
        ('{"timestamp": null, "partition": null}', Message(None, None)),
        ('{"partition": 2}', Message(None, None, (), None, 2)),
    ],
)
def test_a_line_is_a_message(line: str, message: Message) -> None:
    assert read(line) == (message,)


def test_blank_lines_say_nothing_and_order_is_kept() -> None:
    assert [each.key for each in read('\n{"key": "b"}\n  \r\n{"key": "a"}\n')] == [b"b", b"a"]
    assert read("") == ()


@given(st.recursive(st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.text(), st.lists))
def test_any_json_is_sent_as_it_is(value: object) -> None:
    line = json.dumps({"value": value})
    (message,) = read(line)
    if isinstance(value, str):
        assert message.value == value.encode()
    elif value is not None:
        assert json.loads(message.value or b"") == value


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("[1]", "1:1: expected an object"),
        ('"a"', "1:1: expected an object"),
        ("{", "1:2: not JSON: expected the name of a member"),
        ('{"key"', "1:7: not JSON: expected `:`"),
        ('{"key": }', "1:9: not JSON: Expecting value"),
        ('{"key": "a"', "1:12: not JSON: expected `,` or `}`"),
        ('{"key": "a",}', "1:13: not JSON: expected the name of a member"),
        ('{"key": "a"} {}', "1:14: something stands behind the object"),
        ('{"key": "a}', "1:9: not JSON: Unterminated string starting at"),
        ('\n{"key": "a", "kye": 1}', "2:14: there is no member 'kye'"),
        ('{"key": "a", "key": "b"}', "1:14: 'key' is there twice"),
        ('{"value": {"a": 1, "a": 2}}', "1:11: 'a' is there twice in one object"),
        ('{"value": 1e999}', "1:11: 1e999 is larger than any number"),
        ('{"value": [NaN]}', "1:11: NaN is not JSON"),
        ('{"value": ' + "9" * 5000 + "}", "1:11: a number of 5000 digits"),
        ('{"value": ' + "[" * 100_000, "1:11: nested too deep"),
        ('{"value": "\\ud800"}', "1:11: half of a surrogate pair"),
        ('{"value-base64": "a b"}', "1:18: not base64"),
        ('{"value-base64": 5}', "1:18: not base64"),
        ('{"value": 1, "value-base64": "AA=="}', "1:30: both 'value' and 'value-base64' are there"),
        ('{"headers": "a"}', "1:13: headers are an object"),
        ('{"headers": {"a": 1}}', "1:13: there is a header that is none"),
        ('{"headers": [["a"]]}', "1:13: there is a header that is none"),
        ('{"headers": {"a": {"base64": "AA==", "b": 1}}}', "1:13: there is a header that is none"),
        ('{"headers": {"a": {"base64": "?"}}}', "1:13: not base64"),
        ('{"timestamp": "soon"}', "1:15: timestamp: 'soon' is no moment"),
        ('{"timestamp": true}', "1:15: timestamp: True is no moment"),
        ('{"timestamp": -1}', "1:15: timestamp: -1 is not between 1970 and 9999"),
        ('{"timestamp": 1e3}', "1:15: timestamp: 1000.0 is no moment"),
        ('{"partition": 3}', "1:15: partition 3 of 3"),
        ('{"partition": true}', "1:15: partition True of 3"),
        ('{"partition": "0"}', "1:15: partition '0' of 3"),
        ('{"value": "' + "a" * 1_048_589 + '"}', "1:1: a message of 1,048,589 bytes"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(line: str, message: str) -> None:
    assert refused(line).startswith(message)


def test_there_is_an_end_to_messages() -> None:
    assert refused("{}\n" * (MESSAGES_MAX + 1)) == f"{MESSAGES_MAX + 1}: more than 100,000 messages"
