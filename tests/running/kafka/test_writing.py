"""Lessons that send messages and make topics; and what the broker in the sandbox does not do, and says so."""

import pytest

from tests.running.cells import kinds
from tests.running.kafka.conftest import Run


def test_what_is_sent_can_be_read(run: Run) -> None:
    (outcome,) = run(
        """
acks = []
producer = Producer({"bootstrap.servers": "localhost:9092", "acks": "all", "error_cb": print})
for number in range(3):
    producer.produce(
        "payments", key=f"k{number}", value=f"платёж {number}", headers={"n": str(number)},
        on_delivery=lambda error, msg: acks.append((error, msg.partition(), msg.offset())),
    )
    producer.poll(0)
print(producer.flush(), sorted(acks))
consumer = Consumer(config("reads"))
consumer.subscribe(["payments"])
for msg in consumer.consume(3, 5.0):
    print(msg.key(), msg.value().decode(), msg.headers())
consumer.close()
"""
    )
    assert (outcome.kind, outcome.error) == ("passed", None)
    assert outcome.stdout == (
        "0 [(None, 0, 0), (None, 0, 1), (None, 0, 2)]\n"
        "b'k0' платёж 0 [('n', b'0')]\nb'k1' платёж 1 [('n', b'1')]\nb'k2' платёж 2 [('n', b'2')]\n"
    )


def test_topics_are_made_listed_described_and_removed(run: Run) -> None:
    (outcome,) = run(
        """
from confluent_kafka import TopicCollection
from confluent_kafka.admin import AdminClient, NewTopic
admin = AdminClient({"bootstrap.servers": "kafka:9092"})
for topic, future in admin.create_topics([NewTopic("made", 3, 1), NewTopic("shop.orders", 1, 1)]).items():
    try:
        print(topic, future.result())
    except KafkaException as error:
        print(topic, error.args[0].name())
print(admin.create_topics([NewTopic("none", 0, 1)])["none"].exception().args[0].name())
print(admin.create_topics([NewTopic("asked", 1, 1)], validate_only=True)["asked"].result())
metadata = admin.list_topics(timeout=5)
print(sorted(metadata.topics), len(metadata.topics["made"].partitions), metadata.brokers)
described = admin.describe_topics(TopicCollection(["made", "gone"]))
print(len(described["made"].result().partitions), described["gone"].exception().args[0].name())
print([node.host for node in admin.describe_cluster().result().nodes])
print(admin.delete_topics(["made"])["made"].result(), "made" in admin.list_topics(timeout=5).topics)
print(admin.delete_topics(["made"])["made"].exception().args[0].name())
"""
    )
    assert (outcome.kind, outcome.error) == ("passed", None)
    assert outcome.stdout.splitlines() == [
        "made None",
        "shop.orders TOPIC_ALREADY_EXISTS",
        "INVALID_PARTITIONS",
        "None",
        "['made', 'shop.empty', 'shop.orders', 'shop.people'] 3 {1: BrokerMetadata(1, kafka:9092)}",
        "3 UNKNOWN_TOPIC_OR_PART",
        "['kafka']",
        "None False",
        "UNKNOWN_TOPIC_OR_PART",
    ]


def test_offsets_are_found_by_time(run: Run) -> None:
    (outcome,) = run(
        """
producer = Producer({"bootstrap.servers": "kafka:9092"})
for number in range(5):
    producer.produce("timed", str(number), timestamp=1_000_000 + number)
producer.flush()
consumer = Consumer(config("times"))
asked = [TopicPartition("timed", 0, at) for at in (0, 1_000_003, 2_000_000)]
print([found.offset for each in asked for found in consumer.offsets_for_times([each], timeout=5)])
consumer.offsets_for_times("never")
"""
    )
    assert outcome.stdout == "[0, 3, -1]\n"
    assert outcome.error is not None
    assert outcome.error.type == "TypeError"


def test_a_transaction_that_is_committed_can_be_read(run: Run) -> None:
    (outcome,) = run(
        """
producer = Producer({"bootstrap.servers": "kafka:9092", "transactional.id": "shop"})
producer.init_transactions()
producer.begin_transaction()
producer.produce("ledger", b"in")
producer.commit_transaction()
consumer = Consumer(config("ledger"))
consumer.subscribe(["ledger"])
print(consumer.poll(5.0).value())
consumer.close()
"""
    )
    assert (outcome.kind, outcome.stdout) == ("passed", "b'in'\n")


HIDDEN = """
producer = Producer({{"bootstrap.servers": "kafka:9092", "transactional.id": "{name}"}})
producer.init_transactions()
producer.begin_transaction()
producer.produce("{name}", b"out")
producer.flush()
{end}
consumer = Consumer(config("{name}"{more}))
consumer.subscribe(["{name}"])
print(consumer.poll(5.0))
"""


@pytest.mark.parametrize("end", ["producer.abort_transaction()", ""], ids=["aborted", "open"])
def test_what_no_transaction_has_committed_is_not_shown_as_if_it_had(run: Run, end: str) -> None:
    (outcome,) = run(HIDDEN.format(name="hidden", end=end, more=""))
    assert outcome.kind == "skipped"
    assert "hides what no transaction has committed" in outcome.reason
    assert outcome.stdout == ""


def test_who_asks_for_it_gets_it(run: Run) -> None:
    more = ', **{"isolation.level": "read_uncommitted"}'
    (outcome,) = run(HIDDEN.format(name="seen", end="producer.abort_transaction()", more=more))
    assert outcome.kind == "passed"


def test_a_cluster_of_the_lesson_s_own_is_its_own(run: Run) -> None:
    (outcome,) = run(
        """
from confluent_kafka.admin import AdminClient, NewTopic
own = {"bootstrap.servers": "ignored", "test.mock.num.brokers": 2}
producer = Producer(own)
producer.produce("mine", b"1")
print(producer.flush(5), len(producer.list_topics(timeout=5).brokers))
consumer = Consumer({**own, "group.id": "g"})
print(consumer.poll(0), consumer.consume(1, 0))
consumer.close()
admin = AdminClient(own)
"""
    )
    assert (outcome.kind, outcome.stdout) == ("passed", "0 2\nNone []\n")


LACKS = {
    "admin.describe_configs([])": "it needs a broker that understands `describe_configs`",
    "admin.list_consumer_groups()": "it needs a broker that understands `list_consumer_groups`",
    "admin.create_topics([NewTopic('three', 1, 3)])": "it needs 3 brokers, and in the sandbox there is one",
    "Producer({'bootstrap.servers': 'elsewhere:9092'})": "it needs Kafka at elsewhere:9092",
    "Consumer({'bootstrap.servers': 'kafka:29092', 'group.id': 'g'})": "it needs Kafka at kafka:29092",
    "AdminClient({'bootstrap.servers': 'kafka', 'security.protocol': 'SSL'})": "it needs Kafka with SSL",
}


@pytest.mark.parametrize(("code", "reason"), LACKS.items(), ids=LACKS.keys())
def test_what_the_lab_does_not_have_is_no_failure_whatever_the_lesson_makes_of_it(
    run: Run, code: str, reason: str
) -> None:
    outcomes = run(
        "from confluent_kafka.admin import AdminClient, NewTopic\n"
        "admin = AdminClient({'bootstrap.servers': 'kafka:9092'})",
        code,
        f"try:\n    {code}\nexcept:\n    print('fine')",
        "print('on')",
    )
    assert kinds(outcomes) == ["passed", "skipped", "skipped", "passed"]
    assert all(each.reason.startswith(reason) for each in outcomes[1:3])


UNKNOWN = """
consumer = Consumer(config("unknown"))
consumer.subscribe(["shop.ordres"])
while True:
    msg = consumer.poll(1.0)
    if msg is None:
        continue
    if msg.error():
        {then}
"""


def test_a_topic_that_is_not_there_is_told_as_the_client_tells_it(run: Run) -> None:
    (outcome,) = run(UNKNOWN.format(then="print(msg.error().name())\n        break"))
    assert (outcome.kind, outcome.stdout) == ("passed", "UNKNOWN_TOPIC_OR_PART\n")


@pytest.mark.parametrize("then", ["raise KafkaException(msg.error())", "print(msg.error()); continue"])
def test_for_want_of_a_topic_no_block_fails(run: Run, then: str) -> None:
    (outcome,) = run(UNKNOWN.format(then=then))
    assert outcome.kind == "skipped"
    assert outcome.reason == "it needs the topic `shop.ordres`, which [[services.kafka.topics]] does not have"


def test_but_for_a_fault_of_its_own_it_does(run: Run) -> None:
    (outcome,) = run(UNKNOWN.format(then="print(mesage)"))
    assert outcome.error is not None
    assert (outcome.kind, outcome.error.type) == ("failed", "NameError")


def test_a_consumer_that_an_ended_loop_has_closed_is_no_failure_later(run: Run) -> None:
    loop = """
consumer = Consumer(config("closes"))
consumer.subscribe(["shop.people"])
try:
    while True:
        consumer.poll(1.0)
except KeyboardInterrupt:
    pass
finally:
    consumer.close()
"""
    outcomes = run(
        loop, "msg = consumer.poll(timeout=1.0)", "consumer = Consumer(config('anew'))\nconsumer.poll(0)"
    )
    assert kinds(outcomes) == ["interrupted", "skipped", "passed"]
    assert "which an earlier block closed" in outcomes[1].reason


def test_one_that_the_lesson_closes_by_itself_is(run: Run) -> None:
    outcomes = run("consumer = Consumer(config('shut'))\nconsumer.close()", "consumer.poll(1.0)")
    assert kinds(outcomes) == ["passed", "failed"]
