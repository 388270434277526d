"""What tests of services need of this machine. With `CI` set nothing is skipped for want of it."""

import os

import pytest

from checker.running.services.postgresql import find_server

needs_postgresql = pytest.mark.skipif(
    find_server() is None and not os.environ.get("CI"), reason="there is no PostgreSQL here"
)
