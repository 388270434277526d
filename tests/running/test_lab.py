"""A lab as data: what of it a lesson is given."""

from checker.running.lab import Fault, KafkaLab, Lab, PostgresLab, Topic

KAFKA = KafkaLab(("kafka:9092", "localhost:9092", "broker"), (Topic("orders"),))
BOTH = Lab(KAFKA, PostgresLab())


def test_without_services_there_is_nothing() -> None:
    assert Lab().host_names() == ()
    assert Lab().among({"kafka", "postgresql"}) == ()
    assert Lab().of_lesson("a.mdx") == Lab()
    assert BOTH.only(()) == Lab()


def test_only_what_is_asked_for_is_given() -> None:
    assert BOTH.only({"kafka"}) == Lab(KAFKA)
    assert BOTH.only({"postgresql", "redis"}) == Lab(None, PostgresLab())
    assert "kafka" in BOTH.among(("kafka", "redis"))
    assert "redis" not in BOTH.among(("kafka", "redis"))


def test_names_are_told_without_ports_each_once() -> None:
    assert BOTH.host_names() == ("broker", "kafka", "localhost", "postgres")


def test_no_two_labs_are_encoded_alike() -> None:
    labs = [Lab(), Lab(KafkaLab()), BOTH, Lab(KAFKA), Lab(KafkaLab(faults=(Fault(),)))]
    assert len({each.encoded() for each in labs}) == len(labs)


def test_faults_are_those_of_the_lesson() -> None:
    everywhere, here, there = Fault(), Fault("lessons/*.mdx", 1.0), Fault("other/**", 2.0)
    lab = Lab(KafkaLab(faults=(everywhere, here, there)))
    of_lesson = lab.of_lesson("lessons/a.mdx")
    assert of_lesson.kafka is not None
    assert of_lesson.kafka.faults == (everywhere, here)
    assert Lab(KAFKA).of_lesson("lessons/a.mdx") == Lab(KAFKA)
