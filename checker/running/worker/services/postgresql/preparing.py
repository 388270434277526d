"""Sets up a server before a lesson begins, as the official image does.

There is a superuser with a password, whom the socket file trusts and TCP does not, and a database. The lab's
scripts are run by psql, which stops at the first error.
"""

import os
import re
import subprocess

from checker.running.worker.services.postgresql.client import Connection, LostConnectionError, ServerError
from checker.running.worker.wire import Message

# The template's superuser, and a temporary superuser who renames it.
TEMPLATE_USER = "postgres"
_HELPER = "coursecheck setting up"
_SECONDS = 20.0
_SCRIPT_SECONDS = 60.0
_LONGEST = 2_000
_FILE_COPY_SINCE = 15


class NotReadyError(Exception):
    """The server does not start, or the lab's scripts fail: the message says which."""


def prepare(order: Message, data: str, path: str) -> None:
    """Create the lab's user, database and tables on the server in `data` that listens on the file `path`.

    `order` is what `server.start` is given. Raises NotReadyError when the server refuses a step.
    """
    user, database = order["user"], order["database"]
    try:
        if user != TEMPLATE_USER:
            _rename_superuser(path, user)
        with Connection(path, user, "postgres", _SECONDS) as connection:
            connection.run(f"ALTER ROLE {_name(user)} PASSWORD {_text(order['password'])}")
            if database not in {"postgres", "template1"}:
                # Copying files is quicker than logging every page of them.
                strategy = " STRATEGY = file_copy" if _major(order["version"]) >= _FILE_COPY_SINCE else ""
                connection.run(f"CREATE DATABASE {_name(database)}{strategy}")
    except (ServerError, LostConnectionError, OSError) as error:
        raise NotReadyError(f"it cannot be set up: {error}") from error
    for number, script in enumerate(order["init"], 1):
        _run_script(order, data, number, script)


def _rename_superuser(path: str, user: str) -> None:
    """Rename the superuser; since users cannot rename themselves, a temporary superuser does it."""
    helper = _name(_HELPER)
    with Connection(path, TEMPLATE_USER, "postgres", _SECONDS) as connection:
        connection.run(f"CREATE ROLE {helper} SUPERUSER LOGIN")
    with Connection(path, _HELPER, "postgres", _SECONDS) as connection:
        connection.run(f"ALTER ROLE {_name(TEMPLATE_USER)} RENAME TO {_name(user)}")
    with Connection(path, user, "postgres", _SECONDS) as connection:
        connection.run(f"DROP ROLE {helper}")


def _run_script(order: Message, data: str, number: int, script: str) -> None:
    command = [os.path.join(order["programs"], "psql"), "-X", "-q", "-w", "-v", "ON_ERROR_STOP=1"]
    command += ["-h", data, "-p", str(order["port"]), "-U", order["user"], "-d", order["database"], "-f", "-"]
    try:
        done = subprocess.run(
            command,
            input=script.encode(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            cwd=data,
            env={"PATH": os.defpath, "LANG": "C.UTF-8", "PGCLIENTENCODING": "UTF8"},
            timeout=_SCRIPT_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        words = f"script {number} of its `init` did not end in {_SCRIPT_SECONDS:g} s"
        raise NotReadyError(words) from error
    if done.returncode:
        complaint = done.stderr.decode(errors="replace")[: _LONGEST * 10]
        lines = [line for line in complaint.splitlines() if "ERROR:" in line or "FATAL:" in line]
        why = (lines or complaint.strip().splitlines()[-1:] or ["no reason given"])[0]
        place, _, words = why.removeprefix("psql:<stdin>:").partition(": ")
        where = f" fails at line {place}: {words}" if place.isdigit() else f" fails: {why}"
        raise NotReadyError(f"script {number} of its `init`{where[:_LONGEST]}")


def _major(version: str) -> int:
    digits = re.match(r"\d+", version)
    return int(digits[0]) if digits else 0


def _name(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _text(text: str) -> str:
    # With standard_conforming_strings, a backslash has no special meaning.
    return "'" + text.replace("'", "''") + "'"
