"""What of the machine goes into a lab, and what a sandbox has to have for it."""

import sys

import pytest

from checker.running.job import Limits
from checker.running.lab import Lab, PostgresLab, SparkLab
from checker.running.sandbox.tier import Layout
from checker.running.services import java, layout, postgresql
from checker.running.services.allowances import with_patience, with_services
from checker.running.services.equipment import equipped
from checker.running.services.java import Java
from checker.running.services.layout import laid_out
from checker.running.services.postgresql import Server
from checker.running.worker.services.spark.connectors import Connectors, listed

BOTH = Lab(postgresql=PostgresLab(), spark=SparkLab())


def test_a_lab_without_services_asks_nothing() -> None:
    assert laid_out(Lab()) == Layout()
    assert equipped(Lab()) == Lab()


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(postgresql, "find_server", lambda: Server("/usr/lib/postgresql/15/bin", "15.18", 15))
    monkeypatch.setattr(java, "find_java", lambda: Java("/usr/lib/jvm/java-17", "17.0.15", 17))
    monkeypatch.setattr(layout, "template", lambda server: f"/cache/{server.major}")
    return monkeypatch


def test_the_machine_s_programs_are_put_in(machine: pytest.MonkeyPatch) -> None:
    found = equipped(BOTH)
    assert found.postgresql is not None
    assert found.spark is not None
    assert (found.postgresql.programs, found.postgresql.major) == ("/usr/lib/postgresql/15/bin", 15)
    assert (found.spark.java, found.spark.version) == ("/usr/lib/jvm/java-17", "17.0.15")
    machine.setattr(sys, "platform", "darwin")
    assert equipped(BOTH) == BOTH


def test_what_the_machine_has_not_stays_out(machine: pytest.MonkeyPatch) -> None:
    machine.setattr(postgresql, "find_server", lambda: None)
    machine.setattr(java, "find_java", lambda: None)
    assert equipped(BOTH) == BOTH
    assert BOTH.postgresql is not None
    assert BOTH.postgresql.major == 0


@pytest.mark.usefixtures("machine")
def test_a_sandbox_shows_what_services_read() -> None:
    lab = equipped(
        Lab(postgresql=PostgresLab(), spark=SparkLab(("spark:7077",), "/course/jars"), folders=("/data",))
    )
    assert laid_out(lab) == Layout(
        hosts=("localhost", "postgres", "spark"),
        shown=(("/cache/15", "/run/lab/postgresql"), ("/course/jars", "/run/lab/jars")),
        folders=("/data",),
        segments=True,
    )
    assert laid_out(BOTH) == Layout(hosts=("localhost", "postgres"))


def test_services_come_on_top_of_what_a_lesson_may_use() -> None:
    assert with_services(Limits(), []) == Limits()
    assert with_services(Limits(), ["schema-registry"]) == Limits()
    found = with_services(Limits(), ["postgresql", "kafka"])
    assert found.memory == Limits().memory + (128 << 20) + (64 << 20)
    assert (found.cell_seconds, found.output) == (Limits().cell_seconds, Limits().output)


def test_spark_takes_time_unless_the_course_gives_more() -> None:
    assert with_patience(Limits(), ["kafka"]) == Limits()
    assert with_patience(Limits(), ["spark"]).cell_seconds == 300.0
    assert with_patience(Limits(cell_seconds=400.0), ["spark"]).cell_seconds == 400.0


JARS = Connectors(("spark-sql-kafka-0-10_2.13-4.1.0.jar", "delta-spark_2.13-4.0.0.jar"))


@pytest.mark.parametrize(
    ("name", "here", "without"),
    [
        ("parquet", True, True),
        ("rate", True, True),
        ("kafka", True, False),
        ("Delta", True, False),
        ("iceberg", False, False),
    ],
)
def test_formats_need_their_jars(name: str, here: bool, without: bool) -> None:
    assert JARS.has_format(name) == here
    assert Connectors(()).has_format(name) == without
    assert bool(JARS)
    assert not Connectors(())


def test_packages_are_looked_for_by_their_files() -> None:
    kafka = "org.apache.spark:spark-sql-kafka-0-10_2.13:9"
    packages = f"io.delta:delta-spark_2.13:4.0.0, org.x:other_2.13:1.0,{kafka},x,"
    assert JARS.missing(packages) == ["org.x:other_2.13:1.0", "x"]
    assert listed(JARS.missing(packages)) == "`org.x:other_2.13:1.0`, `x`"
