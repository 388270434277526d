"""Describes topics and the cluster from its metadata, since the mock does not answer such requests."""

from importlib import import_module
from typing import Any

_UNKNOWN_TOPIC = 3
_UNKNOWN_WORDS = "This server does not host this topic-partition."


def describe_topics(metadata: Any, names: list[str]) -> list[Any]:
    """A TopicDescription for each name, or the KafkaError that a broker answers with."""
    package, admin = import_module("confluent_kafka"), import_module("confluent_kafka.admin")
    nodes = _nodes(metadata)
    found: list[Any] = []
    for name in names:
        topic = metadata.topics.get(name)
        if topic is None or topic.error is not None:
            found.append(package.KafkaError(_UNKNOWN_TOPIC, _UNKNOWN_WORDS))
            continue
        partitions = [
            package.TopicPartitionInfo(
                each.id,
                nodes[each.leader],
                [nodes[one] for one in each.replicas],
                [nodes[one] for one in each.isrs],
            )
            for _, each in sorted(topic.partitions.items())
        ]
        described = admin.TopicDescription(name, package.Uuid(0, 0), is_internal=False, partitions=partitions)
        found.append(described)
    return found


def describe_cluster(metadata: Any) -> Any:
    """A DescribeClusterResult."""
    nodes = _nodes(metadata)
    controller = nodes.get(metadata.controller_id) or next(iter(nodes.values()))
    result = import_module("confluent_kafka.admin").DescribeClusterResult
    return result(controller, list(nodes.values()), metadata.cluster_id)


def _nodes(metadata: Any) -> dict[int, Any]:
    node = import_module("confluent_kafka").Node
    return {each.id: node(each.id, each.host, each.port) for each in metadata.brokers.values()}
