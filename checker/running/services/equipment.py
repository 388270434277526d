"""Finds the machine's own programs for the services of a lab."""

import sys

from msgspec.structs import replace

from checker.running.lab import Lab


def equipped(lab: Lab) -> Lab:
    """The lab with the machine's own programs, where a service needs them and they are installed."""
    if sys.platform != "linux":
        return lab
    if lab.postgresql is not None:
        from checker.running.services.postgresql import find_server

        if server := find_server():
            postgresql = replace(lab.postgresql, programs=server.programs, version=server.version)
            lab = replace(lab, postgresql=postgresql)
    if lab.spark is not None:
        from checker.running.services.java import find_java

        if java := find_java():
            lab = replace(lab, spark=replace(lab.spark, java=java.home, version=java.version))
    return lab
