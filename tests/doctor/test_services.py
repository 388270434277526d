import sys

import pytest

from checker.doctor.services import services
from checker.model import Environment
from checker.running.environment import Packages
from checker.running.services import java, postgresql
from checker.running.services.java import Java
from checker.running.services.postgresql import Server
from checker.running.worker.services.kafka import mock

JAVA = Java("/usr/lib/jvm/java-17", "17.0.15", 17)


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The modules that the interpreter has; all else is there."""
    modules = {"attr", "authlib", "cachetools", "confluent_kafka", "httpx", "pyspark"}
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(Packages, "has", lambda _, name: name in modules)

    def describe(*_: object) -> Environment:
        versions = {"pyspark": "4.1.0", "confluent_kafka": "2.16.1"}
        packages = {name.replace("_", "-"): each for name, each in versions.items() if name in modules}
        return Environment("3.13", "Linux", packages, None)

    monkeypatch.setattr(sys.modules[services.__module__], "describe", describe)
    monkeypatch.setattr(postgresql, "find_server", lambda: Server("/usr/lib/postgresql/17/bin", "17.2", 17))
    monkeypatch.setattr(java, "find_java", lambda: JAVA)
    return modules


@pytest.mark.usefixtures("here")
def test_what_is_there_is_told_with_its_version() -> None:
    by_name = {each.name: each for each in services()}
    assert all(each.available and not each.remedy for each in by_name.values())
    assert by_name["Kafka"].detail == "the mock cluster of confluent-kafka 2.16.1"
    assert by_name["PostgreSQL"].detail == "17.2 in /usr/lib/postgresql/17/bin"
    assert by_name["Spark"].detail == "pyspark 4.1.0 in local mode, Java 17.0.15 in /usr/lib/jvm/java-17"


def test_kafka_needs_a_client_with_a_cluster_in_it(here: set[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def load() -> None:
        raise mock.MissingError("confluent-kafka 2.13 or later with librdkafka's mock cluster in it (x)")

    monkeypatch.setattr(mock, "load", load)
    answer = next(each for each in services() if each.name == "Kafka")
    assert (answer.available, answer.detail[:50]) == (
        False,
        "confluent-kafka 2.16.1, and it takes confluent-kafka 2.13"[:50],
    )
    assert answer.remedy.endswith("pip install --upgrade confluent-kafka")
    here.discard("confluent_kafka")
    answer = next(each for each in services() if each.name == "Kafka")
    assert answer.detail == "confluent-kafka is not installed"


def test_a_registry_needs_what_its_client_imports(here: set[str]) -> None:
    here -= {"httpx", "attr", "confluent_kafka"}
    answer = next(each for each in services() if each.name == "schema registry")
    assert not answer.available
    assert answer.remedy.endswith("pip install confluent-kafka attrs httpx")


@pytest.mark.usefixtures("here")
def test_a_server_that_is_missing_is_named_with_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgresql, "find_server", lambda: None)
    answer = next(each for each in services() if each.name == "PostgreSQL")
    assert (answer.available, answer.remedy) == (False, "sudo apt-get install postgresql")


def test_spark_needs_its_package_and_java(here: set[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(java, "find_java", lambda: None)
    answer = next(each for each in services() if each.name == "Spark")
    assert (answer.available, answer.remedy) == (False, "sudo apt-get install default-jre-headless")
    here.discard("pyspark")
    answer = next(each for each in services() if each.name == "Spark")
    assert answer.detail == "pyspark is not installed, and no Java either"
    assert answer.remedy.endswith("pip install pyspark pyarrow")
    monkeypatch.setattr(java, "find_java", lambda: JAVA)
    assert next(each for each in services() if each.name == "Spark").detail == "pyspark is not installed"


@pytest.mark.usefixtures("here")
def test_elsewhere_there_are_no_servers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    answers = {each.name: each.available for each in services()}
    assert answers == {"Kafka": False, "schema registry": True, "PostgreSQL": False, "Spark": False}
