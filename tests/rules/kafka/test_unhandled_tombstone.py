"""Consumers that a tombstone ends, silent cases first."""

import json

import pytest
from msgspec.structs import replace

from checker.config import Config
from checker.config.services_keys import DebeziumKeys, KafkaServiceKeys, ServicesKeys, TopicKeys, UnwrapKeys
from checker.rules.kafka.unhandled_tombstone import check
from tests.rules.kafka.lessons import fenced, shown
from tests.rules.kafka.test_connectors import FULL

ABOUT = "About Debezium.\n\n"
MAKE = """\
import json
from confluent_kafka import Consumer

consumer = Consumer({"bootstrap.servers": "kafka:9092", "group.id": "g"})
consumer.subscribe(["shop.public.orders"])
"""
LOOP = """\
while True:
    msg = consumer.poll(1.0)
    if msg is None or msg.error():
        continue
    event = json.loads(msg.value().decode("utf-8"))
"""


def told(code: str, *more: str, about: str = ABOUT, config: Config | None = None) -> list[str]:
    """What stands where a tombstone is reported."""
    return shown(check, about + "".join(fenced("python", each) for each in (code, *more)), config)


def topic(**keys: object) -> Config:
    made = replace(DebeziumKeys(table="public.orders"), **keys)
    topics = (TopicKeys(name="shop.public.orders", debezium=made),)
    return Config(services=ServicesKeys(kafka=KafkaServiceKeys(topics=topics)))


def connector(**more: str) -> str:
    config = {**FULL, **{name.replace("_", "."): value for name, value in more.items()}}
    return ABOUT + fenced("json", json.dumps({"name": "shop", "config": config}))


@pytest.mark.parametrize(
    "change",
    [
        ("msg.error():", "msg.error() or msg.value() is None:"),
        ("msg.error():", "msg.error() or not msg.value():"),
        ("if msg is None or", "if not msg or"),
        ('msg.value().decode("utf-8")', '(msg.value() or b"null").decode("utf-8")'),
        ('json.loads(msg.value().decode("utf-8"))', "msg.value()"),
        ("event = json", "value = msg.value()\n    event = value and json"),
        ('json.loads(msg.value().decode("utf-8"))', "[json.loads(v) for v in [msg.value()] if msg.value()]"),
        ("    event = json", "    match msg.value():\n        case None: continue\n    event = json"),
        ("json.loads(msg.value()", "json.loads(msg.key()"),
        ("consumer.poll", "source.poll"),
        ("msg.error():", "msg.error() or msg.len() == 0:"),
        ("msg.error():", "len(msg) == 0 or msg.error():"),
        ("msg is None or msg.error()", "not is_event(msg)"),
        ("    event = json", "    with contextlib.suppress(ValueError, TypeError):\n        event = json"),
        ("    event = json", "    with suppress(Exception):\n        event = json"),
    ],
)  # fmt: skip
def test_what_asks_for_a_value_is_silent(change: tuple[str, str]) -> None:
    assert told(MAKE + LOOP.replace(*change)) == []


@pytest.mark.parametrize(
    "caught", ["", "Exception", "AttributeError", "(ValueError, TypeError)", "BaseException"]
)
def test_what_is_caught_is_silent(caught: str) -> None:
    tried = LOOP.replace(
        "    event = ",
        f"    try:\n        pass\n    except {caught or 'ValueError'}:\n        pass\n    event = ",
    )
    assert told(MAKE + tried) == ["msg.value()"]
    body = f"    try:\n        e = json.loads(msg.value())\n    except {caught}:\n        pass\n"
    assert told(MAKE + LOOP.replace('    event = json.loads(msg.value().decode("utf-8"))\n', body)) == []


def test_what_is_caught_around_a_function_is_silent() -> None:
    step = "def step():\n    msg = consumer.poll(1)\n    print(json.loads(msg.value()))\n"
    assert told(MAKE + step, "try:\n    step()\nexcept Exception:\n    pass\n") == []
    assert told(MAKE + step, "try:\n    step()\nexcept ValueError:\n    pass\n") == ["msg.value()"]
    other = LOOP.replace("    event", "    with open('a') as file, suppress(OSError):\n        event")
    assert told(MAKE + other) == ["msg.value()"]


def test_what_the_lesson_writes_itself_is_silent() -> None:
    assert told(MAKE + 'producer.produce("shop.public.orders", b"{}")\n' + LOOP) == []
    named = 'TOPIC = "shop.public.orders"\nproducer.produce(TOPIC, b"{}")\n'
    assert told(MAKE + named, LOOP) == []
    assert told(MAKE + 'producer.produce("dlq", b"{}")\n' + LOOP) == ["msg.value()"]
    for name in ("__debezium.public.orders", "schema-changes.shop.internal", "dlq.public.orders"):
        assert told(MAKE.replace("shop.public.orders", name) + LOOP) == []


def test_other_topics_lessons_and_clients_are_silent() -> None:
    assert told(MAKE + LOOP, about="About Kafka.\n\n") == []
    assert told(MAKE.replace("shop.public.orders", "orders") + LOOP) == []
    assert told(MAKE.replace("shop.public.orders", "shop..orders") + LOOP) == []
    assert told(MAKE.replace('["shop.public.orders"]', "topics") + LOOP) == []
    assert told(MAKE.replace('"shop.public.orders"', "*topics, TOPIC") + LOOP) == []
    assert told(MAKE.replace("Consumer", "DeserializingConsumer") + LOOP) == []
    assert told(LOOP) == []
    assert told("import json\nfrom confluent_kafka import Consumer\nConsumer({})\n") == []


def test_where_no_tombstones_are_sent_it_is_silent() -> None:
    assert told(MAKE + LOOP, about=ABOUT + "`tombstones.on.delete` is false\n\n") == []
    assert told(MAKE + LOOP, about=ABOUT + "ExtractNewRecordState\n\n") == []
    assert told(MAKE + LOOP, about=ABOUT + "The Outbox Event Router\n\n") == []
    assert told(MAKE + LOOP, about=connector(tombstones_on_delete="false")) == []
    assert told(MAKE + LOOP, about=connector(skipped_operations="t, d")) == []
    assert told(MAKE + LOOP, about=connector(snapshot_mode="initial_only")) == []
    assert told(MAKE + LOOP, about=ABOUT + "`skipped.operations` is d\n\n") == []
    unwrap = {
        "transforms": "u",
        "transforms_u_type": "io.debezium.transforms.ExtractNewRecordState",
    }
    assert told(MAKE + LOOP, about=connector(**unwrap)) == []
    handled = {**unwrap, "transforms_u_delete_tombstone_handling_mode": "drop"}
    assert told(MAKE + LOOP, about=connector(**handled)) == []
    outbox = {"transforms": "o", "transforms_o_type": "io.debezium.transforms.outbox.EventRouter"}
    assert told(MAKE + LOOP, about=connector(**outbox)) == []
    drop = {"transforms": "f", "transforms_f_type": "org.apache.kafka.connect.transforms.Filter"}
    assert told(MAKE + LOOP, about=connector(**drop)) == []
    assert told(MAKE + LOOP, config=topic(tombstones=False)) == []
    assert told(MAKE + LOOP, config=topic(unwrap=UnwrapKeys(deletes="drop"))) == []


def test_a_loop_that_a_tombstone_ends() -> None:
    assert told(MAKE + LOOP) == ["msg.value()"]
    assert told(MAKE, LOOP) == ["msg.value()"]
    assert told(MAKE + LOOP, config=topic()) == ["msg.value()"]
    assert told(MAKE + LOOP, config=topic(unwrap=UnwrapKeys())) == ["msg.value()"]
    named = MAKE.replace("consumer.sub", 'TOPIC = "shop.public.orders"\nconsumer.sub')
    assert told(named.replace('["shop.public.orders"]', "[TOPIC]") + LOOP) == ["msg.value()"]
    assert told(MAKE + LOOP, about=connector()) == ["msg.value()"]
    kept = {
        "transforms": "m,u",
        "transforms_m_type": "org.apache.kafka.connect.transforms.MaskField$Key",
        "transforms_m_fields": "id",
        "transforms_u_type": "io.debezium.transforms.ExtractNewRecordState",
        "transforms_u_drop_tombstones": "false",
    }
    assert told(MAKE + LOOP, about=connector(**kept)) == ["msg.value()"]


def test_other_ways_to_the_value() -> None:
    assert told(MAKE + "for m in consumer.consume(10):\n    print(json.loads(m.value()))\n") == ["m.value()"]
    assert told(MAKE + "if (m := consumer.poll(1)) is not None:\n    m.value().decode()\n") == ["m.value()"]
    kept = LOOP.replace(
        "    event = json.loads(msg.value()", "    value = msg.value()\n    event = json.loads(value"
    )
    assert told(MAKE + kept) == ["value"]
    assert told(MAKE.replace("import json", "from json import loads") + LOOP.replace("json.", "")) == [
        "msg.value()"
    ]


def test_a_function_that_is_given_the_value() -> None:
    parse = "def parse(raw, *, more=1):\n    return json.loads(raw.decode())\n"
    used = LOOP.replace('json.loads(msg.value().decode("utf-8"))', "parse(msg.value())")
    assert told(MAKE + parse + used) == ["raw"]
    assert told(MAKE, parse.replace("return", "if raw is None:\n        return None\n    return"), used) == []
    assert told(MAKE + used) == []
    assert told(MAKE + parse + used.replace("msg.value()", "msg.key()")) == []


def test_a_function_that_is_given_the_message() -> None:
    parse = "def parse(m):\n    return json.loads(m.value().decode())\n"
    used = LOOP.replace('json.loads(msg.value().decode("utf-8"))', "parse(msg)")
    assert told(MAKE + parse + used) == ["m.value()"]
    kept = "def parse(m):\n    raw = m.value()\n    return json.loads(raw)\n"
    assert told(MAKE, kept, used) == ["raw"]
    for asks in ("if raw:\n        ", "if m.value():\n        ", "if len(m):\n        "):
        assert told(MAKE, kept.replace("return", f"{asks}return"), used) == []
    assert told(MAKE, kept, used.replace("msg.error()", "msg.error() or not msg.value()")) == []
    tried = "    try:\n        event = parse(msg)\n    except Exception:\n        pass\n"
    assert told(MAKE + parse + LOOP.replace("    event", "    e") + tried) == ["msg.value()"]


def test_other_ways_to_name_the_topics() -> None:
    for given in (
        "topics=['shop.public.orders']",
        "['shop.public.orders'], on_assign=f",
        "TOPICS",
        "topics=TOPICS",
    ):
        code = MAKE.replace('["shop.public.orders"]', given)
        assert told('TOPICS = ["shop.public.orders"]\n' + code + LOOP) == ["msg.value()"]
    assert told(MAKE.replace('["shop.public.orders"]', "[['shop.public.orders'], 1]") + LOOP) == []


def test_one_that_is_shown_wrong_is_intended() -> None:
    text = ABOUT + fenced("python", MAKE) + "{/* check: wrong */}\n```python\n" + LOOP + "```\n"
    assert shown(check, text) == ["msg.value()~"]


def test_what_does_not_parse_is_left_alone() -> None:
    assert told(MAKE, "def", LOOP) == ["msg.value()"]


LOOPED = """\
import json
from kafka import KafkaConsumer

consumer = KafkaConsumer("shop.public.orders", bootstrap_servers="kafka:9092")
for message in consumer:
    print(json.loads(message.value))
"""
DECODED = """\
import json
from kafka import KafkaConsumer

def decode(raw):
    return json.loads(raw)

consumer = KafkaConsumer("shop.public.orders", value_deserializer=decode)
for message in consumer:
    print(message.value)
"""


@pytest.mark.parametrize(
    "change",
    [
        ("    print", "    if message.value is None:\n        continue\n    print"),
        ("    print", "    if message.value:\n        print"),
        ("json.loads(message.value)", "message.value"),
        ("json.loads(message.value)", "json.loads(message.key)"),
        ("json.loads(message.value)", "message.value()"),
        ("shop.public.orders", "views"),
        ("KafkaConsumer(", "KafkaProducer("),
        ("in consumer", "in messages"),
        ("consumer = ", "consumers[0] = "),
    ],
)
def test_looped_consumers_that_ask_are_silent(change: tuple[str, str]) -> None:
    assert told(LOOPED.replace(*change)) == []


@pytest.mark.parametrize(
    "change",
    [
        ("return json.loads(raw)", "return json.loads(raw) if raw else None"),
        ("return json.loads(raw)", "return raw and json.loads(raw)"),
        ("    return json.loads(raw)", "    with suppress(TypeError):\n        return json.loads(raw)"),
        ("return json.loads(raw)", "return load(raw)"),
        ("def decode(raw)", "def decode(raw, more)"),
        ("value_deserializer=decode", "value_deserializer=other"),
        ("value_deserializer=decode", "value_deserializer=lambda: None"),
        ("value_deserializer=decode", "value_deserializer=lambda m: json.loads(m) if m else None"),
        ("value_deserializer=decode", "value_deserializer=decoders['json']"),
        ("value_deserializer=decode", "key_deserializer=decode"),
        ("in consumer", "in other"),
    ],
)  # fmt: skip
def test_deserializers_that_ask_are_silent(change: tuple[str, str]) -> None:
    assert told(DECODED.replace(*change)) == []


def test_a_loop_that_catches_what_its_deserializer_raises_is_silent() -> None:
    head, _, loop = DECODED.partition("for ")
    tried = f"{head}try:\n    for {loop.replace('    print', '        print')}except Exception:\n    pass\n"
    assert told(tried) == []


def test_looped_consumers_that_a_tombstone_ends() -> None:
    assert told(LOOPED) == ["message.value"]
    assert told(LOOPED.replace("json.loads(message.value)", 'message.value["op"]')) == ["message.value"]
    assert told(LOOPED.replace("json.loads(message.value)", 'str(message.value, "utf-8")')) == [
        "message.value"
    ]
    named = LOOPED.replace('KafkaConsumer("shop.public.orders", ', "kafka.KafkaConsumer(")
    assert told(named.replace("for ", 'consumer.subscribe(["shop.public.orders"])\nfor ')) == [
        "message.value"
    ]
    listed = LOOPED.replace("for message in consumer:\n    print(", "print([").replace(
        "value))", "value) for message in consumer])"
    )
    assert told(listed) == ["message.value"]
    awaited = LOOPED.replace("KafkaConsumer", "AIOKafkaConsumer").replace("kafka import", "aiokafka import")
    body = awaited.replace("for message", "async def main():\n    async for message").replace(
        "    print", "        print"
    )
    assert told(body) == ["message.value"]


def test_deserializers_that_a_tombstone_ends() -> None:
    assert told(DECODED) == ["raw"]
    assert told(DECODED.replace("=decode)", "=json.loads)")) == ["json.loads"]
    assert told(DECODED.replace("=decode)", '=lambda m: json.loads(m.decode("utf-8")))')) == ["m"]
    guarded = DECODED.replace("=decode)", "=lambda m: json.loads(m) if m else None)")
    assert told(guarded.replace("message.value", 'message.value["op"]')) == ["message.value"]


GENERATOR = """\
def messages(consumer):
    while True:
        one = consumer.poll(1.0)
        if one is not None:
            yield one

for each in messages(consumer):
    print(json.loads(each.value()))
"""


def test_messages_of_generators_batches_and_objects() -> None:
    assert told(MAKE + GENERATOR) == ["each.value()"]
    assert told(MAKE + GENERATOR.replace("is not None", "and one.value()")) == []
    assert told(MAKE + GENERATOR.replace("yield one", "yield 1")) == []
    batch = "batch = consumer.consume(10)\nrows = [json.loads(m.value()) for m in batch if not m.error()]\n"
    assert told(MAKE + batch) == ["m.value()"]
    assert told(MAKE + batch.replace("if not m.error()", "if m.value()")) == []
    assert told(MAKE + 'event = consumer.poll(1).value()\nm = consumer.poll(1)\nm.value()["after"]\n') == [
        "m.value()"
    ]
    held = MAKE.replace("consumer = ", "self.consumer = ").replace("consumer.sub", "self.consumer.sub")
    assert told(held + LOOP.replace("consumer.poll", "self.consumer.poll")) == ["msg.value()"]
    awaited = "async def main():\n    msg = await consumer.poll(1)\n    json.loads(msg.value())\n"
    assert told(MAKE + awaited) == ["msg.value()"]
