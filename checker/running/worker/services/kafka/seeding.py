"""Sends the lab's messages, as a connector would have before the lesson."""

import base64
from importlib import import_module
from typing import Any

# The longest that a message may wait; the broker is in this very process.
_SEND_SECONDS = 10.0
_CONFIG = {
    # Kafka's own clients and its connectors choose partitions like this.
    "partitioner": "murmur2_random",
    "linger.ms": 0,
    "log_level": 0,
}


class Seeder:
    """Sends messages to the broker at an address."""

    def __init__(self, address: tuple[str, int]) -> None:
        name, port = address
        producer = import_module("confluent_kafka").Producer
        self._producer: Any = producer({**_CONFIG, "bootstrap.servers": f"{name}:{port}"})

    def send(self, topic: dict[str, Any]) -> None:
        """Send all messages of a topic, which is a `lab.Topic` as plain data, in order."""
        for number, message in enumerate(topic["messages"]):
            key = _bytes(message["key"])
            partition = message["partition"]
            if partition is None and key is None:
                partition = number % topic["partitions"]  # round robin, so that every run is the same
            options: dict[str, Any] = {} if partition is None else {"partition": partition}
            if message["timestamp"] is not None:
                options["timestamp"] = message["timestamp"]
            headers = [(name, _bytes(value)) for name, value in message["headers"]]
            self._produce(topic["name"], key, _bytes(message["value"]), headers, options)

    def flush(self) -> bool:
        """Wait until all messages are delivered; false when some are not."""
        return bool(self._producer.flush(_SEND_SECONDS) == 0)

    def _produce(
        self, topic: str, key: bytes | None, value: bytes | None, headers: list[Any], options: dict[str, Any]
    ) -> None:
        while True:
            try:
                self._producer.produce(topic, key=key, value=value, headers=headers, **options)
            except BufferError:  # its queue is full
                self._producer.poll(0.1)
            else:
                return


def _bytes(encoded: str | None) -> bytes | None:
    return None if encoded is None else base64.b64decode(encoded)
