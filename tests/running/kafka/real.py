"""A broker as an ordinary process outside of every sandbox, which lessons reach as if it were a real one.

It is librdkafka's mock cluster too, so it knows no more than the embedded one; what is tried with it is the
way that leads there.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from checker.running.lab import KafkaLab, Lab, Topic

_CODE = """
import sys
from confluent_kafka import Producer
from checker.running.worker.services.kafka.mock import Cluster

cluster = Cluster()
name, port = cluster.address
cluster.create_topic("shop.people", 1)
cluster.create_topic("shop.empty", 1)
producer = Producer({"bootstrap.servers": f"{name}:{port}"})
for value in (b"Anna", b"Bert"):
    producer.produce("shop.people", value)
producer.flush(10)
print(port, flush=True)
for command in sys.stdin:
    match command.split():
        case ["down"]:
            cluster.go_down()
            print("done", flush=True)
        case ["advertise", host, number]:
            cluster.advertise(host, int(number))
            print("done", flush=True)
"""


class Real(NamedTuple):
    """The process and the port that it listens on."""

    process: subprocess.Popen[str]
    port: int

    def lab(self, *topics: str) -> Lab:
        """A lab that names it, with topics that have to be there."""
        hosts = ("kafka:9092", f"localhost:{self.port}")
        return Lab(KafkaLab(hosts, tuple(Topic(each) for each in topics), f"localhost:{self.port}"))

    def say(self, command: str) -> str:
        """Let it do something, and wait until it is done."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{command}\n")
        self.process.stdin.flush()
        return self.process.stdout.readline()


@contextmanager
def real_broker() -> Iterator[Real]:
    """It is there until the end of the block."""
    process = subprocess.Popen(
        [sys.executable, "-c", _CODE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[3],
    )
    with process:
        try:
            assert process.stdout is not None
            yield Real(process, int(process.stdout.readline()))
        finally:
            process.kill()
