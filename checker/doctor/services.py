"""What this machine has for the services of a lab, and how to get what is missing."""

import sys
from collections.abc import Iterator

from checker.doctor.answer import Answer
from checker.running.environment import Packages, describe
from checker.running.interpreter import Interpreter, own_interpreter
from checker.running.worker.services.kafka import mock

_SYSTEM_ONLY = "it takes Linux"
# Imported by the registry's client, but not installed with confluent-kafka.
_REGISTRY = ("attrs", "authlib", "cachetools", "httpx")
_MODULES = {"attrs": "attr"}


def services() -> Iterator[Answer]:
    """An answer for each service that lessons can find in their sandbox once it is declared."""
    interpreter = own_interpreter()
    yield _kafka(interpreter)
    yield _registry(interpreter)
    yield _postgresql()
    yield _spark(interpreter)


def _kafka(interpreter: Interpreter) -> Answer:
    version = describe(interpreter, None).packages.get("confluent-kafka")
    if version is None:
        return _missing("Kafka", "confluent-kafka is not installed", _pip(["confluent-kafka"]))
    if sys.platform != "linux":
        return _missing("Kafka", _SYSTEM_ONLY, "run coursecheck in a Linux container")
    try:
        mock.load()
    except mock.MissingError as error:
        detail = f"confluent-kafka {version}, and it takes {error}"
        return _missing("Kafka", detail, _pip(["--upgrade", "confluent-kafka"]))
    return Answer(
        "services", "Kafka", available=True, detail=f"the mock cluster of confluent-kafka {version}"
    )


def _registry(interpreter: Interpreter) -> Answer:
    packages = Packages(interpreter)
    missing = [name for name in _REGISTRY if not packages.has(_MODULES.get(name, name))]
    if not packages.has("confluent_kafka"):
        missing.insert(0, "confluent-kafka")
    if missing:
        detail = f"not to be had: {', '.join(missing)} not installed"
        return _missing("schema registry", detail, _pip(missing))
    return Answer("services", "schema registry", available=True, detail="by the client's mock")


def _postgresql() -> Answer:
    if sys.platform != "linux":
        return _missing("PostgreSQL", _SYSTEM_ONLY, "run coursecheck in a Linux container")
    from checker.running.services.postgresql import find_server

    server = find_server()
    if server is None:
        detail = "not to be had: no initdb, postgres and psql in /usr/lib/postgresql or on PATH below /usr"
        return _missing("PostgreSQL", detail, "sudo apt-get install postgresql")
    return Answer("services", "PostgreSQL", available=True, detail=f"{server.version} in {server.programs}")


def _spark(interpreter: Interpreter) -> Answer:
    pyspark = describe(interpreter, None).packages.get("pyspark")
    if sys.platform != "linux":
        return _missing("Spark", _SYSTEM_ONLY, "run coursecheck in a Linux container")
    from checker.running.services.java import OLDEST, find_java

    java = find_java()
    if pyspark is None:
        also = "" if java else ", and no Java either"
        return _missing("Spark", f"pyspark is not installed{also}", _pip(["pyspark", "pyarrow"]))
    if java is None:
        detail = f"pyspark {pyspark}, but no Java {OLDEST} or later in /usr"
        return _missing("Spark", detail, "sudo apt-get install default-jre-headless")
    detail = f"pyspark {pyspark} in local mode, Java {java.version} in {java.home}"
    return Answer("services", "Spark", available=True, detail=detail)


def _missing(name: str, detail: str, remedy: str) -> Answer:
    return Answer("services", name, available=False, detail=detail, remedy=remedy)


def _pip(packages: list[str]) -> str:
    return f"{sys.executable} -m pip install {' '.join(packages)}"
