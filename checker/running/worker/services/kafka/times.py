"""Finds offsets by time, which the mock does not support, by reading messages until one is late enough."""

import time
from typing import Any

_AT_END = -1  # OFFSET_END: no message is late enough
_BEGINNING = 0
_SECONDS = 5.0
_CONFIG = {
    "group.id": "coursecheck",
    "enable.auto.commit": False,
    "enable.partition.eof": True,
    "fetch.wait.max.ms": 10,
    "auto.offset.reset": "earliest",
    "log_level": 0,
}


def find_offset(real: Any, broker: str, asked: Any) -> int:
    """The first offset of a partition whose message is not earlier than `asked.offset`, in milliseconds.

    `real` is the class of the client's consumers.
    """
    consumer = real({**_CONFIG, "bootstrap.servers": broker})
    ends = time.monotonic() + _SECONDS
    try:
        consumer.assign([type(asked)(asked.topic, asked.partition, _BEGINNING)])
        while time.monotonic() < ends:
            message = consumer.poll(0.1)
            if message is None:
                continue
            if message.error() is not None:
                return _AT_END
            if message.timestamp()[1] >= asked.offset:
                return int(message.offset())
    finally:
        consumer.close()
    return _AT_END
