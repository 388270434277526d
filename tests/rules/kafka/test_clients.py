"""The rules about configurations of confluent-kafka's clients."""

import pytest

from checker.rules.kafka import (
    contradictory_client_config,
    ineffective_client_property,
    unknown_client_property,
)
from tests.rules.kafka.lessons import fenced, mended, reports, shown

RULES = (unknown_client_property, ineffective_client_property, contradictory_client_config)
HEAD = "from confluent_kafka import Consumer, Producer\n"
GIVEN = "'bootstrap.servers': 'kafka:9092', 'group.id': 'g'"


def everything(code: str, head: str = HEAD) -> list[str]:
    """What all the rules report, in the order of the rules."""
    text = fenced("python", head + code)
    return [each for rule in RULES for each in shown(rule.check, text)]


SILENT = [
    f"Consumer({{{GIVEN}, 'auto.offset.reset': 'earliest', 'enable.auto.commit': False}})",
    f"Consumer({{{GIVEN}, 'auto.offset.reset': 'ERROR', 'isolation.level': 'read_uncommitted'}})",
    f"Consumer({{{GIVEN}, 'enable.partition.eof': 'true', 'session.timeout.ms': '6000'}})",
    f"Consumer({{{GIVEN}, 'session.timeout.ms': 45 * 1000, 'fetch.wait.max.ms': 500}})",
    f"Consumer({{{GIVEN}, 'debug': 'consumer,cgrp', 'client.id': 7, 'on_commit': print}})",
    f"Consumer({{{GIVEN}, 'error_cb': print, 'stats_cb': print, 'logger': None}})",
    f"Consumer({{{GIVEN}, 'default.topic.config': {{'auto.offset.reset': 'earliest'}}}})",
    f"Consumer({{{GIVEN}, 'topic.auto.offset.reset': 'earliest', 'topic.metadata.refresh.interval.ms': 1}})",
    "Consumer({...})",
    "Consumer({'group.id': 'g', ...: 1})",
    "Consumer(config)",
    "Consumer()",
    "Consumer(*given)",
    f"Consumer({{{GIVEN}, 'session.timeout.ms': seconds * 1000, 'acks' + x: 1}})",
    f"Consumer({{{GIVEN}, 'auto.offset.reset': f'{{where}}', 'x.y' if a else 'b': 1}})",
    "Producer({'bootstrap.servers': 'k:1', 'acks': 'all', 'linger.ms': 0.5, 'compression.type': 'GZIP'})",
    "Producer({'bootstrap.servers': 'kafka:9092', 'acks': -1, 'enable.idempotence': True, 'retries': 3})",
    "Producer({'bootstrap.servers': 'k:1', 'max.in.flight': 5, 'enable.idempotence': 'true'})",
    "Producer({'bootstrap.servers': 'k:1', 'partitioner': 'murmur2_random', 'on_delivery': print})",
    "Producer({'bootstrap.servers': 'k:1', 'delivery.timeout.ms': 120000, 'message.timeout.ms': 120000})",
    # A configuration that both kinds of clients are given.
    f"config = {{{GIVEN}}}\nConsumer(config)\nProducer(config)",
    # What is added where nobody sees it.
    "config = {'bootstrap.servers': 'k:1'}\nconfig.update(read_config())\nConsumer(config)",
    "config = {'bootstrap.servers': 'k:1'}\nif a:\n    config['group.id'] = 'g'\nConsumer(config)",
    "config = {'bootstrap.servers': 'k:1', **secrets}\nConsumer(config)",
    "config = {'bootstrap.servers': 'k:1'}\nconfig[name] = 1\nConsumer(config)",
    "config = {'bootstrap.servers': 'k:1'}\nconfig.update(a=1)\nConsumer(config)",
    "config = dict({'bootstrap.servers': 'k:1'}, **more)\nConsumer(config)",
    "config = {'bootstrap.servers': 'k:1'} | more\nConsumer(config)",
    "config = first | second\nConsumer(dict(config))",
    f"config = {{{GIVEN}, 'foo': 1}}\nconfig = load()\nConsumer(config)",
    f"config = {{{GIVEN}, 'foo': 1}}\ndef make(config):\n    return Consumer(config)",
    f"config = {{{GIVEN}}}\nx = config['foo']\nother['foo'] = 1\nother.update(foo=1)\nConsumer(config)",
    "class A:\n    def make(self):\n        return Consumer(self.config)",
    f"config = {{{GIVEN}, 'foo.bar': 1}}\ndel config['foo.bar'], x\nConsumer(config)",
    f"config = {{{GIVEN}, 'foo.bar': 1}}\nconfig.pop('foo.bar')\nother.pop('x')\nConsumer(config)",
    f"config = {{{GIVEN}, 'foo.bar': 1}}\nconfig.pop(name)\nConsumer(config)",
    # Another library's client, and Java's.
    "from quixstreams import Consumer\nConsumer({'bootstrap.servers': 'k:1', 'foo.bar': 1})",
    "kafka.Consumer({'bootstrap.servers': 'k:1', 'foo.bar': 1})",
    "KafkaConsumer('t', bootstrap_servers='k:1', value_deserializer=str)",
    "env.add_source(FlinkKafkaConsumer('t', s, {'bootstrap.servers': 'k:1', 'max.poll.records': '1'}))",
]


@pytest.mark.parametrize("code", SILENT)
def test_silent(code: str) -> None:
    assert everything(code) == []


@pytest.mark.parametrize(
    "text",
    [
        fenced("java", 'props.put("max.poll.records", "1"); new KafkaConsumer<>(props); Consumer({'),
        fenced("properties", "bootstrap.servers=k:1\nmax.poll.records=100\n# Consumer("),
        fenced("python", "def (:\nConsumer({'foo': 1})"),
        fenced("python", "Consumer({'foo.bar': 1})"),  # nobody says whose it is
        "Consumer( in prose\n",
    ],
)
def test_silent_elsewhere(text: str) -> None:
    assert [each for rule in RULES for each in shown(rule.check, text)] == []


@pytest.mark.parametrize(
    ("code", "found"),
    [
        (f"Consumer({{{GIVEN}, 'fetch.max.wait.ms': 5}})", ["'fetch.max.wait.ms'"]),
        (f"Consumer({{{GIVEN}, 'key.deserializer': str}})", ["'key.deserializer'"]),
        (f"Consumer({{{GIVEN}, 'zzz': 1}})", ["'zzz'"]),
        ("Consumer({'bootstrap.servers': 'k:1', 'group_id': 'g'})", ["'group_id'"]),
        ("Consumer({'bootstrap.servers': 'k:1', 'groupid': 'g'})", ["'groupid'"]),
        (f"Consumer({{{GIVEN}, 'auto.offset.reset': 'none'}})", ["'none'"]),
        (f"Consumer({{{GIVEN}, 'enable.auto.commit': 'yes'}})", ["'yes'"]),
        (f"Consumer({{{GIVEN}, 'session.timeout.ms': 'long'}})", ["'long'"]),
        (f"Consumer({{{GIVEN}, 'session.timeout.ms': True}})", ["True"]),
        (f"Consumer({{{GIVEN}, 'session.timeout.ms': -1}})", ["-1"]),
        (f"Consumer({{{GIVEN}, 'fetch.wait.max.ms': 600 * 1000}})", ["600 * 1000"]),
        (f"Consumer({{{GIVEN}, 'fetch.wait.max.ms': 10 ** 9 - 1 + 2}})", []),
        (f"Consumer({{{GIVEN}, 'session.timeout.ms': '0x10'}})", []),
        (f"Consumer({{{GIVEN}, 'heartbeat.interval.ms': '3s'}})", ["'3s'!"]),
        (f"Consumer({{{GIVEN}, 'debug': 'consumer,everything'}})", ["'consumer,everything'"]),
        (f"Consumer({{{GIVEN}, 'isolation.level': None}})", ["None"]),
        (f"Consumer({{{GIVEN}, 'client.id': b'x', 'session.timeout.ms': b'x'}})", []),
        ("Producer({'bootstrap.servers': 'k:1', 'compression.type': 'brotli'})", ["'brotli'"]),
        ("Producer({'bootstrap.servers': 'k:1', 'partitioner': 'sticky'})", ["'sticky'"]),
        ("Producer({'bootstrap.servers': 'k:1', 'linger.ms': 'soon'})", ["'soon'"]),
        ("Producer({'bootstrap.servers': 'k:1', 'acks': 'none'})", ["'none'"]),
        # Followed to the call.
        (f"config = {{{GIVEN}}}\nconfig['foo.bar'] = 1\nConsumer(config)", ["'foo.bar'"]),
        (f"config = {{{GIVEN}}}\nconfig.update({{'foo.bar': 1}})\nConsumer(config)", ["'foo.bar'"]),
        (f"config = {{{GIVEN}}}\nconfig |= {{'foo.bar': 1}}\nConsumer(config)", ["'foo.bar'"]),
        (f"base = {{{GIVEN}}}\nConsumer({{**base, 'foo.bar': 1}})", ["'foo.bar'"]),
        (f"base = {{{GIVEN}, 'foo.bar': 1}}\nConsumer(base.copy())", ["'foo.bar'"]),
        (f"base = {{{GIVEN}, 'foo.bar': 1}}\nConsumer(dict(base))", ["'foo.bar'"]),
        (f"base: dict = {{{GIVEN}}}\nConsumer(base | {{'foo.bar': 1}})", ["'foo.bar'"]),
        (f"config = {{{GIVEN}, 'foo.bar': 1}}\nConsumer(**config)", ["'foo.bar'"]),
        (f"config = {{{GIVEN}, 'foo.bar': 1}}\nConsumer(conf=config)", ["'foo.bar'"]),
        (f"config = {{{GIVEN}, 'foo.bar': 1}}\na = Consumer(config)\nb = Consumer(config)", ["'foo.bar'"]),
        (f"def make():\n    conf = {{{GIVEN}, 'foo.bar': 1}}\n    return Consumer(conf)", ["'foo.bar'"]),
        (
            (
                "class A:\n    def __init__(self):\n"
                f"        self.conf = {{{GIVEN}, 'foo.bar': 1}}\n"
                "    def make(self, x):\n        return Consumer(self.conf)"
            ),
            ["'foo.bar'"],
        ),
        (f"with Consumer({{{GIVEN}, 'foo.bar': 1}}) as c:\n    pass", ["'foo.bar'"]),
        (f"try:\n    Consumer({{{GIVEN}, 'foo.bar': 1}})\nexcept E:\n    pass", ["'foo.bar'"]),
        (f"for x in y:\n    Consumer({{{GIVEN}, 'foo.bar': 1}})\nelse:\n    pass", ["'foo.bar'"]),
        (f"if Consumer({{{GIVEN}, 'foo.bar': 1}}):\n    pass", ["'foo.bar'"]),
        (f"reset = 'none'\nConsumer({{{GIVEN}, 'auto.offset.reset': reset}})", ["reset"]),
    ],
)
def test_refused(code: str, found: list[str]) -> None:
    assert everything(code) == found


def test_names_that_are_known_only_by_their_modules() -> None:
    code = "import confluent_kafka as ck\nck.Consumer({'group.id': 'g', 'foo.bar': 1})"
    assert everything(code, "") == ["'foo.bar'"]
    code = "from confluent_kafka.admin import AdminClient as Admin\nAdmin({'foo.bar': 1})"
    assert everything(code, "") == ["'foo.bar'"]
    # A block that forgot its import.
    assert everything(f"c = Consumer({{{GIVEN}, 'foo.bar': 1}})", "") == ["'foo.bar'"]


def test_classes_with_keys_of_their_own() -> None:
    head = (
        "from confluent_kafka import DeserializingConsumer, SerializingProducer\n"
        "from confluent_kafka.avro import AvroProducer\n"
    )
    assert everything(f"DeserializingConsumer({{{GIVEN}, 'key.deserializer': f}})", head) == []
    assert everything("SerializingProducer({'bootstrap.servers': 'k', 'value.serializer': f})", head) == []
    assert everything("AvroProducer({'bootstrap.servers': 'k', 'schema.registry.url': 'u'})", head) == []
    assert everything(f"DeserializingConsumer({{{GIVEN}, 'key.serializer': f}})", head) == [
        "'key.serializer'"
    ]


@pytest.mark.parametrize(
    ("name", "new"),
    [("fetch.max.wait.ms", "fetch.wait.max.ms"), ("auto.offset.resett", "auto.offset.reset")],
)
def test_a_misspelt_or_foreign_name_is_mended(name: str, new: str) -> None:
    text = fenced("python", f'{HEAD}Consumer({{{GIVEN}, "{name}": "latest"}})')
    found = reports(unknown_client_property.check, text)
    assert new in found[0].message
    assert mended(text, found) == text.replace(name, new)


def test_a_key_in_pieces_is_not_mended() -> None:
    text = fenced("python", f'{HEAD}Consumer({{{GIVEN}, "auto.offset." "resett": "latest"}})')
    assert [each.fix for each in reports(unknown_client_property.check, text)] == [None]


def test_java_properties_say_what_to_do_instead() -> None:
    text = fenced("python", f"{HEAD}Consumer({{{GIVEN}, 'key.deserializer': str}})")
    assert "DeserializingConsumer" in reports(unknown_client_property.check, text)[0].message


@pytest.mark.parametrize(
    ("code", "found"),
    [
        (f"Consumer({{{GIVEN}, 'max.poll.records': 5}})", ["'max.poll.records'"]),
        (f"Consumer({{{GIVEN}, 'acks': 'all'}})", ["'acks'"]),
        (f"Consumer({{{GIVEN}, 'socket.blocking.max.ms': 5}})", ["'socket.blocking.max.ms'"]),
        ("Producer({'bootstrap.servers': 'k:1', 'auto.offset.reset': 'latest'})", ["'auto.offset.reset'"]),
        (f"Producer({{{GIVEN}}})", ["'group.id'"]),
        (f"a = {{{GIVEN}}}\nb = {{{GIVEN}}}\nConsumer(a)\nProducer(b)", ["'group.id'"]),
        (f"a = {{{GIVEN}, 'acks': 1}}\nConsumer(a)\nProducer(a)", []),
    ],
)
def test_without_effect(code: str, found: list[str]) -> None:
    assert everything(code) == found


def test_share_consumers_read_what_others_do_not() -> None:
    head = "from confluent_kafka import ShareConsumer\n"
    assert everything(f"ShareConsumer({{{GIVEN}, 'max.poll.records': 5}})", head) == []


def test_old_versions_refuse_what_new_ones_ignore() -> None:
    text = fenced("python", f"{HEAD}Consumer({{{GIVEN}, 'max.poll.records': 5}})")
    assert "before 2.16" in reports(ineffective_client_property.check, text)[0].message


def test_a_line_that_is_shown_wrong_is_intended() -> None:
    text = fenced("python", f"{HEAD}# ❌ WRONG\nConsumer({{{GIVEN}, 'max.poll.records': 5}})")
    assert shown(ineffective_client_property.check, text) == ["'max.poll.records'~"]


PRODUCER = "'bootstrap.servers': 'k:1'"


@pytest.mark.parametrize(
    ("code", "found"),
    [
        (f"Producer({{{PRODUCER}, 'enable.idempotence': True, 'acks': 1}})", ["1"]),
        (f"Producer({{{PRODUCER}, 'enable.idempotence': True, 'max.in.flight': 6}})", ["6"]),
        (f"Producer({{{PRODUCER}, 'enable.idempotence': True, 'retries': 0}})", ["0"]),
        (f"Producer({{{PRODUCER}, 'transactional.id': 't', 'enable.idempotence': False}})", ["False"]),
        (f"Producer({{{PRODUCER}, 'transactional.id': 't', 'acks': '1'}})", ["'1'"]),
        (f"Producer({{{PRODUCER}, 'linger.ms': 2000, 'message.timeout.ms': 1000}})", ["1000"]),
        (f"Producer({{{PRODUCER}, 'linger.ms': 400000}})", ["400000"]),
        (
            f"Producer({{{PRODUCER}, 'transactional.id': 't', 'message.timeout.ms': 90000}})",
            ["90000"],
        ),
        (f"Producer({{{PRODUCER}, 'acks': 1, 'request.required.acks': 'all'}})", ["'request.required.acks'"]),
        (f"Producer({{{PRODUCER}, 'acks': 'all', 'request.required.acks': 'ALL'}})", []),
        (f"Producer({{{PRODUCER}, 'acks': 'all', 'acks': 'all'}})", ["'acks'"]),
        (f"Consumer({{{GIVEN}, 'max.poll.interval.ms': 1000, 'session.timeout.ms': 6000}})", ["1000"]),
        (f"Consumer({{{GIVEN}, 'session.timeout.ms': 400000}})", ["400000"]),
        (f"Consumer({{{GIVEN}, 'heartbeat.interval.ms': 9000, 'session.timeout.ms': 6000}})", ["9000"]),
        (f"Consumer({{{GIVEN}, 'receive.message.max.bytes': 2000, 'fetch.max.bytes': 1900}})", ["2000"]),
        (f"Consumer({{{GIVEN}, 'group.protocol': 'consumer', 'session.timeout.ms': 6000}})", ["6000"]),
        (f"Consumer({{{GIVEN}, 'group.protocol': 'classic', 'session.timeout.ms': 6000}})", []),
        ("Consumer({'bootstrap.servers': 'k:1'})", ["{'bootstrap.servers': 'k:1'}"]),
        ("Consumer(**{'bootstrap.servers': 'k:1'})", ["Consumer(**{'bootstrap.servers': 'k:1'})"]),
        # Half of it is not shown.
        (f"Consumer({{{GIVEN}, 'max.poll.interval.ms': 1000, **more}})", []),
        (f"Consumer({{{GIVEN}, 'max.poll.interval.ms': 1000, 'session.timeout.ms': s}})", []),
        (f"Consumer({{{GIVEN}, 'session.timeout.ms': '6s'}})", ["'6s'!"]),
    ],
)
def test_contradictions(code: str, found: list[str]) -> None:
    assert everything(code) == found


STORE = f"c = Consumer({{{GIVEN}, 'enable.auto.offset.store': False}})\n"
OFF = f"c = Consumer({{{GIVEN}, 'enable.auto.commit': False}})\n"
TRANSACTIONS = f"p = Producer({{{PRODUCER}, 'transactional.id': 't'}})\n"


@pytest.mark.parametrize(
    ("code", "found"),
    [
        (STORE + "m = c.poll(1)\nc.store_offsets(m)", []),
        (STORE + "m = c.poll(1)\nc.commit(message=m)", []),
        (STORE + "m = c.poll(1)\nhandle(c, m)", []),
        (STORE + "m = c.poll(1)\ndef f(consumer, m):\n    consumer.commit(m)", []),
        (STORE + f"m = c.poll(1)\nd = Consumer({{{GIVEN}}})\nd.commit(m)", ["False"]),
        (STORE + "c.subscribe(['t'])", []),
        (STORE + "m = c.poll(1)\ndef f():\n    return c", []),
        (STORE + "m = c.poll(1)\nprint(c)\nif c:\n    pass\nc.commit(asynchronous=False)", ["False"]),
        (STORE + "m = c.poll(1)", ["False"]),
        ("self." + STORE + "m = self.c.poll(1)", ["False"]),
        (OFF + "while True:\n    m = c.poll(1)", ["False!"]),
        (OFF + "while True:\n    m = c.poll(1)\n    if m is None:\n        break", []),
        (OFF + "while running:\n    m = c.poll(1)", []),
        (OFF + "while True:\n    m = c.poll(1)\n    c.commit(m)", []),
        (OFF + "while True:\n    d.poll(1)", []),
        (OFF + "m = c.poll(1)", []),
        (TRANSACTIONS + "p.init_transactions()\np.begin_transaction()", []),
        (TRANSACTIONS + "p.flush()", []),
        (TRANSACTIONS + "run(p)\np.produce('t', b'')", []),
        (TRANSACTIONS + "p.produce('t', b'')", ["'transactional.id'"]),
        ("run(Producer({'bootstrap.servers': 'k:1', 'transactional.id': 't'}))", []),
    ],
)
def test_what_is_done_with_the_client(code: str, found: list[str]) -> None:
    assert everything(code) == found


def test_what_other_blocks_do_counts() -> None:
    loop = "```python\nm = c.poll(1)\n```\n\n```python\ndef (:\n```\n\n```python\nc.store_offsets(m)\n```\n"
    assert shown(contradictory_client_config.check, fenced("python", HEAD + STORE) + loop) == []


def test_an_admin_client_sends_nothing() -> None:
    head = "from confluent_kafka.admin import AdminClient\n"
    assert everything("a = AdminClient({'transactional.id': 't'})\na.produce()", head) == []


def test_deep_arithmetic_is_left_alone() -> None:
    deep = "+".join("1" for _ in range(60))
    assert everything(f"Consumer({{{GIVEN}, 'session.timeout.ms': {deep}}})") == []
    assert everything(f"Consumer({{{GIVEN}, 'session.timeout.ms': -x, 'client.id': not x}})") == []
    huge = "9" * 30
    assert everything(f"Consumer({{{GIVEN}, 'client.id': {huge} * {huge}}})") == []


LOOP = f"""\
c = Consumer({{{GIVEN}, 'enable.auto.commit': False}})
p = Producer({{{PRODUCER}, 'transactional.id': 't'}})
p.init_transactions()
while True:
    m = c.poll(1)
    p.begin_transaction()
    try:
        p.produce('t', m.value())
        p.send_offsets_to_transaction(c.position(c.assignment()), c.consumer_group_metadata())
        p.commit_transaction()
    except Exception as e:
        p.abort_transaction()
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("p.abort_transaction()", "p.abort_transaction()\n        c.seek(m)"),
        ("p.abort_transaction()", "p.abort_transaction()\n        raise"),
        (
            "p.abort_transaction()",
            "p.abort_transaction()\n        p.produce('dlq')\n        p.commit_transaction()",
        ),
        ("p.abort_transaction()", "if e.args:\n            p.abort_transaction()\n        break"),
        ("p.abort_transaction()", "q.abort_transaction()"),
        ("p.abort_transaction()", "print(e)"),
        ("p.send_offsets_to_transaction", "c.commit(m), print"),
        ("while True:", "for _ in range(1):"),
    ],
)
def test_an_abort_behind_which_nothing_is_lost_is_silent(old: str, new: str) -> None:
    assert everything(LOOP.replace(old, new)) == []


def test_an_abort_leaves_the_consumer_where_it_is() -> None:
    assert everything(LOOP) == ["p.abort_transaction()!"]
    inner = LOOP.replace(
        "        p.produce", "        for v in m: pass\n        while v: v = v.n\n        p.produce"
    )
    assert everything(inner) == ["p.abort_transaction()!"]
