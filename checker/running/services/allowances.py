"""Adds what services need to the limits of a lesson."""

from collections.abc import Collection

from msgspec.structs import replace

from checker.running.job import Limits

_MIB = 1 << 20
# Measured when idle: 22 MiB in 7 processes, and 1,000 files of 30 MiB.
_POSTGRESQL = Limits(memory=128 * _MIB, processes=32, disk=128 * _MIB, files=4_000)
# Java with at most 1 GiB (450 MiB and 110 threads when idle), and a Python process for each processor.
_SPARK = Limits(memory=2048 * _MIB, processes=384, disk=256 * _MIB, files=10_000)
_KAFKA = Limits(memory=64 * _MIB, processes=16, disk=0, files=0)
_BY_NAME = {"kafka": _KAFKA, "postgresql": _POSTGRESQL, "spark": _SPARK}
# Java takes ten seconds to start and a first query as long; on a busy machine ten times that.
_SPARK_CELL_SECONDS, _SPARK_SESSION_SECONDS = 300.0, 1200.0


def with_services(limits: Limits, services: Collection[str]) -> Limits:
    """The limits of a sandbox that includes these services."""
    for name in sorted(services):
        more = _BY_NAME.get(name)
        if more is not None:
            limits = replace(
                limits,
                memory=limits.memory + more.memory,
                processes=limits.processes + more.processes,
                disk=limits.disk + more.disk,
                files=limits.files + more.files,
            )
    return with_patience(limits, services)


def with_patience(limits: Limits, services: Collection[str]) -> Limits:
    """The limits with more time for lessons that use these services."""
    if "spark" not in services:
        return limits
    return replace(
        limits,
        cell_seconds=max(limits.cell_seconds, _SPARK_CELL_SECONDS),
        session_seconds=max(limits.session_seconds, _SPARK_SESSION_SECONDS),
    )
