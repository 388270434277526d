# The consumer of the whole example, whose last lines have closed it.
from confluent_kafka import Consumer

consumer = Consumer(
    {"bootstrap.servers": "kafka:9092", "group.id": "cdc-tutorial-poll", "auto.offset.reset": "earliest"}
)
consumer.subscribe(["inventory.public.customers"])
