"""A Kafka lesson against the same code run bare, in one run: `make bench`, or `python benchmarks/kafka.py`.

The lesson reads 100 events in an endless loop. Bare, a plain interpreter starts librdkafka's mock cluster
itself (without the delay before a group's first rebalance), sends the events, and runs the lesson's very
code, which a timer interrupts: as soon as all events have come, so it waits for nothing. Ours is the engine
with its sandbox; a first lesson, with which the engine starts, is measured by itself.
"""

import argparse
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from checker.running.engine import Engine
from checker.running.job import CellJob, LessonJob, Limits, SessionJob
from checker.running.lab import KafkaLab, Lab, Message, Topic
from checker.running.probing import probe

EVENTS = 100
TOPIC = "shop.orders"
LESSON = """
import json
from confluent_kafka import Consumer

consumer = Consumer({
    "bootstrap.servers": "localhost:9092",
    "group.id": "report",
    "auto.offset.reset": "earliest",
})
consumer.subscribe(["shop.orders"])
total = seen = 0
try:
    while True:
        msg = consumer.poll(1.0)
        if msg is None:
            continue
        total += json.loads(msg.value())["total"]
        seen += 1
except KeyboardInterrupt:
    pass
finally:
    consumer.close()
print(seen, total)
"""
# The address is another one, and a thread presses Ctrl-C; else it is the lesson.
BARE = """
import ctypes, json, os, signal, sys, threading, time
import confluent_kafka, confluent_kafka.cimpl
library = ctypes.CDLL(confluent_kafka.cimpl.__file__)
def function(name, returns, *takes):
    found = getattr(library, name)
    found.restype, found.argtypes = returns, takes
    return found
pointer = ctypes.c_void_p
rk = function("rd_kafka_new", pointer, ctypes.c_int, pointer, ctypes.c_char_p, ctypes.c_size_t)(
    0, function("rd_kafka_conf_new", pointer)(), ctypes.create_string_buffer(512), 512)
cluster = function("rd_kafka_mock_cluster_new", pointer, pointer, ctypes.c_int)(rk, 1)
function("rd_kafka_mock_group_initial_rebalance_delay_ms", None, pointer, ctypes.c_int32)(cluster, 0)
address = function("rd_kafka_mock_cluster_bootstraps", ctypes.c_char_p, pointer)(cluster).decode()
producer = confluent_kafka.Producer({"bootstrap.servers": address, "linger.ms": 0, "log_level": 0})
for number in range(EVENTS):
    producer.produce("shop.orders", json.dumps({"total": number}), str(number), partition=0)
producer.flush()
def press():
    while globals().get("seen", 0) < EVENTS:
        time.sleep(0.001)
    os.kill(os.getpid(), signal.SIGINT)
threading.Thread(target=press, daemon=True).start()
exec(LESSON.replace("localhost:9092", address))
"""


def main() -> None:
    parser = argparse.ArgumentParser(description="A Kafka lesson, against the same code run bare.")
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    expected = f"{EVENTS} {sum(range(EVENTS))}\n"
    messages = tuple(Message(b"%d" % n, b'{"total": %d}' % n) for n in range(EVENTS))
    lab = Lab(KafkaLab(topics=(Topic(TOPIC, 1, messages),)))
    cell = CellJob(0, LESSON, 1, 10.0, interrupt=5.0, drained=True)
    job = LessonJob("lesson.mdx", (SessionJob("", (cell,), ("kafka",)),))
    script = f"EVENTS, LESSON = {EVENTS}, {LESSON!r}\n{BARE}"
    began = time.perf_counter()
    with Engine(Limits(), workers=1, tier=probe(), lab=lab) as engine:

        def ours() -> str:
            return "".join(each.stdout for _, outcomes in engine.run([job]) for each in outcomes)

        def bare() -> str:
            command = [sys.executable, "-c", script]
            return subprocess.run(
                command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True
            ).stdout

        assert ours() == expected
        first = time.perf_counter() - began
        times = [(timed(ours, expected), timed(bare, expected)) for _ in range(rounds)]
    mine, theirs = (median(each) for each in zip(*times, strict=True))
    ratio = median(one / other for one, other in times)
    print(f"A Kafka lesson of {EVENTS} events, {rounds} rounds, medians")
    print(f"| ours | {mine * 1000:.0f} ms | the first, with the engine's start {first * 1000:.0f} ms |")
    print(f"| bare | {theirs * 1000:.0f} ms | |")
    print(f"| ratio of the same round | {ratio:.2f} | at most 1.3 |")


def timed(run: Callable[[], str], expected: str) -> float:
    began = time.perf_counter()
    said = run()
    seconds = time.perf_counter() - began
    if said != expected:
        raise SystemExit(f"benchmark: it printed {said!r} and not {expected!r}")
    return seconds


if __name__ == "__main__":
    main()
