"""A broker outside of the sandbox, which the course names: it is reached, and nothing else is."""

import socket
import time
from collections.abc import Iterator

import pytest

from checker.model import Outcome
from checker.running.engine import Engine
from checker.running.job import Limits
from checker.running.lab import KafkaLab, Lab
from tests.running.cells import kinds, lesson, outcomes
from tests.running.kafka.conftest import SETUP
from tests.running.kafka.real import Real, real_broker
from tests.sandboxes import in_every_tier, needs_sandbox, needs_tier

# The cluster that stands for a real one lets nobody into a group whose last member has not left.
READS = """
import os
consumer = Consumer(config(os.urandom(8).hex()))
consumer.subscribe(["shop.people"])
while True:
    message = consumer.poll(0.2)
    if message:
        print(message.value())
"""
SENDS = """
producer = Producer({"bootstrap.servers": "kafka:9092", "message.timeout.ms": 1500})
producer.produce("shop.empty", b"x")
print("left", producer.flush(5))
"""


@pytest.fixture(scope="module")
def real() -> Iterator[Real]:
    with real_broker() as there:
        yield there


def run(lab: Lab, *sources: str, tier: str = "namespaces", path: str = "a.mdx") -> list[Outcome]:
    job = lesson(SETUP, *sources, services=("kafka",), timeout=8.0, drained=True, path=path)
    with Engine(Limits(cell_seconds=8.0), workers=1, lab=lab, tier=tier) as engine:
        return outcomes(engine, job)[1:]


@pytest.mark.parametrize("tier", in_every_tier[:2])
def test_a_lesson_reads_and_writes_there(real: Real, tier: str) -> None:
    found = run(real.lab("shop.people"), READS, SENDS, tier=tier)
    assert kinds(found) == ["interrupted", "passed"]
    assert [each.stdout for each in found] == ["b'Anna'\nb'Bert'\n", "left 0\n"]


@needs_tier("landlock")
def test_without_a_network_of_its_own_a_lesson_is_told_so(real: Real) -> None:
    (found,) = run(real.lab(), READS, tier="landlock")
    assert (found.kind, found.reason[:35]) == ("skipped", "it needs a network of its own, whic")


@needs_sandbox
def test_what_the_embedded_one_lacks_is_left_to_it(real: Real) -> None:
    admin = """
from confluent_kafka.admin import AdminClient
admin = AdminClient({"bootstrap.servers": "kafka:9092"})
print(len(admin.list_topics(timeout=5).brokers))
"""
    aborts = """
producer = Producer({"bootstrap.servers": "kafka:9092", "transactional.id": "t"})
producer.init_transactions(5)
producer.begin_transaction()
producer.produce("shop.empty", b"never")
producer.flush(5)
producer.abort_transaction(5)
consumer = Consumer(config("gone"))
consumer.subscribe(["shop.empty"])
consumer.poll(5)
print("read")
"""
    found = run(real.lab(), admin, aborts)
    assert [(each.kind, each.stdout) for each in found] == [("passed", "1\n"), ("passed", "read\n")]


@needs_sandbox
def test_a_topic_that_is_not_there_skips_the_block(real: Real) -> None:
    (listed,) = run(real.lab("shop.orders"), READS)
    assert (listed.kind, listed.reason) == (
        "skipped",
        f"it needs the topic `shop.orders`, which the broker at localhost:{real.port} does not have",
    )


@needs_sandbox
def test_a_broker_by_another_name_skips_the_block(real: Real) -> None:
    lab = Lab(KafkaLab(("kafka:9092",), (), f"127.0.0.1:{real.port}"))
    (found,) = run(lab, READS)
    assert found.kind == "skipped"
    assert f"the name that it gives itself, 127.0.0.1:{real.port}, and [services.kafka] hosts" in found.reason


@needs_sandbox
def test_a_broker_that_does_not_answer_skips_the_block() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
        found = run(Lab(KafkaLab(bootstrap=f"127.0.0.1:{port}")), READS, "print(1)")
    assert kinds(found) == ["skipped", "passed"]
    reason = f"it needs the broker at 127.0.0.1:{port}, which does not answer (connection refused)"
    assert found[0].reason == reason


@needs_sandbox
def test_what_does_not_answer_as_kafka_does_skips_the_block() -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        (found,) = run(Lab(KafkaLab(bootstrap=f"127.0.0.1:{mute.getsockname()[1]}")), SENDS)
    assert found.kind == "skipped"
    assert "which does not answer as Kafka does" in found.reason


@needs_sandbox
def test_a_broker_that_goes_away_is_no_fault_of_the_lesson() -> None:
    lost = """
import time
ends = time.monotonic() + 6
while time.monotonic() < ends:
    producer = Producer({"bootstrap.servers": "kafka:9092", "message.timeout.ms": 800})
    lost = []
    producer.produce("shop.empty", b"x", on_delivery=lambda error, _: error and lost.append(error))
    producer.flush(3)
    if lost:
        raise KafkaException(lost[0])
    time.sleep(0.2)
"""
    with real_broker() as leaving:
        job = lesson(SETUP, lost, "undefined_name", services=("kafka",), timeout=8.0)
        with Engine(Limits(cell_seconds=8.0), workers=1, lab=leaving.lab()) as engine:
            batch = engine.batch()
            batch.add(job)
            time.sleep(3)
            leaving.process.kill()
            ((_, found),) = batch.results()
    assert kinds(found) == ["passed", "skipped", "failed"]
    assert found[1].reason.endswith("which does not answer (connection refused)")


ATTACKS = {
    "other ports and addresses": """
import socket
for host in ("127.0.0.1", "10.0.0.1", "169.254.169.254", "localhost"):
    try:
        socket.create_connection((host, OTHER), 0.5)
    except OSError:
        continue
    print("REACHED", host)
""",
    "garbage on every descriptor": """
import os, socket
for descriptor in range(3, 64):
    for text in (b"127.0.0.1:OTHER", b'{"connect": "127.0.0.1:OTHER"}', b"", b"\\xff" * 60_000):
        try:
            os.set_blocking(descriptor, False)
            os.write(descriptor, text)
        except OSError:
            pass
""",
    "descriptors of the relay": """
import os
for pid in filter(str.isdigit, os.listdir("/proc")):
    for number in range(100 if int(pid) != os.getpid() else 0):
        # How many those that keep the lesson have may be seen in bubblewrap; they may not be used.
        for use in (os.readlink, lambda path: os.open(path, os.O_RDWR)):
            try:
                print("REACHED", pid, number, use(f"/proc/{pid}/fd/{number}"))
            except OSError:
                pass
""",
    "thousands of connections": """
import socket
held = []
for number in range(3000):
    try:
        held.append(socket.create_connection(("127.0.0.1", 9092), 1))
        held[-1].send(b"\\xff" * 100)
    except OSError:
        pass
    del held[:-500]
""",
    "a flood that nobody reads": """
import socket, time
with socket.create_connection(("127.0.0.1", 9092), 1) as flood:
    flood.settimeout(0.5)
    ends = time.monotonic() + 2
    try:
        while time.monotonic() < ends:
            flood.send(b"\\0\\0\\xff\\xff" * 10_000)
    except OSError:
        pass
""",
    "it goes on": """
import os, socket, time
if os.fork() == 0:
    os.setsid()
    held = [socket.create_connection(("127.0.0.1", 9092), 1) for _ in range(5)]
    while True:
        time.sleep(1)
""",
}


@pytest.mark.parametrize("tier", in_every_tier[:2])
@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS.keys())
def test_an_attack_reaches_nothing_else_and_ends_with_its_lesson(real: Real, attack: str, tier: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        other.setblocking(False)
        attack = attack.replace("OTHER", str(other.getsockname()[1]))
        found = run(real.lab(), attack, "1 / 0", tier=tier)
        with pytest.raises(BlockingIOError):
            other.accept()
    assert "REACHED" not in found[0].stdout
    assert found[1].kind in ("failed", "not-run")
    assert kinds(run(real.lab(), READS, tier=tier, path="innocent.mdx")) == ["interrupted"]
