"""The process that represents Spark while a session runs; Spark itself is started by the session."""

import json
import os
from socket import socket
from typing import NoReturn

from checker.running.worker import wire


def main(line: socket, lab: int) -> NoReturn:
    """Report what the lab has: its Java, its connectors, and the clusters that it stands in for."""
    spark = json.loads(os.pread(lab, os.fstat(lab).st_size, 0))["spark"]
    if spark["java"]:
        wire.send(line, {"ready": True, **{name: spark[name] for name in ("java", "connectors", "hosts")}})
    else:
        wire.send(line, {"failed": "Java, which is not here"})
    os._exit(0)
