"""Failures that end a run, kept apart from what is wrong with a lesson.

A lesson's defect is a finding (exit status 1). A snippet's exception is an outcome. What stands here is
the third kind: the checker could not do its job (exit status 2), and the user can mend it.
"""


class CheckerError(Exception):
    """The checker cannot go on; `str()` is one line that says what and where, `remedy` what to do."""

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.remedy = remedy


class ConfigError(CheckerError):
    """The configuration, or a file that it names, is wrong."""


class UsageError(CheckerError):
    """What was asked for on the command line cannot be done."""


class SandboxError(CheckerError):
    """The isolation asked for cannot be had here, so nothing was run."""
