"""What holds for all tests."""

import os
import tempfile

# What an earlier run remembers, or a later one, must not decide what a test sees. Commands that tests start
# inherit it.
os.environ["XDG_CACHE_HOME"] = tempfile.mkdtemp(prefix="coursecheck-tests-")

# For the tests of our plugin for pytest.
pytest_plugins = ["pytester"]
