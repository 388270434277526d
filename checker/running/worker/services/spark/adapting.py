"""Adapts a lesson's own pyspark: local mode, connectors from files, streams that end.

pyspark itself starts Spark's Java. A query that a cell starts is awaited until its first batch is done, so
that a query that fails makes its own cell fail. Waiting for the end of a query is interrupted, as by Ctrl-C,
when the query has processed everything.
"""

import os
import sys
import time
from collections.abc import Callable
from functools import cache, wraps
from importlib import import_module
from pathlib import Path
from socket import socket
from types import ModuleType
from typing import Any

from checker.running.worker import wire
from checker.running.worker.services.services import Services
from checker.running.worker.services.spark.connectors import JARS, KAFKA, Connectors, listed

# The first compiler tier (C1) alone halves the time that a session takes to start.
_JAVA_OPTIONS = (
    "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Dspark.ui.enabled=false",
    "-Dspark.sql.shuffle.partitions=2", "-Dspark.driver.bindAddress=127.0.0.1",
    "-Dspark.driver.host=127.0.0.1",
)  # fmt: skip
# Read in the zygote, because the sandbox does not contain the file.
_SOURCE_NAME = "coursecheck_spark_kafka"
_SOURCE = Path(__file__).with_name("kafka_source.py").read_text(encoding="utf-8")
_CLUSTERS = ("spark://", "yarn", "k8s://", "mesos://")
_LOCAL = "local[*]"
_PAUSE = 0.05
_READS = ("csv", "json", "load", "orc", "parquet", "table", "text")
_NO_SUCH_PATH = "[PATH_NOT_FOUND]"
# A source that always has more data is never drained.
_PATIENCE = 2.0
_WITHOUT_LEAD = "Spark's connector for Kafka: put its jars in a folder and name that in [services.spark] jars"


def join(services: Services, answer: wire.Message, line: socket) -> None:
    """Let the lesson find Spark; `answer` has `java`, `connectors` and `hosts`."""
    line.close()
    if "failed" in answer:
        _refuse(services, answer["failed"])
        return
    os.environ.update(
        JAVA_HOME=answer["java"],
        PYSPARK_PYTHON=sys.executable,
        PYSPARK_DRIVER_PYTHON=sys.executable,
        SPARK_LOCAL_IP="127.0.0.1",
        SPARK_SUBMIT_OPTS=" ".join(_JAVA_OPTIONS),
    )
    connectors = Connectors(answer["connectors"])
    if connectors:
        os.environ["SPARK_DIST_CLASSPATH"] = f"{JARS}/*"
    try:
        _adapt_settings(services, connectors, answer["hosts"])
        _adapt_formats(services, connectors)
        _adapt_reads(services)
        _adapt_streams(services)
    except ImportError:
        return  # the lesson's own import reports the error


def _refuse(services: Services, why: str) -> None:
    def make(_: Callable[..., Any]) -> Callable[..., Any]:
        return lambda *_, **__: services.lack(why)

    try:
        for module in ("pyspark.java_gateway", "pyspark.core.context"):
            _wrap(import_module(module), "launch_gateway", make)
    except ImportError:
        return


def _wrap(owner: Any, name: str, make: Callable[[Callable[..., Any]], Callable[..., Any]]) -> None:
    original = getattr(owner, name, None)
    if original is not None:
        setattr(owner, name, wraps(original)(make(original)))


def _adapt_settings(services: Services, connectors: Connectors, hosts: list[str]) -> None:
    """Redirect the lab's clusters to this process; packages are here already, or the cell is skipped."""

    def make(original: Callable[..., Any]) -> Callable[..., Any]:
        def set_(self: Any, key: str, value: Any) -> Any:
            match key:
                case "spark.master":
                    value = _master(str(value), hosts, services)
                case "spark.jars.packages":
                    if missing := connectors.missing(str(value)):
                        services.lack(f"{listed(missing)} for Spark, which is not in [services.spark] jars")
                    return self
                case "spark.jars.repositories" | "spark.jars.ivy" | "spark.jars.ivySettings":
                    return self
            return original(self, key, value)

        return set_

    _wrap(import_module("pyspark.conf").SparkConf, "set", make)


def _master(wanted: str, hosts: list[str], services: Services) -> str:
    if not wanted.startswith(_CLUSTERS):
        return wanted
    if wanted.removeprefix("spark://") not in hosts:
        services.lack(f"the Spark cluster {wanted}, which is not in [services.spark] hosts")
    return _LOCAL


def _adapt_formats(services: Services, connectors: Connectors) -> None:
    def make(original: Callable[..., Any]) -> Callable[..., Any]:
        def format_(self: Any, source: Any) -> Any:
            if isinstance(source, str) and not connectors.has_format(source):
                if source.lower() != KAFKA:
                    services.lack(f"Spark's connector for `{source}`, which is not in [services.spark] jars")
                source = _stand_in(services, self._spark)
            return original(self, source)

        return format_

    batch, stream = import_module("pyspark.sql.readwriter"), _streaming()
    for owner in (
        batch.DataFrameReader,
        batch.DataFrameWriter,
        stream.DataStreamReader,
        stream.DataStreamWriter,
    ):
        _wrap(owner, "format", make)


def _adapt_reads(services: Services) -> None:
    """Report reads of a path that nothing was written to as missing data."""

    def make(original: Callable[..., Any]) -> Callable[..., Any]:
        def read(*args: Any, **named: Any) -> Any:
            try:
                return original(*args, **named)
            except Exception as error:
                if _NO_SUCH_PATH in str(error):
                    first_line = str(error).strip().partition("\n")[0]
                    services.excuse(f"data that nothing has written here: {first_line}")
                raise

        return read

    for name in _READS:
        _wrap(import_module("pyspark.sql.readwriter").DataFrameReader, name, make)


def _streaming() -> ModuleType:
    return import_module("pyspark.sql.streaming.readwriter")


def _stand_in(services: Services, session: Any) -> str:
    """The name of the source that replaces Kafka's connector, registered with the session."""
    try:
        import_module("pyarrow")
        source = _load_source()
    except ImportError:  # data sources in Python came with Spark 4.0
        services.lack(_WITHOUT_LEAD)
    import_module("pyspark.cloudpickle").register_pickle_by_value(source)
    session.dataSource.register(source.Kafka)
    return str(source.NAME)


@cache
def _load_source() -> ModuleType:
    """Our Kafka module, which a session cannot import because it has no access to our package."""
    module = sys.modules[_SOURCE_NAME] = ModuleType(_SOURCE_NAME)
    exec(compile(_SOURCE, _SOURCE_NAME, "exec"), vars(module))  # noqa: S102 it is our own
    return module


def _adapt_streams(services: Services) -> None:
    def make_start(original: Callable[..., Any]) -> Callable[..., Any]:
        def start(*args: Any, **named: Any) -> Any:
            query = original(*args, **named)
            _await_batch(query)
            return query

        return start

    def make_wait(original: Callable[..., Any]) -> Callable[..., Any]:
        def await_termination(self: Any, timeout: int | None = None) -> Any:
            if timeout is None and services.drained:
                _await_drained(self, services)
            return original(self) if timeout is None else original(self, timeout)

        return await_termination

    for name in ("start", "toTable"):
        _wrap(_streaming().DataStreamWriter, name, make_start)
    queries = import_module("pyspark.sql.streaming.query")
    _wrap(queries.StreamingQuery, "awaitTermination", make_wait)
    _wrap(queries.StreamingQueryManager, "awaitAnyTermination", make_wait)


def _await_batch(query: Any) -> None:
    """Wait until a query's first batch is done; its failure is raised here, where the query was started."""
    while query.isActive and not query.recentProgress and not _is_waiting(query):
        time.sleep(_PAUSE)
    error = query.exception()
    if error is not None:
        raise error


def _is_waiting(query: Any) -> bool:
    """Whether the query has looked for data and found none."""
    status = query.status
    return not status["isTriggerActive"] and "Waiting for" in status["message"]


def _await_drained(waited_for: Any, services: Services) -> None:
    queries = waited_for.active if hasattr(waited_for, "active") else [waited_for]
    patient_until = time.monotonic() + _PATIENCE
    while any(each.isActive for each in queries):
        if all(_is_waiting(each) for each in queries) or time.monotonic() > patient_until:
            services.interrupt(services.cell)
            return
        time.sleep(_PAUSE)
