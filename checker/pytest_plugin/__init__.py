"""`pytest --lessons`: every Python block of a course is a test.

pytest imports this module at every start, so it imports nothing else of ours unless lessons are asked for.
"""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--lessons`."""
    group = parser.getgroup("coursecheck", "lessons of a course (coursecheck)")
    group.addoption(
        "--lessons",
        action="store_true",
        help="Collect every Python block of the course's lessons as a test; they run in a sandbox.",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Collect lessons too, when they are asked for."""
    if config.getoption("--lessons"):
        from checker.pytest_plugin.collecting import Lessons

        config.pluginmanager.register(Lessons(config), "coursecheck-lessons")
