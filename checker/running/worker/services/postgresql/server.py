"""A PostgreSQL server in a lesson's sandbox: the machine's own binaries on a copy of a new data folder."""

import json
import os
import selectors
import signal
import socket
import subprocess
import time
from contextlib import suppress
from typing import NoReturn

from checker.running.sandbox import libc
from checker.running.sandbox.fixtures import copy_fixtures
from checker.running.sandbox.folders import remove_tree
from checker.running.sandbox.root import HOME
from checker.running.worker import wire
from checker.running.worker.services.kafka.relay import Relay
from checker.running.worker.services.postgresql.client import Connection, LostConnectionError, ServerError
from checker.running.worker.services.postgresql.preparing import TEMPLATE_USER, NotReadyError, prepare
from checker.running.worker.wire import Message

_START_SECONDS = 20.0
_PAUSE = 0.01
_LOOK_SECONDS = 1.0
_LONGEST = 2_000
_STARTING = "57P03"  # cannot_connect_now

# A server for one lesson needs no durability; the lab needs wal_level and the slots.
_SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "wal_level": "logical",
    "max_wal_senders": "10",
    "max_replication_slots": "10",
    "min_wal_size": "2MB",
    "max_wal_size": "16MB",
    "shared_buffers": "16MB",
    # The sandbox allows no anonymous files and, of System V memory, only the page that every server needs.
    "shared_memory_type": "mmap",
    "dynamic_shared_memory_type": "mmap",
    "huge_pages": "off",
    "jit": "off",
    "listen_addresses": "localhost",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_messages": "fatal",
}


# Where every sandbox shows this machine's template of a data folder, and where the server's own copy is.
TEMPLATE = "/run/lab/postgresql"
DATA = f"{HOME}/.postgresql"


def main(line: socket.socket, lab: int) -> NoReturn:
    """Serve until the process is ended; `line` leads to the session, `lab` is a descriptor of the lab.

    Sends `ready` with the arguments of a `Connection`, or `failed` with the end of "it needs …".
    """
    try:
        order: Message = json.loads(os.pread(lab, os.fstat(lab).st_size, 0))["postgresql"]
        os.close(lab)
        port, *others = dict.fromkeys(int(each.rpartition(":")[2]) for each in order["hosts"])
        remove_tree(DATA)  # of the session before
        os.mkdir(DATA, 0o700)
        copy_fixtures(TEMPLATE, DATA, None)
        server = start({**order, "port": port}, DATA)
        selector = selectors.DefaultSelector()
        Relay(selector, others, ("127.0.0.1", port)).open()
    except (NotReadyError, OSError) as error:
        wire.send(line, {"failed": f"PostgreSQL, which does not start: {error}"})
        os._exit(0)
    place = {"path": socket_path(DATA, port), "user": order["user"], "database": order["database"]}
    wire.send(line, {"ready": True, **place})
    line.close()
    while server.poll() is None:
        for key, events in selector.select(_LOOK_SECONDS):
            key.data(key.fileobj, events)
    os._exit(0)


def start(order: Message, data: str) -> "subprocess.Popen[bytes]":
    """Start the server on the folder `data` and set it up; it accepts connections when this returns.

    `order` has `programs` (the folder of the binaries), `version` (theirs), `port`, `database`, `user`,
    `password` and `init`, a list of scripts. Raises NotReadyError; the server is then left to whoever ends
    the sandbox.
    """
    os.chmod(data, 0o700)  # the server refuses a folder that others may enter
    log = os.path.join(data, "start.log")
    settings = {**_SETTINGS, "port": str(order["port"]), "unix_socket_directories": data}
    options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    with open(log, "wb") as file:
        server = subprocess.Popen(
            [os.path.join(order["programs"], "postgres"), "-D", data, *options],
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=file,
            cwd=data,
            env={"PATH": os.defpath, "LANG": "C"},
            start_new_session=True,
            # The server ends with its parent, so that it never looks like a process that a lesson left
            # behind.
            preexec_fn=_end_with_parent,  # noqa: PLW1509 this process has one thread
        )
    _await_ready(server, log, socket_path(data, order["port"]))
    prepare(order, data, socket_path(data, order["port"]))
    return server


def _end_with_parent() -> None:
    libc.prctl("end with the service", libc.PR_SET_PDEATHSIG, signal.SIGKILL)


def socket_path(data: str, port: int) -> str:
    """The socket file of the server with this data folder."""
    return os.path.join(data, f".s.PGSQL.{port}")


def _await_ready(server: "subprocess.Popen[bytes]", log: str, path: str) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        with suppress(FileNotFoundError, ConnectionRefusedError, LostConnectionError):
            try:
                Connection(path, TEMPLATE_USER, "postgres", _START_SECONDS).close()
            except ServerError as error:
                if error.state != _STARTING:
                    raise NotReadyError(f"it refuses: {error.message}") from error
            else:
                return
        time.sleep(_PAUSE)
    raise NotReadyError(_last_words(log) or f"it did not answer in {_START_SECONDS:g} s")


def _last_words(log: str) -> str:
    with open(log, "rb") as file:
        lines = file.read(_LONGEST * 10).decode(errors="replace").splitlines()
    fatal = next((line for line in lines if "FATAL:" in line), "")
    return fatal.partition("FATAL:")[2].strip()[:_LONGEST]
