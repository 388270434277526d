"""Tests that run snippets need a sandbox; where there is none, one test still asserts the refusal.

A gate must not pass because nothing was run: with `CI` set they fail there instead of being skipped.
"""

import os

import pytest

from checker.errors import SandboxError


def why_not() -> str:
    """Why snippets cannot be run here; empty when they can."""
    from checker.running.sandbox import probe

    try:
        probe()
    except SandboxError as error:
        return str(error)
    return ""


reason = why_not()
needs_sandbox = pytest.mark.skipif(bool(reason) and not os.environ.get("CI"), reason=reason or "there is one")
