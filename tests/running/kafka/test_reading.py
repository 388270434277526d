"""Lessons that read topics: what must go well comes first, then what is a defect, each at its line."""

import pytest

from tests.running.cells import kinds
from tests.running.kafka.conftest import Run

ENDLESS = """
consumer = Consumer(config("{group}"))
consumer.subscribe(["shop.orders"])
seen = 0
while True:
    msg = consumer.poll(1.0)
    if msg is None:
        continue
    seen += 1
"""


def test_an_endless_loop_is_interrupted_when_it_has_seen_everything(run: Run) -> None:
    ended, after = run(ENDLESS.format(group="a"), "print(seen)")
    assert (ended.kind, ended.reason) == (
        "interrupted",
        "it runs until Ctrl-C, which the checker sent when its topics were drained",
    )
    assert ended.seconds < 2
    assert (after.kind, after.stdout) == ("passed", "21\n")


def test_it_may_handle_that_and_goes_on_behind_its_loop(run: Run) -> None:
    (outcome,) = run(
        """
потребитель = Consumer(config("отчёт"))
потребитель.subscribe(["shop.orders", "shop.people"])
счётчик = {}
try:
    while True:
        сообщение = потребитель.poll(timeout=1.0)
        if сообщение is None:
            print("тишина")
            continue
        if сообщение.error():
            raise KafkaException(сообщение.error())
        счётчик[сообщение.topic()] = счётчик.get(сообщение.topic(), 0) + 1
except KeyboardInterrupt:
    print("Остановлено")
finally:
    потребитель.close()
print(sorted(счётчик.items()))
"""
    )
    assert (outcome.kind, outcome.error) == ("interrupted", None)
    assert outcome.stdout.endswith("Остановлено\n[('shop.orders', 21), ('shop.people', 2)]\n")
    assert "тишина" in outcome.stdout


def test_a_handler_of_the_signal_ends_it_as_well(run: Run) -> None:
    (outcome,) = run(
        """
import signal
running = True
def stop(signum, frame):
    global running
    running = False
before = signal.signal(signal.SIGINT, stop)
consumer = Consumer(config("graceful"))
consumer.subscribe(["shop.orders"])
seen = 0
while running:
    if consumer.poll(0.5) is not None:
        seen += 1
consumer.close()
signal.signal(signal.SIGINT, before)
print("stopped after", seen);
"""
    )
    assert (outcome.kind, outcome.stdout) == ("interrupted", "stopped after 21\n")


ENDS_BY_ITSELF = {
    "empty polls": """
idle = seen = 0
while idle < 5:
    msg = consumer.poll(1.0)
    if msg is None:
        idle += 1
        continue
    seen += 1
print(seen)
""",
    "a count": """
seen = 0
while seen < 21:
    msg = consumer.poll(1.0)
    if msg is not None and not msg.error():
        seen += 1
print(seen)
""",
    "batches": """
seen = 0
while batch := consumer.consume(num_messages=10, timeout=2.0):
    seen += len(batch)
print(seen)
""",
    "one batch": "print(len(consumer.consume(21, 5)))",
    "by default": "print(len(consumer.consume()) + 20)",
    "polls without a timeout": "print(sum(consumer.poll() is not None for _ in range(21)))",
    "the end of partitions": """
consumer = Consumer(config("ends", **{"enable.partition.eof": "true"}))
consumer.subscribe(["shop.orders"])
seen = ends = 0
while ends < 3:
    msg = consumer.poll(1.0)
    if msg is None:
        continue
    if msg.error():
        assert msg.error().code() == KafkaError._PARTITION_EOF
        ends += 1
    else:
        seen += 1
print(seen)
""",
}


@pytest.mark.parametrize("code", ENDS_BY_ITSELF.values(), ids=ENDS_BY_ITSELF.keys())
def test_a_loop_that_ends_by_itself_does(run: Run, code: str) -> None:
    start = 'consumer = Consumer(config("itself"))\nconsumer.subscribe(["shop.orders"])\n'
    (outcome,) = run(start + code, drained=False)
    assert (outcome.kind, outcome.stdout) == ("passed", "21\n")
    assert outcome.seconds < 3


def test_a_loop_that_waits_for_more_than_there_is_is_no_failure(run: Run) -> None:
    (outcome,) = run(ENDLESS.replace("True", "seen < 1000").format(group="b"), drained=False)
    assert outcome.kind == "interrupted"


def test_waiting_without_a_limit_for_what_cannot_come_is_interrupted(run: Run) -> None:
    first, second = run(
        'consumer = Consumer(config("c"))\nconsumer.subscribe(["shop.people"])\n'
        "while True:\n    consumer.poll()",
        "consumer.consume(5)",
    )
    assert kinds([first, second]) == ["interrupted", "interrupted"]
    assert first.seconds < 2


def test_a_consumer_that_starts_at_the_end_gets_what_is_sent_after_it_has_come(run: Run) -> None:
    ended, after = run(
        ENDLESS.replace('config("{group}")', 'config("end", **{{"auto.offset.reset": "latest"}})').format(),
        "print(seen, consumer.get_watermark_offsets(TopicPartition('shop.orders', 0))[0])",
    )
    assert ended.kind == "interrupted"
    assert after.stdout == "21 0\n"


def test_one_that_goes_on_where_its_group_was_does_not(run: Run) -> None:
    read = ENDLESS.replace('config("{group}")', 'config("on", **{{"auto.offset.reset": "latest"}})').format()
    first, again, after = run(read + "\n", "consumer.close()\n" + read, "print(seen)")
    assert kinds([first, again]) == ["interrupted", "interrupted"]
    assert after.stdout == "0\n"


def test_a_partition_that_is_taken_at_its_end_is_filled_as_well(run: Run) -> None:
    (outcome,) = run(
        """
from confluent_kafka import OFFSET_END
consumer = Consumer(config("taken"))
consumer.assign([TopicPartition("shop.people", 0, OFFSET_END)])
print(consumer.poll(3.0).value());
"""
    )
    assert (outcome.kind, outcome.stdout) == ("passed", "b'Anna'\n")


def test_what_a_message_holds_is_what_was_sent(run: Run) -> None:
    (outcome,) = run(
        """
consumer = Consumer(config("holds"))
consumer.subscribe(["shop.orders"])
first = {}
for msg in consumer.consume(21, 5.0):
    first.setdefault(msg.partition(), msg)
for partition in sorted(first):
    msg = first[partition]
    print(msg.topic(), msg.offset(), msg.key(), msg.headers(), msg.timestamp()[1] % 1000)
consumer.close()
"""
    )
    lines = outcome.stdout.splitlines()
    assert len(lines) == 3
    assert all('shop.orders 0 b\'{"id": ' in line and "[('source', b'shop')]" in line for line in lines)


def test_offsets_can_be_asked_committed_and_sought(run: Run) -> None:
    (outcome,) = run(
        """
consumer = Consumer(config("moves", **{"enable.auto.commit": False, "enable.auto.offset.store": False}))
consumer.assign([TopicPartition("shop.people", 0, 0)])
print(consumer.get_watermark_offsets(TopicPartition("shop.people", 0)))
one = consumer.poll(3.0)
consumer.store_offsets(one)
consumer.commit(asynchronous=False)
print(consumer.committed([TopicPartition("shop.people", 0)])[0].offset, one.value())
while consumer.poll(1.0) is not None:
    pass
consumer.seek(TopicPartition("shop.people", 0, 0))
print(consumer.poll(3.0).value(), consumer.position([TopicPartition("shop.people", 0)])[0].offset)
consumer.close()
"""
    )
    assert (outcome.kind, outcome.error) == ("passed", None)
    assert outcome.stdout == "(0, 2)\n1 b'Anna'\nb'Anna' 1\n"


def test_a_group_can_be_joined_again_and_by_a_second_member(run: Run) -> None:
    (outcome,) = run(
        """
one = Consumer(config("two"))
one.subscribe(["shop.orders"])
while not one.assignment():
    one.poll(0.1)
one.close()
one, two = Consumer(config("two")), Consumer(config("two"))
for each in (one, two):
    each.subscribe(["shop.orders"])
while not (one.assignment() and two.assignment() and len(one.assignment() + two.assignment()) == 3):
    one.poll(0.05)
    two.poll(0.05)
one.close()
two.close()
print("shared")
""",
        drained=False,
    )
    assert (outcome.kind, outcome.stdout) == ("passed", "shared\n")


def test_a_loop_in_a_thread_is_interrupted_in_the_main_one(run: Run) -> None:
    first, after = run(
        """
import threading
seen = []
def work():
    consumer = Consumer(config("thread"))
    consumer.subscribe(["shop.orders"])
    while True:
        msg = consumer.poll(0.2)
        if msg is not None:
            seen.append(msg)
worker = threading.Thread(target=work, daemon=True)
worker.start()
try:
    worker.join()
except KeyboardInterrupt:
    print("enough", len(seen))
""",
        "import time\ntime.sleep(1)\nprint('undisturbed')",
    )
    assert (first.kind, first.stdout) == ("interrupted", "enough 21\n")
    assert (after.kind, after.stdout) == ("passed", "undisturbed\n")


def test_slow_reading_is_not_cut_short(run: Run) -> None:
    ended, after = run(
        ENDLESS.format(group="slow") + "    __import__('time').sleep(0.15)\n", "print(seen)", interrupt=2.0
    )
    assert ended.reason.endswith("drained")
    assert (ended.seconds > 2, after.stdout) == (True, "21\n")


def test_what_reads_nothing_is_interrupted_in_its_time(run: Run) -> None:
    (ended,) = run("while True: pass", interrupt=0.3)
    assert (ended.kind, ended.reason) == ("interrupted", "it runs until Ctrl-C, which the checker sent")
    assert ended.seconds < 2


def test_a_thread_that_is_left_over_keeps_no_later_loop_from_ending(run: Run) -> None:
    outcomes = run(
        """
import threading
def work():
    consumer = Consumer(config("left"))
    consumer.subscribe(["shop.people"])
    while True:
        consumer.poll(0.1)
threading.Thread(target=work, daemon=True).start()
""",
        ENDLESS.format(group="later"),
    )
    assert kinds(outcomes) == ["passed", "interrupted"]
    assert outcomes[1].reason.endswith("drained")
    assert outcomes[1].seconds < 3


def test_one_thread_waits_for_what_another_still_sends(run: Run) -> None:
    (outcome,) = run(
        """
import threading, time
def send():
    producer = Producer({"bootstrap.servers": "kafka:9092"})
    for number in range(3):
        producer.produce("slow", str(number))
        producer.flush()
        time.sleep(0.5)
sender = threading.Thread(target=send)
sender.start()
time.sleep(0.2)
consumer = Consumer(config("patient"))
consumer.subscribe(["slow"])
got = [msg for msg in (consumer.poll(2.0) for _ in range(3)) if msg is not None]
sender.join()
print(len(got))
"""
    )
    assert (outcome.kind, outcome.stdout) == ("passed", "3\n")


def test_a_consumer_of_asyncio_is_interrupted_too(run: Run) -> None:
    outcome, after = run(
        """
from confluent_kafka.aio import AIOConsumer
consumer = AIOConsumer(config("aio"))
await consumer.subscribe(["shop.orders"])
seen = 0
while True:
    msg = await consumer.poll(timeout=1.0)
    if msg is not None:
        seen += 1
""",
        "print(seen)",
    )
    assert (outcome.kind, after.stdout) == ("interrupted", "21\n")


def test_deserializers_are_served(run: Run) -> None:
    (outcome,) = run(
        """
from confluent_kafka import DeserializingConsumer
from confluent_kafka.serialization import StringDeserializer
consumer = DeserializingConsumer(config("text", **{"value.deserializer": StringDeserializer()}))
consumer.subscribe(["shop.people"])
print(consumer.poll(3.0).value());
consumer.close()
"""
    )
    assert (outcome.kind, outcome.stdout) == ("passed", "Anna\n")


def test_what_a_tombstone_breaks_is_a_failure_at_its_line(run: Run) -> None:
    broken, after = run(ENDLESS.format(group="d") + "    order = json.loads(msg.value())\n", "print('on')")
    assert broken.kind == "failed"
    assert broken.error is not None
    assert (broken.error.type, broken.error.line) == ("TypeError", 31)
    assert [frame.path for frame in broken.error.traceback] == ["lessons/first.mdx", "json/__init__.py"]
    assert after.kind == "passed"


def test_so_are_bytes_that_are_no_text(run: Run) -> None:
    (broken,) = run(
        """
consumer = Consumer(config("e"))
consumer.subscribe(["shop.people"])
while True:
    msg = consumer.poll(1.0)
    print(msg.value().decode())
"""
    )
    assert broken.error is not None
    assert (broken.kind, broken.error.type) == ("failed", "UnicodeDecodeError")


def test_a_mistake_in_the_configuration_is_the_client_s_to_report(run: Run) -> None:
    outcomes = run(
        'Consumer(config("f", **{"sesion.timeout.ms": 6000}))',
        'Consumer(config("f", **{"session.timeout.ms": "soon"}))',
        'Consumer(config("f", **{"session.timeout.ms": 400_000}))',
        'Consumer({"bootstrap.servers": "kafka:9092"})',
    )
    assert [each.error and each.error.type for each in outcomes] == [
        "cimpl.KafkaException",
        "cimpl.KafkaException",
        "cimpl.KafkaException",
        "ValueError",
    ]
    assert all(frame.path == "lessons/first.mdx" for each in outcomes for frame in each.error.traceback)  # type: ignore[union-attr]


def test_wrong_arguments_are_refused_as_by_the_client(run: Run) -> None:
    outcomes = run(
        'consumer = Consumer(config("g"))\nconsumer.poll("soon")',
        "consumer.poll(1, 2)",
        "consumer.consume(-1)",
        "consumer.consume(1, timeout=None)",
        "consumer.close()\nconsumer.poll(0)",
    )
    assert [each.error and each.error.type for each in outcomes] == [
        "TypeError",
        "TypeError",
        "ValueError",
        "TypeError",
        "RuntimeError",
    ]


def test_nothing_of_it_is_seen_in_what_a_lesson_prints(run: Run) -> None:
    (outcome,) = run(
        """
import threading, traceback
consumer = Consumer(config("h"))
print(type(consumer), repr(consumer)[:25], isinstance(consumer, Consumer), Consumer.poll.__name__)
print([each.name for each in threading.enumerate()])
try:
    consumer.poll("soon")
except TypeError:
    traceback.print_exc()
"""
    )
    assert outcome.stdout == (
        "<class 'cimpl.Consumer'> <cimpl.Consumer object at True poll\n['MainThread']\n"
    )
    assert "checker" not in outcome.stderr
    assert 'File "lessons/first.mdx", line 28' in outcome.stderr
