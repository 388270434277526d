"""A Kafka source and sink for Spark, in Python over confluent_kafka, where the connector is not installed.

Columns, options and offsets are the connector's. It runs in processes that Spark starts, in the lesson's
interpreter. `maxOffsetsPerTrigger` and `minPartitions` have no effect: a batch reads everything that is
there.

Source: https://spark.apache.org/docs/latest/streaming/structured-streaming-kafka-integration.html
"""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from pyspark.sql.datasource import (
    DataSource,
    DataSourceReader,
    DataSourceStreamReader,
    DataSourceStreamWriter,
    DataSourceWriter,
    InputPartition,
    WriterCommitMessage,
)

NAME = "coursecheck-kafka"
_COLUMNS = (
    "key binary, value binary, topic string, partition int, offset bigint, timestamp timestamp,"
    " timestampType int"
)
_HEADERS = ", headers array<struct<key: string, value: binary>>"
_SECONDS = 10.0
# What options may name instead of an offset.
_EARLIEST, _LATEST = -2, -1

Offsets = dict[str, dict[str, int]]


class Stretch(InputPartition):
    """The messages of one partition from one offset up to another."""

    def __init__(self, topic: str, partition: int, start: int, end: int) -> None:
        self.topic, self.partition, self.start, self.end = topic, partition, start, end


class Topics:
    """The topics that a source reads, according to its options."""

    def __init__(self, options: Mapping[str, str]) -> None:
        self.options = {name.lower(): value for name, value in options.items()}
        self.has_headers = self.options.get("includeheaders", "").lower() == "true"

    def bounds(self) -> dict[tuple[str, int], tuple[int, int]]:
        """The first offset and the offset after the last message, for each partition."""
        from confluent_kafka import TopicPartition

        consumer = self._consumer()
        try:
            return {
                (topic, partition): consumer.get_watermark_offsets(
                    TopicPartition(topic, partition), timeout=_SECONDS
                )
                for topic, partition in self._partitions(consumer)
            }
        finally:
            consumer.close()

    def offsets(self, option: str, default: str) -> Offsets:
        """The offsets that an option such as `startingOffsets` names."""
        said = self.options.get(option, default)
        named = {} if said in ("earliest", "latest") else json.loads(said)
        everywhere = _EARLIEST if said == "earliest" else _LATEST
        found: Offsets = {}
        for (topic, partition), (first, after) in self.bounds().items():
            offset = named.get(topic, {}).get(str(partition), everywhere)
            found.setdefault(topic, {})[str(partition)] = {_EARLIEST: first, _LATEST: after}.get(
                offset, offset
            )
        return found

    def read(self, stretch: Stretch) -> Iterator[tuple[Any, ...]]:
        """The rows of a stretch."""
        from confluent_kafka import TopicPartition

        consumer = self._consumer()
        try:
            consumer.assign([TopicPartition(stretch.topic, stretch.partition, stretch.start)])
            offset = stretch.start
            while offset < stretch.end:
                message = consumer.poll(_SECONDS)
                if message is None:
                    raise TimeoutError(f"no message of {stretch.topic} in {_SECONDS:g} s")
                if message.error():
                    raise RuntimeError(str(message.error()))
                offset = message.offset() + 1
                yield self._row(message)
        finally:
            consumer.close()

    def _row(self, message: Any) -> tuple[Any, ...]:
        kind, milliseconds = message.timestamp()
        when = datetime.fromtimestamp(max(milliseconds, 0) / 1000, UTC)
        place = (message.topic(), message.partition(), message.offset())
        row = (message.key(), message.value(), *place, when, max(kind - 1, 0))
        return (*row, message.headers()) if self.has_headers else row

    def _consumer(self) -> Any:
        # Imported here: Spark's pickler would try to pickle the client's classes.
        from confluent_kafka import Consumer

        return Consumer({**_client(self.options), "group.id": "spark-kafka", "enable.auto.commit": False})

    def _partitions(self, consumer: Any) -> Iterator[tuple[str, int]]:
        if "assign" in self.options:
            for topic, partitions in json.loads(self.options["assign"]).items():
                yield from ((topic, partition) for partition in partitions)
            return
        known = consumer.list_topics(timeout=_SECONDS).topics
        if "subscribepattern" in self.options:
            pattern = re.compile(self.options["subscribepattern"])
            wanted = [each for each in known if pattern.fullmatch(each)]
        else:
            wanted = [each.strip() for each in self.options["subscribe"].split(",")]
        for topic in wanted:
            # A topic that does not exist is created, as by a broker with automatic creation.
            description = known.get(topic) or consumer.list_topics(topic, timeout=_SECONDS).topics[topic]
            yield from ((topic, partition) for partition in description.partitions)


def _client(options: Mapping[str, str]) -> dict[str, Any]:
    return {"bootstrap.servers": options["kafka.bootstrap.servers"]}


def _stretches(start: Offsets, end: Offsets) -> list[Stretch]:
    return [
        Stretch(topic, int(partition), first, after)
        for topic, partitions in end.items()
        for partition, after in partitions.items()
        if (first := start.get(topic, {}).get(partition, 0)) < after
    ]


class Streamed(DataSourceStreamReader):
    """The source of a stream."""

    def __init__(self, topics: Topics) -> None:
        self._topics = topics

    def initialOffset(self) -> Offsets:
        return self._topics.offsets("startingoffsets", "latest")

    def latestOffset(self, *_: Any) -> Offsets:
        return self._topics.offsets("", "latest")

    def partitions(self, start: Offsets, end: Offsets) -> list[Stretch]:
        return _stretches(start, end)

    def read(self, partition: Stretch) -> Iterator[tuple[Any, ...]]:
        return self._topics.read(partition)


class Whole(DataSourceReader):
    """The source of a batch."""

    def __init__(self, topics: Topics) -> None:
        self._topics = topics

    def partitions(self) -> list[Stretch]:
        start = self._topics.offsets("startingoffsets", "earliest")
        return _stretches(start, self._topics.offsets("endingoffsets", "latest"))

    def read(self, partition: InputPartition) -> Iterator[tuple[Any, ...]]:
        # When there is nothing to read, Spark asks for a partition of its own.
        return self._topics.read(partition) if isinstance(partition, Stretch) else iter(())


class _Sent:
    """A sink; a row is a message with the columns `topic`, `key`, `value`, `headers` and `partition`."""

    def __init__(self, options: Mapping[str, str]) -> None:
        self._options = {name.lower(): value for name, value in options.items()}

    def write(self, iterator: Iterator[Any]) -> WriterCommitMessage:
        from confluent_kafka import Producer

        producer = Producer(_client(self._options))
        for row in iterator:
            columns = row.asDict()
            topic = self._options.get("topic") or columns["topic"]
            more = {name: columns[name] for name in ("partition",) if columns.get(name) is not None}
            headers = [(each["key"], each["value"]) for each in columns.get("headers") or ()]
            producer.produce(topic, columns["value"], columns.get("key"), headers=headers, **more)
        if producer.flush(_SECONDS):
            raise TimeoutError(f"messages were not taken in {_SECONDS:g} s")
        return WriterCommitMessage()


class StreamedSink(_Sent, DataSourceStreamWriter):
    """The sink of a stream."""


class WholeSink(_Sent, DataSourceWriter):
    """The sink of a batch."""


class Kafka(DataSource):
    """The data source behind `format("kafka")`."""

    @classmethod
    def name(cls) -> str:
        return NAME

    def schema(self) -> str:
        return _COLUMNS + (_HEADERS if Topics(self.options).has_headers else "")

    def reader(self, schema: Any) -> Whole:
        return Whole(Topics(self.options))

    def streamReader(self, schema: Any) -> Streamed:
        return Streamed(Topics(self.options))

    def writer(self, schema: Any, overwrite: bool) -> WholeSink:
        return WholeSink(self.options)

    def streamWriter(self, schema: Any, overwrite: bool) -> StreamedSink:
        return StreamedSink(self.options)
