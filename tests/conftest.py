"""What holds for all tests."""

import os
import signal
import tempfile

from hypothesis import settings

# What an earlier run remembers, or a later one, must not decide what a test sees. Commands that tests start
# inherit it.
os.environ["XDG_CACHE_HOME"] = tempfile.mkdtemp(prefix="coursecheck-tests-")
# Nor in which language the reports are for those who run the tests.
os.environ["LC_ALL"] = "C.UTF-8"

# What a shell starts in the background ignores Ctrl-C, and so would all that tests start and interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)

# How long an example takes says more of what else runs on a machine.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

# For the tests of our plugin for pytest.
pytest_plugins = ["pytester"]
