"""Failures that end a run, as opposed to defects of a lesson.

A lesson's defect is a finding (exit status 1). A snippet's exception is an outcome. These are the third kind:
the checker could not do its job (exit status 2), and the user can fix it.
"""


class CheckerError(Exception):
    """The checker cannot continue; `str()` is one line that says what and where, `remedy` what to do."""

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.remedy = remedy


class ConfigError(CheckerError):
    """The configuration, or a file that it names, is wrong."""


class UsageError(CheckerError):
    """What the command line asks for cannot be done."""


class SandboxError(CheckerError):
    """The isolation that was asked for is not available, so nothing was run."""
