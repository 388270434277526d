"""Lessons that turn on their broker: they harm themselves, and their verdict stays true."""

from collections.abc import Iterator

import pytest

from checker.running.engine import Engine
from checker.running.job import LessonJob, Limits
from tests.running.cells import kinds, lesson, outcomes, session
from tests.running.kafka.conftest import LAB, SETUP
from tests.sandboxes import in_every_tier, needs_tier

ATTACKS = {
    "kills everything": "import os, signal\nos.kill(-1, signal.SIGKILL)",
    "kills by number": """
import os, signal
for pid in range(2, 200):
    if pid != os.getpid():
        try:
            os.kill(pid, signal.SIGKILL)
        except OSError:
            pass
""",
    "floods the ports": """
import socket
held = []
for _ in range(900):
    try:
        held.append(socket.create_connection(("127.0.0.1", 9092), 1))
        held[-1].send(b"\\xff" * 100)
    except OSError:
        break
""",
    "writes on every descriptor": """
import os
for descriptor in range(3, 64):
    for text in (b"garbage", b'{"create": "x", "partitions": 1000000000}', b"", b"\\xff" * 60_000):
        try:
            os.set_blocking(descriptor, False)
            os.write(descriptor, text)
        except OSError:
            pass
""",
    "closes every descriptor": "import os\nos.closerange(3, 256)",
    "looks into the broker": """
import os
for pid in os.listdir("/proc"):
    if pid.isdigit() and int(pid) != os.getpid():
        for name in ("mem", "environ", "maps"):
            try:
                open(f"/proc/{pid}/{name}", "rb").read(10)
            except OSError:
                continue
            if name != "maps":
                print("READ", pid, name)
""",
    "ends its own client": "import confluent_kafka.cimpl as c\nc.Consumer = confluent_kafka = None",
}
AFTER = """
producer = Producer({"bootstrap.servers": "kafka:9092", "message.timeout.ms": 1500})
producer.produce("new", b"x")
print("left", producer.flush(3))
"""
READS = """
consumer = Consumer(config("after"))
consumer.subscribe(["shop.people"])
print(len(consumer.consume(2, 5.0)))
consumer.close()
"""


@pytest.fixture(scope="module", params=in_every_tier[:2])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    with Engine(Limits(cell_seconds=8.0), workers=1, lab=LAB, tier=request.param) as shared:
        yield shared


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS.keys())
def test_an_attack_ends_with_its_lesson(engine: Engine, attack: str) -> None:
    hostile = lesson(SETUP, attack, AFTER, "1 / 0", path="a.mdx", services=("kafka",), timeout=8.0)
    innocent = lesson(SETUP, READS, path="b.mdx", services=("kafka",), timeout=8.0)
    found = outcomes(engine, hostile)
    # Whatever it did, what fails is told as failing, or as having no interpreter left to fail in.
    assert found[3].kind in ("failed", "not-run")
    assert "READ" not in found[1].stdout
    assert [each.stdout for each in outcomes(engine, innocent)] == ["", "2\n"]


def test_two_sessions_of_a_lesson_have_a_cluster_each(engine: Engine) -> None:
    sends = """
producer = Producer({"bootstrap.servers": "kafka:9092"})
producer.produce("shop.people", b"more")
producer.flush()
print(producer.list_topics(timeout=5).topics.keys() == {"shop.orders", "shop.people", "shop.empty"})
"""
    counts = "print(Consumer(config('c')).get_watermark_offsets(TopicPartition('shop.people', 0)))"
    sessions = [
        session(SETUP, code, name=str(number), services=("kafka",))
        for number, code in enumerate((sends, counts))
    ]
    found = outcomes(engine, LessonJob("c.mdx", tuple(sessions)))
    assert kinds(found) == ["passed"] * 4
    assert [each.stdout for each in found] == ["", "True\n", "", "(0, 2)\n"]


@pytest.mark.parametrize("tier", [pytest.param("landlock", marks=needs_tier("landlock")), "none"])
def test_without_a_network_of_its_own_a_lesson_is_told_so(tier: str) -> None:
    with Engine(Limits(), workers=1, lab=LAB, tier=tier) as engine:
        found = outcomes(engine, lesson(SETUP, READS, "print('on')", services=("kafka",)))
    assert kinds(found) == ["passed", "skipped", "passed"]
    assert found[1].reason.startswith("it needs a network of its own")
